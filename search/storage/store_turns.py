"""Whose turn it is to write to an instance: one run at a time, or several where the database lets them store at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from search.errors import StoreBusy
from search.settings import Settings
from search.storage.databases.lock import held
from search.storage.store_reader import StoreReader


class StoreTurns(StoreReader):
    """What is read of an instance, and the locks of those who write."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        # The lock file keeps other processes out; within this one a thread may enter again, another may not.
        self._mine = threading.RLock()
        self._depth = 0

    @contextmanager
    def writing(self, purpose: str, *, wait: bool = False) -> Iterator[None]:
        """Hold the instance's lock, with `wait` once whoever holds it has ended; the same thread may enter again.

        Raises:
            StoreBusy: another run or thread has it; the message names the holder.
        """
        if not self._mine.acquire(blocking=wait):
            raise StoreBusy(f"{self._folder} is being written to by another part of this program; try again.")
        try:
            if self._depth:
                self._depth += 1
                yield
            else:
                with (
                    held(self._folder / "lock", purpose, wait=wait),
                    self._db.held("deriving", purpose, wait=wait),
                ):
                    self._depth = 1
                    yield
        finally:
            self._depth = max(0, self._depth - 1)
            self._mine.release()

    @contextmanager
    def indexing(self, purpose: str) -> Iterator[None]:
        """Hold the folder alone, once whoever holds it has ended: another host derives meanwhile, or indexes in its own."""
        with self._mine, nullcontext() if self._depth else held(self._folder / "lock", purpose, wait=True):
            yield

    @contextmanager
    def alone(self, purpose: str) -> Iterator[None]:
        """Keep the instance to oneself for a run that stores, unless its database lets several runs store at once."""
        with nullcontext() if self.has_several_writers else self.writing(purpose):
            yield

    @contextmanager
    def storing(self, purpose: str, *, wait: bool = False) -> Iterator[None]:
        """Keep others from storing: what is asked of the store inside, and stored on the answer, belong together.

        Raises:
            StoreBusy: as `writing`; where several runs may store, they wait for each other.
        """
        with (
            self._db.held("storing", purpose, wait=True)
            if self.has_several_writers
            else self.writing(purpose, wait=wait)
        ):
            yield

    @property
    def has_several_writers(self) -> bool:
        """Return whether several runs, on whatever hosts, may store at once; else one run writes at a time."""
        return self._db.has_several_writers
