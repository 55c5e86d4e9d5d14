"""The term index: which quotes have a term, who said them, and when. The interfaces that every engine has to honour.

A term index is derived from the store and can be thrown away. It maps terms (opaque strings that `search.text` makes) and
labels (the speaker's name, the outlet, ...) to quote numbers, and has the day of each; neither an engine's query syntax
nor its types cross these interfaces. An engine is a module
`<name>_index.py` in this folder with `open_index(folder)`, which opens the index in a folder of its own or makes it there
(`search.term_index.engines`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from search.term_index.tally import Accept, Tally

Numbers = npt.NDArray[np.int64]

LABELS: Final = ("speaker", "outlet", "language", "kind", "place", "scare")
"""What a quote is labelled with: each a keyword, taken to the letter."""
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?)?)?")


class IndexedQuote(NamedTuple):
    """What an index holds of a quote.

    number     given once by the store and never again to another quote
    terms      opaque
    labels     by field, of `LABELS`; what is not known is left out
    day        when it was printed, as `day_key` gives it; 0 is not known
    record     stored beside it, for whoever opens the index with the engine's own tools; no answer rests on it
    """

    number: int
    terms: Sequence[str]
    labels: Mapping[str, str] = _NOTHING
    day: int = 0
    record: Mapping[str, str] = _NOTHING


def day_key(published: str | None) -> int:
    """Return an ISO 8601 day or instant as a number that sorts as it does, 20210425093000; 0 for what is none.

    What is not given (a time, a day of a year) is 0, and the zone does not count: the day is the paper's own.
    """
    found = _DATE.match(published or "")
    return int("".join((part or "00") for part in found.groups())) if found else 0


class TermReader(Protocol):
    """A snapshot of a term index. One reader belongs to one thread."""

    @property
    def size(self) -> int:
        """Return the number of quotes it holds."""

    @property
    def position(self) -> int:
        """Return the position in the store's log up to which the index has come."""

    @property
    def mark(self) -> str:
        """Return the mark of the store's log that the index was last updated with; "" if it never was."""

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return in how many quotes each term stands: an upper bound while deleted quotes wait to be merged away."""

    def terms_beginning(self, prefix: str) -> Mapping[str, int]:
        """Return all terms with a beginning, each with the number of its quotes as `frequencies` has it."""

    def postings(self, term: str) -> Numbers:
        """Return the numbers of the quotes that hold the term, `(n,) int64`, without the deleted ones, in no order.

        The array belongs to the reader: it is not to be written to.
        """

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return with how many terms each of these quotes was added, `(n,) int64`; 0 for one that is not there."""

    def labelled(self, field: str, values: Iterable[str]) -> Numbers:
        """Return the numbers of the quotes that one of some values labels in a field, `(n,) int64`, as `postings` does."""

    def label_values(self, field: str) -> Mapping[str, int]:
        """Return all values that a field has, each with the number of its quotes as `frequencies` has it."""

    def printed_between(self, start: int, end: int) -> Numbers:
        """Return the numbers of the quotes with a day (`day_key`) from `start` on and before `end`, as `postings` does."""

    def days(self, numbers: Numbers) -> Numbers:
        """Return the day of each of these quotes, `(n,) int64`; 0 where it is not known, or the quote not there."""

    def tally(self, weights: Mapping[str, float], accept: Accept | None) -> Tally:
        """Return the quotes that have one of some weighted terms and pass a filter, to be asked for the best of them.

        The weights are summed in their order, so that every engine comes to the same sums.
        """

    def close(self) -> None:
        """Let go of the snapshot; a closed reader answers no more."""


class TermIndex(Protocol):
    """Terms to quote numbers. A number is given once by the store and never again to another quote."""

    def update(self, added: Iterable[IndexedQuote], deleted: Iterable[int], position: int, mark: str = "") -> None:
        """Add and delete in one commit that also saves `position` and `mark`: all or nothing survives a crash."""

    def reader(self) -> TermReader:
        """Return a snapshot of the last commit, for the calling thread alone."""

    def damaged_parts(self) -> list[str]:
        """Return the names of what is not as it was written, of files say; none for an engine that cannot tell."""

    def close(self) -> None:
        """Let go of the index; all that was committed stays."""
