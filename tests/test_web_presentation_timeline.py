"""Dates as places of dots on a line."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.find.classify import Hit, Tier
from search.find.group import earliest, versions_from
from search.model import Match, Quote, Version
from web.presentation import template_filters
from web.presentation.timeline import AXIS_END, AXIS_START, DOTS_SHOWN, ROWS_SHOWN, timeline


def hit(text: str, published: str | None, outlet: str) -> Hit:
    return Hit(
        Quote(id=outlet, document_id="", text=text, published=published, outlet=outlet),
        Match("exact", 1.0),
        Tier.SAME_WORDS,
    )


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


def test_more_versions_than_rows_share_the_last_one() -> None:
    rows = versions(*(hit(f"word{n}", f"2024-01-{n + 1:02}", f"{n}") for n in range(12)))
    drawn = timeline(rows)
    assert drawn is not None
    assert [row.number for row in drawn.rows] == list(range(1, ROWS_SHOWN + 1))
    assert [dot.row for dot in drawn.dots] == [*range(ROWS_SHOWN), *[ROWS_SHOWN - 1] * 4]


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        (("2024-03-04", "2024-03-04T10:00:00Z"), ["4 Mar 2024"]),
        (("2024-03-04", "2024-04-01"), ["4 Mar 2024", "1 Apr 2024"]),
        (("2024-03-04T23:30:00-05:00", "2024-03-04"), ["4 Mar 2024", "5 Mar 2024"]),
        (("0001-01-01", "9999-12-31"), ["1 Jan 0001", "31 Dec 9999"]),
    ],
)
def test_the_axis_names_its_first_and_its_last_day(dates: tuple[str, str], labels: list[str]) -> None:
    drawn = timeline(versions(*(hit("x", published, published) for published in dates)))
    assert drawn is not None
    assert [tick.label.replace("1 Jan 1", "1 Jan 0001") for tick in drawn.ticks] == labels


@given(st.lists(st.datetimes(), min_size=2, max_size=8))
def test_no_dot_stands_outside_the_axis(dates: list[datetime]) -> None:
    drawn = timeline(versions(*(hit("x", f"{when}", f"{n}") for n, when in enumerate(dates))))
    assert drawn is not None
    assert all(AXIS_START <= dot.x <= AXIS_END for dot in drawn.dots)


def test_a_thousand_printings_are_a_few_hundred_dots() -> None:
    drawn = timeline(versions(*(hit("x", "2024-01-01", f"{n}") for n in range(DOTS_SHOWN + 50))))
    assert drawn is not None
    assert len(drawn.dots) == DOTS_SHOWN
