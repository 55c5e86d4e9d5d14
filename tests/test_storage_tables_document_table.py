"""Documents and their texts: whole again, whatever their length, and gone without a rest."""

from __future__ import annotations

import pytest

from search.model import Document, Region, RegionRole, Span
from search.storage.database import Database
from search.storage.packing.document_context import DocumentContext
from search.storage.tables.deletion_table import DeletionTable
from search.storage.tables.document_table import DocumentTable

SPEECH = "".join(f"Sentence {number} of {number * 7919 % 10_007} others. " for number in range(3_000))
DOCUMENTS = [
    Document("a", SPEECH, path="in/a.txt", url="https://a.example/1", title="A speech", authors=("Ann Lee",)),
    Document("b", "", path="in/b.txt#2"),
    Document(
        "c",
        "Ein Satz\ufffd mit 👩\u200d👩",
        regions=(Region(Span(0, 3), RegionRole.CAPTION),),
        provenance={"url": "host"},
    ),
]


@pytest.fixture
def database(database: Database) -> Database:
    """An archive with three documents."""
    with database.transaction():
        for document in DOCUMENTS:
            context = DocumentTable(database).put(document, "work", "2026-11-26T10:00:00+00:00")
            assert context == DocumentContext(document.text, document.url, document.title)
    return database


def test_documents_come_back_as_they_were_put_in(database: Database) -> None:
    table = DocumentTable(database)
    assert list(table.documents()) == DOCUMENTS
    assert [table.document(one.id) for one in DOCUMENTS] == DOCUMENTS
    assert [table.text(one.id) for one in DOCUMENTS] == [one.text for one in DOCUMENTS]
    assert table.revision_ids("b") == ["a", "b", "c"]
    assert (table.count(), table.count_inside("in/b.txt"), table.count_inside("in"), table.count_inside("i")) == (
        3,
        1,
        2,
        0,
    )
    assert database.value("SELECT count(*) FROM document_texts") > 20
    assert list(table.damaged_texts()) == []


def test_a_document_of_an_id_that_is_there_is_left_out(database: Database) -> None:
    table = DocumentTable(database)
    with database.transaction():
        assert table.put(Document("a", "other words"), "other", "2026-11-26T11:00:00+00:00") is None
    assert table.text("a") == SPEECH


def test_what_is_dropped_leaves_nothing_behind(database: Database) -> None:
    table = DocumentTable(database)
    with database.transaction():
        for document in DOCUMENTS:
            table.drop(document.id)
    assert table.document("a") is None
    assert table.contexts(["a", "b"]) == {}
    assert database.value("SELECT count(*) FROM document_texts") == 0


def test_deletions_are_counted_by_path_and_forgotten(database: Database) -> None:
    table = DeletionTable(database)
    with database.transaction():
        table.put("a", "in/a.txt", "2026-11-26T10:00:00+00:00")
        table.put("a", "in/other.txt#3", "2026-11-26T11:00:00+00:00")
        table.put("b", "in/b.txt", "2026-11-26T11:00:00+00:00")
        table.put("w", "in.warc@0", "2026-11-26T11:00:00+00:00")
    assert (table.has("a"), table.has("c")) == (True, False)
    assert [table.count_inside(path) for path in ("in/other.txt", "in", "in/a.txt", "i", "in.warc")] == [1, 2, 0, 0, 1]
    with database.transaction():
        table.forget("a")
    assert (table.has("a"), table.count_inside("in")) == (False, 1)
