"""Errors as answers: which status, and a sentence on a page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from html_page import HtmlPage, get_page

from search.errors import ConfigError, QueryError, QuoteNotFound, QuotesError, SchemaMismatch, StoreUnavailable
from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
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


@pytest.mark.parametrize(("address", "words"), [("/logout", "with POST"), ("/api/v1/check", "with POST")])
def test_an_address_that_only_takes_something_does_not_say_that_it_can_be_read(
    client: FlaskClient, address: str, words: str
) -> None:
    """It said "This address can only be read, with GET." to a GET."""
    response = client.get(address)
    assert response.status_code == 405
    assert words in response.text
    assert "only be read" not in response.text
    assert "only be read, with GET" in client.post("/about").text


@pytest.mark.parametrize("error", [StoreUnavailable("cut\x1b[2J off"), ValueError("no")])
def test_a_log_names_the_view_and_not_what_somebody_asked_for(
    settings: Settings,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    """An address with controls wrote lines of its own into the log, and what was looked for stood in it."""

    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("web.views.pages.utterance_of_quote", fails)
    answer = create_app(settings, store).test_client().get("/quotes/someone%0d%1b%5b31mERROR%20all%20is%20lost")
    assert answer.status_code >= 500
    assert "pages.quote" in caplog.text
    assert "someone" not in caplog.text
    assert not {"\x1b", "\r"} & set(caplog.text)


def test_an_error_is_kept_by_no_cache_and_the_words_typed_stay_in_the_form(client: FlaskClient) -> None:
    response = client.get("/search", query_string={"q": "word after:soon " + "x" * 1000})
    assert (response.status_code, response.headers["Cache-Control"]) == (400, "no-store")
    typed = next(field for field in HtmlPage(response.text).all("input") if field.get("id") == "q")["value"]
    assert typed == ("word after:soon " + "x" * 1000)[:TYPED_SHOWN]
