"""The terms of one Whoosh segment and their postings, read straight out of its two files.

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

from search.term_index.plain_pickle import load_values, read_pickle

_SLOT: Final = struct.Struct("!Iq")  # the hash of a key, and where it stands; 0 when the slot is free
_SIZES: Final = struct.Struct("!ii")  # of a key and of the information after it
_INFORMATION: Final = struct.Struct("!BfIBBfII")  # flag: the postings follow at once; weight; the rest is not needed
_EXTENT: Final = struct.Struct("!qi")  # where the postings begin, and how long they are
_LENGTH: Final = struct.Struct("!i")  # of a run of postings; negative for the last
_MAGIC: Final = 4  # bytes before the first run


def hashed(term: bytes) -> tuple[bytes, int]:
    """Return a term as the key that it has in every segment whose only field is that of the terms, and the key's hash."""
    key = b"\0\0" + term
    return key, int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")


class SegmentTerms:
    """What a segment reader of Whoosh has opened, looked up without it. Usable as long as that reader is open."""

    def __init__(self, leaf: Any) -> None:
        terms = leaf._terms
        self._index = terms._tindex
        self._tables: list[tuple[int, int]] = self._index.tables
        # A file without a byte is not mapped: then there are no postings but those in the table.
        self._words: mmap.mmap = self._index.dbfile.mapped
        self._postings: mmap.mmap | bytes = getattr(terms._postfile, "mapped", b"")

    def find(self, key: bytes, hash_: int) -> slice | None:
        """Return where the information about a term (`hashed`) stands; None if the segment does not have the term."""
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

    def beginning(self, prefix: bytes) -> Iterator[tuple[bytes, int]]:
        """Yield the terms that begin with a prefix, in order, each with the number of its quotes."""
        first = b"\0\0" + prefix
        place = self._index.closest_key_pos(first)
        end = self._index.endofdata if place is not None else 0
        while place is not None and place < end:
            size, more = _SIZES.unpack_from(self._words, place)
            if size < 0 or more < 0:
                raise ValueError("a term cannot have less than no bytes")
            start = place + _SIZES.size
            key = self._words[start : start + size]
            if not key.startswith(first):
                return
            place = start + size + more
            yield key[2:], self.count(slice(start + size, place))

    def values(self, where: slice) -> list[bytes]:
        """Return the numbers that a term which was found there has in each block, four bytes each, little end first."""
        information = self._words[where]
        rest = information[_INFORMATION.size :]
        if information[0]:
            return load_values(rest)
        found: list[bytes] = []
        position, length = _EXTENT.unpack_from(rest)[0] + _MAGIC, 1
        while length > 0:
            (length,) = _LENGTH.unpack_from(self._postings, position)
            position += _LENGTH.size
            run = BytesIO(self._postings[position : position + abs(length)])
            compressed = read_pickle(run)[3]
            data = run.read()
            found += load_values(zlib.decompress(data) if compressed else data)
            position += abs(length)
        return found
