"""The labels of one Whoosh segment and their postings, read straight out of its two files.

Whoosh's own way to a term goes through a dozen calls and objects: this takes a seventh of the time. The files are those of
Whoosh's standard codec, which has not changed since 2.7: a hash table of terms (`.trm`), and runs of pickled postings (`.pst`),
or the postings in the table itself when there is one.
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

from search.term_index.plain_pickle import load_plain, read_pickle

_SLOT: Final = struct.Struct("!Iq")  # the hash of a key, and where it stands; 0 when the slot is free
_SIZES: Final = struct.Struct("!ii")  # of a key and of the information after it
_INFORMATION: Final = struct.Struct("!BfIBBfII")  # flag: the postings follow at once; weight; the rest is not needed
_EXTENT: Final = struct.Struct("!qi")  # where the postings begin, and how long they are
_LENGTH: Final = struct.Struct("!i")  # of a run of postings; negative for the last
_MAGIC: Final = 4  # bytes before the first run


def hashed(key: bytes) -> int:
    """Return the hash of a key, which is a label behind the two bytes that its field has in the segment."""
    return int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")


class SegmentLabels:
    """What a segment reader of Whoosh has opened, looked up without it. Usable as long as that reader is open."""

    def __init__(self, leaf: Any) -> None:
        terms = leaf._terms
        self._prefixes = {field: number.to_bytes(2, "big") for field, number in terms._fieldmap.items()}
        self._index = terms._tindex
        self._tables: list[tuple[int, int]] = self._index.tables
        # A file without a byte is not mapped: then there are no postings but those in the table.
        self._labels: mmap.mmap = self._index.dbfile.mapped
        self._postings: mmap.mmap | bytes = getattr(terms._postfile, "mapped", b"")

    def find(self, field: str, label: str) -> slice | None:
        """Return where the information about a label of a field stands; None if it is not there."""
        if field not in self._prefixes:
            return None
        key = self._prefixes[field] + label.encode("utf-8", "surrogatepass")
        hash_ = hashed(key)
        start, slots = self._tables[hash_ & 255]
        slot = (hash_ >> 8) % slots if slots else 0
        for _ in range(slots):
            found, place = _SLOT.unpack_from(self._labels, start + slot * _SLOT.size)
            if not place:
                return None
            if found == hash_:
                size, more = _SIZES.unpack_from(self._labels, place)
                after = place + _SIZES.size + size
                if self._labels[after - size : after] == key:
                    return slice(after, after + more)
            slot = (slot + 1) % slots
        return None

    def count(self, where: slice) -> int:
        """Return how many quotes have a label that was found there."""
        return int(_INFORMATION.unpack_from(self._labels, where.start)[1])

    def all_of(self, field: str) -> Iterator[tuple[str, slice]]:
        """Yield the labels of a field, in order, each with where it stands."""
        prefix = self._prefixes.get(field)
        place = None if prefix is None else self._index.closest_key_pos(prefix)
        if prefix is None or place is None:
            return
        end = self._index.endofdata
        while place < end:
            size, more = _SIZES.unpack_from(self._labels, place)
            if size < 0 or more < 0:
                raise ValueError("a label cannot have less than no bytes")
            start = place + _SIZES.size
            key = self._labels[start : start + size]
            if not key.startswith(prefix):
                return
            place = start + size + more
            yield key[2:].decode("utf-8", "surrogatepass"), slice(start + size, place)

    def documents(self, where: slice) -> npt.NDArray[np.int64]:
        """Return the places in the segment of the documents that have a label which was found there, `(n,) int64`."""
        runs = [np.array(load_plain(run)[0], dtype=np.int64) for run in self._runs(where)]
        # Each run has its first place, and then how far it is to the next.
        return np.concatenate([np.cumsum(run) for run in runs])

    def _runs(self, where: slice) -> Iterator[bytes]:
        """Yield the pickled runs of the postings of a label."""
        information = self._labels[where]
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
