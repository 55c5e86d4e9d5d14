"""One segment of a Whoosh index as it was written: a document for each quote, and a table of words beside them.

Of a quote a Whoosh document has a keyword for each label, the columns `number`, `length` (how many terms it was added
with) and `day`, and what is stored with it. A document that is no quote has no number: it is the *note* of a commit, which says
how far that had come. Words are in a file of their own that is named after the segment, written in its commit and removed with
it (`search.term_index.words.word_file`), since Whoosh takes 180 bytes for a term besides its postings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.term_index import Numbers
from search.term_index.whoosh_labels import SegmentLabels

NOTE: Final = "note"  # what is stored with the note of a commit: the place in the store's log that it has come to
NO_NUMBER: Final = 2**32 - 1  # of a note


class SegmentQuotes:
    """The quotes, words and notes of one segment. Usable as long as its reader is open."""

    def __init__(self, leaf: Any) -> None:
        self._leaf = leaf
        segment, storage = leaf.segment(), leaf.storage()
        self._count = segment.doc_count_all()
        self.labels = SegmentLabels(leaf)
        self.words = storage.words(segment)
        numbers, lengths, days = storage.columns(segment, {"number": ">u4", "length": ">u2", "day": ">i8"})
        self.numbers = self._filled(numbers, NO_NUMBER)
        self.lengths, self.days = self._filled(lengths, 0), self._filled(days, 0)
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

    def notes(self) -> Iterator[dict[str, Any]]:
        """Yield what the note of each commit says."""
        for place in np.flatnonzero(~self.is_quote):
            yield self.stored(int(place))[NOTE]

    def labelled(self, field: str, value: str) -> Numbers:
        """Return the numbers of the quotes here that a value labels, without the deleted ones."""
        where = self.labels.find(field, value)
        if where is None:
            return np.zeros(0, dtype=np.int64)
        places = self.labels.documents(where)
        return np.asarray(self.numbers[places[self.alive[places]]], dtype=np.int64)
