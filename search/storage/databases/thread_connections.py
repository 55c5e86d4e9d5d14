"""Connections to a database, one a thread: made when it is first asked for, closed all together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar


class Closable(Protocol):
    """What a driver gives."""

    def close(self) -> None:
        """End it."""


C = TypeVar("C", bound=Closable)


class ThreadConnections(Generic[C]):
    """The connections that `connect` has made; `has_ended` tells of one whether the server has ended it."""

    def __init__(self, connect: Callable[[], C], has_ended: Callable[[C], bool] = lambda _: False) -> None:
        self._connect = connect
        self._has_ended = has_ended
        self._local = threading.local()
        self._connections: list[C] = []

    def mine(self) -> C:
        """Return the connection of the calling thread: a new one where it has none, or its last one has ended."""
        connection: C | None = getattr(self._local, "connection", None)
        if connection is not None and not self._has_ended(connection):
            return connection
        if connection in self._connections:
            self._connections.remove(connection)
        made = self._connect()
        self._local.connection = made
        self._connections.append(made)
        return made

    @contextmanager
    def replaced(self, other: C) -> Iterator[None]:
        """Let another connection be the calling thread's for the time of the block."""
        usual = self.mine()
        self._local.connection = other
        try:
            yield
        finally:
            self._local.connection = usual

    def close(self) -> None:
        """Close those of all threads; who asks afterwards gets a new one."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()
