"""Where quotes are kept: the interfaces that every store and every search engine has to honour.

A *store* is the durable truth: documents, quotes, and what people corrected. A *term index* is derived from it and
can be thrown away: it maps terms (opaque strings that `search.text.tokens` makes) to quote numbers. Neither an engine's
query syntax nor its types cross these interfaces.
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
        """How many quotes it holds."""

    @property
    def position(self) -> int:
        """The place in the store's log up to which the index has come."""

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """In how many quotes each term stands (an upper bound while deleted quotes wait to be merged away)."""

    def postings(self, term: str) -> Numbers:
        """The numbers of the quotes that hold the term, without the deleted ones; in no special order."""

    def lengths(self, numbers: Numbers) -> Numbers:
        """How many terms each of these quotes was added with; 0 for one that is not there."""

    def close(self) -> None: ...


class TermIndex(Protocol):
    """Terms to quote numbers. A number is given once by the store and never again to another quote."""

    def update(self, added: Iterable[tuple[int, Sequence[str]]], deleted: Iterable[int], position: int) -> None:
        """Add and delete in one commit that also saves `position`: all of it or nothing survives a crash."""

    def reader(self) -> TermReader:
        """A snapshot of the last commit."""

    def close(self) -> None: ...
