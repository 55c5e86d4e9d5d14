"""A query without words: each page is what the whole list has there, and what is told of all is told of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from search.find.find import find, find_utterances
from search.find.lists import listing
from search.model import Query, Quote, SortOrder
from search.settings import Settings
from search.storage.indexing.quote_outline import QuoteOutline
from search.storage.store import Store

SAID = "Nobody told me about the ferry to the islands until the harbour was closed for the whole winter"


def quotes() -> list[Quote]:
    """Thirty of one outlet on thirty days, three of which print one utterance in two versions; and others."""
    some = [
        Quote(
            f"q{n}",
            f"d{n}",
            SAID if n in (3, 9) else f"{SAID[:60]} until now" if n == 12 else f"Word {n} of {n * 7} others",
            speaker="Marta Lind" if n % 3 else "Joram Hal",
            confidence=1.0 if n % 5 else 0.1,
            outlet="Courier" if n % 10 else "Mercury",
            published=f"2024-03-{1 + n % 28:02}" if n % 7 else None,
            language="en",
        )
        for n in range(40)
    ]
    return [*some, Quote("comment", "d0", "What a reader wrote", place="comment", outlet="Courier")]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(Settings(instance=tmp_path_factory.mktemp("listing"))) as opened:
        opened.add_quotes(quotes())
        opened.catch_up()
        yield opened


@pytest.mark.parametrize("sort", [None, *SortOrder])
@pytest.mark.parametrize("without", [(), ("nobody",)])
def test_the_pages_together_are_the_list(store: Store, sort: SortOrder | None, without: tuple[str, ...]) -> None:
    """In its order, each utterance once and whole."""
    query = Query(outlet=("Courier",), sort=sort, without=without, limit=7)
    whole = [utterance.id for utterance in find_utterances(store, query)]
    pages: list[str] = []
    while found := find(
        store, Query(outlet=("Courier",), sort=sort, without=without, limit=7, offset=len(pages))
    ).utterances:
        pages += [utterance.id for utterance in found]
    assert pages == whole
    assert len(pages) == len(set(pages)) > 7


def test_totals_and_facets_are_those_of_all_pages(store: Store) -> None:
    """As they would be told from the quotes themselves; a speaker that is too unsure counts for none."""
    query = Query(outlet=("Courier",))
    page, whole = find(store, Query(outlet=("Courier",), limit=2)), find_utterances(store, query)
    shown = [quote for utterance in whole for quote in utterance.quotes]
    assert (page.total_quotes, page.total_utterances) == (len(shown), len(whole))
    assert page.total_versions == sum(len(one.versions) + len(one.also) for one in whole) < len(shown)
    assert dict(page.facets["speaker"]) == Counter(quote.speaker for quote in shown if quote.speaker)
    assert dict(page.facets["year"]) == Counter(quote.published[:4] for quote in shown if quote.published)
    assert page.notes == ()


def test_how_many_pass_is_told_where_not_all_are_listed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_LISTED", 5)
    found = find(store, Query(outlet=("Courier",)))
    assert found.total_quotes == 5
    assert found.notes == ("Listed are the newest 5 of 36 quotes: more filters, or words, find the others.",)
    assert "oldest 5 of 36" in find(store, Query(outlet=("Courier",), sort=SortOrder.OLDEST)).notes[0]


def test_nothing_that_passes_is_said_to_be_nothing(store: Store) -> None:
    found = find(store, Query(after="2999-01-01"))
    assert (found.utterances, found.total_quotes) == ((), 0)
    assert found.notes == ("No quote passes all these filters: leave some out.",)


def test_an_outline_is_what_its_quote_says(store: Store) -> None:
    """Of each number that is there, in the order asked for."""
    outlines = store.outlines([3, 1, 999])
    quotes = store.quotes([1, 3])
    assert list(outlines) == [3, 1]
    for number, one in outlines.items():
        quote = quotes[number]
        assert one == QuoteOutline(
            quote.id,
            quote.text,
            quote.speaker,
            quote.confidence,
            quote.outlet,
            quote.published,
            quote.language,
            quote.kind,
        )


def test_an_offset_beyond_the_last_shows_none(store: Store) -> None:
    assert find(store, Query(outlet=("Mercury",), offset=900)).utterances == ()
