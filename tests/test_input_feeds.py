"""Feeds as entries: what every kind of feed calls the same things."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawler.sitemaps import feed_links
from indexer.input.feeds import FeedEntry, parse_feed
from indexer.readers.feed import recognises
from search.errors import ReadError

RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Courier</title><language>en-GB</language><item><title>Talks</title><link>https://a.example/1</link>
<guid isPermaLink="false">https://a.example/x</guid><dc:creator>Ann Lee</dc:creator><pubDate>Mon, 06 May 2024 07:30:00 GMT</pubDate>
<description>A teaser.</description><content:encoded><![CDATA[<p>He said <q>no</q>.</p>]]></content:encoded></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>Courier</title><entry><title>Talks</title>
<link rel="self" href="https://a.example/self"/><link href="https://a.example/1"/><author><name>Ann Lee</name></author>
<published>Mon, 06 May 2024 07:30:00 GMT</published><summary>A teaser.</summary>
<content type="html">&lt;p&gt;He said &lt;q&gt;no&lt;/q&gt;.&lt;/p&gt;</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Courier</title><language>en-GB</language></channel><item><title>Talks</title>
<link>https://a.example/1</link><dc:creator>Ann Lee</dc:creator><dc:date>Mon, 06 May 2024 07:30:00 GMT</dc:date>
<description>&lt;p&gt;He said &lt;q&gt;no&lt;/q&gt;.&lt;/p&gt;</description></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Courier",
        "language": "en-GB",
        "items": [
            {
                "url": "https://a.example/1",
                "title": "Talks",
                "authors": [{"name": "Ann Lee"}, {"name": 7}, "x"],
                "date_published": "Mon, 06 May 2024 07:30:00 GMT",
                "content_html": "<p>He said <q>no</q>.</p>",
            }
        ],
    }
)
ENTRY = FeedEntry(
    content="<p>He said <q>no</q>.</p>",
    title="Talks",
    url="https://a.example/1",
    authors=("Ann Lee",),
    published="Mon, 06 May 2024 07:30:00 GMT",
    language="en-GB",
)


@pytest.mark.parametrize("feed", [RSS, ATOM, JSON])
def test_every_kind_says_the_same(feed: str) -> None:
    parsed = parse_feed(feed.encode())
    assert parsed.title == "Courier"
    assert parsed.entries == (ENTRY,)


def test_an_atom_feed_may_have_a_prefix_of_its_own() -> None:
    feed = re.sub(r"<(/?)(?=feed|entry|title|link|author|name|updated|published|content|id)", r"<\1a:", ATOM)
    feed = feed.replace("xmlns=", "xmlns:a=")
    assert recognises("x", feed.encode()) > 50
    assert recognises("x", b"<html><x:feed a='1'>") == 0
    (entry,) = parse_feed(feed.encode()).entries
    assert entry is not None
    assert entry.title == ENTRY.title


def test_a_description_alone_is_a_summary() -> None:
    (entry,) = parse_feed(RDF.encode()).entries
    assert entry is not None
    assert (entry.content, entry.is_summary) == (ENTRY.content, True)


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF, JSON])
def test_the_crawler_gets_the_links_of_the_same_entries(feed: str) -> None:
    assert [link.address for link in feed_links(feed.encode(), "https://b.example/")] == ["https://a.example/1"]


@pytest.mark.parametrize(
    ("guid", "address"),
    [("<guid>https://a.example/2</guid>", "https://a.example/2"), ("<guid>tag:2</guid>", None), ('<guid isPermaLink="false">https://a.example/2</guid>', None)],
)  # fmt: skip
def test_a_guid_is_an_address_unless_it_says_that_it_is_none(guid: str, address: str | None) -> None:
    feed = f"<rss><channel><item><title>Talks</title>{guid}</item></channel></rss>"
    (entry,) = parse_feed(feed.encode()).entries
    assert entry is not None
    assert entry.permalink == address
    assert len(feed_links(feed.encode(), "https://a.example/")) == (address is not None)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_encoding_is_declared_inside_or_outside(encoding: str) -> None:
    inside = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><title>Brücke</title></channel></rss>'
    assert parse_feed(inside.encode(encoding)).title == "Brücke"
    if encoding == "cp1252":
        assert parse_feed("<rss><channel><title>“Brücke”</title></channel></rss>".encode(encoding)).title == "“Brücke”"


@pytest.mark.parametrize(
    "data",
    [b"", b"words", b"<html><p>x", b"{}", b'{"items": 1}', b"[1]", b"{", b'<!DOCTYPE x [<!ENTITY a "b">]><rss/>'],
)
def test_what_is_no_feed_says_so(data: bytes) -> None:
    with pytest.raises(ReadError):
        parse_feed(data)


@given(
    st.binary(max_size=200)
    | st.text(max_size=100).map(lambda text: f"<rss><item><link>{text}</link></item></rss>".encode("utf-8", "replace"))
    | st.recursive(st.none() | st.text(max_size=5) | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["items", "url", "author", "authors", "name"]), inner)).map(lambda value: json.dumps({"items": [value]}).encode())
)  # fmt: skip
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    try:
        feed = parse_feed(data)
    except ReadError:
        return
    for entry in feed.entries:
        assert entry is None or all(isinstance(name, str) for name in entry.authors)


DESCRIBED = "<title>Ferry</title><description>It floats, said Nora Blum.</description>"
MEDIA = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"'
)


@pytest.mark.parametrize(
    ("item", "content"),
    [
        (f"<media:title>Pier</media:title><media:content><media:credit>Photo: P. Aalto</media:credit></media:content>{DESCRIBED}", "It floats, said Nora Blum."),
        (f"<media:content><media:description>The long pier at night in the rain</media:description></media:content>{DESCRIBED}", "It floats, said Nora Blum."),
        (f"<media:group><media:content><media:title>Pier</media:title></media:content></media:group>{DESCRIBED}", "It floats, said Nora Blum."),
        (f"<itunes:title>Part 9</itunes:title><itunes:summary>All that was said in the ninth part of this</itunes:summary>{DESCRIBED}", "It floats, said Nora Blum."),
        (f"<content:encoded>&lt;p&gt;All of it.&lt;/p&gt;</content:encoded>{DESCRIBED}", "<p>All of it.</p>"),
        (f"<atom:content>All of it.</atom:content>{DESCRIBED}", "All of it."),
        ("<title>Ferry</title><media:group><media:content url='x'/><media:description>Of the film.</media:description></media:group>", "Of the film."),
    ],
)  # fmt: skip
def test_pictures_and_films_beside_an_entry_are_not_its_text(item: str, content: str) -> None:
    feed = f'<rss version="2.0" {MEDIA}><channel><title>Post</title><item>{item}</item></channel></rss>'
    (entry,) = parse_feed(feed.encode()).entries
    assert entry is not None
    assert (entry.title, entry.content) == ("Ferry", content)


def test_a_prefix_that_nobody_declared_means_what_it_means_everywhere() -> None:
    item = f"<media:content><media:credit>P</media:credit></media:content><content:encoded>All of it.</content:encoded>{DESCRIBED}"
    (entry,) = parse_feed(f'<rss version="2.0"><channel><item>{item}</item></channel></rss>'.encode()).entries
    assert entry is not None
    assert entry.content == "All of it."
