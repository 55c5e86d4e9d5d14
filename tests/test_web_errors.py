"""Errors as answers: which status, and a sentence on a page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from html_page import HtmlPage, get_page

from search.errors import ConfigError, QueryError, QuoteNotFound, QuotesError, SchemaMismatch, StoreUnavailable
from web.errors import STATUS_CODES, TYPED_SHOWN, status_code


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=!!!", "nothing to search for"),
        ("q=" + "x" * 20_000, "at most 10,000"),
        ("q=a&after=soon", "soon is no date"),
        ("q=a&kind=loud", "loud is no kind"),
        ("q=a&page=0", "page must be a whole number"),
        ("q=a&page=" + "9" * 6000, "page must be a whole number"),
        ("q=a&speaker=" + "x" * 400, "300 are the most"),
        ("q=a" + "&speaker=x" * 3 + "".join(f"&outlet={n}" for n in range(60)), "50 are the most"),
        ("q=word+after:soon", "at character 6"),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_with_a_sentence(
    client: FlaskClient, query: str, words: str
) -> None:
    assert words in get_page(client, "/search?" + query, 400).text


@pytest.mark.parametrize("url", ["/quotes/none", "/documents/none", "/nowhere", "/static/none.css"])
def test_what_is_not_there_is_a_page_that_says_so(client: FlaskClient, url: str) -> None:
    assert "To the front page" in get_page(client, url, 404).text


def test_every_error_of_the_project_has_a_status() -> None:
    for kind in [QuotesError, *QuotesError.__subclasses__()]:
        assert 400 <= status_code(kind("x")) < 600
    assert [kind for kind, _ in STATUS_CODES][-1] is QuotesError


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QueryError("x"), 400),
        (QuoteNotFound("x"), 404),
        (StoreUnavailable("x"), 503),
        (SchemaMismatch("x"), 503),
        (ConfigError("x"), 500),
        (QuotesError("x"), 500),
    ],
)
def test_an_error_of_the_project_has_the_status_of_its_kind(error: QuotesError, status: int) -> None:
    assert status_code(error) == status


def test_no_class_of_the_table_stands_behind_its_base() -> None:
    kinds = [kind for kind, _ in STATUS_CODES]
    assert all(not issubclass(later, earlier) for n, earlier in enumerate(kinds) for later in kinds[n + 1 :])


def test_an_error_is_kept_by_no_cache_and_the_words_typed_stay_in_the_form(client: FlaskClient) -> None:
    response = client.get("/search", query_string={"q": "word after:soon " + "x" * 1000})
    assert (response.status_code, response.headers["Cache-Control"]) == (400, "no-store")
    typed = next(field for field in HtmlPage(response.text).all("input") if field.get("id") == "q")["value"]
    assert typed == ("word after:soon " + "x" * 1000)[:TYPED_SHOWN]
