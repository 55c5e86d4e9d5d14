"""Quotations inside somebody's speech: "He told me, 'Go home'" is the words of the "he", and not of who tells it.

The clause beside the inner marks says whose they are. "I" is the outer speaker; "he" and "she" never are: they are the
person of that sex named last, in the outer speech or before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.entities.entities import FULL_NAME, Cast, Entity
from indexer.entities.lexicon import cue_weight, words
from indexer.entities.lexicon import gender as gender_of
from indexer.quotations.outline import tokenise

_FUNCTION, _DETERMINERS, _ROLES = words("function"), words("determiners"), words("role_nouns")
_TITLES = words("titles") | words("title_modifiers") | _ROLES
_REACH = 200  # code points before the inner marks in which their clause is looked for
_AFTER = 60
_ASIDE = 12  # words of an aside between the cue and the marks: "She told me, and I wrote it down, '...'"
_BACK = 900  # code points before the inner marks in which a pronoun's person is looked for
_HELPING = frozenset("had has have just once then also always even never finally later only still would did".split())
_OBJECTS = frozenset("me him her us them you reporters".split())
_STOPS = frozenset((".", "!", "?", ";", "…"))
_SUBJECTS = {"he": 1, "she": -1, "they": 0, "it": 0, "i": 0, "we": 0, "you": 0}
_LAST_CAPITAL = re.compile(r"\b([A-ZÀ-Þ][\w’'-]{0,24}\.?) \Z")
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*[\w]")


@dataclass(frozen=True, slots=True)
class Told:
    """Who is said to speak an inner quotation: the words for it as printed, and the reporting word beside them."""

    source: str
    cue: str

    @property
    def first_person(self) -> bool:
        return self.source.lower() in ("i", "we")

    @property
    def pronoun(self) -> bool:
        return self.source.lower() in _SUBJECTS

    @property
    def phrase(self) -> bool:
        """Whether it is "the minister" and not a name."""
        return self.source.split()[0].lower() in _DETERMINERS


def told(text: str, low: int, high: int, start: int, stop: int) -> Told | None:
    """The clause that reports the words at start..stop (marks included) within low..high; None when there is none."""
    before = [text[a:b] for a, b in tokenise(text, max(low, start - _REACH), start)]
    after = [text[a:b] for a, b in tokenise(text, stop, min(high, stop + _AFTER))]
    return _introduced(before) or _closed(after)


def _introduced(before: list[str]) -> Told | None:
    """The clause of "He told me, '...'", also with an object or an aside before the marks."""
    for at in range(len(before) - 1, max(-1, len(before) - 2 - _ASIDE), -1):
        word = before[at].lower()
        if word in _STOPS:
            return None
        if cue_weight(word) >= 0.9 and _leads_to_marks(before[at + 1 :]):
            source = _subject(before[:at])
            if source:
                return Told(source, before[at])
    return None


def _leads_to_marks(between: list[str]) -> bool:
    """Whether only an object, a "that" and one aside stand between the cue and the marks."""
    rest = between[:-1] if between[-1:] and between[-1] in (",", ":", "that", "as") else between
    while rest and (rest[0].lower() in _OBJECTS or rest[0][0].isupper() or rest[0] in ("the", "this", "morning")):
        rest = rest[1:]
    return not rest or (rest[0] in (",", "-", "–", "—") and between[-1] in (",", ":", "-", "–", "—"))


def _subject(before: list[str]) -> str | None:
    """The subject at the end of these words, helping verbs passed over: a pronoun, a name, or "the minister"."""
    at = len(before)
    while at and (before[at - 1].lower() in _HELPING or (before[at - 1].endswith("ly") and before[at - 1].islower())):
        at -= 1
    if not at:
        return None
    word = before[at - 1]
    if word.lower() in _SUBJECTS:
        return word
    name = _capitals(before[:at])
    if name and name.lower() not in _FUNCTION:
        return name
    if word.lower() in _ROLES:
        first = at - 1
        while first and at - first < 5 and before[first - 1][0].islower() and before[first - 1] not in _DETERMINERS:
            first -= 1
        if first and before[first - 1].lower() in _DETERMINERS:
            return " ".join(before[first - 1 : at])
    return None


def _closed(after: list[str]) -> Told | None:
    """The clause of "'...', Lee said" and of "'...,' he told me"."""
    rest = after[1:] if after[:1] == [","] else after
    if len(rest) >= 2 and rest[0].lower() in ("he", "she") and cue_weight(rest[1].lower()) >= 0.9:
        return Told(rest[0], rest[1])
    for k in range(1, min(4, len(rest))):
        named = all(word[0].isupper() and word.lower() not in _FUNCTION for word in rest[:k])
        if named and cue_weight(rest[k].lower()) >= 0.9:
            return Told(" ".join(rest[:k]), rest[k])
    return None


def _capitals(before: Sequence[str]) -> str:
    """The run of capitalised words at the end of a list."""
    at = len(before)
    while at > 0 and before[at - 1][0].isupper() and len(before) - at < 4:
        at -= 1
    return " ".join(before[at:])


def person(text: str, cast: Cast, source: str, start: int, outer: str | None) -> str | None:
    """Whom "he", "she" or "the minister" before the marks at `start` stands for; never the outer speaker; else None."""
    low = source.lower()
    if low in _SUBJECTS:
        return _named_last(text, cast, _SUBJECTS[low], start, outer) if _SUBJECTS[low] else None
    _, *rest = source.split()
    holders = [each for each in cast.entities if each.person and low.split()[-1] in each.roles and each.name != outer]
    return holders[0].name if len(holders) == 1 else " ".join(rest) or source


def _may_precede(word: str, entity: Entity) -> bool:
    """Whether a capitalised word right before a surname leaves it this entity's: a title or one of its names."""
    low = word.lower().rstrip(".")
    return low != "st" and (low in entity.key or low in _TITLES or low in _FUNCTION)


def _named_last(text: str, cast: Cast, gender: int, start: int, outer: str | None) -> str | None:
    """The person of that sex whose name stands last before `start`."""
    known: dict[str, Entity] = {}
    for entity in sorted(cast.entities, key=lambda each: each.gender != gender):
        sure = entity.gender == gender or entity.titled or entity.roles
        if entity.person and entity.name != outer and sure:
            known.setdefault(entity.key[-1], entity)
            known.setdefault(entity.key[0], entity)
    fitting = (each for each in cast.entities if each.person and each.name != outer and each.gender != -gender)
    whole = {each.key: each.name for each in fitting if each.key[-1] in known}  # namesakes of somebody surer
    others = {part for entity in cast.entities if entity.name == outer for part in entity.key}
    found = list(_CAPITAL.finditer(text, max(0, start - _BACK), start))
    for match in reversed(found):
        word = re.sub(r"['’]s?$", "", match.group()).lower()
        is_label = text[match.end() : match.end() + 1] == ":"
        if word in others or is_label:
            continue
        first = _LAST_CAPITAL.search(text, max(0, match.start() - 30), match.start())
        if word in known and (first is None or _may_precede(first.group(1), known[word])):
            return known[word].name
        namesake = whole.get((first.group(1).lower(), word)) if first else None
        if namesake:
            return namesake
        full = FULL_NAME.match(text, match.start(), start) if gender_of(word) == gender else None
        if full:  # somebody who is named in the outer speech alone
            return full.group()
    return None
