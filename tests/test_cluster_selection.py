"""What OpenSearch filters by itself is what the archive passes, alone and combined, and what masks of Whoosh's passes; nothing is read of all quotes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from random_quotes import DAYS, filters, some_quotes

from search.model import Quote
from search.names.named_in_document import MeantName
from search.settings import load
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.databases.sqlite_database import SqliteDatabase
from search.storage.indexing.findable_quotes import FindableQuotes
from search.storage.indexing.index_conditions import conditions_of
from search.storage.indexing.indexed_quote import indexed_quote
from search.storage.quote_filter import EVERY_QUOTE, QuoteFilter
from search.storage.store import Store
from search.term_index.conditions import SelectingReader
from search.text.terms import stem_term
from search.text.vocabulary import spelling_suggestions

if TYPE_CHECKING:
    from opensearch_nodes import OpensearchNodes

pytestmark = pytest.mark.cluster
QUOTES, DELETED = 300, [7, 8, 201]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An archive some names of which mean somebody else in their documents."""
    opened = SqliteDatabase(tmp_path_factory.mktemp("selected") / "archive.sqlite3")
    with opened.transaction():
        archive = Archive(opened)
        archive.add_quotes(some_quotes(QUOTES))
        for number, quote in enumerate(some_quotes(QUOTES), 1):
            if quote.speaker and number % 5 == 0:
                archive.names.set_meant(number, MeantName("Ann Lee" if number % 10 else "Bo Ray", "near by", 0.9))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reader(opensearch: OpensearchNodes, database: Database) -> SelectingReader:
    """A snapshot of its index, in two shards, from before a last quote came; some quotes were deleted."""
    from search.term_index.opensearch.server import OpensearchServer
    from search.term_index.opensearch_index import OpensearchIndex

    index = OpensearchIndex.made(OpensearchServer(opensearch.urls[0]), "selected", 2, 0)
    quotes = list(starmap(indexed_quote, Archive(database).printed_quotes(range(1, QUOTES + 1)).items()))
    index.update(quotes[:120], [], 1)
    index.update(quotes[120:], DELETED, 2)
    snapshot = index.reader()
    index.update([quotes[0]._replace(number=QUOTES + 1)], [9], 3)
    return snapshot


INDEXED = (
    "speakers", "not_speakers", "outlets", "not_outlets", "languages", "kinds", "published_from", "published_before",
    "scare", "indirect", "comments", "stored_after",
)  # fmt: skip
TERM = stem_term("word")


def indexed_part(wanted: QuoteFilter) -> QuoteFilter:
    return QuoteFilter(**{field: getattr(wanted, field) for field in INDEXED})


@given(one=filters, other=filters)
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_engine_selects_what_the_archive_passes(
    database: Database, reader: SelectingReader, one: QuoteFilter, other: QuoteFilter
) -> None:
    archive = Archive(database)
    wanted = indexed_part(one & other)
    selected = reader.selected(conditions_of(reader, archive.names, wanted))
    passing = archive.passing(range(1, QUOTES + 1), wanted) - set(DELETED)
    assert selected.numbers().tolist() == sorted(passing)
    assert selected.count() == selected.count(TERM) == len(passing)
    assert selected.count(stem_term("sword")) == 0
    assert selected.first_having(TERM, 5).tolist() == sorted(passing)[:5]
    asked = np.array([300, *range(1, 40), 301, 900])
    assert selected(asked).tolist() == [number in passing for number in asked]
    assert sorted(reader.tally({TERM: 1.0}, selected).best(QUOTES).tolist()) == sorted(passing)


@pytest.fixture
def stores(tmp_path: Path, opensearch_environ: dict[str, str]) -> Iterator[tuple[Store, Store]]:
    """The same quotes with an index on OpenSearch and one of Whoosh."""
    with (
        Store(load({"instance": tmp_path / "one"}, environ=opensearch_environ)) as one,
        Store(load({"instance": tmp_path / "other"}, environ={})) as other,
    ):
        for store in (one, other):
            store.add_quotes(some_quotes(QUOTES))
            store.catch_up(link=False)
        yield one, other


def test_what_can_be_found_is_the_same_on_whoosh(stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same order; and OpenSearch is never asked for a number of each quote."""
    one, other = (store.findable for store in stores)
    monkeypatch.setattr(FindableQuotes, "mask", lambda *_: pytest.fail("a mask over the archive"))
    told = [(one.newest(wanted, most, oldest=oldest), one.count(wanted), one.having(TERM, wanted),
             one.first_having(TERM, 7), one.among(range(1, QUOTES), wanted)) for wanted, most, oldest in ASKED]  # fmt: skip
    monkeypatch.undo()
    assert told == [(other.newest(wanted, most, oldest=oldest), other.count(wanted), other.having(TERM, wanted),
                     other.first_having(TERM, 7), other.among(range(1, QUOTES), wanted)) for wanted, most, oldest in ASKED]  # fmt: skip
    assert all(newest for newest, *_ in told[:-4])


MISSPELT = ("harbuor", "ahrbour", "ferrry", "ministr", "bridgges")


def test_what_was_meant_by_a_misspelt_word_is_the_same_on_whoosh(
    tmp_path: Path, opensearch_environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the stems of the archive are never read for it."""
    from search.term_index.opensearch.cluster_snapshot import OpensearchReader

    monkeypatch.setattr(OpensearchReader, "terms_beginning", lambda *_: pytest.fail("all stems of the archive"))
    said = [
        "The harbour and the barber are old, the ministers said", "An agreement about the bridge at the ferry",
        "Furious ministers left the harbor for the bridges", "The arbour of the ministry, the miniatures, the fairies",
    ]  # fmt: skip
    told = []
    for folder, environ in (("one", opensearch_environ), ("other", {})):
        with Store(load({"instance": tmp_path / folder}, environ=environ)) as store:
            store.add_quotes([Quote(f"q{number}", f"d{number}", text) for number, text in enumerate(said)])
            store.catch_up(link=False)
            told.append([spelling_suggestions(word, store.vocabulary) for word in MISSPELT])
    assert told[0] == told[1]
    assert all(told[0])


ASKED = [
    (wanted, most, oldest)
    for wanted in (
        EVERY_QUOTE,
        QuoteFilter(scare=False, indirect=False, comments=False),
        QuoteFilter(speakers=("Ann Lee",), languages=("de",)),
        QuoteFilter(not_outlets=("O'Hara", ""), published_from=DAYS[1]),
        QuoteFilter(speakers=()),
    )
    for most in (QUOTES, 20)
    for oldest in (False, True)
]
