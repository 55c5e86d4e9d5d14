"""What one commit writes into a Whoosh segment: a document for each quote, and the table of words beside them.

Whoosh's own way to add a document takes 250 us a quote, and to merge two segments as much again: this hands its parts, the
posting pool and the writer of documents, what they need and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.term_index import LABELS, IndexedQuote
from search.term_index.whoosh_files import WORDS_ENDING
from search.term_index.whoosh_segment import NOTE, SegmentQuotes
from search.term_index.words.word_file import write_words
from search.term_index.words.word_table import CollectedWords, WordTable

COUNTED_TERMS: Final = 65_535  # of a quote that are counted


class Commit:
    """Hands quotes to a Whoosh writer, and collects their words."""

    def __init__(self, writer: Any, note: Mapping[str, object]) -> None:
        self._writer = writer
        self._note = dict(note)
        self._columns = {name: field.column_type for name, field in writer.schema.items()}
        self._words = CollectedWords()
        self._tables: list[tuple[WordTable, npt.NDArray[np.bool_] | None]] = []

    def add(self, quote: IndexedQuote) -> None:
        """Add a quote."""
        length = self._words.add(quote.number, quote.terms)
        stored = {**quote.record, **{field: quote.labels[field] for field in LABELS if field in quote.labels}}
        self._put_quote(quote.number, min(length, COUNTED_TERMS), quote.day, stored)

    def absorb(self, segments: Sequence[SegmentQuotes]) -> None:
        """Take over all quotes of some segments that are not deleted, and their words."""
        dead = _dead_in(segments)
        for segment in segments:
            for place in np.flatnonzero(segment.alive).tolist():
                self._put_quote(
                    int(segment.numbers[place]),
                    int(segment.lengths[place]),
                    int(segment.days[place]),
                    segment.stored(place),
                )
            self._tables.append((segment.words, dead))

    def finish(self) -> None:
        """Write the words, and the note that says how far this has come."""
        self._put_document({}, {NOTE: self._note})
        path = Path(self._writer.storage.folder, self._writer.newsegment.make_filename(WORDS_ENDING))
        write_words(path, [*self._tables, (self._words.table(), None)])

    def _put_quote(self, number: int, length: int, day: int, stored: Mapping[str, object]) -> None:
        place = self._put_document({"number": number, "length": length, "day": day}, stored)
        for field in LABELS:
            if field in stored:
                label = str(stored[field]).encode("utf-8", "surrogatepass")
                self._writer.pool.add((field, label, place, 1.0, b""))

    def _put_document(self, columns: Mapping[str, int], stored: Mapping[str, object]) -> int:
        """Write what belongs to one Whoosh document, and return its place in the segment."""
        writer, place = self._writer, self._writer.docnum
        documents = writer.perdocwriter
        documents.start_doc(place)
        for name, value in stored.items():
            documents.add_field(name, None, value, 0)
        for name, value in columns.items():
            documents.add_column_value(name, self._columns[name], value)
        documents.finish_doc()
        writer.docnum += 1
        writer._added = True
        return int(place)


def _dead_in(segments: Iterable[SegmentQuotes]) -> npt.NDArray[np.bool_] | None:
    """Return which numbers are deleted, as an array that has a place for each number; None if none is."""
    dead = np.concatenate([segment.dead_numbers() for segment in segments])
    if not len(dead):
        return None
    highest = max(int(segment.numbers.max(initial=0, where=segment.is_quote)) for segment in segments)
    is_dead = np.zeros(highest + 1, dtype=np.bool_)
    is_dead[dead] = True
    return is_dead
