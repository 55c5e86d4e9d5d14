"""What an index holds of each quote, as one number: enough to tell it from what a new one would hold, without making it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from search.term_index import LABELS, IndexedQuote, TermReader

_SUMS: Final = 2**64  # that there are
_MOST_COUNTED: Final = 65_535  # terms of a quote, which engines count in two bytes


def differing_quotes(
    reader: TermReader, expected: Iterable[IndexedQuote], last: int, unsure: Collection[int] = ()
) -> list[int]:
    """Return the numbers of the quotes that an index holds otherwise than `expected` has it, in order.

    `expected` are all quotes that ought to be there, `last` is the highest number that was ever given, and `unsure` are
    quotes of which nothing is said. It takes 26 bytes for each number up to `last`.
    """
    everyone = np.arange(last + 1)
    sums, lengths, days = _sums_of(reader, last), reader.lengths(everyone), reader.days(everyone)
    for quote in expected:
        unique = set(quote.terms)
        # As numbers of Python: one that wraps around is a warning of numpy's.
        sums[quote.number] = (int(sums[quote.number]) - _sum_of([*unique, *quote.labels.items()])) % _SUMS
        lengths[quote.number] -= min(len(unique), _MOST_COUNTED)
        days[quote.number] -= quote.day
    differing = (sums != 0) | (lengths != 0) | (days != 0)
    differing[[number for number in unsure if number <= last]] = False
    return [int(number) for number in np.flatnonzero(differing)]


def _sums_of(reader: TermReader, last: int) -> npt.NDArray[np.uint64]:
    """Return the sum of the terms and labels of each quote, `(last + 1,) uint64`.

    What is beyond `last` counts for quote 0, which is none.
    """
    sums = np.zeros(last + 1, np.uint64)
    held = chain(
        ((reader.postings(term), term) for term in reader.terms_beginning("")),
        ((reader.labelled(field, [value]), (field, value)) for field in LABELS for value in reader.label_values(field)),
    )
    for numbers, entry in held:
        # Not by indexing: a number that stands in the postings twice has to count twice.
        np.add.at(sums, np.where(numbers > last, 0, numbers), np.uint64(_sum_of([entry])))
    return sums


def _sum_of(entries: Iterable[Hashable]) -> int:
    # Of one process, as are both sides: SipHash under a key of its own, which nobody can aim at.
    return sum(map(hash, entries)) % _SUMS
