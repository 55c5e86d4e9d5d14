"""Small records in memory that processes share which were begun by one that had made them: who asked how often."""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from secrets import token_bytes
from typing import Any, Final

PLACES: Final = 1 << 16  # records that are kept at once


class SharedPlaces:
    """Records of numbers, each under a name.

    Each has its place by the hash of its name. Where two have the same, the later one takes it and the other begins anew, so
    that nobody is refused for what another did, however many there are.
    """

    def __init__(self, layout: str) -> None:
        """Make room for records of `layout`, as `struct` writes it; memory is taken as places are filled."""
        self._record = struct.Struct("<I" + layout)  # which record it is, by a part of its hash, and its numbers
        self._memory = mmap.mmap(-1, PLACES * self._record.size)
        self._secret = token_bytes(16)  # so that nobody can choose whose place he takes
        self._threads = threading.Lock()

    @contextmanager
    def changing(self, folder: str) -> Iterator[None]:
        """Keep the other threads and processes that give the same folder from changing a record for the time of the block."""
        with self._threads:
            # The lock is the folder's, opened anew: it is given back however a process ends.
            opened = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(opened, fcntl.LOCK_EX)
                yield
            finally:
                os.close(opened)

    def get(self, name: str) -> tuple[Any, ...] | None:
        """Return the numbers under a name; None where there are none, or no longer."""
        place, mark = self._place(name)
        found, *numbers = self._record.unpack_from(self._memory, place)
        return tuple(numbers) if found == mark else None

    def put(self, name: str, *numbers: float) -> None:
        """Keep numbers under a name."""
        place, mark = self._place(name)
        self._record.pack_into(self._memory, place, mark, *numbers)

    def _place(self, name: str) -> tuple[int, int]:
        hashed = int.from_bytes(
            blake2b(name.encode("utf-8", "replace"), key=self._secret, digest_size=8).digest(), "little"
        )
        # A mark is never that of a place which nobody has taken.
        return hashed % PLACES * self._record.size, hashed >> 32 | 1
