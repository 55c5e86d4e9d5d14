"""A table of words (`search.term_index.words.word_table`) as a file of its own, read through memory.

In this order: a head, the numbers of all terms' quotes, hashes, where each term's numbers end, pages of the terms themselves, where
each page ends, and with which bytes terms begin, each with their number. Arrays of eight bytes begin at multiples of eight.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from search.term_index.words.word_table import FIRST_BYTES, Merged, WordTable, merged, starts_of

_MAGIC: Final = b"words 3\n"
_HEAD: Final = struct.Struct("<8s4Q")  # magic; how many postings, rows, pages and first bytes there are
_PAGE_TERMS: Final = 4_096  # terms that are compressed together
_MOST_BYTES: Final = 2**28  # of a page: a damaged one may say that it is of any size
_MOST_POSTINGS: Final = 2**32 - 1


def write_words(path: Path, tables: Sequence[tuple[WordTable, npt.NDArray[np.bool_] | None]]) -> None:
    """Write what several tables hold as one file; see `merged` for what stands beside each.

    Raises:
        ValueError: they have more than 2**32 - 1 postings together.
        OSError: it cannot be written.
    """
    hashes: list[npt.NDArray[Any]] = []
    counts: list[npt.NDArray[Any]] = []
    firsts = np.zeros(FIRST_BYTES, dtype=np.int64)
    names = _Pages()
    with path.open("wb") as file:
        file.write(bytes(_HEAD.size))
        for some in merged(tables):
            file.write(_bytes(some.numbers, "<u4"))
            hashes.append(some.hashes)
            counts.append(some.counts)
            firsts[some.first] += len(some.hashes)
            names.add(some)
        ends = np.cumsum(np.concatenate([np.zeros(0, np.int64), *counts]))
        postings = int(ends[-1]) if len(ends) else 0
        if postings > _MOST_POSTINGS:
            raise ValueError(f"a part of the index may have {_MOST_POSTINGS:,} postings, not {postings:,}")
        file.write(bytes(-file.tell() % 8))
        file.write(_bytes(np.concatenate([np.zeros(0, np.uint64), *hashes]), "<u8"))
        file.write(_bytes(ends, "<u4"))
        pages = names.finished()
        file.write(b"".join(pages))
        file.write(bytes(-file.tell() % 8))
        file.write(_bytes(np.cumsum([len(page) for page in pages], dtype=np.int64), "<u8"))
        used = np.flatnonzero(firsts)
        file.write(_bytes(np.column_stack([used, firsts[used]]), "<u8"))
        file.seek(0)
        file.write(_HEAD.pack(_MAGIC, postings, len(ends), len(pages), len(used)))


def read_words(data: Any) -> WordTable:
    """Return the table that a file holds, given as its mapped bytes, which stay in use.

    Raises:
        ValueError, struct.error: it is damaged, or something else.
    """
    magic, postings, rows, pages, used = _HEAD.unpack_from(data, 0)
    if magic != _MAGIC or used > FIRST_BYTES:
        raise ValueError("this is no table of words")
    hashes_at = _HEAD.size + 4 * postings + (-(_HEAD.size + 4 * postings) % 8)
    ends_at = hashes_at + 8 * rows
    pages_at = ends_at + 4 * rows
    page_ends_at = len(data) - 8 * pages - 16 * used
    if page_ends_at < pages_at or pages != -(-rows // _PAGE_TERMS):
        raise ValueError("a table of words is shorter than it says")
    ends: npt.NDArray[np.uint32] = np.frombuffer(data, dtype="<u4", count=rows, offset=ends_at)
    if rows and int(ends[-1]) != postings:
        raise ValueError("the last number of the last term is not the last number")
    page_ends = np.frombuffer(data, dtype="<u8", count=pages, offset=page_ends_at)
    counts = dict(
        np.frombuffer(data, dtype="<i8", count=2 * used, offset=len(data) - 16 * used).reshape(-1, 2).tolist()
    )
    if sum(counts.values()) != rows or min(counts.values(), default=0) < 0 or max(counts, default=0) >= FIRST_BYTES:
        raise ValueError("the terms of a table of words are more or less than it says")
    stored = _StoredNames(data, pages_at, page_ends)
    return WordTable(
        starts_of([counts.get(first, 0) for first in range(FIRST_BYTES)]),
        np.frombuffer(data, dtype="<u8", count=rows, offset=hashes_at),
        ends,
        np.frombuffer(data, dtype="<u4", count=postings, offset=_HEAD.size),
        stored.names,
    )


class _StoredNames(NamedTuple):
    """The terms of a file, page by page."""

    data: Any
    start: int
    ends: npt.NDArray[np.uint64]

    def names(self, start: int, end: int) -> list[bytes]:
        """Return the terms from one row up to another."""
        if start >= end:
            return []
        first = start // _PAGE_TERMS
        found = [name for page in range(first, -(-end // _PAGE_TERMS)) for name in self._page(page)]
        return found[start - first * _PAGE_TERMS : end - first * _PAGE_TERMS]

    def _page(self, page: int) -> list[bytes]:
        start = self.start + (int(self.ends[page - 1]) if page else 0)
        unpacker = zlib.decompressobj()
        raw = unpacker.decompress(self.data[start : self.start + int(self.ends[page])], _MOST_BYTES)
        if not unpacker.eof:
            raise ValueError("a page of terms is damaged")
        (count,) = struct.unpack_from("<I", raw)
        ends = np.cumsum(np.frombuffer(raw, dtype="<u4", count=count, offset=4), dtype=np.int64) + 4 + 4 * count
        if len(raw) != (int(ends[-1]) if count else 4):
            raise ValueError("a page of terms is shorter than it says")
        places = [4 + 4 * count, *ends.tolist()]
        return [raw[place:behind] for place, behind in pairwise(places)]


class _Pages:
    """Collects terms into compressed pages."""

    def __init__(self) -> None:
        self._pages: list[bytes] = []
        self._waiting: list[bytes] = []

    def add(self, some: Merged) -> None:
        self._waiting += some.names
        full = len(self._waiting) // _PAGE_TERMS * _PAGE_TERMS
        for start in range(0, full, _PAGE_TERMS):
            self._pages.append(_compressed(self._waiting[start : start + _PAGE_TERMS]))
        del self._waiting[:full]

    def finished(self) -> list[bytes]:
        """Return all pages, the last with what is left."""
        if self._waiting:
            self._pages.append(_compressed(self._waiting))
            self._waiting = []
        return self._pages


def _compressed(names: Sequence[bytes]) -> bytes:
    lengths = np.array([len(names), *map(len, names)], dtype="<u4")
    return zlib.compress(lengths.tobytes() + b"".join(names), 3)


def _bytes(numbers: npt.NDArray[Any], type_: str) -> memoryview:
    return np.ascontiguousarray(numbers, dtype=type_).data
