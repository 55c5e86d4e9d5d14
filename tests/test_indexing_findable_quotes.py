"""Masks out of the term index against what the archive says of the same filters, alone and combined."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from random_quotes import DAYS, filters, some_quotes

from search.model import Quote
from search.names.named_in_document import MeantName
from search.settings import Settings
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.databases.sqlite_database import SqliteDatabase
from search.storage.indexing.indexed_quote import indexed_quote
from search.storage.indexing.passing_quotes import PassingQuotes, unindexed
from search.storage.quote_filter import EVERY_QUOTE, QuoteFilter
from search.storage.store import Store
from search.term_index import TermReader
from search.term_index.engines import engine_names, open_engine


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An archive some names of which mean somebody else in their documents."""
    opened = SqliteDatabase(tmp_path_factory.mktemp("masks") / "archive.sqlite3")
    with opened.transaction():
        archive = Archive(opened)
        archive.add_quotes(some_quotes(300))
        for number, quote in enumerate(some_quotes(300), 1):
            if quote.speaker and number % 5 == 0:
                archive.names.set_meant(number, MeantName("Ann Lee" if number % 10 else "Bo Ray", "near by", 0.9))
    yield opened
    opened.close()


# One on other hosts is held to the same contract on real servers (tests/cluster_servers.py).
@pytest.fixture(scope="module", params=sorted({*engine_names()} - {"opensearch"}))
def reader(request: pytest.FixtureRequest, database: Database, tmp_path_factory: pytest.TempPathFactory) -> TermReader:
    index = open_engine(request.param, tmp_path_factory.mktemp("index") / "index")
    printed = Archive(database).printed_quotes(range(1, 301))
    quotes = list(starmap(indexed_quote, printed.items()))
    index.update(quotes[:120], [], 1)
    index.update(quotes[120:], [], 2)
    return index.reader()


@given(one=filters, other=filters)
@hypothesis_settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_mask_passes_what_the_archive_passes(
    database: Database, reader: TermReader, one: QuoteFilter, other: QuoteFilter
) -> None:
    archive = Archive(database)
    passing = PassingQuotes(archive.names, archive.highest_number)
    for wanted in (one, one & other):
        mask = passing.mask(reader, wanted, 0)
        found = archive.passing(np.flatnonzero(mask).tolist(), unindexed(wanted))
        assert found == archive.passing(range(1, 400), wanted)
        assert passing.mask(reader, wanted, 0) is mask


def stored(folder: Path, quotes: list[Quote]) -> Store:
    store = Store(Settings(instance=folder))
    store.add_quotes(quotes)
    store.catch_up()
    return store


def test_the_newest_are_those_published_last(tmp_path: Path) -> None:
    quotes = some_quotes(300)
    with stored(tmp_path, quotes) as store:
        days = [quotes[number - 1].published for number in store.findable.newest(EVERY_QUOTE, 120)]
        known = sorted(quote.published for quote in quotes if quote.published)
        assert days == known[::-1][:120]
        oldest = [quotes[number - 1].published for number in store.findable.newest(EVERY_QUOTE, 300, oldest=True)]
        assert oldest == [*known, *[None] * (300 - len(known))]
        assert store.findable.newest(QuoteFilter(published_from=DAYS[-1]), 5) == store.findable.newest(EVERY_QUOTE, 5)
        for wanted in (EVERY_QUOTE, QuoteFilter(published_before=DAYS[-1]), QuoteFilter(not_outlets=("Courier",))):
            everyone = store.findable.newest(wanted, 300)
            for most in (1, 4, 18, 19):  # of a sixteenth of the archive, in the order that is kept, and of more
                assert store.findable.newest(wanted, most) == everyone[:most]
        store.add_quotes([Quote("last", "d", "the last word", published="2099-01-01")])
        store.catch_up()
        assert store.findable.newest(EVERY_QUOTE, 1) == [301]


def test_what_is_not_indexed_yet_is_asked_of_the_archive(tmp_path: Path) -> None:
    """A quote that came since passes a filter as the others do."""
    first, second = (Quote(f"q{n}", f"d{n}", f"the word {n}", speaker="Ann Lee") for n in range(2))
    with stored(tmp_path, [first]) as store:
        store.add_quotes([second])
        assert store.passing([1, 2], QuoteFilter(speakers=("Ann Lee",))) == {1, 2}
        assert store.passing([1, 2], QuoteFilter(speakers=("Bo Ray",))) == set()
