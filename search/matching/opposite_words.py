"""Words of which one says the opposite of the other, or makes certain what the other leaves open: "more" and "less", "will" and "may".

The words: `search/data/opposites.toml`.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Collection, Iterable, Mapping
from importlib import resources
from typing import Any, Final

from search.text.words import read_word

_NONE: Final[Mapping[str, frozenset[str]]] = {}


def are_opposite(ours: Collection[str], theirs: Collection[str], language: str) -> bool:
    """Return whether among some stems one says the opposite of one among others, and neither side has both (ISO 639-1)."""
    return _stand_against(ours, theirs, _opposites().get(language, _NONE))


def differ_in_certainty(ours: Collection[str], theirs: Collection[str], language: str) -> bool:
    """Return whether one side is certain of what the other leaves open: "will" and "might" (ISO 639-1)."""
    return _stand_against(ours, theirs, _certainties().get(language, _NONE))


def has_hedge(stems: Iterable[str], language: str) -> bool:
    """Return whether one of some stems leaves open what a "will" beside it says: "perhaps" (ISO 639-1)."""
    hedges = _hedges().get(language, frozenset())
    return any(stem in hedges for stem in stems)


def _stand_against(ours: Collection[str], theirs: Collection[str], against: Mapping[str, frozenset[str]]) -> bool:
    return any(
        stem not in theirs and not against[stem].isdisjoint(theirs) and against[stem].isdisjoint(ours)
        for stem in ours
        if stem in against
    )


@functools.cache
def _opposites() -> Mapping[str, Mapping[str, frozenset[str]]]:
    return {language: _against(lists["opposites"], language) for language, lists in _lists().items()}


@functools.cache
def _certainties() -> Mapping[str, Mapping[str, frozenset[str]]]:
    return {language: _against([[lists["certain"], lists["open"]]], language) for language, lists in _lists().items()}


@functools.cache
def _hedges() -> Mapping[str, frozenset[str]]:
    return {language: _stems(lists["hedges"], language) for language, lists in _lists().items()}


def _stems(words: str, language: str) -> frozenset[str]:
    return frozenset(stem for word in words.split() for stem in read_word(word, language).stems)


@functools.cache
def _lists() -> Mapping[str, Any]:
    # To any depth, as the file has them: words by side, row, kind and language.
    lists: Mapping[str, Any] = tomllib.loads(
        (resources.files("search") / "data" / "opposites.toml").read_text(encoding="utf-8")
    )
    return lists


def _against(rows: Iterable[list[str]], language: str) -> Mapping[str, frozenset[str]]:
    """For each stem of some rows those on the other side."""
    against: dict[str, frozenset[str]] = {}
    for row in rows:
        sides = [_stems(words, language) for words in row]
        for side, other in (sides, sides[::-1]):
            for stem in side:
                against[stem] = against.get(stem, frozenset()) | other
    return against
