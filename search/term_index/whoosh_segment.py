"""One segment of a Whoosh index as it was written: a document for each quote, and blocks with the postings of words.

Of a quote a Whoosh document has a keyword for each label, the columns `number`, `length` (how many terms it was added
with) and `day`, and what is stored with it. A document that is no quote has no number: it is a *block*, and the posting of
a term in a block carries the numbers of its quotes as bytes, four each, which numpy reads at once. So a term is looked up
in one block for each segment or a few, instead of being walked through posting by posting in Python (docs/versions.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.term_index import Numbers
from search.term_index.whoosh_terms import SegmentTerms, hashed

TERMS: Final = "terms"  # the field of the words' terms
BLOCK: Final = "block"  # what is stored with a block: of the last one of each commit, its place in the store's log
NO_NUMBER: Final = 2**32 - 1  # of a block

StoredBlock = dict[str, Any]


class SegmentQuotes:
    """The quotes and blocks of one segment. Usable as long as its reader is open."""

    def __init__(self, leaf: Any) -> None:
        self._leaf = leaf
        segment, storage = leaf.segment(), leaf.storage()
        self._count = segment.doc_count_all()
        self.terms = SegmentTerms(leaf)
        self.numbers = self._filled(storage.column(segment, "number", ">u4"), NO_NUMBER)
        self.lengths = self._filled(storage.column(segment, "length", ">u2"), 0)
        self.days = self._filled(storage.column(segment, "day", ">i8"), 0)
        self.is_quote: npt.NDArray[np.bool_] = self.numbers != NO_NUMBER
        self.alive = self.is_quote
        deleted = list(segment.deleted_docs())
        if deleted:
            self.alive = self.is_quote.copy()
            self.alive[deleted] = False

    def _filled(self, column: npt.NDArray[Any], missing: int) -> npt.NDArray[Any]:
        """Return a column with a number for each document: of the last ones those that are missing are not written."""
        if len(column) == self._count:
            return column
        if len(column) > self._count:
            raise ValueError("a column has more numbers than there are documents")
        return np.concatenate([column, np.full(self._count - len(column), missing, dtype=column.dtype)])

    def dead_numbers(self) -> Numbers:
        """Return the numbers of the quotes that are deleted."""
        return np.asarray(self.numbers[self.is_quote & ~self.alive], dtype=np.int64)

    def places_of(self, numbers: Numbers) -> list[int]:
        """Return where the documents of those of the numbers stand that are here."""
        return [int(place) for place in np.flatnonzero(np.isin(self.numbers, numbers) & self.is_quote)]

    def stored(self, place: int) -> dict[str, Any]:
        """Return what is stored with the document at a place."""
        return dict(self._leaf.stored_fields(place))

    def blocks(self) -> Iterator[StoredBlock]:
        """Yield what is stored with each block."""
        for place in np.flatnonzero(~self.is_quote):
            yield self.stored(int(place))[BLOCK]

    def find(self, field: str, term: str) -> slice | None:
        """Return where the information about a term or a label stands; None if it is not here."""
        key = self.terms.key(field, term.encode("utf-8", "surrogatepass"))
        return None if key is None else self.terms.find(key, hashed(key))

    def labelled(self, field: str, value: str) -> Numbers:
        """Return the numbers of the quotes here that a value labels, without the deleted ones."""
        where = self.find(field, value)
        if where is None:
            return np.zeros(0, dtype=np.int64)
        places = self.terms.documents(where)
        return np.asarray(self.numbers[places[self.alive[places]]], dtype=np.int64)

    def printed_between(self, start: int, end: int) -> Numbers:
        """Return the numbers of the quotes here with a day from `start` on and before `end`."""
        days = self.days
        passing = self.alive & (days != 0) & (days >= start) & (days < end)
        return np.asarray(self.numbers[passing], dtype=np.int64)


def numbers_from(data: bytes) -> Numbers:
    """Return quote numbers out of bytes, four each, little end first: `(n,) uint32`, not to be written to."""
    return np.frombuffer(data, dtype="<u4")
