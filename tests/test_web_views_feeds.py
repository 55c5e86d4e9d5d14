"""Feeds over HTTP, read by feedparser and by our own reader of feeds."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote as percent

import feedparser
import pytest
from flask.testing import FlaskClient
from html_page import APOLOGIES, HtmlPage, get_page
from published_schemas import json_feed_faults, xml_feed_entries

from search.find.find import find
from search.model import Query, Quote
from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
from web.views.feeds import FEED_TYPES

ADDRESSES = {"search": f"/search.{{}}?q={percent(APOLOGIES)}", "speaker": "/search.{}?speaker=Joram+Halvesk", "utterance": "/feeds/{id}?format={}"}  # fmt: skip


def read(client: FlaskClient, address: str, format_: str) -> list[dict[str, Any]]:
    """The entries of a feed as id, title, link, content and time, whatever its format."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == FEED_TYPES[format_]
    if format_ == "json":
        whole = json.loads(answer.text)
        assert json_feed_faults(whole) == []
        assert whole["version"] == "https://jsonfeed.org/version/1.1"
        return [{"id": i["id"], "title": i["title"], "link": i["url"], "html": i["content_html"], "added": i["date_published"]} for i in whole["items"]]  # fmt: skip
    parsed = feedparser.parse(answer.data, response_headers={"content-type": answer.content_type})
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == {"atom": "atom10", "rss": "rss20"}[format_]
    assert parsed.feed.title
    assert parsed.feed.link.startswith("http://localhost/")
    return [{"id": e.id, "title": e.title, "link": e.link, "html": e.content[0].value if "content" in e else e.summary, "added": e.published} for e in parsed.entries]  # fmt: skip


@pytest.mark.parametrize("format_", FEED_TYPES)
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_feed_is_read_by_others_and_its_entries_lead_to_their_pages(
    client: FlaskClient, samples: Store, name: str, format_: str
) -> None:
    said = find(samples, Query(APOLOGIES)).utterances[0]
    entries = read(client, ADDRESSES[name].format(format_, id=said.id) if name != "utterance" else f"/feeds/{said.id}?format={format_}", format_)  # fmt: skip
    assert len(entries) > 3
    assert len({entry["id"] for entry in entries}) == len(entries)
    assert client.get(entries[0]["link"].removeprefix("http://localhost")).status_code == 200
    assert all(HtmlPage(entry["html"]).faults == [] for entry in entries)


@pytest.mark.parametrize("format_", ["atom", "rss"])
def test_a_strict_reader_finds_nothing_missing_or_misplaced(
    client: FlaskClient, hostile: FlaskClient, format_: str
) -> None:
    for asked, address in (
        (client, f"/search.{format_}?speaker=Joram+Halvesk"),
        (hostile, f"/feeds/imported?format={format_}"),
    ):
        feed = asked.get(address).data
        assert xml_feed_entries(feed, format_) == len(read(asked, address, format_))
    with pytest.raises(AssertionError, match=r"NotAvailableValue|Missing"):
        xml_feed_entries(re.sub(rb"<(updated|pubDate)>[^<]*", rb"<\1>soon", feed), format_)


def test_the_schema_of_json_feed_can_refuse(client: FlaskClient) -> None:
    feed = json.loads(client.get("/search.json?speaker=Joram+Halvesk").text)
    del feed["items"][0]["id"]
    feed["items"][1]["date_published"] = 5
    assert len(json_feed_faults(feed)) == 2


def test_the_three_formats_say_the_same(client: FlaskClient) -> None:
    atom, rss, json_ = (read(client, ADDRESSES["search"].format(name), name) for name in FEED_TYPES)
    for a, r, j in zip(atom, rss, json_, strict=True):
        assert (a["id"], a["title"], a["link"]) == (r["id"], r["title"], r["link"]) == (j["id"], j["title"], j["link"])


def test_what_comes_in_is_the_first_entry_and_the_others_stay(store: Store, settings: Settings) -> None:
    client = create_app(settings, store).test_client()
    address = "/search.atom?q=stay+out"
    assert read(client, address, "atom") == []
    store.add_quotes([Quote("a", "", "We will stay out", published="2024-01-01")])
    store.catch_up()
    before = client.get(address)
    first = read(client, address, "atom")
    store.add_quotes([Quote("b", "", "They will stay out", published="2020-01-01")])
    store.catch_up()
    assert client.get(address, headers={"If-None-Match": before.headers["ETag"]}).status_code == 200
    second = read(client, address, "atom")
    assert [entry["id"] for entry in second][1:] == [entry["id"] for entry in first]
    assert "They will stay out" in second[0]["title"]


def test_nothing_new_is_304_without_work(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.get(ADDRESSES["search"].format("rss"))
    monkeypatch.setattr("web.views.feeds.newest_quotes", lambda *_: pytest.fail("it was asked again"))
    again = client.get(ADDRESSES["search"].format("rss"), headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status"),
    [("/search.atom", 400), ("/search.atom?q=a&after=soon", 400), ("/search.xml?q=a", 404), ("/feeds/none", 404), ("/feeds/none?format=x", 400)],
)  # fmt: skip
def test_what_is_no_feed_is_said(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize("page", ["/search?speaker=Joram+Halvesk", "/quotes/{}"])
def test_a_page_names_its_feeds(client: FlaskClient, samples: Store, page: str) -> None:
    said = find(samples, Query(APOLOGIES)).utterances[0]
    shown = get_page(client, page.format(said.id))
    named = {a["type"]: a["href"] or "" for a in shown.all("link") if a["rel"] == "alternate" and "+" in (a["type"] or "")}  # fmt: skip
    for type_, format_ in (
        ("application/atom+xml", "atom"),
        ("application/rss+xml", "rss"),
        ("application/feed+json", "json"),
    ):
        assert named[type_] in shown.links
        assert read(client, named[type_], format_)


@pytest.mark.parametrize("format_", FEED_TYPES)
def test_hostile_words_break_no_feed_and_become_no_markup(hostile: FlaskClient, format_: str) -> None:
    for address in (f"/feeds/imported?format={format_}", f"/search.{format_}?q=script+alert+1+gnp+exe&speaker=script"):
        entries = read(hostile, address, format_)
        assert entries
        for entry in entries:
            page = HtmlPage(entry["html"])
            assert {tag for tag, _ in page.tags} <= {"blockquote", "p", "strong", "a", "cite"}
            assert all(link.startswith(("http://", "https://")) for link in page.links)
            assert "\u202e" not in entry["html"] + entry["title"]


def test_controls_that_xml_forbids_are_left_out(store: Store, settings: Settings) -> None:
    words = "stay\x00 \x0bout\ufffe \uffff\x1f ]]> & <b>now"
    store.add_quotes([Quote("a", "", words, speaker=words, outlet=words, title=words)])
    store.catch_up()
    client = create_app(settings, store).test_client()
    for format_ in FEED_TYPES:
        assert len(read(client, f"/search.{format_}?q=stay+out", format_)) == 1
