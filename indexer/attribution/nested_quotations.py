"""Attribute quotations inside somebody's speech: "He told me, 'Go home'" is the words of the "he", not of who tells it.

The clause beside the inner marks says whose they are. "I" is the outer speaker; "he" and "she" never are: they are the
person of that gender named last, in the outer speech or before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.entities.entities import FULL_NAME
from indexer.entities.lexicon import PLAIN_CUE, cue_weight
from indexer.entities.mentions import Entity
from indexer.entities.noun_phrases import contracted_pronoun
from indexer.quotations.outline import tokenise
from indexer.quotations.quotation_marks import Quotation
from indexer.word_lists import word_list
from search.names.given_names import Gender, first_name_gender

_FUNCTION_WORDS, _DETERMINERS, _ROLES = word_list("function_words"), word_list("determiners"), word_list("role_nouns")
_TITLES = word_list("titles") | word_list("title_modifiers") | _ROLES
_HELPING_WORDS, _LISTENERS = word_list("helping_words"), word_list("listeners")
_BEFORE_MARKS = word_list("words_of_time_after_cue")
# Code points before and after the inner marks in which their clause is looked for, and before them for a pronoun's person:
# some two sentences, and some three paragraphs of speech.
_CLAUSE_BEFORE, _CLAUSE_AFTER, _PERSON_BEFORE = 200, 60, 900
_MAX_ASIDE = 12  # words between the cue and the marks: "She told me, and I wrote it down, '...'"
_MAX_NAME, _MAX_PHRASE = 4, 5  # words of a name, and of "the former deputy transport minister"
# Words of a term (two are as often speech within speech), and code points before it in which a reporting word makes speech of it.
_TERM_WORDS, _TERM_REACH = 1, 60
_SPEAKING_AS = frozenset(
    ("like", "go", "went", "goes", "going", "me", "him", "them", "us", "her", "you", "saying")
)  # "he goes ‘No’"
_LAST_CHARACTERS = 30  # code points before a surname in which its first name or title stands
_STOPS = frozenset((".", "!", "?", ";", "…"))
_DASHES = ("-", "–", "—")
_SUBJECTS = {
    "he": Gender.MALE, "she": Gender.FEMALE, "they": Gender.UNKNOWN, "it": Gender.UNKNOWN, "i": Gender.UNKNOWN,
    "we": Gender.UNKNOWN, "you": Gender.UNKNOWN,
}  # fmt: skip
_LAST_CAPITAL = re.compile(r"\b([A-ZÀ-Þ][\w’'-]{0,24}\.?) \Z")
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*[\w]")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class ReportingClause:
    """Who is said to speak an inner quotation: the words for it as printed, and the reporting word beside them."""

    source: str
    cue: str

    @property
    def first_person(self) -> bool:
        """Return whether the outer speaker is meant."""
        return self._subject in ("i", "we")

    @property
    def pronoun(self) -> bool:
        """Return whether the source is a pronoun."""
        return self._subject in _SUBJECTS

    @property
    def _subject(self) -> str:
        """The source in small letters, without a verb that is contracted with it: "I'm"."""
        low = self.source.lower()
        return contracted_pronoun(low) or low

    @property
    def phrase(self) -> bool:
        """Return whether it is "the minister" and not a name."""
        return self.source.split()[0].lower() in _DETERMINERS


def find_reporting_clause(text: str, low: int, high: int, start: int, stop: int) -> ReportingClause | None:
    """Return the clause that reports the words at start..stop (marks included), looked for within low..high."""
    before = [text[a:b] for a, b in tokenise(text, max(low, start - _CLAUSE_BEFORE), start)]
    after = [text[a:b] for a, b in tokenise(text, stop, min(high, stop + _CLAUSE_AFTER))]
    return _clause_before(before) or _clause_after(after)


def _clause_before(before: Sequence[str]) -> ReportingClause | None:
    """Return the clause of "He told me, '...'", also with an object or an aside before the marks."""
    for at in range(len(before) - 1, max(-1, len(before) - 2 - _MAX_ASIDE), -1):
        word = before[at].lower()
        if word in _STOPS:
            return None
        if cue_weight(word) >= PLAIN_CUE and _leads_to_marks(before[at + 1 :]):
            source = _subject_at_end(before[:at])
            if source:
                return ReportingClause(source, before[at])
    return None


def _leads_to_marks(between: Sequence[str]) -> bool:
    """Whether only an object, a "that" and one aside stand between the cue and the marks."""
    rest = between[:-1] if between[-1:] and between[-1] in (",", ":", "that", "as") else between
    while rest and (rest[0].lower() in _LISTENERS or rest[0][0].isupper() or rest[0] in _BEFORE_MARKS):
        rest = rest[1:]
    return not rest or (rest[0] in (",", *_DASHES) and between[-1] in (",", ":", *_DASHES))


def _subject_at_end(before: Sequence[str]) -> str | None:
    """Return the subject at the end of these words, helping verbs passed over: a pronoun, a name, or "the minister"."""
    at = len(before)
    while at and (before[at - 1].lower() in _HELPING_WORDS or _is_adverb(before[at - 1])):
        at -= 1
    if not at:
        return None
    word = before[at - 1]
    if word.lower() in _SUBJECTS:
        return word
    name = _capitals_at_end(before[:at])
    if name and name.lower() not in _FUNCTION_WORDS:
        return name
    return _phrase_at_end(before[:at]) if word.lower() in _ROLES else None


def _is_adverb(word: str) -> bool:
    """Whether a word may be an adverb between a subject and its verb; "Kelly" is none."""
    return word.endswith("ly") and word.islower()


def _phrase_at_end(words: Sequence[str]) -> str | None:
    """Return the noun phrase from its determiner to the last word."""
    last = len(words)
    first = last - 1
    while (
        first and last - first < _MAX_PHRASE and words[first - 1][0].islower() and words[first - 1] not in _DETERMINERS
    ):
        first -= 1
    if first and words[first - 1].lower() in _DETERMINERS:
        return " ".join(words[first - 1 :])
    return None


def _clause_after(after: Sequence[str]) -> ReportingClause | None:
    """Return the clause of "'...', Lee said" and of "'...,' he told me"."""
    rest = after[1:] if after[:1] == [","] else after
    if len(rest) >= 2 and rest[0].lower() in ("he", "she") and cue_weight(rest[1].lower()) >= PLAIN_CUE:
        return ReportingClause(rest[0], rest[1])
    for k in range(1, min(_MAX_NAME, len(rest))):
        named = all(word[0].isupper() and word.lower() not in _FUNCTION_WORDS for word in rest[:k])
        if named and cue_weight(rest[k].lower()) >= PLAIN_CUE:
            return ReportingClause(" ".join(rest[:k]), rest[k])
    return None


def _capitals_at_end(before: Sequence[str]) -> str:
    """Return the run of capitalised words at the end of a list."""
    at = len(before)
    while at > 0 and before[at - 1][0].isupper() and len(before) - at < _MAX_NAME:
        at -= 1
    return " ".join(before[at:])


def resolve_clause_source(
    text: str, entities: Sequence[Entity], source: str, start: int, outer: str | None
) -> str | None:
    """Return whom "he", "she" or "the minister" before the marks at `start` stands for; never the outer speaker.

    None for a pronoun that nobody fits; "the minister" without a holder is its own words.
    """
    low = source.lower()
    if low in _SUBJECTS:
        gender = _SUBJECTS[low]
        return _named_last(text, entities, gender, start, outer) if gender else None
    _, *rest = source.split()
    role = low.split()[-1]
    holders = [each for each in entities if each.person and role in each.roles and each.name != outer]
    return holders[0].name if len(holders) == 1 else " ".join(rest) or source


def _may_precede(word: str, entity: Entity) -> bool:
    """Whether a capitalised word right before a surname leaves it this entity's: a title or one of its names."""
    low = word.lower().rstrip(".")
    return low != "st" and (low in entity.key or low in _TITLES or low in _FUNCTION_WORDS)  # "St. Paul" is a place


def _named_last(text: str, entities: Sequence[Entity], gender: Gender, start: int, outer: str | None) -> str | None:
    """Return the person of that gender whose name stands last before `start`."""
    people = [each for each in entities if each.person and each.name != outer]
    known = _by_first_and_last_name(people, gender)
    namesakes = {each.key: each.name for each in people if each.gender != -gender and each.key[-1] in known}
    outer_names = {part for each in entities if each.name == outer for part in each.key}
    for match in reversed(list(_CAPITAL.finditer(text, max(0, start - _PERSON_BEFORE), start))):
        word = _POSSESSIVE.sub("", match.group()).lower()
        is_label = text[match.end() : match.end() + 1] == ":"
        if word in outer_names or is_label:
            continue
        first = _LAST_CAPITAL.search(text, max(0, match.start() - _LAST_CHARACTERS), match.start())
        person = known.get(word)
        if person and person.gender != -gender and (first is None or _may_precede(first.group(1), person)):
            return person.name
        namesake = namesakes.get((first.group(1).lower(), word)) if first else None
        if namesake:
            return namesake
        full = FULL_NAME.match(text, match.start(), start) if first_name_gender(word) == gender else None
        if full:  # somebody who is named in the outer speech alone
            return full.group()
    return None


def _by_first_and_last_name(people: Iterable[Entity], gender: Gender) -> dict[str, Entity]:
    """Return the people who may be of this gender by their first and last names; those known to be of it come first."""
    known: dict[str, Entity] = {}
    for person in sorted(people, key=lambda each: each.gender != gender):
        if person.gender == gender or person.titled or person.roles:
            known.setdefault(person.key[-1], person)
            known.setdefault(person.key[0], person)
    return known


def is_nested_term(text: str, low: int, quotation: Quotation) -> bool:
    """Return whether inner marks set apart a word that the speaker only names: "a democracy with a small ‘d’".

    What a comma, a colon or the reporting word of its sentence introduces is spoken: "I tell them ‘No’". `low` is where the
    speech around begins, in code points.
    """
    words = text[quotation.start : quotation.end].split()
    before = [text[a:b].lower() for a, b in tokenise(text, max(low, quotation.open - _TERM_REACH), quotation.open)]
    if len(words) > _TERM_WORDS or not before or not before[-1].isalpha() or before[-1] in _SPEAKING_AS:
        return False
    sentence = next((before[at + 1 :] for at in range(len(before) - 1, -1, -1) if before[at] in _STOPS), before)
    return all(cue_weight(word) < PLAIN_CUE for word in sentence)
