"""The term index: which quotes have a term. The interfaces that every engine has to honour.

A term index is derived from the store and can be thrown away. It maps terms (opaque strings that `search.text` makes) to
quote numbers; neither an engine's query syntax nor its types cross these interfaces. An engine is a module
`<name>_index.py` in this folder with `open_index(folder)`, which opens the index in a folder of its own or makes it there
(`search.term_index.engines`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


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

    def close(self) -> None:
        """Let go of the snapshot; a closed reader answers no more."""


class TermIndex(Protocol):
    """Terms to quote numbers. A number is given once by the store and never again to another quote."""

    def update(
        self, added: Iterable[tuple[int, Sequence[str]]], deleted: Iterable[int], position: int, mark: str = ""
    ) -> None:
        """Add and delete in one commit that also saves `position` and `mark`: all or nothing survives a crash."""

    def reader(self) -> TermReader:
        """Return a snapshot of the last commit, for the calling thread alone."""

    def damaged_parts(self) -> list[str]:
        """Return the names of what is not as it was written, of files say; none for an engine that cannot tell."""

    def close(self) -> None:
        """Let go of the index; all that was committed stays."""
