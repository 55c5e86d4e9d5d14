"""The database file: made once, whoever comes first; and what one thread reads of it at one moment."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from search.errors import DiskFull, NotPermitted, StoreUnavailable
from search.settings import Settings
from search.storage.database import Database
from search.storage.databases.sqlite_database import ARCHIVE_FILE, SqliteDatabase
from search.storage.migrate import newest_format
from search.storage.status import open_folder
from search.storage.upkeep.examination import examine

AT_ONCE, TIMES = 4, 25


def test_those_who_make_the_same_archive_at_once_wait_for_each_other(tmp_path: Path) -> None:
    start = threading.Barrier(AT_ONCE)

    def made(path: Path) -> int:
        start.wait()
        database = SqliteDatabase(path)
        try:
            return int(database.value("PRAGMA user_version"))
        finally:
            database.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for number in range(TIMES):
            path = tmp_path / f"{number}.sqlite3"
            assert list(threads.map(made, [path] * AT_ONCE)) == [newest_format()] * AT_ONCE


def test_a_statement_that_is_executed_for_each_row_answers_each_in_its_turn(database: Database) -> None:
    put = "INSERT INTO read_files VALUES (?, ?) ON CONFLICT (path) DO NOTHING RETURNING path"
    with database.transaction():
        assert database.answers(put, []) == []
        assert database.answers(put, (("a", "1"), ("b", "2"), ("a", "3"))) == [("a",), ("b",), None]
    assert database.answers("SELECT stamp FROM read_files WHERE path = ?", [("b",), ("c",), ("a",)]) == [
        ("2",),
        None,
        ("1",),
    ]


def test_rows_that_nobody_reads_on_are_no_error_once_the_archive_is_closed(tmp_path: Path) -> None:
    """A command that failed in the middle of an answer printed a traceback below its sentence."""
    database = SqliteDatabase(tmp_path / "archive.sqlite3")
    rows = database.rows("SELECT 1 UNION ALL SELECT 2")
    assert next(rows) == (1,)
    database.close()
    rows.close()  # type: ignore[attr-defined]


def test_what_is_steady_is_read_once_in_a_snapshot_and_anew_behind_it(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "archive.sqlite3")
    read: list[int] = []

    def steady() -> int:
        return database.steady("how often", lambda: read.append(0) or len(read))

    try:
        with database.transaction():
            database.set_meta("key", "old")
        with database.snapshot(), ThreadPoolExecutor(1) as thread:
            assert (database.meta("key"), steady(), steady()) == ("old", 1, 1)
            thread.submit(_write, database).result()
            # Another thread is in no snapshot, so that it sees what came meanwhile and keeps nothing.
            assert thread.submit(lambda: (database.meta("key"), steady(), steady())).result() == ("new", 2, 3)
            assert (database.meta("key"), steady()) == ("old", 1)
        assert (database.meta("key"), steady()) == ("new", 4)
    finally:
        database.close()


def _write(database: SqliteDatabase) -> None:
    with database.transaction():
        database.set_meta("key", "new")


def test_an_archive_that_may_not_be_read_is_not_to_be_moved_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SqliteDatabase(tmp_path / "archive.sqlite3").close()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr(SqliteDatabase, "_set_up", lambda self, connection: connection.execute("nonsense"))
    with pytest.raises(NotPermitted, match="cannot be opened: reading it is not permitted"):
        SqliteDatabase(tmp_path / "archive.sqlite3")
    (fault,) = examine(Settings(instance=tmp_path))
    assert fault.remedy == "Run it as the user whose archive it is, or have that user permit it."


@pytest.mark.parametrize("missing", [1, 4095])
def test_an_archive_that_lacks_its_end_is_one_sentence_and_no_other_answer(tmp_path: Path, missing: int) -> None:
    path = tmp_path / "archive.sqlite3"
    SqliteDatabase(path).close()
    os.truncate(path, path.stat().st_size - missing)
    with pytest.raises(StoreUnavailable, match="has been cut short"):
        SqliteDatabase(path)
    (fault,) = examine(Settings(instance=tmp_path))
    assert "has been cut short" in fault.fault


def test_what_the_log_still_holds_is_no_missing_end(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite3"
    first = SqliteDatabase(path)
    with first.transaction():
        first.set_meta("much", "x" * 100_000)
    with closing(SqliteDatabase(path)) as second:
        assert second.meta("much") == "x" * 100_000
    first.close()


def test_an_archive_of_one_byte_beside_an_index_is_lost_and_not_new(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "archive.sqlite3").write_bytes(b"S")
    with pytest.raises(StoreUnavailable, match="gone or empty"):
        open_folder(tmp_path)


def test_where_nobody_may_write_no_archive_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr(SqliteDatabase, "_set_up", lambda self, connection: connection.execute("nonsense"))
    monkeypatch.setattr(SqliteDatabase, "_address", lambda self: "file::memory:")
    with pytest.raises(NotPermitted, match="none can be made: writing there is not permitted"):
        SqliteDatabase(tmp_path / "archive.sqlite3")


@pytest.mark.parametrize(("free", "kind"), [(0, DiskFull), (40_000, DiskFull), (10**9, StoreUnavailable)])
def test_an_archive_on_a_full_disk_is_not_to_be_moved_away(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, kind: type[StoreUnavailable]
) -> None:
    """Who only reads needs 32 kB too, without which SQLite says "disk I/O error", and a backup was advised."""
    settings.instance.mkdir()
    SqliteDatabase(settings.instance / ARCHIVE_FILE).close()

    def refused(_: sqlite3.Connection) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
        raise error

    monkeypatch.setattr(SqliteDatabase, "_set_up", staticmethod(refused))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - free, free))  # type: ignore[attr-defined]
    with pytest.raises(StoreUnavailable) as raised:
        SqliteDatabase(settings.instance / ARCHIVE_FILE)
    assert type(raised.value) is kind
    (fault,) = [one for one in examine(settings) if one.part == "archive"]
    assert ("its disk is full" in fault.fault, "quotes restore" in fault.remedy) == (
        kind is DiskFull,
        kind is not DiskFull,
    )


def test_a_disk_that_has_no_room_for_a_copy_is_that_of_the_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(SqliteDatabase(tmp_path / "archive.sqlite3")) as database:
        copy = tmp_path / "copy.sqlite3"

        class Full:
            def execute(self, *_: object) -> None:
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise error

        with monkeypatch.context() as full:
            full.setattr(SqliteDatabase, "connection", Full())
            with pytest.raises(OSError, match="No space left") as raised:
                database.copy_to(copy)
        assert (raised.value.errno, raised.value.filename) == (errno.ENOSPC, str(copy))
