"""Quotes put together as versions."""

from __future__ import annotations

from search.find.group import earliest, versions_from
from search.find.hit import Hit
from search.model import Match, Quote, Version


def hit(text: str, published: str | None, outlet: str) -> Hit:
    return Hit(Quote(id=outlet, document_id="", text=text, published=published, outlet=outlet), Match("exact", 1.0))


def versions(*hits: Hit) -> list[Version]:
    """The versions of some hits, earliest known first, as the page of an utterance has them."""
    return sorted(versions_from(hits), key=lambda version: earliest(version.quotes[0]))


def test_versions_are_told_apart_by_words_only_and_the_earliest_known_comes_first() -> None:
    rows = versions(
        hit("No way", None, "c"),
        hit("no, WAY!", "2024-05-01", "b"),
        hit("No way at all", "2024-03-01T10:00:00Z", "a"),
        hit("No [way]", "2024-06-01", "d"),
    )
    assert [[quote.outlet for quote in row.quotes] for row in rows] == [["a"], ["b", "c"], ["d"]]
