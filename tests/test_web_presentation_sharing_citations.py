"""Citations on a page: lines to copy, and what Zotero finds."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl

from flask.testing import FlaskClient
from html_page import APOLOGIES, HOSTILE, get_page

from search.find.find import find
from search.model import Document, Query, Quote
from search.storage.store import Store
from web.presentation.sharing.citations import DOWNLOADS, STYLES, context_object, references

DOCUMENT = Document("d", "x", authors=("Joren T. Brask",))
QUOTE = Quote("q", "d", "x", title="Ships & Fog", outlet="Evening Tide", published="2024-03-09", url="https://tide.example/a?b=1&c=2")  # fmt: skip


def test_a_reference_in_each_style_with_the_papers_name_apart() -> None:
    lines = references(QUOTE, {"d": DOCUMENT})
    assert [line.name for line in lines] == list(STYLES)
    assert {line.reference.italic for line in lines} == {"Evening Tide"}
    assert str(lines[0].reference).startswith("Brask, J. T. (2024, March 9). Ships & Fog. Evening Tide. https")
    assert str(references(QUOTE, {})[0].reference).startswith("Ships & Fog. (2024")


def test_a_persian_headline_keeps_its_place_before_the_day() -> None:
    persian = replace(QUOTE, title="«نوار» محرمانه", outlet="خبر بندر")
    line = str(references(persian, {"d": DOCUMENT})[0].reference)
    assert line.startswith(
        "Brask, J. T. (2024, March 9). \u200f«نوار» محرمانه\u200f\u200e. \u200fخبر بندر\u200f\u200e. https"
    )
    assert "\u200f" not in context_object(persian, {"d": DOCUMENT})


def test_the_context_object_names_the_article() -> None:
    read = parse_qs(context_object(QUOTE, {"d": DOCUMENT}), strict_parsing=True)
    assert (read["ctx_ver"], read["rft.type"]) == (["Z39.88-2004"], ["newspaperArticle"])
    assert (read["rft.title"], read["rft.source"]) == (["Ships & Fog"], ["Evening Tide"])
    assert (read["rft.creator"], read["rft.date"]) == (["Brask, Joren T."], ["2024-03-09"])
    assert read["rft.identifier"] == ["https://tide.example/a?b=1&c=2"]


def test_the_page_cites_the_quote_that_was_asked_for(client: FlaskClient, samples: Store) -> None:
    said = find(samples, Query(APOLOGIES)).utterances[0]
    pages = {quote.id: get_page(client, f"/quotes/{quote.id}") for quote in said.quotes[:3]}
    for id_, page in pages.items():
        assert [a["data-copy"] for a in page.all("button") if "cite-" in (a.get("data-copy") or "")] == [
            f"cite-{name}" for name in STYLES
        ]
        assert all("hidden" in a for a in page.all("button") if "data-copy" in a)
        for name in (*STYLES, *DOWNLOADS):
            response = client.get(f"/api/v1/citations/{id_}?format={name}")
            assert response.status_code == 200
            if name in STYLES:
                assert response.text.strip() in page.text
        places = [a for a in page.all("span") if a.get("class") == "Z3988"]
        assert len(places) >= len(said.quotes)
        assert all(dict(parse_qsl(a["title"] or ""))["rft.title"] for a in places)


def test_a_format_that_is_none_is_said(client: FlaskClient, samples: Store) -> None:
    said = find(samples, Query(APOLOGIES)).utterances[0]
    answer = client.get(f"/api/v1/citations/{said.id}?format=text")
    assert (answer.status_code, answer.json and "apa, chicago, mla" in answer.json["detail"]) == (400, True)
    assert client.get("/api/v1/citations/none").status_code == 404


def test_a_list_of_answers_is_cited_page_by_page(client: FlaskClient) -> None:
    answer = client.get("/api/v1/quotes.ris", query_string={"q": APOLOGIES, "limit": 1})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="quotes.ris"'
    assert answer.text.count("TY  - NEWS") == answer.text.count("ER  - ") > 1
    following = client.get("/api/v1/quotes.bibtex?speaker=Joram+Halvesk&limit=2")
    assert following.headers["Content-Disposition"] == 'attachment; filename="quotes.bib"'
    assert following.headers["Link"].startswith("</api/v1/quotes.bibtex?")


def test_hostile_words_are_cited_as_words(hostile: FlaskClient) -> None:
    page = get_page(hostile, "/quotes/imported")
    run = [a for a in page.all("script") if a.get("type") != "application/ld+json"]
    assert run
    assert all((a.get("src") or "").startswith("/static/") for a in run)
    assert all("onerror" not in attributes for _, attributes in page.tags)
    for name in (*STYLES, *DOWNLOADS):
        answer = hostile.get(f"/api/v1/citations/imported?format={name}")
        assert answer.status_code == 200
        assert "\u202e" not in answer.text
        assert HOSTILE not in answer.text
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
