"""The durable truth: what is acknowledged is on disk, adding twice is adding once, and mistakes leave all as it was."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.model import Document, Quote, Region, Span
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.databases.sqlite_database import SqliteDatabase

DOCUMENT = Document(
    id="d1",
    text="Ann Lee said: “The bridge will stand.”",
    url="https://courier.example/a",
    outlet="Courier",
    authors=("Bo Ray", "Cy Fox"),
    published="2024-02-03",
    flags=("lossy",),
    regions=(Region(Span(0, 7), "caption"), Region(Span(8, 12), "blockquote", "Ann Lee")),
    provenance={"outlet": "host"},
)
QUOTE = Quote(
    id="q1",
    document_id="d1",
    text="The bridge will stand.",
    spans=(Span(15, 37),),
    speaker="Ann Lee",
    via=("Courier",),
    confidence=0.75,
    scare=True,
)


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database)


def test_what_is_stored_comes_back_as_it_was(database: Database, archive: Archive) -> None:
    with database.transaction():
        assert archive.add(DOCUMENT, "work", [QUOTE]) == (1, 1)
    assert archive.document("d1") == DOCUMENT
    assert list(archive.quotes([1]).values()) == [QUOTE]
    assert archive.number_of("q1") == 1
    assert archive.revision_ids("d1") == ["d1"]


def test_adding_twice_is_adding_once(database: Database, archive: Archive) -> None:
    for new in ((1, 1), (0, 0)):
        with database.transaction():
            assert archive.add(DOCUMENT, "work", [QUOTE]) == new
    assert (archive.count_documents(), archive.count_quotes(), archive.last_position()) == (1, 1, 1)


def test_another_connection_sees_it_after_the_commit_and_not_before(database: Database, archive: Archive) -> None:
    with ThreadPoolExecutor(1) as other:
        with database.transaction():
            archive.add(DOCUMENT, "work", [QUOTE])
            assert other.submit(archive.count_quotes).result() == 0
        assert other.submit(archive.count_quotes).result() == 1


def test_an_error_within_a_batch_leaves_nothing_of_it(database: Database, archive: Archive) -> None:
    def broken() -> Iterator[Quote]:
        yield QUOTE
        raise RuntimeError

    with pytest.raises(RuntimeError), database.transaction():
        archive.add_quotes(broken())
    assert archive.count_documents() == 0
    assert archive.last_position() == 0


def test_deleting_a_document_logs_its_quotes_as_gone(database: Database, archive: Archive) -> None:
    with database.transaction():
        archive.add(DOCUMENT, "work", [QUOTE])
    with database.transaction():
        assert archive.delete_document("d1") == 1
    assert archive.quotes([1]) == {}
    assert [(change.quote, change.gone) for change in archive.changes(0, 10)] == [(1, False), (1, True)]


def test_a_number_is_never_given_twice(database: Database, archive: Archive) -> None:
    for identity in ("a", "b"):
        with database.transaction():
            archive.add(Document(identity, "x"), "w", [Quote(identity, identity, "words")])
        with database.transaction():
            archive.delete_document(identity)
    assert [change.quote for change in archive.changes(0, 10)] == [1, 1, 2, 2]


@given(
    text=st.text(st.characters(), max_size=80),
    speaker=st.none() | st.text(st.characters(), max_size=20),
    flags=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5)),
)
@example(text="zero \0 and half \ud800 of a sign", speaker="\0", flags=["\0"])
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_any_words_can_be_kept(
    tmp_path_factory: pytest.TempPathFactory, text: str, speaker: str | None, flags: list[str]
) -> None:
    database = SqliteDatabase(tmp_path_factory.mktemp("any") / "archive.sqlite3")
    archive = Archive(database)
    quote = Quote("q", "d", text, speaker=speaker, flags=tuple(flags))
    with database.transaction():
        archive.add_quotes([quote])
    kept = archive.quotes([1])[1]
    assert kept.text == text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    assert kept.flags == quote.flags
    database.close()


def test_documents_of_a_file_are_found_by_an_index_of_paths(tmp_path: Path) -> None:
    """A look at every document for each unchanged file costs the square: 42 s for 30,000 files."""
    with closing(SqliteDatabase(tmp_path / "archive.sqlite3")) as database:
        archive = Archive(database)
        paths = ["a", "a#1", "a/b", "a/b#2", "ab", "a$", "a0", "b", "a*", "a*#1", "a[1]/x"]
        with database.transaction():
            for number, path in enumerate(paths):
                archive.add(Document(f"d{number}", "words", path=path), path, [])
        assert [archive.count_of_path(path) for path in ("a", "a/b", "a*", "a[1]", "b", "c")] == [4, 2, 2, 1, 1, 0]
        for table in ("documents", "deleted_documents"):
            plan = database.execute(
                f"EXPLAIN QUERY PLAN SELECT count(*) FROM {table} WHERE path = ? OR path > ? AND path < ?",
                ("a", "b", "c"),
            )
            assert not any("SCAN" in row[-1] for row in plan)


def test_each_transaction_has_a_mark_that_no_other_has(tmp_path: Path) -> None:
    marks = set()
    for name in "ab":
        with closing(SqliteDatabase(tmp_path / name)) as database:
            archive = Archive(database)
            for number in range(3):
                with database.transaction():
                    archive.add_quotes([Quote(f"{number}-{one}", "", "words") for one in range(2)])
            assert archive.mark_at(0) == ""
            assert [archive.mark_at(2 * n + 1) == archive.mark_at(2 * n + 2) for n in range(3)] == [True] * 3
            assert archive.mark_at(7) is None
            marks |= {archive.mark_at(position) for position in range(1, 7)}
            assert archive.count_after(4) == 2
    assert len(marks) == 6
