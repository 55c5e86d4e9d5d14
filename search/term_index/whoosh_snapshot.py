"""One thread's view of one commit of a Whoosh term index: postings decoded, cached, and without what was deleted."""

from __future__ import annotations

import pickle
import struct
import weakref
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.errors import StoreUnavailable
from search.term_index import Numbers
from search.term_index.snapshot_reader import SnapshotReader
from search.term_index.tally import Accept, PostingsTally
from search.term_index.whoosh_segment import TERMS, SegmentQuotes, numbers_from

CACHE_BYTES: Final = 48 * 2**20  # of decoded postings that a snapshot keeps, one for each thread that searches
_CACHED_TERMS: Final = 100_000  # whose places a snapshot remembers: some 20 MB
_ARRAY_OVERHEAD_BYTES: Final = 200  # that a cached array takes besides its numbers
_NONE: Final = np.zeros(0, dtype=np.int64)

# What a damaged file of an index looks like: lengths, places and pickles that make no sense. Programs' faults look the
# same, and for both it is right to make the index anew, which is derived.
DAMAGE: Final = (
    ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, ImportError, LookupError, MemoryError,
    NameError, RecursionError, TypeError, ValueError, pickle.UnpicklingError, struct.error, zlib.error,
)  # fmt: skip


class Snapshot:
    """One thread's view of one commit, shared by the readers that the thread asks for while nothing is committed."""

    def __init__(self, reader: Any, generation: int) -> None:
        self.generation = generation
        # Also when its thread ends without closing it, as the threads of a server do.
        self._close = weakref.finalize(self, reader.close)
        self._holders = 1
        self.segments = [SegmentQuotes(leaf) for leaf, _offset in reader.leaf_readers() if leaf.doc_count_all()]
        records = [record for segment in self.segments for record in segment.blocks() if record]
        last = max(records, key=lambda record: (record["sequence"], record["position"]), default=None)
        self.position = int(last["position"]) if last else 0
        self.mark: str = last["mark"] if last else ""
        self.size = sum(int(segment.alive.sum()) for segment in self.segments)
        highest = max((int(one.numbers.max(initial=0, where=one.is_quote)) for one in self.segments), default=0)
        self.lengths = np.zeros(highest + 1, dtype=np.uint16)
        self._dead: npt.NDArray[np.bool_] | None = None
        for segment in self.segments:
            self.lengths[segment.numbers[segment.alive]] = segment.lengths[segment.alive]
            if len(dead := segment.dead_numbers()):
                self._dead = np.zeros(highest + 1, dtype=np.bool_) if self._dead is None else self._dead
                self._dead[dead] = True
        self._days: npt.NDArray[np.int64] | None = None
        self._where: dict[str, tuple[int, list[tuple[SegmentQuotes, slice]]]] = {}
        self._cache: OrderedDict[str, Numbers] = OrderedDict()
        self._cached = 0

    def frequency(self, term: str) -> int:
        return self._found(term)[0]

    def _found(self, term: str) -> tuple[int, list[tuple[SegmentQuotes, slice]]]:
        """How many quotes have a term, and where it stands in the segments that have it."""
        known = self._where.get(term)
        if known is None:
            if len(self._where) >= _CACHED_TERMS:
                self._where.clear()
            places = [(one, where) for one in self.segments if (where := one.find(TERMS, term))]
            known = self._where[term] = (sum(one.terms.count(where) for one, where in places), places)
        return known

    def counts(self, field: str, prefix: str = "") -> dict[str, int]:
        """Return all terms of a field with a beginning, those of all segments together, each with the number of its quotes."""
        counts: dict[str, int] = {}
        for segment in self.segments:
            for term, where in segment.terms.beginning(field, prefix.encode("utf-8", "surrogatepass")):
                text = term.decode("utf-8", "surrogatepass")
                counts[text] = counts.get(text, 0) + segment.terms.count(where)
        return counts

    def postings(self, term: str) -> Numbers:
        found = self._cache.get(term)
        if found is not None:
            self._cache.move_to_end(term)
            return found
        values = [value for segment, where in self._found(term)[1] for value in segment.terms.values(where)]
        found = numbers_from(b"".join(values)).astype(np.int64)
        if self._dead is not None:
            found = found[~self._dead[found]]
        found.flags.writeable = False
        self._cache[term] = found
        self._cached += found.nbytes + _ARRAY_OVERHEAD_BYTES
        while self._cached > CACHE_BYTES:
            self._cached -= self._cache.popitem(last=False)[1].nbytes + _ARRAY_OVERHEAD_BYTES
        return found

    def labelled(self, field: str, values: Iterable[str]) -> Numbers:
        """Return the numbers of the quotes that one of some values labels in a field."""
        found = [segment.labelled(field, value) for value in set(values) for segment in self.segments]
        return np.concatenate([_NONE, *found])

    def printed_between(self, start: int, end: int) -> Numbers:
        """Return the numbers of the quotes with a day from `start` on and before `end`."""
        return np.concatenate([_NONE, *(segment.printed_between(start, end) for segment in self.segments)])

    @property
    def days(self) -> npt.NDArray[np.int64]:
        """Return the day of each quote, at its number; made when it is first asked for, 8 bytes a quote."""
        if self._days is None:
            self._days = np.zeros(len(self.lengths), dtype=np.int64)
            for segment in self.segments:
                self._days[segment.numbers[segment.alive]] = segment.days[segment.alive]
        return self._days

    def hold(self) -> None:
        self._holders += 1

    def release(self) -> None:
        self._holders -= 1
        if not self._holders:
            self._close()


class WhooshReader(SnapshotReader[Snapshot]):
    """A snapshot of a Whoosh term index. It belongs to the thread that asked for it."""

    def __init__(self, snapshot: Snapshot) -> None:
        snapshot.hold()
        super().__init__(snapshot)

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        snapshot = self._open()
        try:
            return {term: snapshot.frequency(term) for term in terms}
        except DAMAGE as error:
            raise _damaged() from error

    def terms_beginning(self, prefix: str) -> Mapping[str, int]:
        """Return all terms with a beginning, each with the number of its quotes, deleted ones among them."""
        try:
            return self._open().counts(TERMS, prefix)
        except DAMAGE as error:
            raise _damaged() from error

    def postings(self, term: str) -> Numbers:
        try:
            return self._open().postings(term)
        except DAMAGE as error:
            raise _damaged() from error

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return with how many terms each of these quotes was added; 0 for one that is not there."""
        return _values_at(self._open().lengths, numbers)

    def labelled(self, field: str, values: Iterable[str]) -> Numbers:
        """Return the numbers of the quotes that one of some values labels in a field."""
        try:
            return self._open().labelled(field, values)
        except DAMAGE as error:
            raise _damaged() from error

    def label_values(self, field: str) -> Mapping[str, int]:
        """Return all values that a field has, each with the number of its quotes, deleted ones among them."""
        try:
            return self._open().counts(field)
        except DAMAGE as error:
            raise _damaged() from error

    def printed_between(self, start: int, end: int) -> Numbers:
        """Return the numbers of the quotes with a day from `start` on and before `end`."""
        return self._open().printed_between(start, end)

    def days(self, numbers: Numbers) -> Numbers:
        """Return the day of each of these quotes; 0 where it is not known."""
        return _values_at(self._open().days, numbers)

    def tally(self, weights: Mapping[str, float], accept: Accept | None) -> PostingsTally:
        """Return the quotes that have one of some weighted terms and pass a filter."""
        return PostingsTally(self, weights, accept)

    def close(self) -> None:
        if self._snapshot is not None:
            self._snapshot.release()
            self._snapshot = None


def _values_at(known: npt.NDArray[Any], numbers: Numbers) -> Numbers:
    """Return what is known of each number; 0 where there is nothing."""
    found = np.zeros(len(numbers), dtype=np.int64)
    inside = (numbers >= 0) & (numbers < len(known))
    found[inside] = known[numbers[inside]]
    return found


def _damaged() -> StoreUnavailable:
    return StoreUnavailable("The search index is damaged: run `quotes rebuild`.")
