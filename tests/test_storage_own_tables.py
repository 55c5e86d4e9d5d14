"""The file of a stranger: what SQLite finds nothing wrong with, and no archive of this program has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from search.errors import StoreUnavailable
from search.find.find import find
from search.model import Query, Quote
from search.settings import Settings, load
from search.storage.databases.own_tables import LARGEST_NUMBER, foreign_object, impossible_number, is_of_another_program
from search.storage.migrate import make_tables, newest_format
from search.storage.store import Store
from search.storage.upkeep.examination import examine


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = load({"instance": tmp_path / "instance"}, environ={})
    with Store(settings) as store:
        store.add_quotes([Quote("q", "", "The ferry was sold to pay for it"), Quote("r", "", "Nobody saw the harbour")])
        store.catch_up()
    return settings


def _execute(settings: Settings, *statements: str) -> bytes:
    """Execute statements in the archive, and return the file's bytes behind them."""
    path = settings.instance / "archive.sqlite3"
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        # Indexing said "1 document, 0 quotes" and "nothing is wrong", and nothing was ever found.
        (["CREATE TRIGGER x BEFORE INSERT ON quotes BEGIN SELECT RAISE(IGNORE); END"], "holds the trigger x"),
        (["CREATE TRIGGER x AFTER INSERT ON quotes BEGIN DELETE FROM corrections; END"], "holds the trigger x"),
        # Read without an end, by every command.
        (
            [
                "DROP TABLE meta",
                "CREATE VIEW meta AS WITH RECURSIVE c (key, value) AS (SELECT 'a', 'b' UNION ALL SELECT key || 'x', value FROM c) "
                "SELECT * FROM c",
            ],
            "holds the view meta",
        ),
        (["DROP TABLE read_files", "CREATE VIRTUAL TABLE read_files USING fts5(path, stamp)"], "holds the table"),
        (
            [
                "ALTER TABLE quotes RENAME COLUMN role TO other",
                "ALTER TABLE quotes ADD COLUMN role TEXT AS ('liar') VIRTUAL",
            ],
            "holds the computed column role of quotes",
        ),
        # 64 GB were asked for, or a traceback.
        (["UPDATE sqlite_sequence SET seq = 8589934592 WHERE name = 'quotes'"], "the number 8589934592"),
        (
            [
                "UPDATE quotes SET number = 4294967290 WHERE number = 2",
                "UPDATE log SET quote = 4294967290 WHERE quote = 2",
            ],
            "the number 4294967290",
        ),
        (["UPDATE quotes SET number = -1 WHERE number = 2"], "the number -1"),
        # "Database or disk is full", which was untrue.
        (["UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'log'"], "the number 9223372036854775807"),
        (["PRAGMA user_version = 0"], "file of another program"),
        (["PRAGMA user_version = -5"], "file of another program"),
    ],
)
def test_what_no_archive_has_is_one_sentence_and_left_alone(
    settings: Settings, statements: list[str], sentence: str
) -> None:
    before = _execute(settings, *statements)
    with pytest.raises(StoreUnavailable, match=sentence):
        Store(settings)
    assert any(sentence in str(fault) for fault in examine(settings))
    assert (settings.instance / "archive.sqlite3").read_bytes() == before


@pytest.mark.parametrize("version", [0, newest_format()])
def test_no_table_is_made_in_the_file_of_another_program(tmp_path: Path, version: int) -> None:
    settings = load({"instance": tmp_path / "instance"}, environ={})
    before = _execute(settings, "CREATE TABLE places (id)", f"PRAGMA user_version = {version}")
    with pytest.raises(StoreUnavailable, match="file of another program"):
        Store(settings)
    assert (settings.instance / "archive.sqlite3").read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "remedy"),
    [
        ("PRAGMA user_version = 0", "Move that file to where it belongs"),
        ("PRAGMA user_version = 99", "open it with the version of this program that made it"),
        ("PRAGMA user_version = 1", "open it with the version of this program that made it"),
        ("CREATE TRIGGER t AFTER INSERT ON quotes BEGIN SELECT 1; END", "quotes restore FILE"),
    ],
)
def test_a_backup_is_advised_only_where_it_helps(settings: Settings, statement: str, remedy: str) -> None:
    """`quotes restore` was advised for the file of another program, and for an archive of a newer version."""
    _execute(settings, statement)
    (fault,) = examine(settings)
    assert remedy in fault.remedy


def test_an_archive_of_this_program_has_nothing_foreign() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:

        def ask(statement: str) -> list[tuple[object, ...]]:
            return connection.execute(statement).fetchall()

        assert not is_of_another_program(ask, 0)
        make_tables(connection)
        assert foreign_object(ask) is None
        assert not is_of_another_program(ask, newest_format())
        assert impossible_number(ask) is None
        # Numbers with gaps, as PostgreSQL gives them, in an archive that was copied from there.
        connection.execute("INSERT INTO sqlite_sequence VALUES ('quotes', 5000000)")
        assert impossible_number(ask) is None
        connection.execute("INSERT INTO log VALUES (4000000, 1, 0)")
        connection.execute("UPDATE sqlite_sequence SET seq = 4000000000 WHERE name = 'quotes'")
        assert impossible_number(ask) is None
        connection.execute(f"UPDATE sqlite_sequence SET seq = {LARGEST_NUMBER} WHERE name = 'quotes'")
        assert impossible_number(ask) == LARGEST_NUMBER


def test_an_index_that_cannot_be_opened_says_what_to_do_and_that_helps(settings: Settings) -> None:
    (table,) = (settings.instance / "index" / "1").glob("*.toc")
    table.unlink()
    table.mkdir()
    with Store(settings) as store:
        with pytest.raises(StoreUnavailable, match=r"cannot be opened.* run `quotes rebuild`"):
            find(store, Query(text="ferry was sold"))
        store.rebuild()
        assert find(store, Query(text="ferry was sold")).total_quotes == 1
