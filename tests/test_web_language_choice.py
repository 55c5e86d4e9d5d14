"""Which language a page is in: the address, the setting, the browser; and what caches are told of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from search.errors import ConfigError
from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
from web.language.choice import direction, language, language_in_address, other_languages

PERSIAN = {"Accept-Language": "fa-IR,fa;q=0.9,en;q=0.5"}


def html_tag(page: str) -> str:
    return (re.search(r"<html[^>]*>", page) or [""])[0]


@pytest.mark.parametrize(
    ("address", "accepted", "tag"),
    [
        ("/", "", '<html lang="en" dir="ltr">'),
        ("/", "fa-IR,fa;q=0.9,en;q=0.5", '<html lang="fa" dir="rtl">'),
        ("/", "de,fr;q=0.5", '<html lang="en" dir="ltr">'),
        ("/?lang=fa", "en", '<html lang="fa" dir="rtl">'),
        ("/?lang=en", "fa", '<html lang="en" dir="ltr">'),
        ("/?lang=xx", "fa", '<html lang="fa" dir="rtl">'),
        ("/nowhere?lang=fa", "", '<html lang="fa" dir="rtl">'),
    ],
)
def test_the_address_counts_before_the_browser(client: FlaskClient, address: str, accepted: str, tag: str) -> None:
    assert html_tag(client.get(address, headers={"Accept-Language": accepted}).text) == tag


def test_a_setting_counts_before_the_browser_and_after_the_address(sample_settings: Settings, samples: Store) -> None:
    client = create_app(replace(sample_settings, language="fa"), samples).test_client()
    answer = client.get("/", headers={"Accept-Language": "en"})
    assert 'lang="fa"' in html_tag(answer.text)
    assert "Accept-Language" not in answer.vary
    assert 'lang="en"' in html_tag(client.get("/?lang=en").text)


def test_a_language_that_there_is_not_cannot_be_set(sample_settings: Settings, samples: Store) -> None:
    with pytest.raises(ConfigError, match="`language` must be one of: en, fa"):
        create_app(replace(sample_settings, language="xx"), samples)


@pytest.mark.parametrize("address", ["/", "/search?q=apologies", "/speakers", "/nowhere"])
def test_caches_are_told_where_the_browser_decided(client: FlaskClient, address: str) -> None:
    assert "Accept-Language" in client.get(address).vary
    chosen = address + ("&" if "?" in address else "?") + "lang=fa"
    assert "Accept-Language" not in client.get(chosen).vary


def test_a_page_in_one_language_is_not_still_good_in_another(client: FlaskClient) -> None:
    english = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": english}).status_code == 304
    assert client.get("/", headers=PERSIAN | {"If-None-Match": english}).status_code == 200
    unchanged = client.get("/", headers=PERSIAN | {"If-None-Match": client.get("/", headers=PERSIAN).headers["ETag"]})
    assert unchanged.status_code == 304
    assert "Accept-Language" in unchanged.vary


def test_links_and_forms_keep_the_language_that_the_address_names(client: FlaskClient) -> None:
    page = client.get("/search?q=apologies&lang=fa").text
    links = re.findall(r'<a [^>]*href="(/[^"]*)"', page)
    of_pages = [link for link in links if not link.startswith("/api/")]
    assert of_pages
    assert [link for link in of_pages if "lang=fa" not in link] == []
    assert [link for link in links if link.startswith("/api/") and "lang=" in link] == []
    assert '<input type="hidden" name="lang" value="fa">' in page
    assert "lang=fa" not in client.get("/search?q=apologies", headers=PERSIAN).text.partition("<footer")[0]


def test_addresses_for_other_sites_have_no_language(client: FlaskClient) -> None:
    page = client.get("/search?q=apologies&lang=fa").text
    link = re.search(r'href="(/quotes/[^"?]*)', page)
    assert link is not None
    head = client.get(f"{link[1]}?lang=fa").text.partition("</head>")[0]
    assert re.findall(r'(?:href|content)="http://localhost[^"]*lang=[^"]*"', head) == []


def test_programs_are_answered_as_the_command_line_is(client: FlaskClient) -> None:
    answer = client.get("/api/v1/quotes?after=soon", headers=PERSIAN)
    assert "is no date" in answer.text
    assert "Accept-Language" not in answer.vary


def test_each_page_leads_to_itself_in_the_other_languages(client: FlaskClient) -> None:
    with client.application.test_request_context("//evil.example/?q=a&q=b&lang=en&page=2"):
        assert [(each.code, each.name, each.address) for each in other_languages()] == [
            ("fa", "فارسی", "?q=a&q=b&page=2&lang=fa")
        ]
        assert (language(), direction(), language_in_address()) == ("en", "ltr", "en")


def test_outside_of_a_request_it_is_english() -> None:
    assert (language(), direction(), language_in_address()) == ("en", "ltr", None)
