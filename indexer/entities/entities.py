"""Which person a mention stands for: the names of one document brought together, each with its fullest form.

"Zarif", "Mr. Zarif" and "Javad Zarif" are one entity when the document says "Mohammad Javad Zarif" somewhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.entities.lexicon import gender, words
from indexer.entities.mentions import Mention
from indexer.quotations.outline import Outline

FULL_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+(?: (?:[A-Z]\.|[A-ZÀ-Þ][\w’'-]+|de|bin|al|van|von)){1,3}\b")
_WORD = re.compile(r"[\w’'-]+")
MALE_TITLES = frozenset(("mr", "sir", "lord", "king", "prince", "pope", "congressman", "chairman", "spokesman"))
FEMALE_TITLES = frozenset(("mrs", "ms", "miss", "lady", "queen", "princess", "congresswoman", "spokeswoman"))
ORG_WORDS, SUFFIXES, TITLES, FUNCTION = words("org_words"), words("suffixes"), words("titles"), words("function")
ROLE_NOUNS, MALE, FEMALE = words("role_nouns"), words("male_nouns"), words("female_nouns")
PLACES = words("places")
_ARTICLES = frozenset(("the", "a", "an", "his", "her", "its"))
_NAMESAKES = 20  # more people of one name than this are not told apart
_ORGANISATIONS = 400  # how many bodies an abbreviation is looked for among


@dataclass(slots=True)
class Entity:
    """Somebody or some body that the document names.

    mentions  indexes into the document's mentions, in order; gender is 1 for a man, -1 for a woman, 0 unknown
    roles     head nouns of the titles and appositions that stand at its names
    """

    name: str
    key: tuple[str, ...]
    person: bool
    gender: int = 0
    titled: bool = False
    mentions: list[int] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """All entities of a document; `of[i]` is the entity of mention i, or -1."""

    entities: list[Entity]
    of: list[int]


def name_key(name: str) -> tuple[str, ...]:
    """The folded words of a name without its suffix and possessive; never empty for a name with a letter."""
    parts = [re.sub(r"['’]s?$", "", part).lower() for part in _WORD.findall(name)]
    kept = [part for part in parts if part and part not in SUFFIXES and part != "the"]
    return tuple(kept or parts)


def cast(
    text: str, outline: Outline, mentions: Sequence[Mention], quoted: Sequence[tuple[int, int]], title: str
) -> Cast:
    """Bring the names together. `quoted` are stretches between marks, which may hold a fuller name."""
    namer = _Namer(frozenset(word.strip("’'s,.:").lower() for word in title.split()))
    of = [-1] * len(mentions)
    names = [(i, name_key(m.head)) for i, m in enumerate(mentions) if m.kind == "name"]
    for i, key in names:
        if len(key) >= 2:
            of[i] = namer.full(mentions[i].head, key, mentions[i].title)
    singles = {key[0] for _, key in names if len(key) == 1}
    extra = [match.group() for start, end in quoted for match in FULL_NAME.finditer(text, start, end)]
    for name in extra + [match.group() for match in FULL_NAME.finditer(title)]:
        key = name_key(name)
        if len(key) >= 2 and key[-1] in singles and _looks_personal(key):
            namer.full(name, key, "")
    for number, entity in enumerate(namer.entities):
        namer.by_first[entity.key[0]].append(number)
    for i, key in names:
        paragraph = outline.paragraph[mentions[i].first]
        if len(key) == 1:
            of[i] = namer.single(mentions[i], key, paragraph)
        else:
            namer.seen[of[i]] = paragraph
        entity = namer.entities[of[i]]
        entity.mentions.append(i)
        _describe(entity, outline, mentions, i)
    return Cast(namer.entities, of)


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two words become equal by changing, adding or dropping one letter."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    short, long = sorted((one, other), key=len)
    at = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def _looks_personal(key: tuple[str, ...]) -> bool:
    return gender(key[0]) != 0 or key[0] in words("male") or key[0] in words("female")


def _is_person(name: str, key: tuple[str, ...], title: str) -> bool:
    if "_".join(key) in PLACES:
        return bool(title) and len(key) == 1
    if len(key) > 1 and key[-1] in PLACES and gender(key[0]) == 0:
        return bool(title)
    if any(part in ORG_WORDS for part in key[1:]) or " of " in name or " for " in name or "&" in name:
        return bool(title) and key[-1] not in ORG_WORDS and " of " not in name
    if name.isupper() and len(name) <= 5 and len(key) == 1:
        return False
    return key[0] not in ORG_WORDS


class _Namer:
    """Gives each name its entity. `seen` is the paragraph in which an entity last had its full name."""

    def __init__(self, title: frozenset[str]) -> None:
        self.entities: list[Entity] = []
        self.by_key: dict[tuple[str, ...], int] = {}
        self.by_last: dict[str, list[int]] = defaultdict(list)
        self.by_first: dict[str, list[int]] = defaultdict(list)
        self.by_initial: dict[str, list[int]] = defaultdict(list)
        self.uses: Counter[int] = Counter()
        self.seen: dict[int, int] = {}
        self.title = title

    def full(self, name: str, key: tuple[str, ...], title: str) -> int:
        """The entity of a full name: an earlier one whose words agree, or a new one."""
        known = (*key, "jr") if _is_junior(name) else key
        number = self.by_key.get(known)
        if number is None:
            number = self._agreeing(name, key, title)
            self.by_key[known] = number
        self.uses[number] += 1
        return number

    def _agreeing(self, name: str, key: tuple[str, ...], title: str) -> int:
        person = _is_person(name, key, title)
        for number in self.by_last[key[-1]][:_NAMESAKES]:
            entity = self.entities[number]
            if person and entity.person and _same_person(entity, key, name):
                if len(key) > len(entity.key):
                    entity.name, entity.key = name, key
                return number
        return self._new(Entity(name, key, person, gender(key[0]) if person else 0))

    def _new(self, entity: Entity) -> int:
        number = len(self.entities)
        self.by_last[entity.key[-1]].append(number)
        if entity.person and len(entity.key) > 1:
            self.by_initial[entity.key[-1][0]].append(number)
        self.entities.append(entity)
        return number

    def single(self, mention: Mention, key: tuple[str, ...], paragraph: int) -> int:
        """The entity of a one-word name: by surname, told apart by title and place, else by first name, else new."""
        word = key[0]
        candidates = [
            n for n in self.by_last.get(word, ()) if self.entities[n].person or len(self.entities[n].key) == 1
        ]
        wanted = _title_gender(mention.title)
        if wanted:
            candidates = [n for n in candidates if self.entities[n].gender != -wanted]
        if candidates:
            return self._likeliest(candidates[:_NAMESAKES], paragraph)
        firsts = (
            []
            if word in PLACES
            else [n for n in self.by_first.get(word, ()) if self.entities[n].person and len(self.entities[n].key) > 1]
        )
        if firsts and not mention.title:
            return self._likeliest(firsts[:_NAMESAKES], paragraph)
        if key in self.by_key and not wanted:
            return self.by_key[key]
        slip = self._misspelt(word)
        if slip is not None:
            self.by_key[key] = slip
            return slip
        if len(word) < 6:
            for number, entity in enumerate(self.entities[:_ORGANISATIONS]):
                if not entity.person and _initials(entity.key) == word:
                    self.by_key[key] = number
                    return number
        number = self._new(Entity(mention.head, key, _is_person(mention.head, key, mention.title), wanted))
        self.by_key[key] = number
        return number

    def _misspelt(self, word: str) -> int | None:
        """The one person whose surname differs from this word by a letter: papers misspell names."""
        if len(word) < 5 or word in PLACES:
            return None
        fits = [n for n in self.by_initial[word[0]][:_NAMESAKES] if one_letter_apart(self.entities[n].key[-1], word)]
        return fits[0] if len(fits) == 1 else None

    def _likeliest(self, candidates: Sequence[int], paragraph: int) -> int:
        """Which namesake a bare name means: the one fully named in this paragraph, else the one the text is about."""
        if len(candidates) == 1:
            return candidates[0]
        near = [n for n in candidates if self.seen.get(n) == paragraph]
        if len(near) == 1:
            return near[0]
        return max(candidates, key=lambda n: (self.entities[n].key[0] in self.title, self.uses[n], -n))


def _is_junior(name: str) -> bool:
    return name.rstrip(". ").endswith(" Jr")


def _same_person(entity: Entity, key: tuple[str, ...], name: str) -> bool:
    """Whether two full names with one surname agree in their other words: equal first names, or initials."""
    if _is_junior(entity.name) != _is_junior(name):
        return False
    one, other = entity.key[:-1], key[:-1]
    if one[0] == other[0] or set(one) <= set(other) or set(other) <= set(one):
        return True
    if len(one[0]) == 1 or len(other[0]) == 1:
        return one[0][0] == other[0][0]
    return len(set(one) & set(other)) >= 1 and len(one) + len(other) >= 4


def _initials(key: tuple[str, ...]) -> str:
    return "".join(part[0] for part in key if part not in FUNCTION)


def _title_gender(title: str) -> int:
    parts = {part.rstrip(".") for part in title.lower().split()}
    return bool(parts & MALE_TITLES) - bool(parts & FEMALE_TITLES)


def _describe(entity: Entity, outline: Outline, mentions: Sequence[Mention], i: int) -> None:
    """Take a mention's title and apposition into what is known of its entity."""
    mention = mentions[i]
    if mention.title:
        parts = [part.strip(".,").lower() for part in mention.title.split()]
        entity.roles.update(part for part in parts if part in ROLE_NOUNS or part in TITLES)
        entity.gender = entity.gender or _title_gender(mention.title)
        formal = all(part in ("mr", "mrs", "ms", "miss", "dr") for part in parts)
        entity.titled = entity.person = entity.person or not set(entity.key[-1:]) & ORG_WORDS
        if not formal and (entity.role is None or len(mention.title) > len(entity.role)):
            entity.role = mention.title
    follows = mentions[i + 1] if i + 1 < len(mentions) else None
    at = mention.last
    if follows and follows.kind == "nominal" and at < len(outline) and outline.words[at] == ",":
        close = follows.first == at + 1 and outline.sentence[follows.first] == outline.sentence[at]
        if close:
            _take_role(entity, follows, outline)
    before = mentions[i - 1] if i else None
    beside = before is not None and outline.words[before.last : mention.first] == [","]
    if before and beside and before.kind == "nominal" and outline.lower[before.first] in _ARTICLES:
        _take_role(entity, before, outline)


def _take_role(entity: Entity, nominal: Mention, outline: Outline) -> None:
    """Note what an apposition calls the entity: "a spokesman for the ministry"."""
    low = nominal.head.lower()
    entity.roles.add(low)
    if not entity.gender and low in MALE | FEMALE:
        entity.gender = (low in MALE) - (low in FEMALE)
    if entity.role is None:
        phrase = outline.text[nominal.start : nominal.end]
        entity.role = re.sub(r"^(?:the|a|an|his|her|its|their)\s+", "", phrase, flags=re.IGNORECASE)
