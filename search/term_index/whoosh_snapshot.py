"""One thread's view of one commit of a Whoosh term index, without what was deleted."""

from __future__ import annotations

import pickle
import struct
import weakref
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.errors import StoreUnavailable
from search.term_index import Numbers
from search.term_index.snapshot_reader import SnapshotReader
from search.term_index.tally import Accept, PostingsTally
from search.term_index.whoosh_segment import SegmentQuotes
from search.term_index.words.word_table import Postings, as_bytes, by_first_byte

_KNOWN_TERMS: Final = (
    20_000  # whose postings a snapshot can find at once: 10 MB at the most, one for each thread that searches
)
_NONE: Final = np.zeros(0, dtype=np.int64)

_Piece = tuple[Postings, int, int]
"""Quote numbers of a segment, and from where up to where they are those of a term."""

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
        notes = [note for segment in self.segments for note in segment.notes()]
        last = max(notes, key=lambda note: (note["sequence"], note["position"]), default=None)
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
        # Of each term that was asked for, in how many quotes it stands, and where their numbers are.
        self._known: dict[str, tuple[int, list[_Piece]]] = {}

    def _found(self, terms: Sequence[str]) -> dict[str, tuple[int, list[_Piece]]]:
        """Return what is known of terms; those that were not asked for before are looked up together."""
        known = self._known
        fresh = [term for term in dict.fromkeys(terms) if term not in known]
        if fresh:
            if len(known) + len(fresh) > _KNOWN_TERMS:
                known = self._known = {term: known[term] for term in terms if term in known}
            for first, (some, hashes) in by_first_byte(fresh).items():
                found: list[list[_Piece]] = [[] for _ in some]
                for segment in self.segments:
                    for place, begin, end in segment.words.extents(first, hashes):
                        found[place].append((segment.words.numbers, begin, end))
                for term, pieces in zip(some, found, strict=True):
                    known[term] = sum([end - begin for _, begin, end in pieces]), pieces
        return known

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        known = self._found(terms)
        return {term: known[term][0] for term in terms}

    def terms_beginning(self, prefix: str) -> dict[str, int]:
        """Return all terms with a beginning, each with the number of its quotes, deleted ones among them."""
        counts: dict[str, int] = {}
        for segment in self.segments:
            for term, count in segment.words.beginning(as_bytes(prefix)):
                text = term.decode("utf-8", "surrogatepass")
                counts[text] = counts.get(text, 0) + count
        return counts

    def label_values(self, field: str) -> dict[str, int]:
        """Return all values of a field, each with the number of its quotes, deleted ones among them."""
        counts: dict[str, int] = {}
        for segment in self.segments:
            for label, where in segment.labels.all_of(field):
                counts[label] = counts.get(label, 0) + segment.labels.count(where)
        return counts

    def postings(self, terms: Sequence[str]) -> tuple[Numbers, list[int]]:
        """Return the numbers of the quotes of each of some terms, one after the other, and how many each has.

        Raises:
            ValueError: the index is damaged.
        """
        known = self._found(terms)
        lists = [known[term] for term in terms]
        counts = [count for count, _ in lists]
        numbers = np.concatenate([_NONE, *(some[begin:end] for _, pieces in lists for some, begin, end in pieces)])
        if len(numbers) and int(numbers.max()) >= len(self.lengths):
            raise ValueError("a term has a quote that is not there")
        if self._dead is not None:
            dead = self._dead[numbers]
            if dead.any():
                owners = np.repeat(np.arange(len(counts)), counts)
                counts = np.bincount(owners[~dead], minlength=len(counts)).tolist()
                numbers = numbers[~dead]
        return numbers, counts

    def labelled(self, field: str, values: Iterable[str]) -> Numbers:
        """Return the numbers of the quotes that one of some values labels in a field."""
        found = [segment.labelled(field, value) for value in set(values) for segment in self.segments]
        return np.concatenate([_NONE, *found])

    def printed_between(self, start: int, end: int) -> Numbers:
        """Return the numbers of the quotes with a day from `start` on and before `end`."""
        days = self.days
        return np.flatnonzero((days >= max(start, 1)) & (days < end))

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
            return snapshot.frequencies(list(terms))
        except DAMAGE as error:
            raise _damaged() from error

    def terms_beginning(self, prefix: str) -> Mapping[str, int]:
        """Return all terms with a beginning, each with the number of its quotes, deleted ones among them."""
        try:
            return self._open().terms_beginning(prefix)
        except DAMAGE as error:
            raise _damaged() from error

    def postings(self, term: str) -> Numbers:
        return self.postings_of([term])[0]

    def postings_of(self, terms: Sequence[str]) -> tuple[Numbers, list[int]]:
        """Return the numbers of the quotes of each of some terms, one after the other, and how many each has."""
        snapshot = self._open()
        try:
            return snapshot.postings(terms)
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
            return self._open().label_values(field)
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
    if numbers.min(initial=0) >= 0 and numbers.max(initial=-1) < len(known):  # as nearly always
        everyone: Numbers = known[numbers].astype(np.int64, copy=False)
        return everyone
    found = np.zeros(len(numbers), dtype=np.int64)
    inside = (numbers >= 0) & (numbers < len(known))
    found[inside] = known[numbers[inside]]
    return found


def _damaged() -> StoreUnavailable:
    return StoreUnavailable("The search index is damaged: run `quotes rebuild`.")
