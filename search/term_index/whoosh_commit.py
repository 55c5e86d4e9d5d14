"""What one commit writes into a Whoosh segment: a document for each quote, and blocks that hold the postings of words.

Whoosh's own way to add a document takes 250 us a quote with 25 terms, and to merge two segments as much again: this hands
its parts, the posting pool and the writer of documents, what they need and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.term_index import LABELS, IndexedQuote
from search.term_index.whoosh_segment import BLOCK, TERMS, SegmentQuotes, numbers_from
from search.term_index.whoosh_terms import SegmentTerms

BLOCK_QUOTES: Final = 16_384  # quotes: 60 to 100 MB of memory while it is built
COUNTED_TERMS: Final = 65_535  # of a quote that are counted


class Commit:
    """Collects quotes into blocks and hands full ones to a Whoosh writer."""

    def __init__(self, writer: Any, record: Mapping[str, object]) -> None:
        self._writer = writer
        self._record = dict(record)
        self._columns = {name: field.column_type for name, field in writer.schema.items()}
        self._postings: dict[bytes, list[bytes]] = {}
        self._in_block = 0

    def add(self, quote: IndexedQuote) -> None:
        """Add a quote; a block that is full is written."""
        here = quote.number.to_bytes(4, "little")
        unique = {term.encode("utf-8", "surrogatepass") for term in quote.terms}
        for term in unique:
            self._postings.setdefault(term, []).append(here)
        stored = {**quote.record, **{field: quote.labels[field] for field in LABELS if field in quote.labels}}
        self._put_quote(quote.number, min(len(unique), COUNTED_TERMS), quote.day, stored)
        self._in_block += 1
        if self._in_block >= BLOCK_QUOTES:
            self._flush()

    def absorb(self, segments: Sequence[SegmentQuotes]) -> None:
        """Take over all quotes of some segments that are not deleted, their postings in one piece for each term."""
        for segment in segments:
            for place in np.flatnonzero(segment.alive).tolist():
                self._put_quote(
                    int(segment.numbers[place]),
                    int(segment.lengths[place]),
                    int(segment.days[place]),
                    segment.stored(place),
                )
        block = self._put_block({})
        dead = _dead_in(segments)
        entries = merge(*(_entries(segment.terms) for segment in segments), key=itemgetter(0))
        for term, places in groupby(entries, key=itemgetter(0)):
            joined = b"".join([value for _, table, where in places for value in table.values(where)])
            if dead is not None:
                numbers = numbers_from(joined)
                joined = numbers[~dead[numbers]].tobytes()
            if joined:
                self._put_posting(TERMS, term, block, len(joined) // 4, joined)

    def finish(self) -> None:
        """Write the last block, also when it is empty, for the sake of the position."""
        self._flush(self._record)

    def _flush(self, record: Mapping[str, object] | None = None) -> None:
        block = self._put_block(record or {})
        for term, parts in self._postings.items():
            self._put_posting(TERMS, term, block, len(parts), b"".join(parts))
        self._postings = {}
        self._in_block = 0

    def _put_quote(self, number: int, length: int, day: int, stored: Mapping[str, object]) -> None:
        place = self._put_document({"number": number, "length": length, "day": day}, stored)
        for field in LABELS:
            if field in stored:
                self._put_posting(field, str(stored[field]).encode("utf-8", "surrogatepass"), place, 1, b"")

    def _put_block(self, record: Mapping[str, object]) -> int:
        return self._put_document({}, {BLOCK: dict(record)})

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

    def _put_posting(self, field: str, term: bytes, place: int, quotes: int, value: bytes) -> None:
        self._writer.pool.add((field, term, place, float(quotes), value))


def _entries(table: SegmentTerms) -> Iterator[tuple[bytes, SegmentTerms, slice]]:
    """Yield the terms of words of one segment, in order, each with where it stands there."""
    return ((term, table, where) for term, where in table.beginning(TERMS))


def _dead_in(segments: Iterable[SegmentQuotes]) -> npt.NDArray[np.bool_] | None:
    """Return which numbers are deleted, as an array that has a place for each number; None if none is."""
    dead = np.concatenate([segment.dead_numbers() for segment in segments])
    if not len(dead):
        return None
    highest = max(int(segment.numbers.max(initial=0, where=segment.is_quote)) for segment in segments)
    is_dead = np.zeros(highest + 1, dtype=np.bool_)
    is_dead[dead] = True
    return is_dead
