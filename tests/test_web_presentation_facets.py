"""Facets and chips: links that narrow an answer, and widen it again."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from html_page import get_page


def test_no_facet_leads_to_an_empty_answer(client: FlaskClient) -> None:
    read = client.get("/search?q=minister+of+apologies").text
    choices = re.findall(r'<li>\s*<a href="([^"]+)"><bdi>([^<]+)</bdi></a>\s*<span class="count">([\d,]+)</span>', read)
    assert len(choices) > 5
    for url, value, _count in choices:
        narrowed = get_page(client, url.replace("&amp;", "&"))
        assert re.search(r"[1-9][\d,]* utterances?,", narrowed.text), value
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
