"""The newest answers to a query, by when they were stored."""

from __future__ import annotations

import pytest

from search.following import additions
from search.following.additions import added_quotes, newest_quotes
from search.model import Query, Quote
from search.storage.store import Store

STRIKE = "We will stay out until the ferry sails again"


def put(store: Store, *quotes: Quote) -> None:
    store.add_quotes(quotes)
    store.catch_up()


def ids(store: Store, query: Query, limit: int = 50, after: int = 0) -> list[str]:
    return [each.quote.id for each in newest_quotes(store, query, limit, after)]


def test_what_came_in_last_stands_first_whenever_it_was_printed(store: Store) -> None:
    put(store, Quote("a", "", STRIKE, speaker="Ann Lee", published="2024-05-01"))
    put(store, Quote("b", "", STRIKE, speaker="Bo Ray", published="2019-01-01"), Quote("x", "", "nothing of the kind"))
    assert ids(store, Query(STRIKE)) == ["b", "a"]
    assert ids(store, Query(STRIKE), limit=1) == ["b"]
    assert ids(store, Query(speaker=("Ann Lee",))) == ["a"]
    numbers = [each.number for each in newest_quotes(store, Query(STRIKE), 50)]
    assert numbers == sorted(numbers, reverse=True)
    assert all(each.added.endswith("+00:00") for each in newest_quotes(store, Query(STRIKE), 50))


def test_after_a_number_only_what_was_stored_later_is_told_with_its_filters(store: Store) -> None:
    put(store, Quote("a", "", STRIKE, speaker="Ann Lee"))
    seen = store.newest_number()
    assert ids(store, Query(STRIKE), after=seen) == []
    put(store, Quote("b", "", STRIKE, speaker="Bo Ray"), Quote("c", "", STRIKE, speaker="Ann Lee"))
    assert ids(store, Query(STRIKE), after=seen) == ["c", "b"]
    assert ids(store, Query(STRIKE, speaker=("Ann Lee",)), after=seen) == ["c"]
    assert ids(store, Query(speaker=("Ann Lee",)), after=seen) == ["c"]


def test_what_may_only_be_the_same_is_no_news(store: Store) -> None:
    put(store, Quote("a", "", STRIKE), Quote("b", "", "The ferry will be sold, and we shall be out of work"))
    assert ids(store, Query(STRIKE)) == ["a"]


def test_the_newest_are_found_among_more_than_an_answer_has_room_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A short and an old quote answers best; the ones that came in last must be there all the same."""
    monkeypatch.setattr("search.find.find.POOL", 5)
    monkeypatch.setattr(additions, "RECENT", (4, 10))
    put(store, *(Quote(f"old{n}", "", "We will stay out", speaker=f"Speaker {n}") for n in range(30)))
    put(store, Quote("new", "", "We will stay out, said the crew of the ferry, whatever becomes of the harbour"))
    assert ids(store, Query("We will stay out"), limit=3)[0] == "new"


def test_what_is_gone_meanwhile_is_left_out(store: Store) -> None:
    kept = Quote("a", "", STRIKE)
    put(store, kept)
    assert [each.quote.id for each in added_quotes(store, [kept, Quote("gone", "", "x")], 9)] == ["a"]
    assert store.additions([]) == {}
    assert store.additions(['"', "\ud800", "x" * 10_000]) == {}
