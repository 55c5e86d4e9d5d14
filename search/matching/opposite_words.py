"""Words of which one says the opposite of the other, or makes certain what the other leaves open: "more" and "less", "will" and "may".

The words: `search/data/opposites.toml`. A `language` is an ISO 639-1 code; of one that the file lacks nothing is said.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Collection, Iterable, Mapping
from importlib import resources
from typing import Any, NamedTuple

from search.text.words import read_word


def are_opposite(ours: Collection[str], theirs: Collection[str], language: str) -> bool:
    """Return whether among some stems one says the opposite of one among others, and neither side has both."""
    return _stand_against(ours, theirs, _words(language).opposites)


def differ_in_certainty(ours: Collection[str], theirs: Collection[str], language: str) -> bool:
    """Return whether one side is certain of what the other leaves open: "will" and "might"."""
    return _stand_against(ours, theirs, _words(language).certainties)


def has_hedge(stems: Iterable[str], language: str) -> bool:
    """Return whether one of some stems leaves open what a "will" beside it says: "perhaps"."""
    return not _words(language).hedges.isdisjoint(stems)


def _stand_against(ours: Collection[str], theirs: Collection[str], against: Mapping[str, frozenset[str]]) -> bool:
    return any(
        stem not in theirs and not against[stem].isdisjoint(theirs) and against[stem].isdisjoint(ours)
        for stem in ours
        if stem in against
    )


class _Words(NamedTuple):
    """The words of one language: for a stem those that say its opposite, those that are less or more certain; hedges."""

    opposites: Mapping[str, frozenset[str]] = {}
    certainties: Mapping[str, frozenset[str]] = {}
    hedges: frozenset[str] = frozenset()


@functools.lru_cache(maxsize=64)  # an imported quote may name any language
def _words(language: str) -> _Words:
    lists = _lists().get(language)
    if lists is None:
        return _Words()
    return _Words(
        _against(lists["opposites"], language),
        _against([[lists["certain"], lists["open"]]], language),
        _stems(lists["hedges"], language),
    )


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
