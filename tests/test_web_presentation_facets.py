"""Facets and chips: links that narrow an answer, and widen it again."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from html_page import get_page
from hypothesis import given
from hypothesis import strategies as st

from search.model import Query, Result
from web.presentation.facets import chips, facets
from web.query_string import args_from_query


def test_no_facet_leads_to_an_empty_answer(client: FlaskClient) -> None:
    read = client.get("/search?q=minister+of+apologies").text
    choices = re.findall(r'<li>\s*<a href="([^"]+)"><bdi>([^<]+)</bdi></a>\s*<span class="count">([\d,]+)</span>', read)
    assert len(choices) > 5
    for url, value, _count in choices:
        narrowed = get_page(client, url.replace("&amp;", "&"))
        assert re.search(r"[1-9][\d,]* utterances? ·", narrowed.text), value
        assert "×" in narrowed.text


def test_a_chip_takes_its_filter_away_and_leaves_the_others(client: FlaskClient) -> None:
    html = client.get("/search?q=apologies&outlet=Veldania+Observer&after=2024-03-01").text
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.S)
    assert chips is not None
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', chips[0])]
    assert links == [
        "/search?q=apologies&after=2024-03-01",
        "/search?q=apologies&outlet=Veldania+Observer",
        "/search?q=apologies",
    ]


def test_the_search_form_carries_the_filters_along(client: FlaskClient) -> None:
    read = get_page(client, "/search?q=apologies&outlet=Veldania+Observer&not_speaker=Amsel")
    fields = [(i.get("name"), i.get("value")) for i in read.all("input") if i.get("type") == "hidden"]
    assert ("outlet", "Veldania Observer") in fields
    assert ("not_speaker", "Amsel") in fields


def url(query: Query) -> str:
    """An address that says what a link asks for."""
    return "/?" + urlencode(args_from_query(query), doseq=True)


def result(query: Query, **counts: list[tuple[str, int]]) -> Result:
    return Result(query, 9, 9, 9, (), {name: tuple(rows) for name, rows in counts.items()})


def test_facets_stand_in_a_fixed_order_and_a_lone_language_is_none() -> None:
    answer = result(
        Query(text="a"), kind=[("direct", 9)], year=[("2024", 9)], speaker=[("Lee", 9)], language=[("en", 9)]
    )
    assert [(facet.name, facet.title) for facet in facets(answer, url)] == [("speaker", "Speaker"), ("year", "Year")]


def test_a_value_takes_the_place_of_the_others_and_an_active_one_goes() -> None:
    answer = result(Query(text="a", outlet=("Post",), offset=40), outlet=[("Post", 5), ("Courier", 4)])
    ((post, courier),) = (facet.values for facet in facets(answer, url))
    assert (post.active, post.url, post.without) == (True, "/?q=a", None)
    assert (courier.active, courier.url) == (False, "/?q=a&outlet=Courier")
    assert courier.without == "/?q=a&outlet=Post&not_outlet=Courier"


@pytest.mark.parametrize(
    ("value", "link"),
    [
        ("2024", "/?q=a&after=2024-01-01&before=2025-01-01"),
        ("0999", "/?q=a&after=0999-01-01&before=1000-01-01"),
        ("9998", "/?q=a&after=9998-01-01&before=9999-01-01"),
        ("9999", None),
        ("0", None),
        ("20240", None),
        ("soon", None),
        ("٢٠٢٤", None),
    ],
)
def test_a_year_is_two_days_and_what_is_no_year_no_link(value: str, link: str | None) -> None:
    ((year,),) = (facet.values for facet in facets(result(Query(text="a"), year=[(value, 1)]), url))
    assert (year.url, year.without) == (link, None)


def test_a_year_in_force_is_left_by_its_own_link() -> None:
    query = Query(text="a", after="2024-01-01", before="2025-01-01")
    ((year,),) = (facet.values for facet in facets(result(query, year=[("2024", 1)]), url))
    assert (year.active, year.url) == (True, "/?q=a")


@given(
    st.builds(
        Query,
        text=st.just("a"),
        speaker=st.lists(st.text("xy", min_size=1), unique=True, max_size=3).map(tuple),
        without=st.lists(st.text("xy", min_size=1), unique=True, max_size=3).map(tuple),
        after=st.one_of(st.none(), st.dates().map(str)),
        exact=st.booleans(),
        scare=st.booleans(),
    )
)
def test_every_filter_in_force_is_a_chip_that_takes_it_away(query: Query) -> None:
    made = chips(query, url)
    assert len(made) == len(query.speaker) + len(query.without) + bool(query.after) + query.exact + query.scare
    assert len({chip.url for chip in made}) == len(made)
    assert all(chip.url.count("=") == url(query).count("=") - 1 for chip in made)
