"""A listing has so many seconds of a round, and goes on where it ended."""

from __future__ import annotations

from indexer.crawler.round_share import RoundShare
from indexer.crawler.sitemaps import DiscoveredLink

LINKS = [DiscoveredLink(f"https://ledger.example/{number}") for number in range(5)]


def test_a_listing_goes_on_where_its_share_ended() -> None:
    seconds = iter(range(100))
    first = RoundShare(2.5, clock=lambda: next(seconds))
    assert [link.address for link in first.of(LINKS)] == [link.address for link in LINKS[:3]]
    assert (first.left, first.next) == (2, {LINKS[3].address})
    second = RoundShare(start=first.next)
    assert list(second.of(LINKS)) == LINKS[3:]
    assert (second.left, second.next) == (0, frozenset())


def test_one_page_is_asked_for_in_any_case_and_a_listing_that_has_changed_begins_anew() -> None:
    share = RoundShare(0.0, frozenset({"https://ledger.example/gone"}))
    assert list(share.of(LINKS)) == LINKS[:1]
    assert share.left == len(LINKS) - 1
