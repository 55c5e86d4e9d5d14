"""Tell namesakes apart: by first names, titles and kin. "President Lind" is not Ada Lind, his daughter."""

from __future__ import annotations

from collections.abc import Collection
from itertools import takewhile
from typing import Final

from indexer.entities.mentions import Mention
from indexer.quotations.outline import Outline
from indexer.word_lists import phrase_list, word_list
from search.names.given_names import Gender, gender_shown

ROLE_WORDS: Final = word_list("role_nouns") | word_list("titles")
"""Nouns that say what somebody is, behind an article or before a name."""
_ROLES_OF_ONE: Final = ROLE_WORDS - word_list("collective_nouns")  # a police chief is not the police
_IN_FULL: Final = {short: full for short, *full in phrase_list("titles_in_full")}
_PLAIN_TITLES: Final = word_list("plain_titles")
_MALE_TITLES, _FEMALE_TITLES = word_list("male_titles"), word_list("female_titles")
_MALE_NOUNS, _FEMALE_NOUNS = word_list("male_nouns"), word_list("female_nouns")
_KIN: Final = word_list("nouns_of_kin")
_FIRST_LADY: Final = ["first", "lady"]
_APPOSITION: Final = 6  # items behind a comma: "the president's eldest daughter"


def is_plain_title(title: str) -> bool:
    """Return whether a title is none of an office: "Mr.", or none at all."""
    return all(part in _PLAIN_TITLES for part in _parts(title))


def roles_of_title(title: str) -> frozenset[str]:
    """Return the nouns of roles in a title, in small letters and in full."""
    parts = _parts(title)
    return _ROLES_OF_ONE.intersection((*parts, *(full for part in parts for full in _IN_FULL.get(part, ()))))


def offices_of(title: str) -> frozenset[str]:
    """Return the same without "Mr." and the like, which say nothing of an office."""
    return roles_of_title(title) - _PLAIN_TITLES


def title_gender(title: str) -> Gender:
    """Return the gender that a title shows."""
    parts = {part.rstrip(".") for part in title.lower().split()}
    return gender_shown(not parts.isdisjoint(_MALE_TITLES), not parts.isdisjoint(_FEMALE_TITLES))


def is_junior(name: str) -> bool:
    """Return whether a name is that of a son: "Bo Lind Jr."."""
    return name.rstrip(". ").endswith(" Jr")


def is_one_person(name: str, key: tuple[str, ...], other: str, other_key: tuple[str, ...]) -> bool:
    """Return whether two full names with one surname agree in their other words: equal first names, or initials.

    The keys are those of `indexer.entities.entities.name_key`.
    """
    if is_junior(name) != is_junior(other):
        return False
    ours, theirs = key[:-1], other_key[:-1]
    if ours[0] == theirs[0] or set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    if len(ours[0]) == 1 or len(theirs[0]) == 1:
        return ours[0][0] == theirs[0][0]
    return len(set(ours) & set(theirs)) >= 1 and len(ours) + len(theirs) >= 4


def one_letter_apart(one: str, other: str) -> bool:
    """Return whether two words become equal by changing, adding or dropping one letter."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    short, long = sorted((one, other), key=len)
    at = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def kin_gender(outline: Outline, name: Mention) -> Gender:
    """Return the gender that a noun of kin before a name shows: "her husband, President Lind"."""
    kin = _kin_before(outline, name)
    return gender_shown(kin in _MALE_NOUNS, kin in _FEMALE_NOUNS)


def is_introduced_as_kin(outline: Outline, name: Mention) -> bool:
    """Return whether a name is introduced as that of a relative: "his daughter, Ada Lind", "Ada Lind, his wife", "first lady Ada Lind"."""
    if _kin_before(outline, name) or outline.lower[max(0, name.core - 2) : name.core] == _FIRST_LADY:
        return True
    if outline.words[name.last : name.last + 1] != [","]:
        return False
    behind = outline.lower[name.last + 1 : name.last + 1 + _APPOSITION]
    kin = [at for at, word in enumerate(takewhile(lambda word: word not in ",.;", behind)) if word in _KIN]
    # "Bo Lind, brother of the governor": he is whom the sentence is about.
    return bool(kin) and behind[kin[0] + 1 : kin[0] + 2] != ["of"]


def is_presidents_namesake(
    gender: Gender, offices: Collection[str], others: Collection[int], *, is_later: bool
) -> bool:
    """Return whether "President Lind" is not the one of that surname who is named in full, and nowhere called a president.

    `gender` is of the one named in full, `others` are those that no "Mr." or "Mrs." Lind has; `is_later`: the full name is
    first printed further down. Read in 1,500 articles: of a man it is then mostly his own name, of a woman her husband's.
    """
    if "president" not in offices:
        return False
    return gender in others or (is_later and gender == Gender.FEMALE)


def _kin_before(outline: Outline, name: Mention) -> str:
    """The noun of kin before a name, in small letters; "" for none."""
    low = outline.lower
    for first in (name.first, name.core):
        at = first - 1 if first and low[first - 1] != "," else first - 2
        if at >= 0 and low[at] in _KIN:
            return low[at]
    return ""


def _parts(title: str) -> list[str]:
    return [part.strip(".,").lower() for part in title.split()]
