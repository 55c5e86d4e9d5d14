"""`QuoteFilter` as SQL against a plain loop over random quotes, alone and combined; and SQL nowhere but in `search/storage`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from random_quotes import fields, filters, some_quotes

from search.model import Quote
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.databases.sqlite_database import SqliteDatabase
from search.storage.quote_filter import EVERY_QUOTE, QuoteFilter
from search.storage.sql import PART, condition_of, parts_of

ROOT = Path(__file__).resolve().parent.parent


def passes(quote: Quote, wanted: QuoteFilter) -> bool:
    """What the docstring of `QuoteFilter` says, in Python."""
    listed = (
        (quote.speaker, wanted.speakers, wanted.not_speakers),
        (quote.outlet, wanted.outlets, wanted.not_outlets),
        (quote.language[:2] if quote.language else None, wanted.languages, ()),
        (quote.kind, wanted.kinds, ()),
        (quote.document_id, wanted.documents, wanted.not_documents),
    )
    for value, some, none in listed:
        if (some is not None and value not in some) or value in none:
            return False
    if wanted.published_from is not None and (quote.published is None or quote.published < wanted.published_from):
        return False
    if wanted.published_before is not None and (quote.published is None or quote.published >= wanted.published_before):
        return False
    if (quote.scare and not wanted.scare) or (quote.kind == "indirect" and not wanted.indirect):
        return False
    # Quotes are numbered from 1 in the order in which they are stored.
    if int(quote.id.removeprefix("q")) + 1 <= wanted.stored_after:
        return False
    return quote.confidence >= wanted.min_confidence and (wanted.comments or quote.place != "comment")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = SqliteDatabase(tmp_path_factory.mktemp("filters") / "archive.sqlite3")
    with opened.transaction():
        Archive(opened).add_quotes(some_quotes(300))
    yield opened
    opened.close()


def test_every_field_is_tried() -> None:
    assert set(fields) == set(QuoteFilter.__slots__)


@given(one=filters, other=filters)
@hypothesis_settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_filter_passes_what_it_says_and_two_pass_what_both_do(
    database: Database, one: QuoteFilter, other: QuoteFilter
) -> None:
    archive = Archive(database)
    quotes = some_quotes(300)
    passed = [{n for n, quote in enumerate(quotes, 1) if passes(quote, wanted)} for wanted in (one, other)]
    for wanted, right in ((one, passed[0]), (one & other, passed[0] & passed[1])):
        assert archive.passing(range(1, 400), wanted) == right
    assert one & EVERY_QUOTE == one == EVERY_QUOTE & one


@given(st.text(st.characters()), st.text(st.characters()))
def test_no_value_becomes_sql(name: str, day: str) -> None:
    """Whatever is asked for stands in the values, never in the statement."""
    condition = condition_of(QuoteFilter(speakers=(name,), outlets=(name,), languages=(name,), published_from=day))
    assert condition.sql == condition_of(QuoteFilter(speakers=(), outlets=(), languages=(), published_from="x")).sql
    assert condition.sql.count("?") == len(condition.values)


@given(st.text(st.characters(), max_size=20), st.text(st.characters(), max_size=3))
@example("\ud800", "\x00")
@example("\x00", "\udfff")
def test_any_value_can_be_asked_for(database: Database, name: str, language: str) -> None:
    """A lone surrogate out of an address, a NUL, a quotation mark: no error."""
    Archive(database).passing(range(400), QuoteFilter(speakers=(name,), not_outlets=(name,), languages=(language,)))


def test_numbers_come_in_parts() -> None:
    parts = list(parts_of(range(2 * PART + 1)))
    assert [len(part) for part, _ in parts] == [PART, PART, 1]
    assert [number for part, _ in parts for number in part] == list(range(2 * PART + 1))
    assert all(marks.count("?") == len(part) for part, marks in parts)


# Statements, and the two ways in which a condition is put together.
SQL = re.compile(
    r"\b(SELECT [a-z*(]|INSERT (OR \w+ )?INTO|DELETE FROM|UPDATE \w+ SET|CREATE TABLE|PRAGMA) ?|\bIN \(|\.execute\("
)


@pytest.mark.parametrize("folder", ["search", "indexer", "web", "bench", "tests"])
def test_sql_stands_in_the_storage_alone(folder: str) -> None:
    """Who needs something else of the store adds a method to it."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        # The last are the test of a checker that knows SQL when it sees it, and what the bench measures below the store: another
        # engine, and the bytes of each table.
        own = ("search/storage/", "tests/test_storage_", "tests/test_house_layout", "bench/rivals", "bench/disk")
        if name.startswith(own):
            continue
        found = SQL.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{name}: {found[0]}"
