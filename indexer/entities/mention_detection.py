"""Find who could have spoken: the names, "the ..." phrases and pronouns that stand outside the quotations.

Names are runs of capitals with the titles before them taken off; noun phrases end in a noun that can speak (a
spokesman, a report); pronouns are listed. Positions are items of the `Outline`; printed spans are code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indexer.entities.body_names import join_parts
from indexer.entities.lexicon import ANY_CUE, PLAIN_CUE, cue_weight
from indexer.entities.mentions import Mention, MentionKind
from indexer.entities.name_runs import NameRuns, is_dateline, starts_sentence
from indexer.entities.name_starts import core_of, is_title
from indexer.entities.name_trimming import trim_names
from indexer.entities.noun_phrases import (
    DOMAINS,
    MAX_PREMODIFIERS,
    adjective_mention,
    contracted_pronoun,
    ends_domain,
    is_capitalised,
    is_role_noun,
    is_said_by,
    modifies_noun,
    nominal_mention,
    noun_phrase,
    phrase_mention,
    precedes_cue,
    pronoun_mention,
)
from indexer.entities.offices_before_names import without_offices
from indexer.entities.ordinary_words import ordinary_words
from indexer.quotations.outline import DASHES, Outline
from indexer.word_lists import word_list
from search.names.given_names import first_names

_ADJECTIVES = word_list("adjectives_of_peoples") | word_list("party_members")
_DETERMINERS = word_list("determiners")
_FIRST_NAMES = first_names("male") | first_names("female")
_FUNCTION_WORDS = word_list("function_words")
_ORGANISATION_WORDS = word_list("organisation_words")
_ROLE_NOUNS = word_list("role_nouns")
_TITLE_MODIFIERS = word_list("title_modifiers")
_TITLES = word_list("titles")
_PRONOUNS = word_list("subject_pronouns")
_POSSESSIVES = word_list("possessive_pronouns")
_QUOTED_PRONOUNS = word_list("object_pronouns")
_HONORIFICS, _KIN = word_list("honorifics"), word_list("nouns_of_kin")
_LABELS = word_list("not_speaker_labels") | word_list("pictures")
_AGENCIES, _PICTURES = word_list("picture_agencies"), word_list("pictures")
_PLURALS = word_list("plurals")
_BEFORE_OFFICES = word_list("words_before_offices")
_ENDS_OF_ADJECTIVES = tuple(word_list("ends_of_adjectives"))
_ENDS_OF_COMPOUNDS = word_list("ends_of_compounds")
_TITLE_WORDS = _ROLE_NOUNS | _TITLES | _TITLE_MODIFIERS
_ROLES_ALONE = _ROLE_NOUNS - _ORGANISATION_WORDS
_OF_PEOPLE = _ROLES_ALONE | _TITLES | _HONORIFICS
_LEAST_PARTICIPLE = 6  # letters: "King said", "Reed added"
_PARTY_MEMBERS = word_list("party_members")
_JOINING = word_list("words_joining_names")
_LEAST_ADDRESS = 3  # items before its path: t . co /
_AFTER_NAMES = word_list("words_after_names") | {",", ":", "("} | (DASHES - {"―", "‒"})


def find_mentions(outline: Outline) -> list[Mention]:
    """Return all possible sources outside quotations, in order. Linear in the length of the outline."""
    mentions: list[Mention] = []
    runs = NameRuns(outline)
    inner = _inner_capitals(outline)
    cues = {low for low in runs.known if cue_weight(low) >= PLAIN_CUE} | {"reports"}  # which a noun may do, or be
    i, count, words_, lower = 0, len(outline), outline.words, outline.lower
    while i < count:
        low = lower[i]
        if not words_[i][0].isalpha() and words_[i][0] not in "@#0123456789":
            i += 1
            continue
        end = runs.end(i) if words_[i] != low or low[0] in "@#" else i
        if end > i:
            if (
                end - i == 1 and low in _ADJECTIVES and not runs.is_of_person(low)
            ):  # "Harbourian media", "the Harbourian said"
                mentions.extend(adjective_mention(outline, i))
            elif end - i == 1 and _is_first_name_of_kin(outline, i):
                mentions.append(_bare_name(outline, i))
            elif end - i == 1 and runs.is_surname(low) and _is_title_or_small(outline, i):
                mentions.append(_bare_name(outline, i))  # "King said", where Ann King is
            elif is_dateline(outline, i, end) or _is_of_address(outline, i):
                pass
            elif (
                end - i > 1
                or not _merely_first(outline, i)
                or (words_[i] in inner and not _is_adjective(outline, end))
                or (end + 1 < count and ends_domain(outline, end + 1))  # "Harbour.com reports"
            ):
                mentions.extend(_names(outline, i, end))
            elif low in _ROLE_NOUNS and not _only_modifies(outline, i) and (nominal := nominal_mention(outline, i)):
                mentions.append(nominal)
            i = end
            continue
        mention = None
        if low in _PRONOUNS or low in _POSSESSIVES or low in _QUOTED_PRONOUNS or contracted_pronoun(low):
            mention = pronoun_mention(outline, i)
        elif is_role_noun(outline, i) or (i + 1 < count and lower[i + 1] in cues) or is_said_by(outline, i):
            mention = nominal_mention(outline, i)
        if mention:
            mentions.append(mention)
        i += 1
    named = _shorten(outline, without_offices(outline, mentions), runs.headlines)
    return join_parts(outline, trim_names(outline, named, runs.headlines))


def _inner_capitals(outline: Outline) -> set[str]:
    """Return the capitalised words that stand inside a sentence somewhere: these are names indeed."""
    sentence, quote = outline.sentence, outline.quotation
    return {
        word
        for i, word in enumerate(outline.words)
        if i and word[0].isupper() and sentence[i] == sentence[i - 1] and quote[i - 1] < 0
    }


def _merely_first(outline: Outline, i: int) -> bool:
    """Whether a lone capitalised word only begins its sentence: no first name, and ordinary, or nothing like a verb after it."""
    after = outline.lower[i + 1] if i + 1 < len(outline) else ""
    if after == ":" and outline.lower[i] in _LABELS:
        return True
    if not starts_sentence(outline, i) or outline.lower[i] in _FIRST_NAMES or outline.words[i].isupper():
        return False
    is_participle = outline.lower[i].endswith(("ed", "ing")) and len(outline.lower[i]) >= _LEAST_PARTICIPLE
    if is_participle and after.isalpha() and after not in _FUNCTION_WORDS and cue_weight(after) < PLAIN_CUE:
        return True  # "Hacked emails revealed"
    if outline.lower[i] in ordinary_words() and cue_weight(after) < PLAIN_CUE:  # "Power said" is somebody
        return True
    return after not in _AFTER_NAMES and not _may_be_verb(after)


def _only_modifies(outline: Outline, i: int) -> bool:
    """Whether a role with a capital merely stands before another noun: "Member station", but not "Member says", "Officials there"."""
    if (
        outline.lower[i].endswith("s")
        or outline.lower[i] in _PLURALS
        or i + 1 >= len(outline)
        or outline.quotation[i + 1] >= 0
    ):
        return False
    after = outline.words[i + 1]
    return after.isalpha() and after.islower() and after not in _FUNCTION_WORDS and not _may_be_verb(after)


def _may_be_verb(word: str) -> bool:
    """Whether a word in lower case may be a verb, or an adverb before one."""
    return cue_weight(word) >= ANY_CUE or word.endswith(("ed", "s", "ly"))


def _shorten(outline: Outline, mentions: list[Mention], headlines: frozenset[int]) -> list[Mention]:
    """Return the mentions without what follows a known name in a headline: "Ann Lee Speaks" is Ann Lee when the text says so."""
    if not headlines:
        return mentions
    body = {
        m.head.lower() for m in mentions if m.kind == MentionKind.NAME and outline.paragraph[m.first] not in headlines
    }
    shortened = []
    for mention in mentions:
        if mention.kind == MentionKind.NAME and outline.paragraph[mention.first] in headlines:
            for last in range(mention.last - 1, mention.core, -1):
                head = outline.text[outline.starts[mention.core] : outline.ends[last - 1]]
                if outline.lower[last] in _ORGANISATION_WORDS:  # "Washington Post" where Washington is named, too
                    shortened.append(mention)
                    break
                if head.lower() in body and mention.head.lower() not in body:
                    shortened.append(replace(mention, last=last, head=head, end=outline.ends[last - 1]))
                    break
            else:
                shortened.append(mention)
        else:
            shortened.append(mention)
    return shortened


def _names(outline: Outline, first: int, last: int) -> Iterator[Mention]:
    """Yield the name in a run of capitals, its titles apart; nothing when the run is a bare title."""
    low = outline.lower
    last = _without_photographer(outline, first, last)
    first = _behind_compound(outline, first, last)
    core = core_of(outline, first, last)
    if core >= last or _is_modifier(outline, last) or _is_half_office(outline, first, last):
        return
    if last - first == 1 and low[first].rpartition("-")[2] in _PARTY_MEMBERS and low[first].count("-") > 1:
        return  # "a Republican-turned-Democrat"
    office = next((k for k in range(first, last - 2) if low[k + 1] == "of" and low[k] in _TITLES), None)
    if (
        office is not None and core == first and "of" not in low[first:office]
    ):  # "Deputy Minister of International Affairs"
        yield phrase_mention(outline, first, office, last)
        return
    if _is_party_member(outline, first, last) or (core == first and _is_office_of_body(outline, first, last)):
        mention = noun_phrase(outline, last - 1, strict=True)
        if mention:
            yield mention
        return
    if _bare_title(outline, first, last):
        determiner = first > 0 and low[first - 1] in _DETERMINERS
        mention = noun_phrase(outline, last - 1, determiner) if determiner or precedes_cue(outline, last - 1) else None
        if mention:
            yield mention
        return
    has_title = core == first or any(low[k].rstrip(".") in _OF_PEOPLE or is_title(low[k]) for k in range(first, core))
    first = _with_lower_titles(outline, first) if has_title else core  # a body or a place is no title
    text = outline.text
    head = " ".join(text[outline.starts[core] : outline.ends[last - 1]].replace(", ", " ").split())  # "Lee, Jr."
    title = " ".join(text[outline.starts[first] : outline.starts[core]].split()).strip(" ,")
    yield Mention(MentionKind.NAME, first, last, core, head, title, outline.starts[first], outline.ends[last - 1])


def _is_title_or_small(outline: Outline, i: int) -> bool:
    """Whether a word with a capital may be an office, a role or a small word: "King", "Page", "May"; not with words of its own
    before it: "the Speaker", "a two-term Republican".
    """
    low, before = outline.lower[i], outline.lower[i - 1] if i else ""
    is_free = not before[:1].isalpha() or before in _FUNCTION_WORDS or cue_weight(before) >= PLAIN_CUE
    is_role = low in _TITLES or low in _ROLES_ALONE
    return (is_role and is_free and before not in _DETERMINERS) or low in _FUNCTION_WORDS


def _is_first_name_of_kin(outline: Outline, i: int) -> bool:
    """Whether a capital behind a word for a relative is a first name that is a noun, too: "her husband Bill"."""
    low, before = outline.lower[i], outline.lower[i - 1] if i else ""
    return low in _ROLE_NOUNS and low in _FIRST_NAMES and before in _KIN and outline.quotation[i - 1] < 0


def _bare_name(outline: Outline, i: int) -> Mention:
    """Return item i as a name of one word, without a title."""
    start, end = outline.starts[i], outline.ends[i]
    return Mention(MentionKind.NAME, i, i + 1, i, outline.text[start:end], "", start, end)


def _is_of_address(outline: Outline, i: int) -> bool:
    """Whether item i is a piece of an address on the web: the "Xq7" of "pic.example.com/Xq7"."""
    return (
        outline.words[i - 1 : i] == ["/"]
        and i > _LEAST_ADDRESS
        and outline.lower[i - 2] in DOMAINS
        and outline.words[i - 3] == "."
    )


def _without_photographer(outline: Outline, first: int, last: int) -> int:
    """Return where a run ends without the name of who took a picture: "Rudy Lee Pete Berg/Getty Images", "Photo by Ann Lee"."""
    low, words = outline.lower, outline.words
    if words[last : last + 1] == ["/"] and not _AGENCIES.isdisjoint(low[last + 1 : last + 2]):
        return max(first, last - 2)
    before = low[max(0, first - 2) : first]
    return first if len(before) > 1 and before[0] in _PICTURES and before[1] in ("/", "by") else last


def _behind_compound(outline: Outline, first: int, last: int) -> int:
    """Return where a run begins behind an adjective of two parts: "the Berlin-based Harbour Council"; `last` where that is all."""
    for k in range(first, last):
        if outline.lower[k] in _JOINING:  # "Office of Faith-based Partnerships"
            break
        if outline.lower[k].rpartition("-")[2] in _ENDS_OF_COMPOUNDS and "-" in outline.lower[k]:
            return k + 1
    return first


def _is_half_office(outline: Outline, first: int, last: int) -> bool:
    """Whether a run is half an office: "Acting Customs" before "and Border Commissioner Ann Lee", "President" before "and CEO Ann Lee"."""
    low = outline.lower
    if low[last : last + 1] != ["and"] or last + 1 == len(outline):
        return False
    is_named = any(map(is_capitalised, outline.words[last + 1 : last + 3]))  # "CEO and co-founder Ann Lee"
    are_titles = is_title(low[last - 1]) and is_title(low[last + 1]) and is_named
    return low[first] in _BEFORE_OFFICES or (are_titles and low[first - 1 : first] != ["the"])


def _is_party_member(outline: Outline, first: int, last: int) -> bool:
    """Whether a run of capitals is somebody by state and party: "the South Carolina Republican"; not "Ann Republican"."""
    opens_with_name = outline.lower[first] in _FIRST_NAMES and outline.lower[first] not in _TITLE_MODIFIERS
    return last - first > 1 and outline.lower[last - 1] in _PARTY_MEMBERS and not opens_with_name


def _is_office_of_body(outline: Outline, first: int, last: int) -> bool:
    """Whether a run of capitals is somebody by body and office: "the former Harbour-Lind CEO"; not "the Guard Captain Ann Lee"."""
    low = outline.lower
    begin = first - (first > 0 and low[first - 1] in _TITLE_MODIFIERS)
    is_headed = begin > 0 and low[begin - 1] == "the" and low[first] not in _FIRST_NAMES
    return last - first > 1 and is_headed and low[last - 1] in _TITLES and low[last - 1] not in _ORGANISATION_WORDS


def _bare_title(outline: Outline, first: int, last: int) -> bool:
    """Whether a run of capitals is a title without a name: "Foreign Minister", "President"."""
    low = outline.lower
    ends = low[last - 1] in _TITLES or low[last - 1] in _ROLE_NOUNS
    if last - first > 1 and low[first] in _FIRST_NAMES and low[first] not in _TITLES:  # "Bill Bishop"
        return False
    is_body = low[first] in _ORGANISATION_WORDS and low[first + 1 : last][:1] == ["of"]  # "Office of Legal Counsel"
    return (
        ends
        and not is_body
        and low[last - 1] not in _ORGANISATION_WORDS
        and all(low[k] in _TITLE_WORDS for k in range(first, last))
    )


def _is_modifier(outline: Outline, last: int) -> bool:
    """Whether a run of capitals only modifies the noun after it: "the New York businessman", "a Homeland Security memo"."""
    k = last
    while k < min(last + 3, len(outline)) and outline.quotation[k] < 0 and outline.words[k][0].islower():
        low = outline.lower[k]
        if low in _FUNCTION_WORDS or cue_weight(low) >= ANY_CUE or not (low in _ROLE_NOUNS or low in _TITLE_MODIFIERS):
            break
        k += 1
    if k == last or outline.lower[k - 1] not in _ROLE_NOUNS:
        return _is_adjective(outline, last)
    return not (k < len(outline) and outline.quotation[k] < 0 and is_capitalised(outline.words[k]))


def _is_adjective(outline: Outline, last: int) -> bool:
    """Whether a capital is an ordinary adjective of the noun after it, "Presidential hopefuls", in the run that ends at `last`."""
    low, follows = outline.lower[last - 1], outline.words[last : last + 1]
    if not low.endswith(_ENDS_OF_ADJECTIVES) or low not in ordinary_words():
        return False
    is_noun = follows != [] and follows[0].isalpha() and follows[0].islower() and follows[0] not in _FUNCTION_WORDS
    return is_noun and outline.quotation[last] < 0 and cue_weight(follows[0]) < ANY_CUE


def _with_lower_titles(outline: Outline, first: int) -> int:
    """Return where the run begins with the lower-case title right before a name taken in: "foreign ministry spokesman Saeed ..."."""
    low = outline.lower
    k = first - 1
    if k < 0 or outline.quotation[k] >= 0 or outline.paragraph[k] != outline.paragraph[first]:
        return first
    if low[k].rstrip(".") not in _TITLES and low[k] not in _ROLE_NOUNS:
        return first
    while k > 0 and first - k < MAX_PREMODIFIERS and modifies_noun(outline, k - 1, first):
        k -= 1
    return k
