"""Words' terms and the numbers of their quotes, in flat arrays: what one segment of an index knows of words.

The terms stand in the order of their first byte, and of a hash among those of one byte. So all terms of a query are looked up in a
segment by two binary searches of numpy (.1 us a term), segments are merged by sorting whole arrays, and a term takes 21 bytes in
all, where it took 180 in a dictionary of Whoosh's: of the words of news every second pair stands in one quote alone.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

FIRST_BYTES: Final = 256
_NO_NUMBERS: Final = "the numbers of a term end before they begin, or behind all numbers"
_CHUNK: Final = 2**21  # postings that are merged at once: some 80 MB of memory

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Postings = npt.NDArray[np.uint32]
TermsOfRows = Callable[[int, int], list[bytes]]
"""Gives the terms from one row up to another, in UTF-8."""


class WordTable(NamedTuple):
    """The terms of a segment, a row each, with the numbers of their quotes.

    starts    `(257,)`: the row at which the terms with each first byte begin; the last is the number of rows
    hashes    `(rows,)`, in order among the terms of one first byte
    ends      `(rows,)`: where the numbers of each term end in `numbers`, and those of the next begin
    numbers   of quotes
    names     the terms themselves
    """

    starts: Ints
    hashes: Hashes
    ends: npt.NDArray[np.uint32]
    numbers: Postings
    names: TermsOfRows

    def extents(self, first: int, hashes: Hashes) -> list[tuple[int, int, int]]:
        """Return the places of those of some terms with one first byte that are here, each with where its numbers begin and end.

        Raises:
            ValueError: the table is damaged.
        """
        start, end = int(self.starts[first]), int(self.starts[first + 1])
        if start >= end:
            return []
        rows = np.searchsorted(self.hashes[start:end], hashes)
        rows += start
        np.minimum(rows, end - 1, out=rows)
        here = np.flatnonzero(self.hashes[rows] == hashes)
        rows = rows[here]
        found = zip(here.tolist(), rows.tolist(), self.ends[rows - 1].tolist(), self.ends[rows].tolist(), strict=True)
        extents = [(place, begin if row else 0, end) for place, row, begin, end in found]
        if not all(begin <= end <= len(self.numbers) for _, begin, end in extents):
            raise ValueError(_NO_NUMBERS)
        return extents

    def _extent(self, row: int) -> tuple[int, int]:
        """Return where the numbers of a term begin and end."""
        start, end = int(self.ends[row - 1]) if row else 0, int(self.ends[row])
        if not start <= end <= len(self.numbers):
            raise ValueError(_NO_NUMBERS)
        return start, end

    def beginning(self, prefix: bytes) -> Iterator[tuple[bytes, int]]:
        """Yield the terms with a beginning, in no order, each with the number of its quotes."""
        first, end = (int(self.starts[prefix[0]]), int(self.starts[prefix[0] + 1])) if prefix else (0, len(self.hashes))
        for row, name in enumerate(self.names(first, end), first):
            if name.startswith(prefix):
                place, behind = self._extent(row)
                yield name, behind - place

    def part(self, first: int, low: int, high: int) -> _Part:
        """Return the rows with a first byte and a hash from `low` on and below `high`, which may be 2**64."""
        start, end = int(self.starts[first]), int(self.starts[first + 1])
        hashes = self.hashes[start:end]
        end = start + (len(hashes) if high >= 2**64 else int(np.searchsorted(hashes, np.uint64(high))))
        start += int(np.searchsorted(hashes, np.uint64(low)))
        ends = self.ends[start - 1 : end] if start else np.concatenate([[0], self.ends[:end]])
        bounds = ends.astype(np.int64)
        counts = bounds[1:] - bounds[:-1]
        numbers = self.numbers[int(ends[0]) : int(ends[-1])]
        if (counts < 0).any() or counts.sum() != len(numbers):
            raise ValueError(_NO_NUMBERS)
        return _Part(self.hashes[start:end], counts, numbers, self.names(start, end))


class _Part(NamedTuple):
    """Some neighbouring rows of a table; `counts` are how many numbers each has."""

    hashes: Hashes
    counts: Ints
    numbers: Postings
    names: list[bytes]

    def without(self, dead: npt.NDArray[np.bool_]) -> _Part:
        """Return the rows without the numbers that are dead; some may have none then."""
        kept = ~dead[self.numbers]
        owners = np.repeat(np.arange(len(self.counts)), self.counts)
        return self._replace(
            numbers=self.numbers[kept], counts=np.bincount(owners[kept], minlength=len(self.counts)).astype(np.int64)
        )


class Merged(NamedTuple):
    """Neighbouring rows of a table that is being made, each of them with the numbers of all tables; `first` is their first byte."""

    first: int
    hashes: Hashes
    counts: Ints
    numbers: Postings
    names: list[bytes]


class CollectedWords:
    """Collects the terms of quotes, to make a table of them."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._terms = array("I")  # of each posting its row, and
        self._numbers = array("I")

    def add(self, number: int, terms: Iterable[str]) -> int:
        """Add a quote; returns how many different terms it has."""
        rows, unique = self._rows, set(terms)
        self._terms.extend([rows.setdefault(term, len(rows)) for term in unique])
        self._numbers.extend([number] * len(unique))
        return len(unique)

    def table(self) -> WordTable:
        """Return the table of all that was added."""
        names = list(map(as_bytes, self._rows))
        hashes = hashes_of(names)
        firsts = np.fromiter((name[0] if name else 0 for name in names), np.uint8, len(names))
        order = np.lexsort((hashes, firsts))
        row_of = np.empty(len(names), dtype=np.int64)
        row_of[order] = np.arange(len(names))
        rows = row_of[np.frombuffer(self._terms, dtype=np.uint32)] if self._terms else np.zeros(0, dtype=np.int64)
        counts = np.bincount(rows, minlength=len(names))
        numbers = np.frombuffer(self._numbers, dtype=np.uint32) if self._numbers else np.zeros(0, dtype=np.uint32)
        ordered = [names[place] for place in order.tolist()]
        return WordTable(
            starts_of(np.bincount(firsts, minlength=FIRST_BYTES)),
            hashes[order],
            np.cumsum(counts).astype(np.uint32),
            numbers[np.argsort(rows, kind="stable")],
            lambda start, end: ordered[start:end],
        )


def as_bytes(term: str) -> bytes:
    """Return a term in UTF-8; half a pair of UTF-16 is a term as well."""
    return term.encode("utf-8", "surrogatepass")


def hashes_of(terms: Iterable[bytes]) -> Hashes:
    """Return the hash of each term: 64 bits, of which two of ten million are the same in one index of 400,000."""
    digests = b"".join([blake2b(term, digest_size=8).digest() for term in terms])
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64, copy=False)


def by_first_byte(terms: Sequence[str]) -> Mapping[int, tuple[list[str], Hashes]]:
    """Return terms to be looked up with their hashes, those with one first byte together."""
    alike: dict[int, tuple[list[str], list[bytes]]] = {}
    for term in terms:
        name = as_bytes(term)
        some, names = alike.setdefault(name[0] if name else 0, ([], []))
        some.append(term)
        names.append(name)
    return {first: (some, hashes_of(names)) for first, (some, names) in alike.items()}


def merged(tables: Sequence[tuple[WordTable, npt.NDArray[np.bool_] | None]]) -> Iterator[Merged]:
    """Yield the rows of one table that has what several have, in their order, a chunk at a time.

    Beside each table stands which numbers are dead in it, by number, or None. A term without a number left is left out.
    """
    for first in range(FIRST_BYTES):
        here = [pair for pair in tables if pair[0].starts[first + 1] > pair[0].starts[first]]
        postings = sum(
            table._extent(int(table.starts[first + 1]) - 1)[1] - table._extent(int(table.starts[first]))[0]
            for table, _ in here
        )
        # The hashes are spread evenly, so that equal stretches of them hold about as many terms.
        chunks = -(-postings // _CHUNK)
        for chunk in range(chunks):
            low, high = ((turn * 2**64) // chunks for turn in (chunk, chunk + 1))
            parts = [
                table.part(first, low, high) if dead is None else table.part(first, low, high).without(dead)
                for table, dead in here
            ]
            yield _joined(first, parts)


def _joined(first: int, parts: Sequence[_Part]) -> Merged:
    """Put the rows of several tables together: those of one term are one row."""
    hashes = np.concatenate([part.hashes for part in parts])
    counts = np.concatenate([part.counts for part in parts])
    numbers = np.concatenate([part.numbers for part in parts])
    names = [name for part in parts for name in part.names]
    if len(parts) > 1:
        begins = np.cumsum(counts) - counts
        order = np.argsort(hashes, kind="stable")
        hashes, counts, begins = hashes[order], counts[order], begins[order]
        numbers = numbers[np.arange(len(numbers)) + np.repeat(begins - (np.cumsum(counts) - counts), counts)]
        new = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else order
        names = [names[place] for place in order[new].tolist()]
        hashes, counts = hashes[new], np.add.reduceat(counts, new) if len(new) else counts
    if not counts.all():
        names = [name for name, count in zip(names, counts.tolist(), strict=True) if count]
        hashes, counts = hashes[counts > 0], counts[counts > 0]
    return Merged(first, hashes, counts, numbers, names)


def starts_of(counts: Sequence[int] | Ints) -> Ints:
    """Return where the rows of each first byte begin, and where all end, given how many rows each has."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
