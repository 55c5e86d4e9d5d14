"""Dates as places of dots on a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.find.group import earliest, versions_from
from search.find.hit import Hit
from search.model import Match, Quote, Version
from web.presentation import template_filters
from web.presentation.timeline import timeline


def hit(text: str, published: str | None, outlet: str) -> Hit:
    return Hit(Quote(id=outlet, document_id="", text=text, published=published, outlet=outlet), Match("exact", 1.0))


def versions(*hits: Hit) -> list[Version]:
    """The versions of some hits, earliest known first, as the page of an utterance has them."""
    return sorted(versions_from(hits), key=lambda version: earliest(version.quotes[0]))


def test_a_timeline_places_dots_by_date_and_says_how_many_have_none() -> None:
    rows = versions(hit("x", "2024-01-01", "a"), hit("x", "2024-01-03", "b"), hit("y", "2024-01-02T00:00:00Z", "c"), hit("y", None, "d"), hit("y", "soon", "e"))  # fmt: skip
    drawn = timeline(rows)
    assert drawn is not None
    places = {dot.quote.outlet: (dot.x, dot.row) for dot in drawn.dots}
    assert places["a"][0] < places["c"][0] < places["b"][0]
    assert places["c"][0] == pytest.approx((places["a"][0] + places["b"][0]) / 2, abs=0.1)
    assert (places["a"][1], places["c"][1]) == (0, 1)
    assert drawn.undated == 2
    assert timeline(rows[:0]) is None


@given(st.lists(st.one_of(st.none(), st.text(), st.datetimes().map(str), st.dates().map(str)), max_size=6))
def test_no_date_breaks_the_timeline_or_the_words_for_it(dates: list[str | None]) -> None:
    timeline(versions(*(hit("x", published, f"{n}") for n, published in enumerate(dates))))
    for published in dates:
        assert template_filters.long_date(published)
        assert template_filters.date_and_time(published)
