"""Cluster the names of one document into entities, each with its fullest form (within-document entity resolution).

"Zarif", "Mr. Zarif" and "Javad Zarif" are one entity when the document says "Mohammad Javad Zarif" somewhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.entities.mentions import Entity, Mention, MentionKind
from indexer.entities.namesakes import (
    ROLE_WORDS,
    is_introduced_as_kin,
    is_junior,
    is_one_person,
    is_plain_title,
    is_presidents_namesake,
    kin_gender,
    offices_of,
    one_letter_apart,
    roles_of_title,
    title_gender,
)
from indexer.entities.no_persons import is_nobodys_name, names_people
from indexer.entities.printed_roles import apposition_as_role, title_as_role
from indexer.quotations.outline import Outline
from indexer.word_lists import joined_phrases, word_list
from search.names.given_names import Gender, first_name_gender, gender_shown, is_first_name
from search.names.name_words import name_words

FULL_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+(?: (?:[A-Z]\.|[A-ZÀ-Þ][\w’'-]+|de|bin|al|van|von)){1,3}\b")
_JOINED_ARTICLE = re.compile(rf"^(?:{'|'.join(sorted(name_words('articles')))})-(?=[A-ZÀ-Þ])", re.IGNORECASE)
_WORD, _POSSESSIVE = re.compile(r"[\w’'-]+"), re.compile(r"['’]s$")
_OWNER_WITHIN, _FULL_NAME = re.compile(r"\w['’]s "), 2
_MALE_NOUNS, _FEMALE_NOUNS = word_list("male_nouns"), word_list("female_nouns")
_INNER_CAPITAL = re.compile(r"(?<!^Ma)(?<!^Mc)(?<!^Mac)(?<!^De)(?<!^Di)(?<!^La)(?<!^Le)(?<!^Fitz)(?<=[a-z])[A-Z]")
_ROLES_BEFORE_OF = word_list("roles_before_of")
_BODIES_AND_SURNAMES, _BODIES_OF_MEMBERS = word_list("bodies_and_surnames"), word_list("bodies_of_members")
_ORGANISATION_WORDS, _SUFFIXES = word_list("organisation_words"), word_list("name_suffixes")
_FUNCTION_WORDS, _ARTICLES = word_list("function_words"), word_list("articles")
_BEFORE_PLACES = word_list("words_before_places") | {"at"}
_BEFORE_NAMESAKES = word_list("words_before_namesakes")
_REGIONS, _SHORT_BODIES = word_list("region_nouns"), word_list("last_words_of_bodies")
_INTRODUCED = 2  # mentions of a full name of which one may say whose relative that is
_SHORT_BODY_REACH = 3  # paragraphs from one of several papers' full names to "the Times"
_OCCASIONS, _BEFORE_OCCASIONS = word_list("words_ending_occasions"), word_list("words_before_occasions")
_SAINTS, _SAINTS_NAME = ("st", "ste", "saint", "sankt", "san", "santa"), 2
_PLACES = joined_phrases("places")
# Bounds that keep a text of nothing but names linear; no article comes near them.
_MAX_NAMESAKES = 20  # more people of one surname or first name than this are not told apart
_MAX_ORGANISATIONS = 400  # so many bodies are looked through for the one that an abbreviation stands for
_MAX_ABBREVIATION = 5  # letters
_LEAST_MISSPELT = 5  # letters: shorter surnames that differ by one ("Lee", "Leo") are other names, not slips


@dataclass(frozen=True, slots=True)
class DocumentEntities:
    """All entities of a document; `of_mention[i]` is the index of mention i's entity, or -1."""

    entities: list[Entity]
    of_mention: list[int]


def name_key(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without its suffix and possessive; never empty for a name with a letter."""
    parts = [_JOINED_ARTICLE.sub("", re.sub(r"['’]s?$", "", part)).lower() for part in _WORD.findall(name)]
    kept = [part for part in parts if part and part not in _SUFFIXES and part != "the"]
    return tuple(kept or parts)


def cluster_names(
    text: str, outline: Outline, mentions: Sequence[Mention], quoted: Sequence[tuple[int, int]], title: str
) -> DocumentEntities:
    """Return the entities that the names of a document stand for.

    Full names come first, so that "Soto" finds "Ana Soto" wherever in the text she is named in full. `quoted` are the
    stretches between marks (half-open, code points), which may hold a fuller name, as may `title`.
    """
    small = frozenset(low for low, word in zip(outline.lower, outline.words, strict=True) if low == word)
    clusterer = _NameClusterer(frozenset(word.strip("’'s,.:").lower() for word in title.split()), small)
    of_mention = [-1] * len(mentions)
    names = [(i, name_key(m.head)) for i, m in enumerate(mentions) if m.kind == MentionKind.NAME]
    for i, key in names:
        if len(key) >= 2:
            of_mention[i] = clusterer.full(mentions[i].head, key, mentions[i].title)
    singles = {key[0] for _, key in names if len(key) == 1}
    for i, key in names:
        if len(key) == 1 and is_plain_title(mentions[i].title):
            clusterer.shown[key[0]].add(title_gender(mentions[i].title))
    fuller = [match.group() for start, end in quoted for match in FULL_NAME.finditer(text, start, end)]
    printed = {key for _, key in names}
    for printed_name in fuller + [match.group() for match in FULL_NAME.finditer(title)]:
        name = _POSSESSIVE.sub("", printed_name)
        key = name_key(name)
        is_full = len(key) > 1 and key[-1] in singles and is_first_name(key[0]) and _FUNCTION_WORDS.isdisjoint(key)
        # Two names run together in a headline are none: "Bill Lee Obama" where the text has "Bill Lee".
        if is_full and (key[:-1] not in printed or len(key) == 2):
            clusterer.full(name, key, "")
    # By first name only now: "Ana" is nobody until all the full names are known.
    for number, entity in enumerate(clusterer.entities):
        clusterer.by_first[entity.key[0]].append(number)
    # And a surname with an office only when it is known what those are who are named in full.
    for i, key in names:
        if len(key) > 1:
            clusterer.entities[of_mention[i]].mentions.append(i)
            _describe(clusterer.entities[of_mention[i]], outline, mentions, i)
    for number, entity in enumerate(clusterer.entities):
        if entity.person and any(is_introduced_as_kin(outline, mentions[i]) for i in entity.mentions[:_INTRODUCED]):
            clusterer.kin.add(number)
    for i, key in names:
        paragraph = outline.paragraph[mentions[i].first]
        if len(key) > 1:
            clusterer.seen[of_mention[i]] = paragraph
            continue
        wanted = title_gender(mentions[i].title) or kin_gender(outline, mentions[i])
        of_mention[i] = clusterer.single(i, mentions[i], key, paragraph, wanted)
        entity = clusterer.entities[of_mention[i]]
        entity.mentions.append(i)
        _describe(entity, outline, mentions, i)
    for entity in clusterer.entities:
        entity.mentions.sort()
        if entity.person and _is_place_or_occasion(entity, outline, mentions):
            entity.person, entity.place = False, True
        elif entity.person and not entity.gender and entity.mentions:
            is_unknown = not (entity.titled or entity.roles)
            is_nobody = is_unknown and is_nobodys_name(entity.name, outline, mentions, entity.mentions)
            entity.names_nobody = is_nobody or names_people(entity.key[-1])
    return DocumentEntities(clusterer.entities, of_mention)


def _is_place_or_occasion(entity: Entity, outline: Outline, mentions: Sequence[Mention]) -> bool:
    """Whether a name without title, role or known first name stands after "in", "province of" or "before" wherever it is named.

    The last is said of "Election Day" and the like alone.
    """
    if entity.titled or entity.roles or entity.gender or not entity.mentions:
        return False
    before = _BEFORE_PLACES | (_BEFORE_OCCASIONS if entity.key[-1] in _OCCASIONS else frozenset())
    for number in entity.mentions:
        words = outline.lower[max(0, mentions[number].first - 2) : mentions[number].first]
        if not words or not (words[-1] in before or (words[-1] == "of" and words[0] in _REGIONS)):
            return False
    return True


def _is_owned_or_case(name: str, key: tuple[str, ...]) -> bool:
    """Whether a name is that of a body with its owner, "Petra's List", or of a case, "Lind v. Roe"."""
    return " v. " in name or (key[-1] in _BODIES_OF_MEMBERS and _OWNER_WITHIN.search(name) is not None)


def _is_person(name: str, key: tuple[str, ...], title: str) -> bool:
    """Whether a name is a person's, by its words; a title before it decides where the words leave it open."""
    if " ".join(key) in _PLACES:
        return bool(title) and len(key) == 1
    if key[0] in _SAINTS and len(key) == _SAINTS_NAME:  # "St Brigid’s" is a hospital, St. Louis a town
        return bool(title)
    if len(key) > 1 and key[0] in _BEFORE_NAMESAKES:
        return bool(title)
    if _is_owned_or_case(name, key):
        return False
    if len(key) == _FULL_NAME and is_first_name(key[0]) and key[0] not in _PLACES and key[1] in _BODIES_AND_SURNAMES:
        return True  # "Ann Fox"
    if len(key) > 1 and key[-1] in _PLACES and first_name_gender(key[0]) == Gender.UNKNOWN:
        return bool(title)
    if any(part in _ORGANISATION_WORDS for part in key[1:]) or " of " in name or " for " in name or "&" in name:
        return bool(title) and key[-1] not in _ORGANISATION_WORDS and not re.search(r" (?:of|for) ", name)
    if name.isupper() and len(name) <= _MAX_ABBREVIATION and len(key) == 1:
        return False
    if len(key) == 1 and _INNER_CAPITAL.search(name):  # "PowerPoint", not "McLee"
        return bool(title)
    return key[0] not in _ORGANISATION_WORDS


class _NameClusterer:
    """Give each name its entity. `seen` is the paragraph in which an entity last had its full name."""

    def __init__(self, title: frozenset[str], small: frozenset[str]) -> None:
        self.entities: list[Entity] = []
        self.by_key: dict[tuple[str, ...], int] = {}
        self.by_last: dict[str, list[int]] = defaultdict(list)
        self.by_first: dict[str, list[int]] = defaultdict(list)
        self.by_initial: dict[str, list[int]] = defaultdict(list)
        self.uses: Counter[int] = Counter()
        self.seen: dict[int, int] = {}
        self.title, self.small = title, small
        self.titled: set[int] = set()
        self.kin: set[int] = set()  # who are introduced as somebody's relatives
        self.unnamed: set[int] = set()  # who are never named in full, though others of the surname are
        self.shown: dict[str, set[int]] = defaultdict(set)  # the genders that "Mr." and "Mrs." show of a surname
        self.juniors: dict[int, bool] = {}  # of each "Ann Lee Jr." whether a title ever stands before the name

    def full(self, name: str, key: tuple[str, ...], title: str) -> int:
        """Return the index of a full name's entity: an earlier one whose words agree, or a new one."""
        known = (*key, "jr") if is_junior(name) else key
        number = self.by_key.get(known)
        if number is None:
            number = self._agreeing(name, key, title)
            self.by_key[known] = number
        self.uses[number] += 1
        if title:
            self.titled.add(number)
        if is_junior(name):
            self.juniors[number] = self.juniors.get(number, False) or title != ""
        return number

    def _agreeing(self, name: str, key: tuple[str, ...], title: str) -> int:
        person = _is_person(name, key, title)
        for number in self.by_last[key[-1]][:_MAX_NAMESAKES]:
            entity = self.entities[number]
            if person and entity.person and is_one_person(entity.name, entity.key, name, key):
                if len(key) > len(entity.key):
                    entity.name, entity.key = name, key
                return number
        return self._new(Entity(name, key, person, first_name_gender(key[0]) if person else Gender.UNKNOWN))

    def _new(self, entity: Entity) -> int:
        number = len(self.entities)
        self.by_last[entity.key[-1]].append(number)
        if entity.person and len(entity.key) > 1:
            self.by_initial[entity.key[-1][0]].append(number)
        self.entities.append(entity)
        return number

    def single(self, index: int, mention: Mention, key: tuple[str, ...], paragraph: int, wanted: Gender) -> int:
        """Return the index of a one-word name's entity: by surname, told apart by title and place, else by first name, else new.

        `wanted` is the gender that is shown beside it.
        """
        word, offices = key[0], offices_of(mention.title)
        sons = [n for n in islice(self.juniors, _MAX_NAMESAKES) if word in self.entities[n].key]
        if is_junior(mention.head) and len(sons) == 1:  # "Lee Jr." and "Bo Jr." are Bo Lee Jr.
            return sons[0]
        candidates = [
            n for n in self.by_last.get(word, ()) if self.entities[n].person or len(self.entities[n].key) == 1
        ]
        if wanted:
            candidates = [n for n in candidates if self.entities[n].gender != -wanted]
        if not is_plain_title(mention.title):  # "President Lee" is no son without a title
            candidates = [n for n in candidates if self.juniors.get(n, True)]
        bearers = candidates[:_MAX_NAMESAKES]
        candidates = [n for n in bearers if not self._is_another(index, n, offices)]
        candidates = [n for n in candidates if not offices.isdisjoint(self.entities[n].roles)] or candidates
        if candidates:
            number = self._likeliest(candidates, paragraph)
            if number in self.unnamed and mention.title:
                self._see(number, paragraph)
            return number
        if bearers:
            number = self._surname_alone(mention, key, wanted)
            self.unnamed.add(number)
            self._see(number, paragraph)
            return number
        firsts = (
            []
            if word in _PLACES
            else [n for n in self.by_first.get(word, ()) if len(self.entities[n].key) > 1 and self._may_be_called(n)]
        )
        if firsts and not mention.title:
            return self._likeliest(firsts[:_MAX_NAMESAKES], paragraph)
        if key in self.by_key and not wanted:
            return self.by_key[key]
        body = self._body_in_short(word, paragraph) if not mention.title else None
        if body is not None:
            return body
        slip = self._misspelt(word)
        if slip is not None:
            self.by_key[key] = slip
            return slip
        if len(word) <= _MAX_ABBREVIATION:
            for number, entity in enumerate(self.entities[:_MAX_ORGANISATIONS]):
                if not entity.person and initials(entity.key) == word:
                    self.by_key[key] = number
                    return number
        return self._surname_alone(mention, key, wanted)

    def _surname_alone(self, mention: Mention, key: tuple[str, ...], wanted: Gender) -> int:
        number = self._new(Entity(mention.head, key, _is_person(mention.head, key, mention.title), wanted))
        self.by_key[key] = number
        return number

    def _see(self, number: int, paragraph: int) -> None:
        self.seen[number] = paragraph
        self.uses[number] += 1

    def _is_another(self, index: int, number: int, offices: frozenset[str]) -> bool:
        """Whether a surname, printed with some offices, cannot mean somebody who is named in full.

        "President Lind" is neither the daughter who is named in full nor, as a rule, whoever has that name further down alone.
        """
        entity = self.entities[number]
        if len(entity.key) == 1 or not entity.mentions or not offices.isdisjoint(entity.roles):
            return False
        is_later = entity.mentions[0] > index
        if number in self.kin and (offices or is_later):
            return True
        others = {-gender for gender in self.shown[entity.key[-1]] if gender}
        return is_presidents_namesake(entity.gender, offices, others, is_later=is_later)

    def _body_in_short(self, word: str, paragraph: int) -> int | None:
        """Return the body whose name ends in a word that bodies go by: "the Times" is the only one named, or just named."""
        if word not in _SHORT_BODIES:
            return None
        named = [
            n
            for n in self.by_last.get(word, ())[:_MAX_NAMESAKES]
            if not self.entities[n].person and len(self.entities[n].key) > 1 and n in self.seen
        ]
        near = [n for n in named if paragraph - self.seen[n] <= _SHORT_BODY_REACH]
        fits = near if len(named) > 1 else named
        return fits[0] if len(fits) == 1 else None

    def _misspelt(self, word: str) -> int | None:
        """Return the one person whose surname differs from this word by a letter: papers misspell names."""
        if len(word) < _LEAST_MISSPELT or word in _PLACES:
            return None
        fits = [
            n
            for n in self.by_initial[word[0]][:_MAX_NAMESAKES]
            if one_letter_apart(self.entities[n].key[-1], word) and self._may_be_called(n)
        ]
        return fits[0] if len(fits) == 1 else None

    def _may_be_called(self, number: int) -> bool:
        """Whether a full name is a person's who may go by a part of it, and not that of a thing: Norvik Air is no “Norvik Air
        Flight”, and Lind none of the “Lind Amendment”.

        What such a thing is, or an office, the text prints small somewhere, or it has a number.
        """
        entity = self.entities[number]
        last = entity.key[-1]
        is_named = last in self.small or last in ROLE_WORDS or last in _REGIONS
        is_thing = is_named or len(last) == 1 or any(map(str.isdigit, last))
        return entity.person and (not is_thing or number in self.titled or is_first_name(entity.key[0]))

    def _likeliest(self, candidates: Sequence[int], paragraph: int) -> int:
        """Return which namesake a bare name means: the one fully named in this paragraph, else the one the text is about.

        Who is named further down only is not meant while another has been named already.
        """
        if len(candidates) == 1:
            return candidates[0]
        near = [n for n in candidates if self.seen.get(n) == paragraph]
        if len(near) == 1:
            return near[0]
        named = [n for n in candidates if n in self.seen] or candidates
        return max(named, key=lambda n: (self.entities[n].key[0] in self.title, n not in self.kin, self.uses[n], -n))


def initials(key: tuple[str, ...]) -> str:
    """Return the abbreviation of a body's name, small words left out, in small letters."""
    return "".join(part[0] for part in key if part not in _FUNCTION_WORDS)


def _describe(entity: Entity, outline: Outline, mentions: Sequence[Mention], i: int) -> None:
    """Note at an entity what the title and the apposition of its mention `i` say of it."""
    mention = mentions[i]
    entity.gender = entity.gender or kin_gender(outline, mention)
    if mention.title:
        entity.roles |= roles_of_title(mention.title)
        entity.gender = entity.gender or title_gender(mention.title)
        is_thing = entity.key[-1] in _ORGANISATION_WORDS or _is_owned_or_case(entity.name, entity.key)
        entity.titled = entity.person = entity.person or not is_thing
        free, is_person = mentions[i - 1].last if i else 0, bool(entity.gender)
        role = title_as_role(outline, mention.first, mention.core, free=free, is_person=is_person)
        if not is_plain_title(role) and len(role) > len(entity.role or ""):
            entity.role = role
    follows = mentions[i + 1] if i + 1 < len(mentions) else None
    at = mention.last
    if follows and follows.kind == MentionKind.NOMINAL and at < len(outline) and outline.words[at] == ",":
        close = follows.first == at + 1 and outline.sentence[follows.first] == outline.sentence[at]
        # "In Chelsea, the mayor said" calls nobody a mayor.
        is_place = mention.first > 0 and outline.lower[mention.first - 1] in _BEFORE_PLACES
        close = close and (not is_place or outline.words[follows.last : follows.last + 1] == [","])
        if close:
            _take_role(entity, follows, mention, outline)
    before = mentions[i - 1] if i else None
    beside = before is not None and outline.words[before.last : mention.first] == [","]
    if before and beside and before.kind == MentionKind.NOMINAL and outline.lower[before.first] in _ARTICLES:
        _take_role(entity, before, mention, outline)


def _take_role(entity: Entity, nominal: Mention, name: Mention, outline: Outline) -> None:
    """Note what an apposition calls the entity: "a spokesman for the ministry"."""
    role = apposition_as_role(outline, nominal, name, is_person=bool(entity.gender))
    if not role:
        return
    low = nominal.head.lower()
    if low not in _ROLES_BEFORE_OF:  # who is the head of something is not who "the agency head" is
        entity.roles.add(low)
    if not entity.gender:
        entity.gender = gender_shown(low in _MALE_NOUNS, low in _FEMALE_NOUNS)
    entity.role = entity.role or role
