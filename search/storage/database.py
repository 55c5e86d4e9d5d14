"""What the tables of an archive ask of a database: statements, transactions, locks. One database a file: `databases/`.

The statements stand in the modules beside this one, in SQL that both databases understand, with a `?` for each value.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, ClassVar, Literal, TypeVar

from search.storage.sql import upsert

Row = tuple[Any, ...]
Task = Literal["storing", "deriving"]
_T = TypeVar("_T")


class _Moment(threading.local):
    """What stays as it is until the calling thread's snapshot ends: the table `meta`, and what was read; None outside of one."""

    meta: Mapping[str, str] | None = None
    kept: dict[str, Any] | None = None


class Database(ABC):
    """The tables of one archive; every thread has a connection of its own. Whatever fails is a StoreUnavailable."""

    has_several_writers: ClassVar[bool]
    """Whether several runs may store at once, each transaction in its turn; else one run writes, held by its instance's lock."""

    def __init__(self) -> None:
        self._moment = _Moment()

    @property
    @abstractmethod
    def name(self) -> str:
        """Return what a person calls it: the path of its file, or where its server is."""

    @abstractmethod
    def execute(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Execute one statement and return its rows. Raises StoreUnavailable, as all that reads or writes here does."""

    @abstractmethod
    def change(self, statement: str, values: Sequence[object] = ()) -> int:
        """Execute one statement that changes rows; returns how many."""

    @abstractmethod
    def rows(self, statement: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Yield the rows of a statement one by one, for answers that may be as large as the archive."""

    @abstractmethod
    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute one statement for each row of values."""

    @abstractmethod
    def answers(self, statement: str, rows: Iterable[Sequence[object]]) -> list[Row | None]:
        """Execute one statement, that gives a row or none, for each row of values, and return what each gave, in their order."""

    def value(self, statement: str, *values: object) -> Any:
        """Return the first column of the first row; None if there is no row."""
        rows = self.execute(statement, values)
        return rows[0][0] if rows else None

    def meta(self, key: str) -> str | None:
        """Return the value kept under `key`; None if there is none."""
        if self._moment.meta is not None:
            return self._moment.meta.get(key)
        value: str | None = self.value("SELECT value FROM meta WHERE key = ?", key)
        return value

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value under `key`, within the open transaction."""
        self.execute(upsert("meta", ("key", "value"), key=("key",)), (key, value))

    @abstractmethod
    def transaction(self, *, derived: bool = False) -> AbstractContextManager[None]:
        """Put all that is written inside on the disk when the block ends, or none of it.

        Transactions come one after the other, so that positions of the log are in the order in which they can be read. One
        that writes only what is `derived`, within `held("deriving")` or the same whoever writes it, lets others store meanwhile
        where several may.

        Raises:
            StoreUnavailable: another writer did not end in time, or the disk is full or broken.
        """

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that this thread reads inside be of one moment, whatever others write meanwhile."""
        with self._snapshot():
            try:
                # The moment is that of the first look, which is one that every reader takes.
                self._moment.meta, self._moment.kept = dict(self.execute("SELECT key, value FROM meta")), {}
                yield
            finally:
                self._moment.meta = self._moment.kept = None

    @abstractmethod
    def _snapshot(self) -> AbstractContextManager[None]:
        """Let all that this thread reads inside be of one moment."""

    def steady(self, name: str, read: Callable[[], _T]) -> _T:
        """Return what `read` reads of this archive: once in a snapshot, where `name` always means the same.

        A find asks some forty times for a few values that cannot change while it is at it, each time for 10 us.
        """
        kept = self._moment.kept
        if kept is None:
            return read()
        if name not in kept:
            kept[name] = read()
        value: _T = kept[name]
        return value

    @abstractmethod
    def held(self, task: Task, purpose: str, *, wait: bool) -> AbstractContextManager[None]:
        """Keep all others from the same task, on whatever host, for the time of the block; this thread may enter again.

        Raises:
            StoreBusy: another one is at it, and this one is not to `wait` for it.
        """

    @abstractmethod
    def tables_beside(self, tables: Sequence[str]) -> AbstractContextManager[tuple[str, str]]:
        """Hide some tables behind empty ones of the same names from this thread alone, which are gone after the block.

        Gives the names of the two schemas: that of the new tables, and that of the hidden ones.
        """

    @abstractmethod
    def number_on(self, table: str, column: str, given: int = 0) -> None:
        """Let numbers that a table gives go on behind the largest that it has, or has `given`, after rows came in with theirs."""

    def mistyped_tables(self) -> list[str]:
        """Return the tables that have a value of another type than its column, as no database but SQLite lets them."""
        return []

    @abstractmethod
    def faults_inside(self) -> list[str]:
        """Return what the database itself finds wrong with what it keeps; nothing where it is whole."""

    @abstractmethod
    def bytes_elsewhere(self) -> int:
        """Return the bytes that the archive has outside of its instance's folder."""

    @abstractmethod
    def close(self) -> None:
        """Close the connections of all threads."""
