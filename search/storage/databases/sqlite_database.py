"""An archive as a SQLite file: WAL, fsynced at each commit, so that what is acknowledged is on the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import Final

from search.errors import DiskFull, ForeignFile, NotPermitted, SchemaMismatch, StoreUnavailable
from search.storage.database import Database, Row, Task
from search.storage.databases.own_tables import foreign_object, impossible_number, is_of_another_program
from search.storage.databases.thread_connections import ThreadConnections
from search.storage.migrate import OLDEST_FORMAT, make_tables, migrate, newest_format

ARCHIVE_FILE: Final = "archive.sqlite3"  # of an instance whose archive is in no server
BUSY_TIMEOUT: Final = 30  # seconds that a writer waits for another one's transaction
# Of pages that each connection keeps. The file is not mapped: each connection, one for each thread of a server, would have a
# mapping of its own, as large as the archive (302 of 585 MB resident for 100,000 quotes); a row read costs 2 us more so.
CACHE_KIBIBYTES: Final = 8_192
WRITING_CACHE_KIBIBYTES: Final = (
    65_536  # the same for one that has written: what a transaction changed stays there until its end
)

# What a damaged file looks like: text that is no UTF-8 and JSON that is none come as other errors than SQLite's own.
_TROUBLE: Final = (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError)
# What `typeof` says of the values that a column of each declared type may have.
_TYPES: Final = {
    "INTEGER": "'integer', 'null'",
    "REAL": "'real', 'integer', 'null'",
    "TEXT": "'text', 'null'",
    "BLOB": "'blob', 'null'",
}
_LOCKED_PAUSE: Final = 0.05  # seconds
_NO_DAMAGE: Final = ("full", "locked", "readonly", "busy")  # in the messages of errors that a person can end
# Bytes that SQLite makes beside the file for whoever only reads, and as many for a page or two: without them it says "disk I/O error".
_ROOM_TO_OPEN: Final = 2 * 32_768
# What it says of a full disk.
_FULL_ERRORS: Final = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)
_ROOM_FOR_COPIES: Final = (
    3  # of the file, that giving back its empty pages takes at the most: the copy, and the log of it
)


class SqliteDatabase(Database):
    """The SQLite file at `path`, made if it is not there, brought to the newest format if it has an older one.

    Every thread gets its own connection; SQLite lets one process write at a time.

    Raises:
        SchemaMismatch: the file has a newer format, or one from before the first release. It is left as it is.
        StoreUnavailable: the file is damaged or cannot be opened. It is left as it is.
    """

    has_several_writers = False

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._connections = ThreadConnections(self._connect)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """Return the path of the file."""
        return str(self._path)

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Execute one statement and return its rows."""
        try:
            return self.connection.execute(statement, values).fetchall()
        except _TROUBLE as error:
            raise self._trouble(error) from error

    def change(self, statement: str, values: Sequence[object] = ()) -> int:
        """Execute one statement that changes rows; returns how many."""
        try:
            return self.connection.execute(statement, values).rowcount
        except _TROUBLE as error:
            raise self._trouble(error) from error

    def rows(self, statement: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Yield the rows of a statement one by one, for answers that may be as large as the archive."""
        try:
            # Not the cursor itself, which is closed with a generator that nobody reads on: of a closed database that is an error.
            yield from chain(self.connection.execute(statement, values))
        except _TROUBLE as error:
            raise self._trouble(error) from error

    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute one statement for each row of values."""
        try:
            self.connection.executemany(statement, rows)
        except _TROUBLE as error:
            raise self._trouble(error) from error

    def answers(self, statement: str, rows: Iterable[Sequence[object]]) -> list[Row | None]:
        """Execute one statement, that gives a row or none, for each row of values, and return what each gave."""
        try:
            # All that it gives is fetched, since it is done only then.
            return [next(iter(self.connection.execute(statement, row).fetchall()), None) for row in rows]
        except _TROUBLE as error:
            raise self._trouble(error) from error

    @contextmanager
    def transaction(self, *, derived: bool = False) -> Iterator[None]:
        """Put all that is written inside on the disk when the block ends, or none of it; it waits for other writers."""
        try:
            self.connection.execute(f"PRAGMA cache_size = -{WRITING_CACHE_KIBIBYTES:d}")
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            self._refuse_full_disk(error)
            raise StoreUnavailable(f"{self._path} cannot be written to now: {error}.") from error
        try:
            yield
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise self._trouble(error) from error
        except BaseException:
            self._roll_back()
            raise

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        self.execute("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    def held(self, task: Task, purpose: str, *, wait: bool) -> AbstractContextManager[None]:
        """Hold nothing: whoever writes to the file has the lock of its instance."""
        return nullcontext()

    @contextmanager
    def tables_beside(self, tables: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Hide tables behind temporary ones, with their indexes."""
        self._drop_temporary(tables)
        try:
            for table in tables:
                self._make_temporary(table)
            yield "temp", "main"
        finally:
            self._drop_temporary(tables)

    def _make_temporary(self, table: str) -> None:
        statements = self.execute(
            "SELECT type, name, sql FROM main.sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC",
            [table],
        )
        for kind, name, statement in statements:
            beginning = f"CREATE {kind.upper()} "
            where = f"temp.{name}" if kind == "index" else f"temp.{table}"
            self.execute(beginning + where + statement[statement.index(name) + len(name) :].lstrip('"'))

    def _drop_temporary(self, tables: Iterable[str]) -> None:
        for table in tables:
            self.execute(f"DROP TABLE IF EXISTS temp.{table}")

    def number_on(self, table: str, column: str, given: int = 0) -> None:
        """Tell SQLite of the numbers that were given elsewhere; behind the largest in the table it goes on by itself."""
        if not self.change("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (given, table)):
            self.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, given))

    def faults_inside(self) -> list[str]:
        """Return what SQLite itself finds wrong with the file, at most ten of it."""
        try:
            return [fault for (fault,) in self.execute("PRAGMA integrity_check(10)") if fault != "ok"]
        except StoreUnavailable as error:
            return [str(error)]

    def mistyped_tables(self) -> list[str]:
        """Return the tables that have a value of another type than its column: SQLite finds nothing wrong with that."""
        columns = self.execute(
            "SELECT m.name, x.name, x.type FROM sqlite_master AS m, pragma_table_info(m.name) AS x "
            "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY m.name"
        )
        tests: dict[str, list[str]] = {}
        for table, column, type_ in columns:
            if types := _TYPES.get(type_):
                tests.setdefault(table, []).append(f'typeof("{column}") NOT IN ({types})')
        return [
            table
            for table, some in tests.items()
            if self.value(f'SELECT 1 FROM "{table}" WHERE {" OR ".join(some)} LIMIT 1') is not None
        ]

    def bytes_elsewhere(self) -> int:
        """Return 0: the file is in the folder."""
        return 0

    def copy_to(self, path: Path) -> None:
        """Write the file as it is at one moment to a new one at `path`, whatever others write meanwhile.

        Raises OSError where there is no room for it.
        """
        try:
            self.connection.execute("VACUUM INTO ?", (str(path),))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                # Of the disk that the copy is on, which need not be that of the archive.
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
            raise self._trouble(error) from error
        except _TROUBLE as error:
            raise self._trouble(error) from error

    def close(self) -> None:
        """Close the connections of all threads."""
        self._connections.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """Return the connection of the calling thread."""
        return self._connections.mine()

    def _connect(self) -> sqlite3.Connection:
        try:
            # Closing from another thread at the end is all that is ever done across threads.
            connection = sqlite3.connect(
                self._address(), timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False, uri=True
            )
            try:
                self._set_up(connection)
            except sqlite3.Error:
                connection.close()  # of a damaged file, say; nobody else knows of it
                raise
        except sqlite3.Error as error:
            if self._path.is_file() and not os.access(self._path, os.R_OK):
                raise NotPermitted(f"{self._path} cannot be opened: reading it is not permitted.") from error
            folder = self._path.parent
            if not self._path.exists() and not os.access(folder, os.W_OK):
                raise NotPermitted(
                    f"There is no archive in {folder}, and none can be made: writing there is not permitted."
                ) from error
            self._refuse_full_disk(error)
            raise StoreUnavailable(
                f"{self._path} cannot be opened: {error}. It was left as it is; restore it from a copy if it is damaged."
            ) from error
        return connection

    def _refuse_full_disk(self, error: sqlite3.Error) -> None:
        """Raise DiskFull where an error of SQLite comes of a full disk: in its own words the archive seems to be damaged."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _FULL_ERRORS:  # the rest says more of it
            return
        with contextlib.suppress(OSError):
            if (free := shutil.disk_usage(self._path.parent).free) < _ROOM_TO_OPEN:
                raise DiskFull(
                    f"{self._path} cannot be opened or written to, since its disk is full ({free:,} bytes are free): make room "
                    "and run this again. What is stored is kept."
                ) from error

    def _address(self) -> str:
        """Return the file as SQLite is to open it: as one that nobody changes where nobody can, as on a read-only disk.

        Beside a file in WAL mode SQLite makes two others, which it cannot there; what the log still holds has to be read
        from it, so a folder that has one is opened as any other.
        """
        address = self._path.absolute().as_uri()
        log = self._path.with_name(f"{self._path.name}-wal")
        try:
            is_complete = self._path.exists() and not (log.exists() and log.stat().st_size)
        except OSError:
            is_complete = False
        return (
            f"{address}?mode=ro&immutable=1" if is_complete and not os.access(self._path.parent, os.W_OK) else address
        )

    @staticmethod
    def _set_up(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES:d}")

    def _refuse_cut_short(self) -> None:
        """Raise StoreUnavailable for a file that lacks its end, in whose place SQLite reads zeros, as if a row said so."""
        pages, size = self.value("PRAGMA page_count"), self.value("PRAGMA page_size")
        log = self._path.with_name(f"{self._path.name}-wal")
        with contextlib.suppress(OSError):
            if log.exists() and log.stat().st_size:
                return  # it may hold the end
            if (there := self._path.stat().st_size) < pages * size:
                raise StoreUnavailable(
                    f"{self._path} has been cut short: {there:,} of its {pages * size:,} bytes are there. It was left as it "
                    "is: `quotes doctor` says what can be done."
                )

    def _prepare(self) -> None:
        self._refuse_cut_short()
        current, newest = self._format(), newest_format()
        self._refuse_foreign(current)
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
        self._keep_write_ahead_log()
        with self.transaction():
            # Another process may have done it while this one waited for its turn.
            current = self._format()
            if current == 0:
                make_tables(self.connection)
            elif current < newest:
                migrate(self.connection, current)
        if current:
            self._give_back_room()

    def _refuse_foreign(self, current: int) -> None:
        """Raise StoreUnavailable for the file of another program, and for what a stranger has put into an archive."""
        if current > newest_format() or 0 < current < OLDEST_FORMAT:  # which has its own sentence
            return
        if (found := foreign_object(self.execute)) is not None:
            raise StoreUnavailable(
                f"{self._path} holds {found}, which no archive of this program has: it may alter or hide quotes. "
                "It was left as it is."
            )
        if is_of_another_program(self.execute, current):
            # Whoever makes the tables meanwhile has made all of them.
            if self._format() == current:
                raise ForeignFile(f"{self._path} is no archive, but a file of another program. It was left as it is.")
            return
        if current and (number := impossible_number(self.execute)) is not None:
            raise StoreUnavailable(
                f"{self._path} gives a quote or a change the number {number}, which no archive of this program does. "
                "It was left as it is."
            )

    def _give_back_room(self) -> None:
        """Give the pages that a step to a newer format has emptied back to the disk, where it has room for a copy meanwhile.

        It is done whole or not at all, and what is left undone costs room alone.
        """
        with contextlib.suppress(OSError, sqlite3.Error):
            if shutil.disk_usage(self._path.parent).free > _ROOM_FOR_COPIES * self._path.stat().st_size:
                self.connection.execute("VACUUM")

    def _keep_write_ahead_log(self) -> None:
        """Switch the journal's mode, which waits for nobody by itself: another process may be making the same tables."""
        until = time.monotonic() + BUSY_TIMEOUT
        while True:
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
                return
            except _TROUBLE as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise self._trouble(error) from error
            time.sleep(_LOCKED_PAUSE)

    def _format(self) -> int:
        return int(self.value("PRAGMA user_version"))

    def _roll_back(self) -> None:
        # On a full or broken disk SQLite has rolled back by itself, or cannot: the next one that opens the file does.
        with contextlib.suppress(sqlite3.Error):
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def _trouble(self, error: Exception) -> StoreUnavailable:
        """Return an error of SQLite as a sentence that is true whatever was being done."""
        if isinstance(error, sqlite3.Error):
            self._refuse_full_disk(error)
        if isinstance(error, sqlite3.OperationalError) and any(sign in str(error) for sign in _NO_DAMAGE):
            return StoreUnavailable(
                f"{self._path} could not be written: {error}. What was stored before is kept; run the same command again."
            )
        return StoreUnavailable(
            f"{self._path} cannot be read: {error}. It was left as it is: `quotes doctor` says what can be done."
        )
