"""Whether an archive is as it was written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from search.model import Document, Quote
from search.settings import Settings
from search.storage.database import Database
from search.storage.health import damaged_rows, inner_faults
from search.storage.store import Store


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("SELECT 1", []),
        ("UPDATE quotes SET speaker = 'Bo Berg' WHERE id = 'q1'", ["quote q1"]),
        ("UPDATE quotes SET confidence = 0.25 WHERE id = 'q2'", ["quote q2"]),
        ("UPDATE documents SET work = 'another'", ["document d1"]),
        ("UPDATE decisions SET together = 0", ["decision "]),
    ],
)
def test_whatever_a_disk_changes_in_what_is_precious_is_named(
    settings: Settings, change: str, named: list[str]
) -> None:
    path = settings.instance / "archive.sqlite3"
    with Store(settings) as store:
        texts = {"q1": "The ferry was sold to pay for it", "q2": "Nobody asked the islands about anything at all"}
        quotes = [Quote(id_, "d1", text, speaker="Ann Lee", confidence=0.5) for id_, text in texts.items()]
        store.add([(Document("d1", "words"), "d1", quotes)])
        store.catch_up()
        store.decide([(1, 2)], together=True)
    with sqlite3.connect(path) as other:
        other.execute(change)
    other.close()
    database = Database(path)
    found = list(damaged_rows(database))
    assert len(found) == len(named)
    assert all(one.startswith(beginning) for one, beginning in zip(found, named, strict=True))
    assert inner_faults(database) == []
    database.close()


def test_a_row_that_its_index_does_not_have_is_a_fault(tmp_path: Path) -> None:
    database = Database(tmp_path / "archive.sqlite3")
    database.execute("INSERT INTO log VALUES (1, 1, 0)")
    database.execute("PRAGMA writable_schema = 1")
    database.execute("UPDATE sqlite_master SET rootpage = 2 WHERE name = 'quotes_speaker'")
    database.close()
    database = Database(tmp_path / "archive.sqlite3")
    assert inner_faults(database)
    database.close()
