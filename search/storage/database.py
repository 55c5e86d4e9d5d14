"""The SQLite file of an instance: a connection for each thread, transactions, and the format of the tables.

WAL, fsynced at each commit: what is acknowledged is on the disk. The SQL itself stands in the modules beside this one.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from search.errors import SchemaMismatch, StoreUnavailable
from search.names.clusters import name_keys
from search.storage.migrate import OLDEST_FORMAT, make_tables, migrate, newest_format

BUSY_TIMEOUT: Final = 30  # seconds that a writer waits for another one's transaction
CACHE_KIBIBYTES: Final = 65_536  # of pages that each connection keeps
MAPPED_BYTES: Final = 1 << 30  # of the file, read through memory instead of by system calls

Row = tuple[Any, ...]


def _keys_of_name(name: str) -> str:
    """Return the keys of a name as a JSON list, for SQL."""
    return json.dumps(name_keys(name))


class Database:
    """The SQLite file at `path`, made if it is not there, brought to the newest format if it has an older one.

    Every thread gets its own connection; SQLite lets one process write at a time.

    Raises:
        SchemaMismatch: the file has a newer format, or one from before the first release. It is left as it is.
        StoreUnavailable: the file is damaged or cannot be opened. It is left as it is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Execute one statement and return its rows."""
        return self.connection.execute(statement, values).fetchall()

    def rows(self, statement: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Yield the rows of a statement one by one, for answers that may be as large as the archive."""
        yield from self.connection.execute(statement, values)

    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute one statement for each row of values."""
        self.connection.executemany(statement, rows)

    def value(self, statement: str, *values: object) -> Any:
        """Return the first column of the first row; None if there is no row.

        Raises:
            StoreUnavailable: the file cannot be read.
        """
        try:
            row = self.connection.execute(statement, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise StoreUnavailable(f"{self._path} cannot be read: {error}. It was left as it is.") from error
        return row[0] if row else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Put all that is written inside on the disk when the block ends, or none of it.

        Raises:
            StoreUnavailable: another writer did not end in time, or the disk is full or broken.
        """
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise StoreUnavailable(f"{self._path} cannot be written to now: {error}.") from error
        try:
            yield
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise StoreUnavailable(
                f"{self._path} could not be written: {error}. Nothing of this batch is stored."
            ) from error
        except BaseException:
            self._roll_back()
            raise

    def meta(self, key: str) -> str | None:
        """Return the value kept under `key`; None if there is none."""
        value: str | None = self.value("SELECT value FROM meta WHERE key = ?", key)
        return value

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value under `key`, within the open transaction."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def close(self) -> None:
        """Close the connections of all threads."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """Return the connection of the calling thread."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
            self._connections.append(connection)
        return connection

    def _connect(self) -> sqlite3.Connection:
        try:
            # Closing from another thread at the end is all that is ever done across threads.
            connection = sqlite3.connect(
                self._path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
            )
            try:
                self._set_up(connection)
            except sqlite3.Error:
                connection.close()  # of a damaged file, say; nobody else knows of it
                raise
        except sqlite3.Error as error:
            raise StoreUnavailable(
                f"{self._path} cannot be opened: {error}. It was left as it is; restore it from a copy if it is damaged."
            ) from error
        return connection

    @staticmethod
    def _set_up(connection: sqlite3.Connection) -> None:
        connection.create_function("keys_of_name", 1, _keys_of_name, deterministic=True)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES:d}")
        connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES:d}")

    def _prepare(self) -> None:
        current, newest = self._format(), newest_format()
        if current == newest:
            return
        if current > newest:
            raise SchemaMismatch(
                f"{self._path} was made by a newer version of this program (format {current}; this one reads up to "
                f"{newest}): use that version. Nothing was changed."
            )
        if 0 < current < OLDEST_FORMAT:
            raise SchemaMismatch(
                f"{self._path} has format {current}, which no released version of this program made: index its "
                "documents anew. Nothing was changed."
            )
        # The journal's mode stays with the file, and cannot be set within a transaction.
        self.value("PRAGMA journal_mode = WAL")
        with self.transaction():
            # Another process may have done it while this one waited for its turn.
            current = self._format()
            if current == 0:
                make_tables(self.connection)
            elif current < newest:
                migrate(self.connection, current)

    def _format(self) -> int:
        return int(self.value("PRAGMA user_version"))

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
