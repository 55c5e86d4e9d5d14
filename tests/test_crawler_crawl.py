"""Fetching, against a real server on this machine: one that behaves, and the same one being hostile."""

from __future__ import annotations

import gzip
import io
import json
import socket
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.crawler import address_policy, crawl, http, sitemaps
from indexer.crawler.address_policy import is_address, is_public, judged_endpoints, parse_address
from indexer.crawler.crawl import FetchOptions, extract_addresses, read_addresses
from indexer.crawler.fetch_error import AddressRefused, FetchError
from indexer.crawler.http import RequestLimits, http_get
from indexer.crawler.page_archive import archived_page
from indexer.crawler.robots import parse_robots
from indexer.crawler.sitemaps import MAX_SITEMAP_ADDRESSES, feed_links, sitemap_links
from indexer.input.decompress import Decompressor
from indexer.input.input_file import ReadOptions
from indexer.pipeline.items import ExtractedDocument, FileDone, FileUnchanged
from search.errors import ReadError
from search.model import Document, Skip

ARTICLE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="2026-03-04T10:00:00Z"></head><body><article><h1>{title}</h1>
<p>The harbour board met on Tuesday in the old customs house to talk about the dredging of the eastern channel.</p>
<p>“We will dredge it before the winter,” said Orla Finch, who has led the board since last spring.</p>
<p>Fishermen who keep their boats there had asked for the work for eleven years without an answer.</p>
</article></body></html>"""


def article(title: str) -> bytes:
    return ARTICLE.format(title=title).encode()


class Site:
    """A web server on loopback that notes what it was asked. A route is bytes, or a function that answers by itself."""

    def __init__(self) -> None:
        self.routes: dict[str, bytes | Callable[[Any], None]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.headers.append({name.lower(): value for name, value in self.headers.items()})
                found = site.routes.get(self.path)
                if callable(found):
                    found(self)
                elif found is None:
                    answer(self, 404, b"nothing here")
                else:
                    answer(self, 200, found)

            def log_message(self, *_: object) -> None:
                return

        class Server(ThreadingHTTPServer):
            block_on_close = False

            def handle_error(self, *_: object) -> None:
                return

        self.server = Server(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=lambda: self.server.serve_forever(0.02), daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def pages_asked(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def answer(handler: Any, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    fields = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body))}
    fields |= {name.replace("_", "-").lower(): value for name, value in headers.items()}
    for name, value in fields.items():
        if value:
            handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def redirect(place: str) -> Callable[[Any], None]:
    return lambda handler: answer(handler, 302, location=place)


def refuse(status: int) -> Callable[[Any], None]:
    return lambda handler: answer(handler, status)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


class Waits:
    """A clock that only moves when somebody sleeps, and a calendar on which each look is a second later."""

    today = datetime(2026, 3, 10, 12, tzinfo=UTC)

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    @classmethod
    def look_at_calendar(cls) -> datetime:
        cls.today += timedelta(seconds=1)
        return cls.today

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def options(waits: Waits | None = None, **changes: Any) -> FetchOptions:
    waits = waits or Waits()
    values: dict[str, Any] = {
        "allow_private": True,
        # Far more than any answer takes here: a busy machine is no fault of the code.
        "timeout_seconds": 60.0,
        "total_seconds": 120.0,
        "retries": 2,
        "sleep": waits.sleep,
        "clock": lambda: waits.now,
        "now": waits.look_at_calendar,
    }
    return FetchOptions(**values | changes)


def run(folder: Path, *pages: str, **changes: Any) -> list[Any]:
    more = {name: changes.pop(name) for name in ("feeds", "sitemaps", "known") if name in changes}
    return list(read_addresses(pages, folder=folder, options=options(**changes), **more))


def documents(items: list[Any]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def reason(items: list[Any]) -> str:
    """The sentence of the only `Skip`."""
    assert [type(item) for item in items] == [Skip], items
    text: str = items[0].reason
    assert text.endswith(".")
    assert "\n" not in text
    return text


# -- a server that behaves


def test_what_comes_packed_is_unpacked(site: Site, tmp_path: Path) -> None:
    """A feed as .gz, a web archive as .warc.gz, a zip archive of pages: each page in it with an address of its own."""
    page = article("Channel to be dredged")
    answered = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://old.example/talks\r\nContent-Length: {len(answered)}\r\n\r\n"
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("day/one.html", page)
        archive.writestr("day/two.html", article("Harbour to be closed"))
    site.routes["/all.warc.gz"] = gzip.compress(head.encode() + answered + b"\r\n\r\n")
    site.routes["/day.zip"] = zipped.getvalue()
    entry = "<item><title>Talks</title><link>https://old.example/x</link><content:encoded>" + "<p>They talked.</p>" * 20
    feed = f'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{entry}</content:encoded></item></channel></rss>'
    site.routes["/feed.xml.gz"] = gzip.compress(feed.encode())
    old, one, two, entry_ = documents(run(tmp_path, *map(site.url, ("/all.warc.gz", "/day.zip", "/feed.xml.gz"))))
    assert (old.title, old.url) == ("Channel to be dredged", "https://old.example/talks")
    assert (one.title, one.url) == ("Channel to be dredged", site.url("/day.zip/day/one.html"))
    assert (two.title, two.url) == ("Harbour to be closed", site.url("/day.zip/day/two.html"))
    assert entry_.url == "https://old.example/x"
    assert old.provenance["kept"] != one.provenance["kept"] == two.provenance["kept"]


def test_a_page_is_read_kept_and_says_where_it_came_from(site: Site, tmp_path: Path) -> None:
    site.routes["/talks"] = article("Channel to be dredged")
    found = run(tmp_path, site.url("/talks#top"))
    (document,) = documents(found)
    assert "We will dredge it before the winter" in document.text
    assert document.url == site.url("/talks")
    assert document.provenance["fetched"].startswith("20")
    kept = tmp_path / document.provenance["kept"]
    assert gzip.decompress(kept.read_bytes()) == article("Channel to be dredged")
    assert isinstance(found[-1], FileDone)
    assert found[-1].path == site.url("/talks")
    assert found[-1].stamp


def test_we_say_who_we_are_and_send_no_cookies(site: Site, tmp_path: Path) -> None:
    site.routes["/a"] = lambda h: answer(h, 302, location="/b", set_cookie="track=1")
    site.routes["/b"] = article("B")
    run(tmp_path, site.url("/a"))
    assert site.asked == ["/robots.txt", "/a", "/b"]
    assert all(headers["user-agent"].startswith("Quotes/") for headers in site.headers)
    assert all(headers["host"] == site.host for headers in site.headers)
    assert not any("cookie" in headers for headers in site.headers)


def test_one_request_a_second_for_each_host(site: Site, tmp_path: Path) -> None:
    waits = Waits()
    site.routes |= {f"/{n}": article(str(n)) for n in range(3)}
    run(tmp_path, *(site.url(f"/{n}") for n in range(3)), waits=waits)
    assert waits.slept == [1.0, 1.0, 1.0]


def test_a_host_may_ask_for_longer_pauses(site: Site, tmp_path: Path) -> None:
    waits = Waits()
    site.routes |= {"/robots.txt": b"User-agent: *\nCrawl-delay: 7\n", "/a": article("A"), "/b": article("B")}
    run(tmp_path, site.url("/a"), site.url("/b"), waits=waits)
    assert waits.slept[-1] == 7.0


def test_robots_txt_is_obeyed(site: Site, tmp_path: Path) -> None:
    site.routes["/robots.txt"] = (
        b"User-agent: *\nDisallow: /\n\nUser-agent: quotes\nDisallow: /secret\nAllow: /secret/x$\n"
    )
    site.routes |= {"/open": article("Open"), "/secret/x": article("X")}
    found = run(tmp_path, *(site.url(path) for path in ("/open", "/secret", "/secret/x", "/secret/xy")))
    assert len(documents(found)) == 2
    assert sum("robots.txt" in item.reason for item in found if isinstance(item, Skip)) == 2
    assert site.pages_asked() == ["/open", "/secret/x"]


def test_without_robots_txt_all_may_be_asked_and_with_a_broken_one_nothing(site: Site, tmp_path: Path) -> None:
    site.routes |= {"/robots.txt": lambda h: answer(h, 403), "/a": article("A")}
    assert documents(run(tmp_path, site.url("/a")))
    for status in (429, 500, 503):
        site.routes["/robots.txt"] = refuse(status)
        site.asked.clear()
        text = reason(run(tmp_path / str(status), site.url("/a")))
        assert "robots.txt cannot be had" in text
        assert site.pages_asked() == []


def test_a_page_is_asked_for_changes_only(site: Site, tmp_path: Path) -> None:
    def page(handler: Any) -> None:
        if handler.headers["If-None-Match"] == '"v1"' and handler.headers["If-Modified-Since"] == "yesterday":
            answer(handler, 304)
        else:
            answer(handler, 200, article("V1"), etag='"v1"', last_modified="yesterday")

    site.routes["/a"] = page
    stored: dict[str, str] = {}
    first = run(tmp_path, site.url("/a"))
    again = run(tmp_path, site.url("/a"))
    # Nobody said that the first was stored, so it is read again, from what is kept.
    assert documents(again) == documents(first)
    stored |= {item.path: item.stamp for item in again if isinstance(item, FileDone)}
    known = lambda path, stamp: stored.get(path) == stamp  # noqa: E731
    assert run(tmp_path, site.url("/a"), known=known) == [FileUnchanged(site.url("/a"))]
    # Read in another way, it is another thing.
    assert documents(run(tmp_path, site.url("/a"), known=known, read=ReadOptions(outlet="Courier")))
    assert site.pages_asked() == ["/a"] * 4
    assert site.headers[1].keys().isdisjoint({"if-none-match", "if-modified-since"})
    assert site.headers[-1].items() >= {"if-none-match": '"v1"', "if-modified-since": "yesterday"}.items()


def test_a_changed_page_is_a_second_revision_and_the_first_stays(site: Site, tmp_path: Path) -> None:
    for title in ("First", "Second", "Second"):
        site.routes["/a"] = article(title)
        (document,) = documents(run(tmp_path, site.url("/a")))
        assert document.title == title
    kept, data = archived_page(tmp_path, site.url("/a")) or pytest.fail("nothing kept")
    assert data == article("Second")
    (earlier,) = kept.earlier
    assert gzip.decompress((tmp_path / earlier["file"]).read_bytes()) == article("First")


def test_evidence_outlives_the_link(site: Site, tmp_path: Path) -> None:
    site.routes["/a"] = article("A")
    run(tmp_path, site.url("/a"))
    del site.routes["/a"]
    skip, document, done = run(tmp_path, site.url("/a"))
    assert "no such page (404). The copy of" in skip.reason
    assert document.title == "A"
    assert isinstance(done, FileDone)


@pytest.mark.parametrize("damage", [b"\x1f\x8b broken", gzip.compress(b"<p>Something else", mtime=0), b""])
def test_a_damaged_copy_is_fetched_anew(site: Site, tmp_path: Path, damage: bytes) -> None:
    site.routes["/a"] = lambda h: answer(h, 304 if h.headers["If-None-Match"] else 200, article("A"), etag='"1"')
    (document,) = documents(run(tmp_path, site.url("/a")))
    (tmp_path / document.provenance["kept"]).write_bytes(damage)
    assert documents(run(tmp_path, site.url("/a")))[0].title == "A"
    assert archived_page(tmp_path, site.url("/a"))


def test_trouble_that_passes_is_waited_for(site: Site, tmp_path: Path) -> None:
    turns: Iterator[Callable[[Any], None]] = iter(
        [
            lambda h: answer(h, 500),
            lambda h: answer(h, 429, retry_after="17"),
            lambda h: answer(h, 200, article("A")),
        ]
    )
    site.routes["/a"] = lambda h: next(turns)(h)  # noqa: PLW0108 - at each request
    waits = Waits()
    assert documents(run(tmp_path, site.url("/a"), waits=waits))
    assert 1.0 <= waits.slept[1] <= 1.5
    assert waits.slept[2] == 17.0


def test_a_host_that_wants_to_be_left_alone_for_long_is(site: Site, tmp_path: Path) -> None:
    site.routes["/a"] = lambda h: answer(h, 503, retry_after="86400")
    found = run(tmp_path, site.url("/a"), site.url("/b"))
    assert ["86,400 s" in item.reason for item in found] == [True, True]
    assert site.pages_asked() == ["/a"]


def test_a_host_that_always_fails_is_given_up(site: Site, tmp_path: Path) -> None:
    site.routes |= {f"/{n}": lambda h: answer(h, 502) for n in range(6)}
    found = run(tmp_path, *(site.url(f"/{n}") for n in range(6)), retries=0)
    assert site.pages_asked() == ["/0", "/1", "/2"]
    assert "left alone" in found[-1].reason


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "password"),
        (403, "does not let"),
        (404, "no such page"),
        (410, "taken the page away"),
        (204, "no page"),
        (451, "legal"),
    ],
)
def test_each_refusal_has_its_sentence(site: Site, tmp_path: Path, status: int, words: str) -> None:
    site.routes["/a"] = lambda h: answer(h, status)
    assert words in reason(run(tmp_path, site.url("/a")))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw", "two members", "chunked"])
def test_packed_bodies_are_unpacked(site: Site, tmp_path: Path, coding: str) -> None:
    body = article("Packed")
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(body),
        "deflate": zlib.compress(body),
        "raw": bare.compress(body) + bare.flush(),
        "two members": gzip.compress(body[:300]) + gzip.compress(body[300:]),
        "chunked": b"5\r\n" + body[:5] + b"\r\n%x\r\n" % (len(body) - 5) + body[5:] + b"\r\n0\r\n\r\n",
    }[coding]
    name = {"deflate": "deflate", "raw": "deflate", "chunked": ""}.get(coding, "gzip")

    def page(handler: Any) -> None:
        handler.protocol_version = "HTTP/1.1"
        if coding == "chunked":
            answer(handler, 200, packed, transfer_encoding="chunked", content_length="", connection="close")
        else:
            answer(handler, 200, packed, content_encoding=name)

    site.routes["/a"] = page
    assert documents(run(tmp_path, site.url("/a")))[0].title == "Packed"


def test_other_kinds_are_read_by_their_readers(site: Site, tmp_path: Path) -> None:
    text = "The channel.\n\n“We will dredge it,” said Orla Finch.\n".encode("cp1252")
    site.routes["/notes"] = lambda h: answer(h, 200, text, content_type="text/plain; charset=windows-1252")
    site.routes["/odd"] = lambda h: answer(h, 200, article("Odd"), content_type="text/html; charset=base64")
    rows = b"title,text,date\nRows,We will dredge it before the winter.,2026-03-04\n"
    site.routes["/rows.csv"] = lambda h: answer(h, 200, rows, content_type="text/csv; charset=base64")
    site.routes["/film"] = lambda h: answer(h, 200, b"x" * 99, content_type="video/mp4")
    site.routes["/png"] = lambda h: answer(h, 200, b"\x89PNG\r\n\x1a\n" + bytes(99))
    found = run(tmp_path, *(site.url(path) for path in ("/notes", "/odd", "/rows.csv", "/film", "/png")))
    notes, odd, rows_read = documents(found)
    assert "“We will dredge it,”" in notes.text
    assert notes.url == site.url("/notes")
    assert odd.title == "Odd"
    assert rows_read.title == "Rows"
    assert [item.reason for item in found if isinstance(item, Skip)] == [
        "this is video/mp4, which holds no text.",
        "this is a PNG image, which is no format that is read here.",
    ]


# -- feeds and sitemaps


def urlset(*links: str) -> bytes:
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(links)
        + "</urlset>"
    ).encode()


def loc(url: str, lastmod: str = "") -> str:
    return f"<url><loc>{url}</loc>{f'<lastmod>{lastmod}</lastmod>' if lastmod else ''}</url>"


def test_a_sitemap_of_sitemaps_is_followed_within_its_site(site: Site, tmp_path: Path) -> None:
    index = f"<sitemapindex><sitemap><loc>{site.url('/s1.xml.gz')}</loc></sitemap><sitemap><loc>/s2.txt</loc></sitemap></sitemapindex>"
    site.routes |= {
        "/sitemap.xml": index.encode(),
        "/s1.xml.gz": gzip.compress(
            urlset(loc(site.url("/a")), loc("http://elsewhere.example/x"), loc(site.url("/a")))
        ),
        "/s2.txt": f"{site.url('/b')}\n{site.url('/a')}\n".encode(),
        "/a": article("A"),
        "/b": article("B"),
    }
    found = run(tmp_path, sitemaps=[site.url("/sitemap.xml")])
    assert [document.title for document in documents(found)] == ["A", "B"]
    assert [item.reason for item in found if isinstance(item, Skip)] == [
        "it names 1 addresses of other sites, which were left out."
    ]
    assert site.pages_asked() == ["/sitemap.xml", "/s1.xml.gz", "/a", "/s2.txt", "/b"]


def test_a_site_names_its_sitemaps_in_robots_txt(site: Site, tmp_path: Path) -> None:
    site.routes |= {
        "/robots.txt": f"Sitemap: {site.url('/map.xml')}\n".encode(),
        "/": b"<html><body>Welcome</body></html>",
        "/map.xml": urlset(loc(site.url("/a"))),
        "/a": article("A"),
    }
    assert len(documents(run(tmp_path, sitemaps=[site.url("/")]))) == 1


def test_a_sitemap_that_leads_to_itself_ends(site: Site, tmp_path: Path) -> None:
    for n in range(9):
        site.routes[f"/{n}.xml"] = (
            f"<sitemapindex><sitemap><loc>/{n}.xml</loc></sitemap><sitemap><loc>/{n + 1}.xml</loc></sitemap></sitemapindex>".encode()
        )
    left_out, nothing = run(tmp_path, sitemaps=[site.url("/0.xml")])
    assert (left_out.path, left_out.reason) == (
        site.url("/4.xml"),
        "it was left out: one run reads 1,000 sitemaps, 3 deep.",
    )
    assert (nothing.path, nothing.reason) == (site.url("/0.xml"), "it names no page that was not read already.")
    assert site.pages_asked() == ["/0.xml", "/1.xml", "/2.xml", "/3.xml"]


def test_what_a_clock_that_was_ahead_has_dated_is_asked_for_again(site: Site, tmp_path: Path) -> None:
    site.routes |= {
        "/a": article("A"),
        "/s.xml": f"<urlset><url><loc>{site.url('/a')}</loc><lastmod>2026-01-01</lastmod></url></urlset>".encode(),
    }
    ahead = iter(datetime(2099, 3, 10, tzinfo=UTC) + timedelta(seconds=n) for n in range(1000))
    run(tmp_path, sitemaps=[site.url("/s.xml")], now=lambda: next(ahead))
    run(tmp_path, sitemaps=[site.url("/s.xml")])
    assert site.pages_asked() == ["/s.xml", "/a"] * 2
    run(tmp_path, sitemaps=[site.url("/s.xml")])
    assert site.pages_asked() == ["/s.xml", "/a"] * 2 + ["/s.xml"]


def test_a_sitemap_of_more_addresses_than_are_read_says_so(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.routes |= {f"/{name}": article(name) for name in "ab"} | {
        "/s.txt": site.url("/a\n").encode() + site.url("/b\n").encode()
    }
    monkeypatch.setattr(sitemaps, "MAX_SITEMAP_ADDRESSES", 1)
    monkeypatch.setattr(crawl, "MAX_SITEMAP_ADDRESSES", 1)
    found = run(tmp_path, sitemaps=[site.url("/s.txt")])
    assert len(documents(found)) == 1
    assert reason(found[-1:]) == "only its first 1 addresses were read, as many as a sitemap may have."


def test_what_a_sitemap_calls_unchanged_is_not_asked_for(site: Site, tmp_path: Path) -> None:
    site.routes |= {"/a": article("A"), "/b": article("B"), "/c": article("C")}
    site.routes["/s.xml"] = urlset(
        loc(site.url("/a"), "2020-01-01"),
        loc(site.url("/b"), "2020-01-01T00:00:00Z"),
        loc(site.url("/c"), Waits.today.date().isoformat()),
    )
    run(tmp_path, sitemaps=[site.url("/s.xml")])
    site.asked.clear()
    assert len(documents(run(tmp_path, sitemaps=[site.url("/s.xml")]))) == 3
    assert site.pages_asked() == ["/s.xml", "/c"]


def test_an_interrupted_run_goes_on_where_it_stopped(site: Site, tmp_path: Path) -> None:
    site.routes |= {f"/{n}": article(f"N{n}") for n in range(5)}
    site.routes["/s.xml"] = urlset(*(loc(site.url(f"/{n}")) for n in range(5)))
    stream = read_addresses([], sitemaps=[site.url("/s.xml")], folder=tmp_path, options=options())
    titles = []
    for item in stream:
        if isinstance(item, Document):
            titles.append(item.title)
        if len(titles) == 3:
            break
    stream.close()  # type: ignore[attr-defined]
    assert site.pages_asked() == ["/s.xml", "/0", "/1", "/2"]
    site.asked.clear()
    # What was not stored is read from the copies: nothing is asked twice, nothing lost.
    found = run(tmp_path, sitemaps=[site.url("/s.xml")])
    assert [document.title for document in documents(found)] == [f"N{n}" for n in range(5)]
    assert site.pages_asked() == ["/3", "/4"]
    # That run came to its end, so the next is a new one.
    site.asked.clear()
    run(tmp_path, sitemaps=[site.url("/s.xml")])
    assert len(site.pages_asked()) == 6


def test_a_feed_leads_to_its_pages_and_stands_in_for_those_that_are_gone(site: Site, tmp_path: Path) -> None:
    whole = "".join(
        f"<p>“We will dredge it before the winter,” said Orla Finch on day {n} of the talks.</p>" for n in range(6)
    )
    full = f"<content:encoded><![CDATA[{whole}]]></content:encoded>"
    feed = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>Courier</title>"
        f"<item><title>A</title><link>{site.url('/a')}</link>{full}</item>"
        f"<item><title>Gone</title><link>{site.url('/gone')}</link>{full}</item>"
        f"<item><title>Teaser</title><link>{site.url('/teaser')}</link><description>More inside.</description></item>"
        "</channel></rss>"
    )
    site.routes |= {"/feed": feed.encode(), "/a": article("A")}
    found = run(tmp_path, feeds=[site.url("/feed")])
    assert [document.title for document in documents(found)] == ["A", "Gone"]
    (skip,) = [item for item in found if isinstance(item, Skip)]
    assert skip.path == site.url("/teaser")


def test_a_json_feed_leads_to_its_pages(site: Site, tmp_path: Path) -> None:
    items = [{"id": "1", "url": "/a", "title": "A"}, "rubbish", {"id": "2", "url": 7}]
    site.routes["/feed.json"] = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    site.routes["/a"] = article("A")
    assert documents(run(tmp_path, feeds=[site.url("/feed.json")]))[0].title == "A"


@pytest.mark.parametrize("items", ["", "<item/>" * 3, "<item><title>Nothing</title></item>"])
def test_a_feed_that_leads_nowhere_says_so(site: Site, tmp_path: Path, items: str) -> None:
    site.routes["/feed.xml"] = f"<rss><channel>{items}</channel></rss>".encode()
    assert reason(run(tmp_path, feeds=[site.url("/feed.xml")])) == "it names no page, and has no article in it."


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"<html><p>no", b"<urlset", b"{}", b'<!DOCTYPE x [<!ENTITY a "b">]><urlset/>']
)
def test_what_is_no_feed_and_no_sitemap_says_so(site: Site, tmp_path: Path, body: bytes) -> None:
    site.routes["/x"] = body
    for found in (run(tmp_path / "f", feeds=[site.url("/x")]), run(tmp_path / "s", sitemaps=[site.url("/x")])):
        assert [item for item in found if not isinstance(item, Skip)] == []


# -- a server that does not behave


def drip(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
    # Until the other side has hung up, which raises.
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_headers(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
    drip(handler)


def silent(handler: Any) -> None:
    # Until the other side has hung up.
    handler.connection.recv(1)


def endless(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        handler.wfile.write(b"<p>more" * 10_000)


def endless_headers(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-More: " + b"y" * 60_000 + b"\r\n")


def endless_continue(handler: Any) -> None:
    while True:
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


BOMB = gzip.compress(bytes(20_000_000))


def bomb(handler: Any) -> None:
    answer(handler, 200, BOMB, content_encoding="gzip")


def half(handler: Any) -> None:
    answer(handler, 200, article("Half"), content_length="99999")


def half_packed(handler: Any) -> None:
    answer(handler, 200, gzip.compress(article("Half"))[:-30], content_encoding="gzip")


def half_chunk(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\nabc")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (endless, "larger than 1 MB"),
        (lambda h: answer(h, 200, b"x", content_length="5000000000"), "larger than 1 MB"),
        (endless_headers, "does not speak HTTP"),
        (endless_continue, "does not speak HTTP"),
        (bomb, "larger than 1 MB"),
        (half, "cut short"),
        (half_packed, "cut short"),
        (half_chunk, "cut short"),
        (lambda h: answer(h, 200, b"\x1f\x8bnonsense", content_encoding="gzip"), "does not speak HTTP"),
        (lambda h: answer(h, 200, b"nonsense", content_encoding="br"), "packed with br"),
        (lambda h: h.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n"), "does not speak HTTP"),
        (lambda h: h.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: -5\r\n\r\n"), "empty"),
        (lambda h: None, "cannot be reached"),
        (lambda h: answer(h, 302), "redirects to nowhere"),
        (lambda h: answer(h, 304), "never gave it"),
        (lambda h: answer(h, 999), "trouble of its own"),
    ],
)
def test_hostile_answers_end_soon_in_one_sentence(
    site: Site, tmp_path: Path, page: Callable[[Any], None], words: str
) -> None:
    site.routes["/a"] = page
    found = run(tmp_path, site.url("/a"), retries=0, read=ReadOptions(max_bytes=1_000_000))
    assert words in reason([item for item in found if not isinstance(item, FileDone)])


def early(status: int, rest: bytes) -> Callable[[Any], None]:
    return lambda handler: handler.wfile.write(
        b"HTTP/1.1 %d Early\r\nLink: </style.css>\r\n\r\n" % status * 2
        + b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + rest
    )  # fmt: skip


@pytest.mark.parametrize("status", [100, 102, 103, 199])
def test_what_comes_before_an_answer_is_none(site: Site, tmp_path: Path, status: int) -> None:
    """Of a page behind 103 Early Hints only the hints were seen, and a robots.txt behind them allowed everything."""
    site.routes["/a"] = early(status, article("Early"))
    assert len(documents(run(tmp_path, site.url("/a")))) == 1
    site.routes["/robots.txt"] = early(status, b"User-agent: *\nDisallow: /\n")
    assert "robots.txt)" in reason(run(tmp_path / "again", site.url("/a")))


@pytest.mark.parametrize("page", [drip, drip_headers])
def test_a_server_that_drips_has_one_deadline_for_all_of_it(site: Site, page: Callable[[Any], None]) -> None:
    """The silence that is allowed is longer than the deadline, so nothing but the deadline can end it."""
    site.routes["/a"] = page
    limits = RequestLimits(silence=60, total=0.5, allow_private=True)
    with pytest.raises(FetchError, match=r"took longer than 0\.5 s") as error:
        http_get(parse_address(site.url("/a"), allow_private=True), {}, limits)
    assert not error.value.retryable


def test_a_server_that_is_silent_is_left(site: Site) -> None:
    site.routes["/a"] = silent
    limits = RequestLimits(silence=0.3, total=600, allow_private=True)
    with pytest.raises(FetchError, match=r"was silent for 0\.3 s") as error:
        http_get(parse_address(site.url("/a"), allow_private=True), {}, limits)
    assert error.value.retryable


def test_a_bomb_never_bursts() -> None:
    assert len(Decompressor().feed(BOMB, 1000)[0]) == 1000


def test_redirects_end(site: Site, tmp_path: Path) -> None:
    site.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    assert "again and again" in reason(run(tmp_path, site.url("/a")))
    assert len(site.pages_asked()) == 6


def test_robots_txt_may_not_drip_or_be_endless_either(site: Site, tmp_path: Path) -> None:
    site.routes |= {"/robots.txt": drip, "/a": article("A")}
    text = reason(run(tmp_path, site.url("/a"), retries=0, timeout_seconds=0.4, total_seconds=0.8))
    assert "robots.txt cannot be had" in text
    site.routes["/robots.txt"] = lambda h: answer(h, 200, b"User-agent: *\nDisallow: /a\n" + b"#" * 2_000_000)
    assert "robots.txt)" in reason(run(tmp_path, site.url("/a")))


# -- what is never asked

NEVER = [
    "http://127.0.0.1:{port}/", "http://127.1:{port}/", "http://2130706433:{port}/", "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/", "http://0177.0.0.1:{port}/", "http://017700000001:{port}/", "http://0:{port}/",
    "http://0.0.0.0:{port}/", "http://127.0.0.1.:{port}/", "http://１２７。０。０。１:{port}/", "http://①②⑦.0.0.1:{port}/",
    "http://[::1]:{port}/", "http://[::]:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://[::ffff:7f00:1]:{port}/",
    "http://[::ffff:100.100.100.200]/", "http://[::ffff:168.63.129.16]/", "http://[::ffff:224.0.0.1]/",
    "http://[::127.0.0.1]:{port}/", "http://[64:ff9b::7f00:1]:{port}/", "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]:{port}/",
    "http://[::ffff:0:127.0.0.1]:{port}/", "http://[2606:4700::5efe:10.0.0.1]/", "http://a%00.example/",
    "http://[fe80::1%25lo]:{port}/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[fec0::1]/",
    "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[2001:0:7f00:1::]/", "http://[::1%lo]:{port}/",
    "http://localhost:{port}/", "http://LOCALHOST.:{port}/", "http://a.localhost:{port}/", "http://printer/",
    "http://nas.local/", "http://metadata.google.internal/", "http://router.lan/", "http://x.home.arpa/",
    "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/", "http://100.100.100.200/", "http://168.63.129.16/", "http://192.0.0.192/", "http://198.18.0.1/",
    "http://224.0.0.1/", "http://239.255.255.250/", "http://255.255.255.255/", "http://240.0.0.1/", "http://192.0.2.1/",
    "http://user@one.one.one.one/", "http://user:pass@example.org/", "http://example.org:22/", "http://example.org:6553699/",
    "file:///etc/passwd", "file:/etc/passwd", "FILE://localhost/etc/passwd", "ftp://example.org/", "gopher://example.org/",
    "data:text/html,x", "javascript:1", "jar:http://example.org!/", "http:///x", "http://", "http:example.org", "//example.org/",
    "http://exa mple.org/", "http://exam\\ple.org/", "http://example.org\\@127.0.0.1/", "http://[::1/", "http://[127.0.0.1]:x/",
    "http://%31%32%37.0.0.1:{port}/", "http://example.org%00.localhost/", "http://xn--a\u2028b.org/", "http://" + "a." * 2000,
]  # fmt: skip


@pytest.fixture(scope="module")
def watched() -> Iterator[Site]:
    """A server that nobody should ever ask."""
    made = Site()
    yield made
    made.close()


@pytest.fixture
def no_look_ups(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names that were looked up; nothing is ever found."""
    names: list[str] = []

    def ask(host: str, *_: object, **__: object) -> object:
        names.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    return names


@pytest.mark.parametrize("url", NEVER)
def test_addresses_that_are_never_asked(watched: Site, tmp_path: Path, no_look_ups: list[str], url: str) -> None:
    reason(run(tmp_path, url.format(port=watched.server.server_port), allow_private=False))
    assert watched.asked == []
    assert no_look_ups == []


def test_a_redirect_is_judged_like_any_address(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site passes for a public one; where it leads to does not."""
    inner = Site()
    inner.routes["/"] = article("Inner")
    places = {"news.example.org": "127.0.0.1", "inner.example.org": "10.0.0.7", "maps.example.org": "127.0.0.1"}
    names: list[str] = []

    def ask(host: str, port: int, **_: object) -> list[Any]:
        names.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (places[host], port))]

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    genuine = is_public
    monkeypatch.setattr(address_policy, "is_public", lambda ip: ip == "127.0.0.1" or genuine(ip))
    news = f"http://news.example.org:{site.server.server_port}"
    wrong = (
        "http://10.0.0.7/",
        "http://inner.example.org:8080/",
        "file:///etc/passwd",
        "http://localhost/",
        "//[::1]/",
        "gopher://x.org/",
    )
    for number, place in enumerate(wrong):
        site.routes["/a"] = redirect(place)
        text = reason(run(tmp_path / str(number), f"{news}/a", allow_private=False))
        assert any(words in text for words in ("no address of the public", "inner network", "only http and https")), (
            text
        )
    site.routes["/robots.txt"] = redirect("http://10.0.0.7/robots.txt")
    assert "no address of the public" in reason(run(tmp_path / "robots", f"{news}/b", allow_private=False))
    assert inner.asked == []
    assert "/b" not in site.asked
    inner.close()


def test_a_name_that_answers_differently_each_time_gains_nothing(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each connection goes to an address out of the look-up that was judged; there is no second look-up to win."""
    answers = ["203.0.114.9", "127.0.0.1"] * 9
    connected: list[Any] = []
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, port, **_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))],
    )

    class Unconnected(http._BudgetedSocket):
        def connect(self, place: Any) -> None:
            connected.append(place[0])
            raise ConnectionRefusedError

    monkeypatch.setattr(http, "_BudgetedSocket", Unconnected)
    url = f"http://rebind.example.org:{site.server.server_port}/"
    text = reason(run(tmp_path, url, allow_private=False))
    assert connected == ["203.0.114.9"]
    assert "stands for 127.0.0.1" in text
    assert site.asked == []


def test_a_name_with_one_inner_address_among_others_is_a_trap(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("203.0.114.9", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(AddressRefused):
        judged_endpoints(parse_address("http://two.example.org/"), allow_private=False, timeout=1)


def test_a_slow_look_up_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look-up answers only when the test is over."""
    over = threading.Event()

    def ask(*_: object, **__: object) -> list[Any]:
        over.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    slow = {"allow_private": False, "retries": 0, "timeout_seconds": 0.2, "total_seconds": 600}
    assert "silent" in reason(run(tmp_path, "http://slow.example.org/", **slow))
    over.set()


# -- the parts


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("1.1.1.1", True),
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("::ffff:8.8.8.8", True),
        ("x", False),
    ],
)
def test_public_addresses_pass(ip: str, public: bool) -> None:
    assert is_public(ip) is public


def test_an_address_is_written_in_one_way() -> None:
    found = parse_address(" HTTPS://Bücher.Example.ORG:443/ä b?q=“x”#top ")
    assert found.url == "https://xn--bcher-kva.example.org/%C3%A4%20b?q=%E2%80%9Cx%E2%80%9D"
    assert parse_address(found.url) == found


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            found = parse_address(url)
        except AddressRefused:
            continue
        assert found.url.isascii()
        assert not set(found.url) & set(" \r\n\t\0\\")
        assert parse_address(found.url) == found


@given(st.text(alphabet="uUser-agnt: *Disalow/$%#\n\r\x0cé0", max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_robots_txt_can_be_read(text: str) -> None:
    rules = parse_robots(text, "Quotes")
    assert rules.allows("https://example.org/a") in (True, False)
    assert 0 <= rules.delay <= 60


def test_a_robots_txt_made_to_fill_the_memory_does_not() -> None:
    text = (
        "".join(f"User-agent: bot{n}\n" for n in range(12_000)) + "User-agent: *\n" + "Disallow: /*a*a*a*b\n" * 12_000
    )
    began = time.process_time()
    assert parse_robots(text, "Quotes").allows("https://example.org/" + "a" * 1900)
    # Processor time, and 30 times what it takes.
    assert time.process_time() - began < 30


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(
        lambda text: f"<urlset><url><loc>{text}</loc></url></urlset>".encode("utf-8", "replace")
    )
)
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_list_of_links_or_refused(data: bytes) -> None:
    for reads in (sitemap_links, feed_links):
        try:
            found = reads(data, "https://example.org/")
        except ReadError:
            continue
        assert len(found) <= MAX_SITEMAP_ADDRESSES


def test_a_sitemap_made_to_fill_the_memory_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadError):
        sitemap_links(b"<urlset><url>" + b"<loc>x</loc>" * 300_000, "https://example.org/")
    assert len(sitemap_links(b"https://example.org/a\n" * 200_000, "https://example.org/")) == 1
    monkeypatch.setattr(sitemaps, "MAX_SITEMAP_ADDRESSES", 70)
    many = b"".join(b"<url><loc>/%d</loc></url>" % n for n in range(300))
    assert (
        len(sitemap_links(b"<urlset>" + many, "https://example.org/")) == 71
    )  # by which the crawler knows that there are more
    with pytest.raises(ReadError):
        sitemap_links(gzip.compress(bytes(53_000_000), 1), "https://example.org/")


def test_words_on_the_command_line_that_are_addresses() -> None:
    assert [is_address(word) for word in ("https://a.org", "file:/etc/passwd", "FTP://x", "C:\\x", "news/a.html", "-", "a:b")] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip


def test_extract_gives_what_the_pipeline_takes(site: Site, tmp_path: Path) -> None:
    site.routes["/a"] = article("A")
    found = list(extract_addresses([site.url("/a")], folder=tmp_path, options=options()))
    assert [type(item) for item in found] == [ExtractedDocument, FileDone]
    assert found[0].attributions[0].speaker == "Orla Finch"  # type: ignore[union-attr]


def test_a_folder_that_cannot_be_written_to_says_so(tmp_path: Path) -> None:
    from search.errors import StoreUnavailable

    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable):
        run(tmp_path / "file", "http://127.0.0.1:9/")
