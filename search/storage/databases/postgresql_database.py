"""An archive in PostgreSQL: several hosts store at once, and what is acknowledged is on the server's disk.

Whoever writes to the log has one advisory lock until the end of the transaction, so that its positions become readable in
order, and whoever reads on from one misses nothing. Storing and deriving have one each that lasts longer; all of them end with
their connection.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib import resources
from typing import Any, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.types.string import StrDumperUnknown

from search.errors import SchemaMismatch, StoreBusy, StoreUnavailable
from search.storage.database import Database, Row, Task
from search.storage.databases.postgresql_dialect import (
    postgresql_query,
    postgresql_statement,
    postgresql_tables,
)
from search.storage.databases.thread_connections import ThreadConnections
from search.storage.migrate import migrations, newest_format, statements_of
from search.storage.rows import storable

WRITER_TIMEOUT: Final = 30  # seconds that a transaction waits for another one
CONNECT_TIMEOUT: Final = 10  # seconds
UNREACHED: Final = 15  # seconds without an answer of the network, from which on a server counts as gone
AT_ONCE: Final = 2_000  # rows that are fetched at once of an answer as large as the archive
OLDEST_IN_SERVER: Final = 10  # earlier ones were never kept in PostgreSQL
_FORMAT: Final = "format"  # of the table `meta`
_LOCKS: Final = {"transaction": 1, "storing": 2, "deriving": 3}
_CURSORS: Final = itertools.count()  # two of one name cannot be open at once
_NO_REACH: Final = (psycopg.OperationalError, psycopg.InterfaceError)
# What a server says that is reached, though psycopg counts it among the former.
_ANSWERED: Final = (psycopg.errors.LockNotAvailable, psycopg.errors.DiskFull)


class _Text(StrDumperUnknown):
    """Sends what a text may hold in the archive: a query may have a zero byte, too."""

    def dump(self, obj: str) -> Any:
        return super().dump(storable(obj))


class PostgresqlDatabase(Database):
    """The archive in the database that a URL names, made there if `may_be_new`.

    Raises:
        SchemaMismatch: it has a format that this program does not know. It is left as it is.
        StoreUnavailable: the server is not reached, or there is no archive.
    """

    has_several_writers = True

    def __init__(self, url: str, *, may_be_new: bool = True) -> None:
        super().__init__()
        self._url = url
        self._connections = ThreadConnections(self._connect, lambda one: one.closed)
        self._kept = threading.local()  # `depth`: in how many blocks a thread keeps to its connection
        self._name = "PostgreSQL"
        self._schema = "public"
        try:
            self._prepare(may_be_new=may_be_new)
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """Return where the server is, without who asks it or any password."""
        return self._name

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Execute one statement and return its rows."""
        with self._said():
            cursor = self._answered(*postgresql_query(statement, values))
            return cursor.fetchall() if cursor.description else []

    def change(self, statement: str, values: Sequence[object] = ()) -> int:
        """Execute one statement that changes rows; returns how many."""
        with self._said():
            return self._connection.execute(*postgresql_query(statement, values)).rowcount

    def rows(self, statement: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Yield rows as they come from the server: of the open transaction, or by a connection of their own."""
        asked = postgresql_query(statement, values)
        with self._said():
            if self._is_within():
                with self._connection.cursor(f"rows{next(_CURSORS)}") as cursor:
                    cursor.itersize = AT_ONCE
                    yield from cursor.execute(*asked)
            else:
                # Whoever reads them asks other things between two of them.
                with closing(self._connect()) as connection, connection.cursor() as cursor:
                    yield from cursor.stream(*asked)

    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute one statement for each row of values, without waiting for the server after each."""
        with self._said(), self._connection.cursor() as cursor:
            cursor.executemany(postgresql_statement(statement), [tuple(row) for row in rows])

    def answers(self, statement: str, rows: Iterable[Sequence[object]]) -> list[Row | None]:
        """Execute one statement for each row of values, without waiting for the server after each, and return what each gave."""
        asked = [tuple(row) for row in rows]
        if not asked:
            return []
        with self._said(), self._connection.cursor() as cursor:
            cursor.executemany(postgresql_statement(statement), asked, returning=True)
            given = [cursor.fetchone()]
            while cursor.nextset():
                given.append(cursor.fetchone())
            return given

    @contextmanager
    def transaction(self, *, derived: bool = False) -> Iterator[None]:
        """Put all that is written inside on the server's disk when the block ends, or none of it."""
        begin = f"BEGIN; SET LOCAL lock_timeout = '{WRITER_TIMEOUT:d}s'"
        if not derived:
            begin += "; SELECT pg_advisory_xact_lock({:d}, {:d})".format(*self._lock("transaction"))
        try:
            with self._said():
                self._answered(begin)
            yield
            with self._said():
                self._connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        with self._said():
            self._answered("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            self._roll_back()

    @contextmanager
    def held(self, task: Task, purpose: str, *, wait: bool) -> Iterator[None]:
        """Hold an advisory lock of this thread's connection, whose name on the server says what for."""
        self.execute("SELECT set_config('application_name', ?, false)", [_called(purpose)])
        if wait:
            self.execute("SELECT pg_advisory_lock(?, ?)", self._lock(task))
        elif not self.value("SELECT pg_try_advisory_lock(?, ?)", *self._lock(task)):
            raise StoreBusy(f"{self._name} is being written to by {self._holder(task)}; wait until that has ended.")
        holding = self._connection
        try:
            with self._kept_to():
                yield
        finally:
            # Where the connection is gone, its locks are.
            with contextlib.suppress(psycopg.Error):
                if not holding.closed:
                    holding.execute("SELECT pg_advisory_unlock(%s, %s)", self._lock(task))

    @contextmanager
    def tables_beside(self, tables: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Hide tables behind temporary ones, by another connection, with which they end."""
        with self._said(), closing(self._connect()) as other:
            for table in tables:
                named = sql.Identifier(table)
                other.execute(
                    sql.SQL("CREATE TEMP TABLE {} (LIKE {} INCLUDING ALL)").format(
                        named, sql.Identifier(self._schema, table)
                    )
                )
            with self._connections.replaced(other), self._kept_to():
                yield "pg_temp", sql.Identifier(self._schema).as_string()

    def number_on(self, table: str, column: str, given: int = 0) -> None:
        """Set the sequence of a column to the largest number that it has, or has given."""
        self.execute(
            f"SELECT setval(pg_get_serial_sequence(?, ?), greatest(max({column}), ?::bigint, 0) + 1, false) FROM {table}",
            [f'"{self._schema}".{table}', column, given],
        )

    def faults_inside(self) -> list[str]:
        """Return nothing: the server checks its own pages, where it was made with checksums."""
        return []

    def bytes_elsewhere(self) -> int:
        """Return the bytes of the tables and indexes of the archive."""
        counted = "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c WHERE relkind = 'r' AND relnamespace = ?::regnamespace"
        return int(self.value(counted, f'"{self._schema}"') or 0)

    def close(self) -> None:
        """Close the connections of all threads."""
        self._connections.close()

    # -- inside

    @property
    def _connection(self) -> psycopg.Connection[Row]:
        """The connection of the calling thread: a new one where the server has ended the last."""
        return self._connections.mine()

    def _answered(self, statement: str, values: Sequence[object] = ()) -> psycopg.Cursor[Row]:
        """Execute what begins or reads; once more by a new connection, where the server has ended the last one meanwhile.

        A server that was restarted is told by the first statement that fails. Within a transaction, or while the connection
        holds a lock or a table, that is an error: what it had is lost.
        """
        connection = self._connection
        is_bare = not self._is_within() and not getattr(self._kept, "depth", 0)
        try:
            return connection.execute(statement, values)
        except _NO_REACH:
            if not (is_bare and connection.closed and _begins_or_reads(statement)):
                raise
        return self._connection.execute(statement, values)

    @contextmanager
    def _kept_to(self) -> Iterator[None]:
        """Keep to the calling thread's connection for the time of the block, since no other has what it holds."""
        self._kept.depth = getattr(self._kept, "depth", 0) + 1
        try:
            yield
        finally:
            self._kept.depth -= 1

    def _connect(self) -> psycopg.Connection[Row]:
        try:
            conninfo = make_conninfo(
                self._url, connect_timeout=CONNECT_TIMEOUT, application_name=_called("reading"), client_encoding="UTF8",
                keepalives_idle=UNREACHED, tcp_user_timeout=UNREACHED * 1000,
            )  # fmt: skip
            connection = psycopg.connect(conninfo, autocommit=True)
        except psycopg.Error as error:
            raise StoreUnavailable(
                f"The archive is in PostgreSQL, which is not reached: {_reason(error)}. Nothing is lost; try again."
            ) from error
        connection.adapters.register_dumper(str, _Text)
        # Hundreds of short statements: what a commit has acknowledged is on the disk, and nothing is compiled.
        connection.execute("SET synchronous_commit = on")
        connection.execute("SET jit = off")
        return connection

    def _is_within(self) -> bool:
        return self._connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE

    def _roll_back(self) -> None:
        with contextlib.suppress(psycopg.Error, StoreUnavailable):
            if self._is_within():
                self._connection.execute("ROLLBACK")

    def _lock(self, name: str) -> tuple[int, int]:
        """Return the two numbers of an advisory lock: of the archive, as several may be in one database, and of the task."""
        return zlib.crc32(self._schema.encode()) - (1 << 31), _LOCKS[name]

    def _holder(self, task: Task) -> str:
        # The two halves of the key are kept as unsigned numbers.
        of, which = self._lock(task)
        name = self.value(
            "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' "
            "AND granted AND classid::bigint = ? AND objid::bigint = ? AND pg_locks.database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())",
            of % (1 << 32), which,
        )  # fmt: skip
        return f"`{name}`" if name else "another run"

    def _prepare(self, *, may_be_new: bool) -> None:
        info = self._connection.info
        self._name = f"{info.host or 'PostgreSQL'}:{info.port}/{info.dbname}"
        self._schema = self.value("SELECT current_schema()") or "public"
        if self.value("SHOW server_encoding") != "UTF8":
            raise StoreUnavailable(f"The database {self._name} is not in UTF-8: make another with ENCODING 'UTF8'.")
        current = self._format()
        if current == 0:
            if not may_be_new:
                raise StoreUnavailable(
                    f"This instance has a search index, but no archive is in {self._name}: bring it back from a backup, "
                    "or name the database that it is in (QUOTES_ARCHIVE_URL)."
                )
            with self.transaction():
                # Another process may have made it while this one waited for its turn.
                if self._format() == 0:
                    self._make_tables()
            current = self._format()
        newest = newest_format()
        if not OLDEST_IN_SERVER <= current <= newest:
            raise SchemaMismatch(
                f"{self._name} has an archive of format {current}, and this program reads {OLDEST_IN_SERVER} to {newest}: "
                "use the version that made it. Nothing was changed."
            )
        if current < newest:
            with self.transaction():
                self._migrate()

    def _format(self) -> int:
        """Return the format of the archive; 0 where there is none."""
        # Not `to_regclass`, which goes by what the server remembers, where another process has just made them.
        made = "SELECT count(*) FROM pg_tables WHERE schemaname = ? AND tablename = 'meta'"
        if not self.value(made, self._schema):
            return 0
        return int(self.meta(_FORMAT) or -1)

    def _make_tables(self) -> None:
        schema = resources.files("search.storage") / "schema.sql"
        for statement in statements_of(postgresql_tables(schema.read_text(encoding="utf-8"))):
            self.execute(statement)
        self.set_meta(_FORMAT, str(newest_format()))

    def _migrate(self) -> None:
        current = self._format()
        for number, script in migrations().items():
            if number > current:
                for statement in statements_of(postgresql_tables(script)):
                    self.execute(statement)
        self.set_meta(_FORMAT, str(newest_format()))

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turn what the server or the network refuses into one sentence that is true whatever was being done."""
        try:
            yield
        except psycopg.Error as error:
            is_reached = isinstance(error, _ANSWERED) or not isinstance(error, _NO_REACH)
            what = "cannot be read or written" if is_reached else "is not reached"
            raise StoreUnavailable(
                f"The archive in PostgreSQL {what}: {_reason(error)}. What was stored before is kept; run the same command again."
            ) from error


def _begins_or_reads(statement: str) -> bool:
    """Whether a statement may be executed twice: one that stores may have been stored before the answer was lost."""
    return statement.lstrip().startswith(("BEGIN", "SELECT"))


def _called(purpose: str) -> str:
    """Return what a connection is called on the server, in the 63 bytes that it keeps."""
    return f"{purpose} on {socket.gethostname()} ({os.getpid()})"[:63]


def _reason(error: Exception) -> str:
    """Return the reason that an error ends with, without the host and the port before it: whoever reads the page reads it."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].rpartition(": ")[2].strip(". ")
