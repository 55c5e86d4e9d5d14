"""Whether an archive is as it was written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from search.corrections.correction import CorrectionKind
from search.errors import StoreUnavailable
from search.model import Document, Quote, Span
from search.names.authority import AuthorityEntry, Office
from search.settings import Settings
from search.storage.databases.sqlite_database import SqliteDatabase
from search.storage.store import Store
from search.storage.upkeep.archive_faults import archive_faults, damaged_rows


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("SELECT 1", []),
        ("UPDATE quotes SET speaker = 'Bo Berg' WHERE id = 'q1'", ["quote q1"]),
        ("UPDATE quotes SET confidence = 0.25 WHERE id = 'q2'", ["quote q2"]),
        ("UPDATE documents SET work = 'another'", ["document d1"]),
        ("UPDATE decisions SET together = 0", ["decision "]),
        ("UPDATE corrections SET reason = 'none' WHERE kind = 'join'", ["correction "]),
        ("UPDATE original_quotes SET row = '{}'", ["original_quote q3"]),
        ("UPDATE document_texts SET piece = CAST(piece || 'x' AS BLOB)", ["the text of document d1"]),
        ("UPDATE document_texts SET piece = 'a text'", ["the text of document d1"]),
        ("DELETE FROM document_texts", ["the text of document d1"]),
        ("UPDATE quotes SET words_before = 3 WHERE id = 'q1'", ["quote q1"]),
        ("UPDATE deleted_documents SET path = 'other.txt'", ["the deletion of document d2"]),
        ("UPDATE deleted_documents SET id = 'd3'", ["the deletion of document d3"]),
        ("UPDATE authority_people SET name = 'Bo Berg'", ["the authority file on Q1"]),
        ("UPDATE authority_names SET id = 'Q2' WHERE name = 'A. Lee'", ["the authority file on Q2"]),
        ("UPDATE authority_offices SET until = '2030'", ["the authority file on Q1"]),
    ],
)
def test_whatever_a_disk_changes_in_what_is_precious_is_named(
    settings: Settings, change: str, named: list[str]
) -> None:
    path = settings.instance / "archive.sqlite3"
    with Store(settings) as store:
        texts = {
            "q1": "The ferry was sold to pay for it",
            "q2": "Nobody asked the islands about anything at all",
            "q3": "Bread",
        }
        quotes = [Quote(id_, "d1", text, speaker="Ann Lee", confidence=0.5) for id_, text in texts.items()]
        store.add([(Document("d1", "words"), "d1", quotes), (Document("d2", "words", path="a.txt"), "d2", [])])
        store.delete_document("d2")
        office = Office("harbour master", "Indrania", "2020", "2024")
        store.import_authority([AuthorityEntry("Q1", "Ann Lee", ("A. Lee",), (office,))])
        store.catch_up()
        store.correct(CorrectionKind.JOIN, "Ann", "", quotes=["q1", "q2"])
        store.correct(CorrectionKind.SCARE, "Ann", "a title", quotes=["q3"])
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(change)
    other.close()
    database = SqliteDatabase(path)
    found = list(damaged_rows(database))
    assert len(found) == len(named)
    assert all(one.startswith(beginning) for one, beginning in zip(found, named, strict=True))
    assert database.faults_inside() == []
    database.close()


@pytest.mark.parametrize(
    ("change", "ask"),
    [
        (
            "UPDATE authority_people SET name = 'Bo Berg'",
            lambda store: store._authority.holder("governor", "Ost", "2021"),
        ),
        (
            "UPDATE authority_offices SET until = '2030'",
            lambda store: store._authority.holder("governor", "Ost", "2021"),
        ),
        ("UPDATE authority_names SET id = 'Q2'", lambda store: store._authority.ids_of("Ann Lee")),
        ("UPDATE authority_names SET name = 'Bo Berg'", lambda store: store._authority.names_of("Q1")),
        ("UPDATE deleted_documents SET path = 'b.txt'", lambda store: store.is_deleted("d2")),
        ("UPDATE deleted_documents SET deleted = ''", lambda store: store.documents_deleted("a.txt")),
        ("UPDATE document_texts SET piece = CAST('x' AS BLOB)", lambda store: store.document_text("d1")),
        ("UPDATE document_texts SET piece = CAST('x' AS BLOB)", lambda store: store.quotes([1])),
        ("UPDATE document_texts SET piece = CAST('x' AS BLOB)", lambda store: list(store.documents())),
        ("UPDATE documents SET url = 'https://other.example'", lambda store: store.quotes([1])),
    ],
)
def test_what_a_disk_has_changed_is_refused_by_whoever_asks_for_it(
    settings: Settings, change: str, ask: Callable[[Store], object]
) -> None:
    text = "Ann Lee said: “Nobody asked us about the ferry at all.”"
    with Store(settings) as store:
        quote = Quote("q1", "d1", text[15:-1], (Span(15, len(text) - 1),), before="Lee said: “", after="”")
        store.add([(Document("d1", text), "d1", [quote]), (Document("d2", "words", path="a.txt"), "d2", [])])
        store.delete_document("d2")
        office = Office("governor", "Ost", "2020", "2024")
        store.import_authority([AuthorityEntry("Q1", "Ann Lee", ("A. Lee",), (office,))])
        ask(store)
        with closing(sqlite3.connect(settings.instance / "archive.sqlite3")) as other, other:
            other.execute(change)
        other.close()
        with pytest.raises(StoreUnavailable, match=r"The archive is damaged: .* is not what was stored\."):
            ask(store)


def test_a_row_that_its_index_does_not_have_is_a_fault(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "archive.sqlite3")
    database.execute("INSERT INTO log VALUES (1, 1, 0)")
    database.execute("PRAGMA writable_schema = 1")
    database.execute("UPDATE sqlite_master SET rootpage = 2 WHERE name = 'quotes_speaker'")
    database.close()
    database = SqliteDatabase(tmp_path / "archive.sqlite3")
    assert database.faults_inside()
    database.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM log WHERE quote = 1", "without a line in the log"),
        ("UPDATE log SET gone = 1 WHERE quote = 2", "say otherwise"),
        ("INSERT INTO log VALUES (99, 77, 0); INSERT INTO log_marks VALUES (99, 'x')", "say otherwise"),
        ("DELETE FROM documents", "whose document is not there"),
        ("DELETE FROM log_marks", "has no mark"),
        ("UPDATE names SET quotes = 7", "name of speakers"),
        ("DELETE FROM names", "name of speakers"),
    ],
)
def test_rows_that_contradict_each_other_are_a_fault_with_a_remedy(settings: Settings, change: str, said: str) -> None:
    with Store(settings) as store:
        quotes = [
            Quote(id_, "d1", f"The ferry {id_} was sold to pay for it", speaker="Ann Lee") for id_ in ("q1", "q2")
        ]
        store.add([(Document("d1", "words"), "d1", quotes)])
    path = settings.instance / "archive.sqlite3"
    database = SqliteDatabase(path)
    assert list(archive_faults(database)) == []
    for statement in change.split("; "):
        database.execute(statement)
    assert [said in fault.fault for fault in archive_faults(database)] == [True]
    database.close()


def test_of_many_damaged_rows_the_first_are_named_and_the_others_counted(settings: Settings) -> None:
    with Store(settings) as store:
        store.add_quotes([Quote(f"q{number}", "", "words", speaker="Ann Lee") for number in range(50)])
    database = SqliteDatabase(settings.instance / "archive.sqlite3")
    database.execute("UPDATE quotes SET text = 'other words'")
    faults = list(archive_faults(database))
    assert len(faults) == 21
    assert faults[0].fault == "What is kept of quote q0 is not what was stored."
    assert "30 more" in faults[-1].fault
    database.close()
