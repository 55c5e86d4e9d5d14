"""The words of a text, counted by stem once for all that it is compared with: of a pasted text there are 1,500."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from search.matching.thresholds import OTHER_FORM_NATS, OTHER_FORM_SHARE
from search.text.analysis import AnalysedText
from search.text.information import information
from search.text.word_families import root

_COUNTED: Final = 32  # texts that are kept counted: the long one, and what it was compared with last
_LEAST_LEFT: Final = 1e-6  # nats: less is what rounding leaves of nothing


class CountedWords:
    """The words of a text, counted once for all that it is compared with.

    stems     of its words in order
    notes     the places of words in editor's brackets, which say nothing; None when there are none
    nats      what the words of each stem say together
    numbers   the stems that are numbers
    """

    def __init__(self, stems: Sequence[str], notes: frozenset[int] | None) -> None:
        self.stems = stems
        self.notes = notes
        self.nats: Mapping[str, float] = nats_by_stem(stems, range(len(stems)), notes)
        self.numbers = [stem for stem in self.nats if stem[0].isdecimal()]

    @cached_property
    def families(self) -> Mapping[str, Sequence[str]]:
        """Return the stems by their roots, in the order in which they stand there."""
        families: dict[str, list[str]] = {}
        for stem in self.nats:
            families.setdefault(root(stem), []).append(stem)
        return families


@functools.lru_cache(maxsize=_COUNTED)
def looked_up(text: AnalysedText) -> CountedWords:
    """Return the words by which a text is looked up."""
    return CountedWords(text.stems, None)


@functools.lru_cache(maxsize=_COUNTED)
def printed(text: AnalysedText) -> CountedWords:
    """Return all words of a text as it is printed."""
    return CountedWords(text.word_stems, notes_of(text))


def notes_of(text: AnalysedText) -> frozenset[int] | None:
    """Return the places of the words in editor's brackets; None when there are none."""
    if not text.has_brackets:
        return None
    notes = frozenset(index for index, word in enumerate(text.tokens) if word.bracketed)
    return notes or None


def nats_by_stem(stems: Sequence[str], places: Iterable[int], notes: frozenset[int] | None) -> dict[str, float]:
    """Return the information of the words at some places, together for those of one stem; notes say nothing."""
    nats: dict[str, float] = {}
    for place in places:
        if notes is None or place not in notes:
            stem = stems[place]
            nats[stem] = nats.get(stem, 0.0) + information(stem)
    return nats


def take_out(nats: dict[str, float], text: CountedWords, start: int, length: int) -> None:
    """Take a stretch of words out of what all words of a text say, by stem."""
    for place in range(start, start + length):
        if text.notes is None or place not in text.notes:
            stem = text.stems[place]
            left = nats.get(stem, 0.0) - information(stem)
            if left > _LEAST_LEFT:
                nats[stem] = left
            else:
                nats.pop(stem, None)


def moved_in_long(short: dict[str, float], long: dict[str, float], text: CountedWords) -> float:
    """Return what is left on both sides in another order or form, in nats, in the time that the short one takes.

    `long` is what is left of `text`.
    """
    total = 0.0
    forms: dict[str, list[str]] = {}
    for stem, nats in short.items():
        if stem in long:
            total += min(nats, long[stem])
        elif nats > OTHER_FORM_NATS:
            forms.setdefault(root(stem), []).append(stem)
    for family, stems in forms.items():
        others = (
            stem
            for stem in text.families.get(family, ())
            if long.get(stem, 0.0) > OTHER_FORM_NATS and stem not in short
        )
        total += sum(OTHER_FORM_SHARE * min(short[one], long[other]) for one, other in zip(stems, others, strict=False))
    return total
