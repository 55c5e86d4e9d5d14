"""Stems as a short text: one character each for those of the table of information, the others spelled out behind them.

The table has 18,678 stems, the commonest first, so that a common one takes two bytes in UTF-8 and the others three; the telling stems
around a quote take 77 bytes so, where spelled out they take 192. The table is part of what an analysis is made by: with another one
`ANALYSIS_VERSION` is raised, and all is coded anew.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Collection, Iterator, Mapping
from itertools import chain, islice
from typing import Final

from search.storage.rows import damaged
from search.text.information import common_stems

_SEPARATOR: Final = "\n"  # no stem has the end of a line in it
_FIRST: Final = 0x80
_SURROGATES: Final = range(0xD800, 0xE000)  # which are no characters


def code_stems(stems: Collection[str]) -> str:
    """Return stems as one text: the common ones first, each in their order."""
    codes = _codes()
    common = "".join([codes[stem] for stem in stems if stem in codes])
    return _SEPARATOR.join([common, *(stem for stem in stems if stem not in codes)])


def decode_stems(coded: str) -> list[str]:
    """Return the stems of `code_stems`. Raises StoreUnavailable for what is none."""
    common, *rare = coded.split(_SEPARATOR)
    try:
        return [*map(_stems().__getitem__, common), *rare]
    except KeyError as error:
        raise damaged("the analysis of a quote") from error


@functools.cache
def _codes() -> Mapping[str, str]:
    return dict(zip(common_stems(), _characters(len(common_stems())), strict=True))


@functools.cache
def _stems() -> Mapping[str, str]:
    return dict(zip(_characters(len(common_stems())), common_stems(), strict=True))


def _characters(count: int) -> Iterator[str]:
    numbers = chain(range(_FIRST, _SURROGATES.start), range(_SURROGATES.stop, sys.maxunicode + 1))
    return map(chr, islice(numbers, count))
