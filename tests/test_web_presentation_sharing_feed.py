"""A feed as values: stable ids, one title for a query, JSON Feed."""

from __future__ import annotations

from dataclasses import replace

from html_page import HOSTILE, HtmlPage
from hypothesis import given
from hypothesis import strategies as st

from search.following.additions import AddedQuote
from search.model import Query, Quote
from web.presentation.sharing.feed import QuoteFeed, feed_of, json_feed, query_name, query_title

ADDED = "2026-11-26T04:11:08+00:00"
QUOTE = Quote("q", "d", "We will stay", speaker="Ann Lee", confidence=0.9, outlet="Evening Tide", published="2024-03-09", url="https://tide.example/a", title="Ships", language="en", flags=("denied",))  # fmt: skip


def feed(*quotes: Quote, name: str = "x", home: str = "https://a.example") -> QuoteFeed:
    added = [AddedQuote(quote, 9 - n, ADDED) for n, quote in enumerate(quotes)]
    return feed_of(name, "A title", f"{home}/search", f"{home}/search.atom", added, lambda id_: f"{home}/quotes/{id_}")


def test_an_entry_has_words_warning_source_and_every_version() -> None:
    (entry,) = feed(QUOTE).entries
    page = HtmlPage(str(entry.html))
    assert page.text == (
        "“We will stay”Mind: the document says that this was not said.Ann Lee, Evening Tide, 9 March 2024: ShipsEvery version of it"
    )
    assert page.links == ["https://tide.example/a", "https://a.example/quotes/q"]
    assert (entry.title, entry.added, entry.added_for_rss) == ("Ann Lee: “We will stay”", ADDED, "Thu, 26 Nov 2026 04:11:08 +0000")  # fmt: skip


def test_ids_are_the_same_on_every_server_and_change_for_no_reason() -> None:
    here, there = feed(QUOTE), feed(replace(QUOTE, text="changed", title=None), home="http://127.0.0.1:5000")
    assert (here.id, here.entries[0].id) == (there.id, there.entries[0].id)
    assert here.id.startswith("urn:uuid:")
    assert feed(QUOTE, name="y").id != here.id
    assert feed(replace(QUOTE, id="r")).entries[0].id != here.entries[0].id


def test_a_query_has_one_name_and_a_title_in_words() -> None:
    query = Query("stay out", speaker=("Ann Lee", "Bo Ray"), not_outlet=("Post",), after="2024-01-01", limit=5)
    assert query_name(query) == query_name(replace(query, limit=50, offset=20))
    assert query_name(query) != query_name(replace(query, speaker=("Ann Lee",)))
    assert query_title(query) == "“stay out”, speaker Ann Lee, speaker Bo Ray, not in Post, from 1 January 2024"


def test_a_feed_as_json() -> None:
    shown = json_feed(feed(QUOTE, Quote("r", "", "x")))
    assert (shown["version"], shown["feed_url"]) == (
        "https://jsonfeed.org/version/1.1",
        "https://a.example/search.atom",
    )
    first, second = shown["items"]
    assert (first["authors"], first["external_url"], first["date_published"]) == (
        [{"name": "Ann Lee"}],
        QUOTE.url,
        ADDED,
    )
    assert not {"authors", "external_url", "language"} & set(second)


def test_what_is_no_language_is_left_out() -> None:
    assert "language" not in json_feed(feed(replace(QUOTE, language="\u202e=1")))["items"][0]


def test_a_feed_without_entries_changed_never() -> None:
    assert feed().updated == "1970-01-01T00:00:00+00:00"


@given(st.text(), st.text())
def test_whatever_was_said_is_text(words: str, name: str) -> None:
    for text in (words, HOSTILE):
        (entry,) = feed(replace(QUOTE, text=text, speaker=name, outlet=text, title=text)).entries
        page = HtmlPage(str(entry.html))
        assert page.faults == []
        assert {tag for tag, _ in page.tags} <= {"blockquote", "p", "strong", "a", "cite"}
