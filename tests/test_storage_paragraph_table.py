"""Paragraphs are counted by outlet, and those seen once are forgotten where they are too many."""

from __future__ import annotations

import pytest

from search.settings import Settings
from search.storage.databases.sqlite_database import SqliteDatabase
from search.storage.tables import paragraph_table
from search.storage.tables.paragraph_table import ParagraphTable


def test_paragraphs_are_counted_and_those_seen_once_are_forgotten(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paragraph_table, "MAX_PARAGRAPHS", 3)
    settings.instance.mkdir()
    database = SqliteDatabase(settings.instance / "archive.sqlite3")
    table = ParagraphTable(database)
    with database.transaction():
        table.add({("Ledger", "a"): 2, ("Ledger", "b"): 1, ("Mercury", "a"): 1})
    assert table.counts("Ledger", ["a", "b", "c"]) == {"a": 2, "b": 1}
    with database.transaction():
        table.add({("Ledger", "a"): 1, ("Ledger", "c"): 1, ("Ledger", "d"): 1})
    assert table.counts("Ledger", ["a", "b", "c", "d"]) == {"a": 3}
    assert table.counts("Mercury", ["a"]) == {"a": 1}
    database.close()
