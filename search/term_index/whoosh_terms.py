"""The terms and labels of one Whoosh segment and their postings, read straight out of its two files.

Whoosh's own way to a term goes through a dozen calls and objects, and a query looks up a hundred terms in each segment:
this takes a seventh of the time. The files are those of Whoosh's standard codec, which has not changed since 2.7: a hash
table of terms (`.trm`), and runs of pickled postings (`.pst`), or the postings in the table itself when there is one.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from collections.abc import Iterator
from hashlib import md5
from io import BytesIO
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.term_index.plain_pickle import load_plain, load_values, read_pickle

_SLOT: Final = struct.Struct("!Iq")  # the hash of a key, and where it stands; 0 when the slot is free
_SIZES: Final = struct.Struct("!ii")  # of a key and of the information after it
_INFORMATION: Final = struct.Struct("!BfIBBfII")  # flag: the postings follow at once; weight; the rest is not needed
_EXTENT: Final = struct.Struct("!qi")  # where the postings begin, and how long they are
_LENGTH: Final = struct.Struct("!i")  # of a run of postings; negative for the last
_MAGIC: Final = 4  # bytes before the first run


def hashed(key: bytes) -> int:
    """Return the hash of a key, which is a term behind the two bytes that its field has in the segment."""
    return int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")


class SegmentTerms:
    """What a segment reader of Whoosh has opened, looked up without it. Usable as long as that reader is open."""

    def __init__(self, leaf: Any) -> None:
        terms = leaf._terms
        self._prefixes = {field: number.to_bytes(2, "big") for field, number in terms._fieldmap.items()}
        self._index = terms._tindex
        self._tables: list[tuple[int, int]] = self._index.tables
        # A file without a byte is not mapped: then there are no postings but those in the table.
        self._words: mmap.mmap = self._index.dbfile.mapped
        self._postings: mmap.mmap | bytes = getattr(terms._postfile, "mapped", b"")

    def key(self, field: str, term: bytes) -> bytes | None:
        """Return the key of a term of a field; None if the segment has nothing of the field."""
        prefix = self._prefixes.get(field)
        return None if prefix is None else prefix + term

    def find(self, key: bytes, hash_: int) -> slice | None:
        """Return where the information about a term stands, given by its key and `hashed`; None if it is not there."""
        start, slots = self._tables[hash_ & 255]
        slot = (hash_ >> 8) % slots if slots else 0
        for _ in range(slots):
            found, place = _SLOT.unpack_from(self._words, start + slot * _SLOT.size)
            if not place:
                return None
            if found == hash_:
                size, more = _SIZES.unpack_from(self._words, place)
                after = place + _SIZES.size + size
                if self._words[after - size : after] == key:
                    return slice(after, after + more)
            slot = (slot + 1) % slots
        return None

    def count(self, where: slice) -> int:
        """Return how many quotes have a term that was found there."""
        return int(_INFORMATION.unpack_from(self._words, where.start)[1])

    def beginning(self, field: str, prefix: bytes = b"") -> Iterator[tuple[bytes, slice]]:
        """Yield the terms of a field that begin with a prefix, in order, each with where it stands."""
        first = self.key(field, prefix)
        place = None if first is None else self._index.closest_key_pos(first)
        if first is None or place is None:
            return
        end = self._index.endofdata
        while place < end:
            size, more = _SIZES.unpack_from(self._words, place)
            if size < 0 or more < 0:
                raise ValueError("a term cannot have less than no bytes")
            start = place + _SIZES.size
            key = self._words[start : start + size]
            if not key.startswith(first):
                return
            place = start + size + more
            yield key[2:], slice(start + size, place)

    def values(self, where: slice) -> list[bytes]:
        """Return the numbers that a term which was found there has in each block, four bytes each, little end first."""
        return [value for run in self._runs(where) for value in load_values(run)]

    def documents(self, where: slice) -> npt.NDArray[np.int64]:
        """Return the places in the segment of the documents that have a label which was found there, `(n,) int64`."""
        runs = [np.array(load_plain(run)[0], dtype=np.int64) for run in self._runs(where)]
        # Each run has its first place, and then how far it is to the next.
        return np.concatenate([np.cumsum(run) for run in runs])

    def _runs(self, where: slice) -> Iterator[bytes]:
        """Yield the pickled runs of the postings of a term."""
        information = self._words[where]
        rest = information[_INFORMATION.size :]
        if information[0]:
            yield rest
            return
        position, length = _EXTENT.unpack_from(rest)[0] + _MAGIC, 1
        while length > 0:
            (length,) = _LENGTH.unpack_from(self._postings, position)
            position += _LENGTH.size
            run = BytesIO(self._postings[position : position + abs(length)])
            compressed = read_pickle(run)[3]
            data = run.read()
            yield zlib.decompress(data) if compressed else data
            position += abs(length)
