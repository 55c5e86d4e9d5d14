"""What readers of a snapshot have in common, whatever the engine: how far the index had come, and that a closed one answers no more."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from search.errors import StoreUnavailable


class IndexSnapshot(Protocol):
    """An index as it was at one moment."""

    @property
    def size(self) -> int:
        """Return the number of quotes it holds."""

    @property
    def position(self) -> int:
        """Return the position in the store's log up to which the index had come."""

    @property
    def mark(self) -> str:
        """Return the mark that the last update came with."""


_Snapshot = TypeVar("_Snapshot", bound=IndexSnapshot)


class SnapshotReader(Generic[_Snapshot]):
    """A reader of a snapshot, until it is closed."""

    def __init__(self, snapshot: _Snapshot) -> None:
        self._snapshot: _Snapshot | None = snapshot

    def _open(self) -> _Snapshot:
        if self._snapshot is None:
            raise StoreUnavailable("This reader of the search index has been closed.")
        return self._snapshot

    @property
    def size(self) -> int:
        """Return the number of quotes it holds."""
        return self._open().size

    @property
    def position(self) -> int:
        """Return the position in the store's log up to which the index had come."""
        return self._open().position

    @property
    def mark(self) -> str:
        """Return the mark that the last update came with."""
        return self._open().mark
