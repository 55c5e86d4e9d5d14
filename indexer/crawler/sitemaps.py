"""The addresses in a sitemap, in an index of sitemaps, and in a feed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin

from lxml import etree

from indexer.crawler.http import Failed
from indexer.input import safe_xml as xml
from indexer.input.decompress import Gunzip
from indexer.input.encoding import decode
from search.errors import ReadError

SIZE = 52_428_800  # bytes of one sitemap, unpacked: what the protocol allows
MOST = 50_000  # addresses in one sitemap, as the protocol has it
_PARTS = 5_000  # elements in one entry; a thousand pictures are allowed, of four elements each
_ENTITY = re.compile(rb"<!ENTITY\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address that was found. `changed` is what the sitemap says of its last change; `index`: it is a sitemap itself."""

    address: str
    changed: str = ""
    index: bool = False


def sitemap(data: bytes, base: str) -> list[Link]:
    """The links of a sitemap in its order: XML or one address a line, gzip or not. ReadError when it is none."""
    if data.startswith(b"\x1f\x8b"):
        data = io.BufferedReader(Gunzip(io.BufferedReader(io.BytesIO(data)))).read(SIZE + 1)
        if len(data) > SIZE:
            raise Failed(f"this sitemap is larger than {SIZE / 1_000_000:.0f} MB.", page=True)
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return _joined(_xml(data), base)
    if start.lower().startswith(b"http"):
        lines = io.StringIO(decode(data).text)
        return _joined((Link(line.strip()) for line in lines if line.strip()), base)
    raise ReadError("this is no sitemap.")


def feed(data: bytes, base: str) -> list[Link]:
    """The pages of a feed's entries in their order. ReadError when it is no feed."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _joined(_json_feed(data), base)
    if not start.startswith(b"<"):
        raise ReadError("this is no feed.")
    root = xml.parse(start)
    if xml.name(root) not in ("rss", "feed", "rdf", "channel"):
        raise ReadError("this is no feed.")
    entries = (element for element in root.iter() if xml.name(element) in ("item", "entry"))
    return _joined((Link(link) for link in map(_entry_link, entries) if link), base)


def _xml(data: bytes) -> Iterator[Link]:
    """The entries one at a time, so that a large sitemap is never a tree in memory."""
    if _ENTITY.search(data[:100_000]):
        raise ReadError("it declares entities, which may stand for files or for gigabytes, and is not opened.")
    walk = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), recover=True, resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth, kind, parts = 0, "", 0
    try:
        for event, element in walk:
            depth += 1 if event == "start" else -1
            parts += 1
            if parts > 2 * _PARTS:
                raise ReadError("this is no sitemap: one of its entries has thousands of parts.")
            if depth == 1 and event == "start":
                kind = xml.name(element)
                if kind not in ("urlset", "sitemapindex"):
                    raise ReadError("this is no sitemap.")
            elif depth == 1:
                place = next((xml.words(child) for child in xml.children(element, "loc")), "")
                changed = next((xml.words(child) for child in xml.children(element, "lastmod")), "")
                if place:
                    yield Link(place, changed, index=kind == "sitemapindex")
                parts = 0
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ReadError("this is no sitemap, or a badly damaged one.") from error


def _entry_link(entry: etree._Element) -> str:
    links = [
        link.get("href") or xml.words(link)
        for link in xml.children(entry, "link")
        if link.get("rel", "alternate") == "alternate"
    ]
    permanent = [xml.words(guid) for guid in xml.children(entry, "guid") if guid.get("isPermaLink", "true") != "false"]
    return next((link for link in links if link.strip()), "") or next(
        (g for g in permanent if g.startswith("http")), ""
    )


def _json_feed(data: bytes) -> Iterator[Link]:
    try:
        found = json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise ReadError("this is no feed.") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise ReadError("this is no feed.")
    for item in items:
        link = (item.get("url") or item.get("external_url")) if isinstance(item, dict) else None
        if isinstance(link, str) and link.strip():
            yield Link(link.strip())


def _joined(links: Iterator[Link], base: str) -> list[Link]:
    """Whole addresses, each once, no more than a sitemap may have."""
    found: dict[str, Link] = {}
    for link in islice(links, 2 * MOST):
        try:
            address = urljoin(base, link.address)
        except ValueError:
            continue
        found.setdefault(address, Link(address, link.changed, link.index))
    return list(found.values())[:MOST]
