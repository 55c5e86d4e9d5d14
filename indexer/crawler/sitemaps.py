"""The addresses in a sitemap, in an index of sitemaps (sitemaps.org), and in a feed."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin

from indexer.crawler.fetch_error import FetchError
from indexer.input.decompress import decompress_bounded
from indexer.input.encoding import decode
from indexer.input.feeds import parse_feed
from indexer.input.safe_xml import children_named, iterate_children, text_of
from search.errors import ReadError

# What the protocol allows (sitemaps.org): unpacked bytes and addresses of one sitemap.
MAX_SITEMAP_BYTES = 52_428_800
MAX_SITEMAP_ADDRESSES = 50_000
# Elements in one entry: a thousand pictures are allowed, of four elements each.
_MAX_ENTRY_ELEMENTS = 5_000


@dataclass(frozen=True, slots=True)
class DiscoveredLink:
    """An address that was found.

    changed   what the sitemap says of its last change, as printed
    is_index  whether it is an index of sitemaps, or may be one
    """

    address: str
    changed: str = ""
    is_index: bool = False


def sitemap_links(data: bytes, base: str) -> list[DiscoveredLink]:
    """Return the links of a sitemap in its order: XML or one address a line, gzip or not; relative to `base`.

    Raises:
        ReadError: it is no sitemap. FetchError: it is larger than the protocol allows.
    """
    if data.startswith(b"\x1f\x8b"):
        try:
            data = decompress_bounded(data, MAX_SITEMAP_BYTES + 1)
        except zlib.error as error:
            raise ReadError("this is no sitemap.") from error
        if len(data) > MAX_SITEMAP_BYTES:
            raise FetchError(f"this sitemap is larger than {MAX_SITEMAP_BYTES / 1_000_000:.0f} MB.", page_at_fault=True)
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return _whole_addresses(_xml_links(data), base)
    if start.lower().startswith(b"http"):
        lines = io.StringIO(decode(data).text)
        return _whole_addresses((DiscoveredLink(line.strip()) for line in lines if line.strip()), base)
    raise ReadError("this is no sitemap.")


def feed_links(data: bytes, base: str) -> list[DiscoveredLink]:
    """Return the pages of a feed's entries in their order, relative to `base`. Raises ReadError when it is no feed."""
    entries = (entry for entry in parse_feed(data).entries if entry is not None)
    addresses = (entry.url or entry.permalink or "" for entry in entries)
    return _whole_addresses((DiscoveredLink(address.strip()) for address in addresses if address.strip()), base)


def _xml_links(data: bytes) -> Iterator[DiscoveredLink]:
    for root_name, element in iterate_children(data, _MAX_ENTRY_ELEMENTS):
        if root_name not in ("urlset", "sitemapindex"):
            raise ReadError("this is no sitemap.")
        address = next(map(text_of, children_named(element, "loc")), "")
        changed = next(map(text_of, children_named(element, "lastmod")), "")
        if address:
            yield DiscoveredLink(address, changed, is_index=root_name == "sitemapindex")


def _whole_addresses(links: Iterator[DiscoveredLink], base: str) -> list[DiscoveredLink]:
    """Return the links with whole addresses, each once: one more than a sitemap may have where there are more."""
    by_address: dict[str, DiscoveredLink] = {}
    for link in islice(links, 2 * MAX_SITEMAP_ADDRESSES):
        try:
            address = urljoin(base, link.address)
        except ValueError:
            continue
        by_address.setdefault(address, DiscoveredLink(address, link.changed, link.is_index))
    return list(by_address.values())[: MAX_SITEMAP_ADDRESSES + 1]
