"""Stems kept beside the quotes: the same as those of an analysis now, and nothing is missed where they are not kept."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.model import Quote
from search.storage.analysed_quotes import (
    SURROUNDINGS_CHARS,
    AnalysedQuote,
    AnalysedQuoteTable,
    coded_surroundings,
    split_stems,
)
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.packing.coded_stems import decode_stems
from search.text.analysis import analyse

QUOTES = [
    Quote("a", "d1", "The bridge will not survive", before="Marta Lind of the harbour board said", language="en"),
    Quote("b", "d1", "Nobody [here] asked", scare=True, after="the ferrymen complained."),
    Quote("c", "d2", "…"),
]


@pytest.fixture
def filled(database: Database) -> Database:
    with database.transaction():
        Archive(database).add_quotes(QUOTES)
    return database


def test_what_is_kept_is_what_an_analysis_gives(filled: Database) -> None:
    archive = Archive(filled)
    table = AnalysedQuoteTable(filled, archive)
    without = list(table.quotes([1, 2, 3, 9])), table.stems([3, 2, 1, 9])
    with filled.transaction():
        table.put(archive.all_quotes())
    assert (list(table.quotes([1, 2, 3, 9])), table.stems([3, 2, 1, 9])) == without
    assert without[0][0] == AnalysedQuote(
        1, QUOTES[0].text, ["the", "bridg", "will", "not", "surviv"], "d1", coded_surroundings(QUOTES[0])
    )
    assert without[1] == [[], ["nobodi", "ask"], ["the", "bridg", "will", "not", "surviv"], []]


def test_what_is_dropped_is_analysed_again(filled: Database) -> None:
    archive = Archive(filled)
    table = AnalysedQuoteTable(filled, archive)
    with filled.transaction():
        table.put(archive.all_quotes())
        table.drop([1])
    assert [one.number for one in table.quotes([3, 1, 2, 9])] == [1, 2, 3]
    assert [list(one.stems) for one in table.quotes([1])] == [list(analyse(QUOTES[0].text).stems)]


def test_the_surroundings_are_the_telling_words_nearby_each_once() -> None:
    far = "ferrymen " + " words" * SURROUNDINGS_CHARS
    around = decode_stems(
        coded_surroundings(Quote("a", "d", "words", before=far, after=" the harbour, the harbour and of it"))
    )
    assert around.count("harbor") == 1
    assert "the" not in around
    assert not any(stem.startswith("ferrym") for stem in around)


@given(st.text(max_size=40), st.text(max_size=40))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_words_come_back_as_they_were(filled: Database, text: str, around: str) -> None:
    """Whatever stems come out of a text, none is joined with another or cut in two."""
    archive = Archive(filled)
    table = AnalysedQuoteTable(filled, archive)
    with filled.transaction():
        filled.execute("DELETE FROM quotes")
        filled.execute("DELETE FROM analysed_quotes")
        archive.add_quotes([Quote("x", "d", text, after=around)])
    (number,) = dict(archive.all_quotes())
    without = list(table.quotes([number]))
    with filled.transaction():
        table.put(archive.all_quotes())
    kept = list(table.quotes([number]))
    assert kept == without
    assert split_stems("") == []
