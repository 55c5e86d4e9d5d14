"""Quotes that pass a filter, in numbers."""

from __future__ import annotations

import pytest

from search.model import Quote
from search.names.people import NameCount
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store
from search.storage.tables.quote_counts import Printings

SAID = (
    ("a", "d1", "The dam at the upper lake is safe and sound", "Marta Lind", "Ledger", "2014-01-02"),
    ("b", "d2", "The dam at the upper lake is safe and sound", "Marta Lind", "Post", "2014-01-03T10:00:00Z"),
    ("c", "d2", "Nobody may swim in the upper lake this summer", "Marta Lind", "Post", "2015"),
    ("d", "d3", "Boats are a matter of the harbour master alone", "Otto Berg", "Post", None),
)


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_quotes(
        [
            Quote(id_, document, text, speaker=speaker, outlet=outlet, published=published)
            for id_, document, text, speaker, outlet, published in SAID
        ]
    )
    store.catch_up()
    return store


def test_quotes_are_counted_by_month_name_and_utterance(filled: Store) -> None:
    lind = QuoteFilter(speakers=("Marta Lind",))
    assert filled.counts.total(lind) == (3, 2)
    assert filled.counts.months(lind) == {"2014-01": 2, "2015": 1}
    assert filled.counts.months(QuoteFilter(speakers=("Otto Berg",))) == {"": 1}
    assert filled.counts.named(lind, "outlet") == [NameCount("Post", 2, 1), NameCount("Ledger", 1, 1)]
    assert [row.name for row in filled.counts.named(QuoteFilter(outlets=("Post",)), "speaker")] == [
        "Marta Lind",
        "Otto Berg",
    ]


def test_what_several_outlets_print_comes_first_and_what_is_printed_once_does_not(filled: Store) -> None:
    (row,) = filled.counts.most_printed(QuoteFilter(), 5)
    assert row == Printings(row.utterance, quotes=2, outlets=2)
    assert filled.counts.most_printed(QuoteFilter(outlets=("Ledger",)), 5) == []
