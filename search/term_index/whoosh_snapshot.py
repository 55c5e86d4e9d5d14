"""One thread's view of one commit of a Whoosh term index: postings decoded, cached, and without what was deleted."""

from __future__ import annotations

import pickle
import struct
import weakref
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import numpy as np

from search.errors import StoreUnavailable
from search.term_index import Numbers
from search.term_index.whoosh_terms import SegmentTerms, hashed

RECORD_FIELD: Final = "r"  # of a Whoosh document: what `whoosh_index` stores of a block besides its postings
CACHE_BYTES: Final = 48 * 2**20  # of decoded postings that a snapshot keeps, one for each thread that searches
_CACHED_TERMS: Final = 100_000  # whose places a snapshot remembers: some 20 MB
_ARRAY_OVERHEAD_BYTES: Final = 200  # that a cached array takes besides its numbers

# What a damaged file of an index looks like: lengths, places and pickles that make no sense. Programs' faults look the
# same, and for both it is right to make the index anew, which is derived.
DAMAGE: Final = (
    ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, ImportError, LookupError, MemoryError,
    NameError, RecursionError, TypeError, ValueError, pickle.UnpicklingError, struct.error, zlib.error,
)  # fmt: skip

StoredBlock = dict[str, Any]


class Snapshot:
    """One thread's view of one commit, shared by the readers that the thread asks for while nothing is committed."""

    def __init__(self, reader: Any, before: Snapshot | None, generation: int) -> None:
        self.generation = generation
        # Also when its thread ends without closing it, as the threads of a server do.
        self._close = weakref.finalize(self, reader.close)
        self._holders = 1
        self.leaves = [leaf for leaf, _offset in reader.leaf_readers() if leaf.doc_count_all()]
        # A segment never changes, so what was read of it for the last snapshot need not be read again.
        known: dict[str, list[StoredBlock]] = before.records if before is not None else {}
        self.records: dict[str, list[StoredBlock]] = {
            _name(leaf): known.get(_name(leaf)) or list(records_of(leaf)) for leaf in self.leaves
        }
        records = [record for each in self.records.values() for record in each]
        last = max(records, key=lambda record: (record["sequence"], record["position"]), default=None)
        self.position = last["position"] if last else 0
        # Before archives had marks there were none.
        self.mark: str = last.get("mark", "") if last else ""
        numbers = np.concatenate([numbers_from(r["numbers"]) for r in records] or [np.array([], dtype="<u4")])
        lengths = np.concatenate([np.frombuffer(r["lengths"], dtype="<u2") for r in records] or [numbers])
        self.dead = np.unique(np.concatenate([numbers_from(r["deleted"]) for r in records] or [numbers]))
        self.lengths = np.zeros(int(numbers.max()) + 1 if len(numbers) else 0, dtype=np.uint16)
        self.lengths[numbers] = lengths
        self.lengths[self.dead[self.dead < len(self.lengths)]] = 0
        self.size = int(len(numbers) - np.isin(numbers, self.dead).sum())
        self._tables = [SegmentTerms(leaf) for leaf in self.leaves]
        self._where: dict[str, tuple[int, list[tuple[SegmentTerms, slice]]]] = {}
        self._cache: OrderedDict[str, Numbers] = OrderedDict()
        self._cached = 0

    def frequency(self, term: str) -> int:
        return self._found(term)[0]

    def _found(self, term: str) -> tuple[int, list[tuple[SegmentTerms, slice]]]:
        """How many quotes have a term, and where it stands in the segments that have it."""
        known = self._where.get(term)
        if known is None:
            if len(self._where) >= _CACHED_TERMS:
                self._where.clear()
            key, hash_ = hashed(term.encode("utf-8", "surrogatepass"))
            places = [(table, where) for table in self._tables if (where := table.find(key, hash_))]
            known = self._where[term] = (sum(table.count(where) for table, where in places), places)
        return known

    def terms_beginning(self, prefix: str) -> dict[str, int]:
        """Return all terms with a beginning, those of all segments together, each with the number of its quotes."""
        counts: dict[str, int] = {}
        for table in self._tables:
            for term, count in table.beginning(prefix.encode("utf-8", "surrogatepass")):
                text = term.decode("utf-8", "surrogatepass")
                counts[text] = counts.get(text, 0) + count
        return counts

    def postings(self, term: str) -> Numbers:
        found = self._cache.get(term)
        if found is not None:
            self._cache.move_to_end(term)
            return found
        values = [value for table, where in self._found(term)[1] for value in table.values(where)]
        found = numbers_from(b"".join(values)).astype(np.int64)
        if len(self.dead):
            found = found[~np.isin(found, self.dead)]
        found.flags.writeable = False
        self._cache[term] = found
        self._cached += found.nbytes + _ARRAY_OVERHEAD_BYTES
        while self._cached > CACHE_BYTES:
            self._cached -= self._cache.popitem(last=False)[1].nbytes + _ARRAY_OVERHEAD_BYTES
        return found

    def hold(self) -> None:
        self._holders += 1

    def release(self) -> None:
        self._holders -= 1
        if not self._holders:
            self._close()


def _name(leaf: Any) -> str:
    return str(leaf.segment().segment_id())


class WhooshReader:
    """A snapshot of a Whoosh term index. It belongs to the thread that asked for it."""

    def __init__(self, snapshot: Snapshot) -> None:
        snapshot.hold()
        self._snapshot: Snapshot | None = snapshot

    def _open(self) -> Snapshot:
        if self._snapshot is None:
            raise StoreUnavailable("This reader of the search index has been closed.")
        return self._snapshot

    @property
    def size(self) -> int:
        return self._open().size

    @property
    def position(self) -> int:
        return int(self._open().position)

    @property
    def mark(self) -> str:
        """Return the mark that the last update came with."""
        return self._open().mark

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        snapshot = self._open()
        try:
            return {term: snapshot.frequency(term) for term in terms}
        except DAMAGE as error:
            raise _damaged() from error

    def terms_beginning(self, prefix: str) -> Mapping[str, int]:
        """Return all terms with a beginning, each with the number of its quotes, deleted ones among them."""
        try:
            return self._open().terms_beginning(prefix)
        except DAMAGE as error:
            raise _damaged() from error

    def postings(self, term: str) -> Numbers:
        try:
            return self._open().postings(term)
        except DAMAGE as error:
            raise _damaged() from error

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return with how many terms each of these quotes was added; 0 for one that is not there."""
        known = self._open().lengths
        found = np.zeros(len(numbers), dtype=np.int64)
        inside = (numbers >= 0) & (numbers < len(known))
        found[inside] = known[numbers[inside]]
        return found

    def close(self) -> None:
        if self._snapshot is not None:
            self._snapshot.release()
            self._snapshot = None


def _damaged() -> StoreUnavailable:
    return StoreUnavailable("The search index is damaged: run `quotes rebuild`.")


def records_of(leaf: Any) -> Iterator[StoredBlock]:
    """Yield what is stored of each block of a segment: its numbers, lengths, deletions, and its place in the log."""
    for number in range(leaf.doc_count_all()):
        yield leaf.stored_fields(number)[RECORD_FIELD]


def numbers_from(data: bytes) -> Numbers:
    """Return quote numbers out of bytes, four each, little end first: `(n,) uint32`, not to be written to."""
    return np.frombuffer(data, dtype="<u4")


def deleted_in(leaves: Iterable[Any]) -> Numbers:
    """Return the numbers that some segments say are deleted, each once, `(n,) uint32`."""
    parts = [numbers_from(record["deleted"]) for leaf in leaves for record in records_of(leaf)]
    return np.unique(np.concatenate(parts)) if parts else np.array([], dtype="<u4")
