"""Say whether two first names can be one person's, and which are those of men and of women.

Equal, transliterated otherwise, or one short for the other: the facts stand in `search/data/nicknames.toml`, the lists in
`search/data/given_names.toml`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from enum import IntEnum
from importlib import resources
from typing import Final, Literal

from search.names.romanisation import consonants, is_latin
from search.text.folding import fold

_KNOWN_WORDS: Final = 10_000  # and pairs of them: the same first names meet in one group after another
_DOUBLED: Final = re.compile(r"(.)\1+")


class Likeness(IntEnum):
    """How two first names, or two rows of them, are alike; the higher, the surer."""

    INITIAL = 1
    SCRIPT = 2
    NICKNAME = 3
    SAME = 4


@functools.cache
def first_names(gender: Literal["male", "female"]) -> frozenset[str]:
    """Return the first names of men or of women, small, with accents and without."""
    lists = tomllib.loads((resources.files("search") / "data" / "given_names.toml").read_text(encoding="utf-8"))
    names = lists[gender].split()
    return frozenset((*names, *map(fold, names)))


def is_first_name(word: str) -> bool:
    """Return whether a word, however it is printed, is a first name of a list."""
    small = word.lower()
    return small in first_names("male") or small in first_names("female")


class Gender(IntEnum):
    """The gender of a person as names, titles and pronouns show it; opposite ones are each other's negative."""

    MALE = 1
    UNKNOWN = 0
    FEMALE = -1


def gender_shown(male: bool, female: bool) -> Gender:
    """Return the gender that two signs show together; UNKNOWN when both or neither are there."""
    if male == female:
        return Gender.UNKNOWN
    return Gender.MALE if male else Gender.FEMALE


def first_name_gender(name: str) -> Gender:
    """Return the gender of those who have this first name; UNKNOWN when it is in no list or in both."""
    low = name.lower()
    return gender_shown(low in first_names("male"), low in first_names("female"))


@functools.lru_cache(maxsize=_KNOWN_WORDS)
def spelling(word: str) -> str:
    """Return a folded word without what transliterations differ in: Muhammad and Mohammad, Hussein and Hossein, Qassem."""
    word = word.replace("ou", "o").replace("oo", "o").replace("ee", "i").replace("u", "o").replace("y", "i")
    return _DOUBLED.sub(r"\1", word)


@functools.cache
def _full_names(section: str) -> Mapping[str, frozenset[str]]:
    lists = tomllib.loads((resources.files("search") / "data" / "nicknames.toml").read_text(encoding="utf-8"))
    full: dict[str, set[str]] = {}
    for line in (line for lines in lists[section].values() for line in lines):
        first, *others = fold(line).split()
        for word in (first, *others):
            full.setdefault(word, set()).add(first)
    return {word: frozenset(names) for word, names in full.items()}


@functools.lru_cache(maxsize=_KNOWN_WORDS)
def likeness(one: str, other: str) -> Likeness | None:
    """Return how two folded first names are alike; None when they are not."""
    if one == other:
        return Likeness.SAME
    if len(one) == 1 or len(other) == 1:
        return Likeness.INITIAL if one[:1] == other[:1] else None
    if is_latin(one) != is_latin(other):
        alike = consonants(one) == consonants(other)
        return Likeness.SCRIPT if alike else None
    spellings = _full_names("spellings")
    if spelling(one) == spelling(other) or spellings.get(one, frozenset()) & spellings.get(other, frozenset()):
        return Likeness.SAME
    short = _full_names("short_forms")
    return Likeness.NICKNAME if short.get(one, frozenset()) & short.get(other, frozenset()) else None


def signs_of(word: str) -> set[tuple[str, str]]:
    """Return signs of a folded first name, one of which `signs_asked` gives of each name that it is alike (`likeness`)."""
    signs = {("whole", word), ("initial of", word[:1]), ("consonants", consonants(word)), ("spelling", spelling(word))}
    if len(word) == 1:
        signs.add(("initial", word))
    for kind in ("spellings", "short_forms"):
        signs |= {(kind, name) for name in _full_names(kind).get(word, frozenset())}
    return signs


def signs_asked(word: str) -> set[tuple[str, str]]:
    """Return the signs of `signs_of` by which the names are found that a folded first name may be alike."""
    signs = {sign for sign in signs_of(word) if sign[0] not in ("initial of", "initial")}
    return signs | {("initial of", word) if len(word) == 1 else ("initial", word[:1])}


def given_names_fit(shorter: Sequence[str], fuller: Sequence[str]) -> Likeness | None:
    """Return how well the first names and initials of a shorter name fit those of a fuller one; None if not at all.

    All that the shorter has is there in the fuller, in its order, and one word at least is the same beyond its initial
    unless the shorter has only initials. Initials in the middle agree when one row begins the other: "W." is not "H. W.".
    """
    if not shorter or len(shorter) > len(fuller):
        return None
    # Names begin alike, unless the shorter leaves out the first: Javad Zarif, Mohammad Javad Zarif.
    for start in range(len(fuller) - len(shorter) + 1):
        if start and min(len(shorter[0]), len(fuller[start - 1]), len(fuller[start])) == 1:
            break  # "Jay" is not the "J." of another
        found = _fit_from(shorter, fuller[start:])
        if found is not None:
            return found
    return None


def _fit_from(shorter: Sequence[str], fuller: Sequence[str]) -> Likeness | None:
    worst = likeness(shorter[0], fuller[0])
    if worst is None:
        return None
    if len(shorter) == 1 and len(fuller[0]) == 1 and len(shorter[0]) > 1 and any(len(word) > 1 for word in fuller[1:]):
        return None  # "B. Todd" goes by his middle name: no Brian is meant by it
    at = 1
    for word in shorter[1:]:
        # A middle initial stands for the next middle name; a middle name may leave out those before it.
        while at < len(fuller) and (found := likeness(word, fuller[at])) is None:
            if len(word) == 1 or len(fuller[at]) == 1:
                return None
            at += 1
        if at == len(fuller) or found is None:
            return None
        worst = min(worst, found) if found is not Likeness.INITIAL else worst
        at += 1
    return worst
