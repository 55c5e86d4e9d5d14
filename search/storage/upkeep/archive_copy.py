"""Moves an archive whole from one database to another: every row under its number, so that what is derived fits both.

Rows are copied in the order of their keys, some at a time, each part durable before the next. A run that is killed is taken
up where it ended; until all rows have been compared the copy is marked, and nobody else opens it (`opening.py`).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from search.errors import ConfigError, StoreUnavailable
from search.progress import Progress, silent
from search.settings import Settings
from search.storage.database import Database, Row
from search.storage.databases.lock import held
from search.storage.databases.opening import COPYING, is_server, open_database
from search.storage.databases.sqlite_database import ARCHIVE_FILE
from search.storage.migrate import make_tables
from search.storage.status import open_folder
from search.storage.upkeep.archive_faults import archive_faults

ROWS_AT_ONCE: Final = 2_000  # that are copied in one transaction: a MB or two
_FORMAT: Final = "format"  # of `meta`, where a server keeps the number of the format, which a file has elsewhere
_PURPOSE: Final = "quotes copy"


@dataclass(frozen=True, slots=True)
class CopyReport:
    """How much a copy holds, of corrections those that were taken back too, and how many `rows` of all tables were compared."""

    documents: int
    quotes: int
    corrections: int
    rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the archive: its columns, those that a row is known by, and the one that it numbers by itself, if any."""

    name: str
    columns: Sequence[str]
    key: Sequence[str]
    numbered: str | None

    @property
    def condition(self) -> str:
        """Return the condition of its rows that are copied."""
        return f"key NOT IN ('{COPYING}', '{_FORMAT}')" if self.name == "meta" else "TRUE"

    @property
    def order(self) -> str:
        """Return the columns by which its rows are in order, the same in each database."""
        return ", ".join(self.key or self.columns)


def copy_archive(settings: Settings, to: str, progress: Progress = silent) -> CopyReport:
    """Copy the archive of an instance to the one of a folder, or of the PostgreSQL that an address names, and compare all rows.

    Nobody else may write to either meanwhile; others may read what is copied.

    Raises:
        ConfigError: source and target are one.
        StoreBusy: somebody is writing to one of them.
        StoreUnavailable: the source is damaged, or the target has an archive already that this is not the copy of.
    """
    source_is_file = not settings.archive_url
    into = replace(settings, archive_url=to) if is_server(to) else replace(settings, archive_url="", instance=Path(to))
    if (into.archive_url, into.instance if not into.archive_url else None) == (
        settings.archive_url,
        settings.instance if source_is_file else None,
    ):
        raise ConfigError("The archive cannot be copied to itself: name another folder or server with --to.")
    if source_is_file and not (settings.instance / ARCHIVE_FILE).exists():
        raise StoreUnavailable(f"There is no archive in {settings.instance}.")
    open_folder(into.instance, is_in_server=bool(into.archive_url))
    with ExitStack() as stack:
        for folder in dict.fromkeys((settings.instance.resolve(), into.instance.resolve())):
            stack.enter_context(held(folder / "lock", _PURPOSE))
        source = stack.enter_context(closing(open_database(settings)))
        target = stack.enter_context(closing(open_database(into, is_copy=True)))
        for database in (source, target):
            stack.enter_context(database.held("deriving", _PURPOSE, wait=False))
            stack.enter_context(database.held("storing", _PURPOSE, wait=False))
        return copy_database(source, target, progress)


def copy_database(source: Database, target: Database, progress: Progress = silent) -> CopyReport:
    """Copy all tables of one database to another, which is empty or an unfinished copy, and compare them row by row.

    Raises:
        StoreUnavailable: the target has an archive, or the copy is not as the source, which is damaged then.
    """
    tables = tables_of_archive()
    if target.meta(COPYING) is None:
        if any(_count(target, table) for table in tables):
            raise StoreUnavailable(
                f"{target.name} has an archive already, which is not written over: choose another place."
            )
        with target.transaction():
            target.set_meta(COPYING, source.name)
    total, done = sum(_count(source, table) for table in tables), 0
    compared = 0
    for table in tables:
        for rows in _missing(source, target, table):
            with target.transaction():
                _put(target, table, rows)
            done += len(rows)
            progress("copied", done, total)
    for table in tables:
        digest, count = _digest(source, table)
        if _digest(target, table) != (digest, count):
            # The source went on between two runs: what was copied before is not what it holds now.
            with target.transaction():
                target.execute(f"DELETE FROM {table.name} WHERE {table.condition}")
            for rows in _missing(source, target, table):
                with target.transaction():
                    _put(target, table, rows)
            if _digest(target, table) != (digest, count):
                raise StoreUnavailable(f"The copy of {table.name} in {target.name} is not as it is in {source.name}.")
        compared += count
        progress("compared", compared, total)
    given = source.value("SELECT max(quote) FROM log") or 0
    with target.transaction():
        for table in tables:
            if table.numbered:
                # No number of a quote is given twice, though it is gone: the index speaks of quotes by number.
                target.number_on(table.name, table.numbered, given if table.name == "quotes" else 0)
    if fault := next(archive_faults(target), None):
        raise StoreUnavailable(f"What was copied is damaged. {fault.fault} `quotes doctor` says more of {source.name}.")
    with target.transaction():
        target.execute("DELETE FROM meta WHERE key = ?", (COPYING,))
    documents, quotes, corrections = (
        int(source.value(f"SELECT count(*) FROM {name}")) for name in ("documents", "quotes", "corrections")
    )
    return CopyReport(documents, quotes, corrections, compared)


def tables_of_archive() -> list[Table]:
    """Return the tables of the newest format, as its schema makes them, in the order of their names."""
    with closing(sqlite3.connect(":memory:")) as empty:
        make_tables(empty)
        scripts = dict(
            empty.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        )
        tables = []
        for name in sorted(scripts):
            columns = empty.execute(f"PRAGMA table_info({name})").fetchall()
            key = [column for _, column, *_, place in sorted(columns, key=lambda each: each[5]) if place]
            numbered = key[0] if "AUTOINCREMENT" in scripts[name] else None
            tables.append(Table(name, [column for _, column, *_ in columns], key, numbered))
    return tables


def _missing(source: Database, target: Database, table: Table) -> Iterator[list[Row]]:
    """Yield the rows of a table behind the last one that the target has, in parts; all at once of one without a key."""
    selected = f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {table.condition}"
    if not table.key:
        rows = source.execute(selected)
        if rows and not _count(target, table):
            yield rows
        return
    places = [table.columns.index(column) for column in table.key]
    backwards = ", ".join(f"{column} DESC" for column in table.key)
    found = target.execute(
        f"SELECT {table.order} FROM {table.name} WHERE {table.condition} ORDER BY {backwards} LIMIT 1"
    )
    last = found[0] if found else None
    while True:
        behind = f" AND ({table.order}) > ({', '.join('?' * len(table.key))})" if last else ""
        rows = source.execute(f"{selected}{behind} ORDER BY {table.order} LIMIT {ROWS_AT_ONCE:d}", last or ())
        if not rows:
            return
        yield rows
        last = tuple(rows[-1][place] for place in places)


def _put(target: Database, table: Table, rows: Sequence[Row]) -> None:
    marks = ", ".join("?" * len(table.columns))
    target.execute_many(f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})", rows)


def _count(database: Database, table: Table) -> int:
    return int(database.value(f"SELECT count(*) FROM {table.name} WHERE {table.condition}"))


def _digest(database: Database, table: Table) -> tuple[str, int]:
    """Return the SHA-256 of all rows of a table, in order, and how many there are."""
    digest, count = hashlib.sha256(), 0
    for row in database.rows(
        f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {table.condition} ORDER BY {table.order}"
    ):
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
        count += 1
    return digest.hexdigest(), count
