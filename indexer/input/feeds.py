"""RSS, Atom, RDF and JSON feeds as entries: parsed once, for the reader of feed files and for the crawler.

Our own parser, on `safe_xml`. `feedparser` takes 70 times as long and expands entities that a feed declares;
`fastfeedparser` is fast, and throws away the markup that says where a quotation is (docs/design.md, "Dependencies").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from indexer.input import safe_xml
from indexer.input.bounds import check_entries
from indexer.input.encoding import decode
from indexer.input.safe_xml import children_named, inner_markup, local_name, text_of
from indexer.input.transcoding import wide_encoding
from search.errors import ReadError

_BLANKS = b"\xef\xbb\xbf \t\r\n"
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ROOTS = ("rss", "feed", "rdf", "channel")
# Whose elements may say what an entry is: RSS itself (2.0 has no namespace), Atom, Dublin Core, and the module for content.
# In others the same names mean something else: `media:content` is a picture, `itunes:title` may be another one.
_NAMESPACES = re.compile(
    r"^(?:http://www\.w3\.org/2005/Atom|http://purl\.org/(?:atom|rss|dc)/.*|http://(?:my|channel)\.netscape\.com/rdf/.*"
    r"|https?://(?:backend\.userland\.com/.*|www\.rssboard\.org/rss.*|cyber\.law\.harvard\.edu/rss.*|purl\.oclc\.org/.*))$",
    re.IGNORECASE,
)
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. `content` is markup; `is_summary` says that it is only a teaser; dates are as printed.

    permalink   the address that the entry's `guid` is, unless it says that it is none
    """

    content: str = ""
    is_summary: bool = False
    title: str | None = None
    url: str | None = None
    permalink: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own title and its entries in order; None stands for an entry that is no object (JSON only)."""

    title: str | None
    entries: tuple[FeedEntry | None, ...]


def parse_feed(data: bytes, charset: str | None = None) -> Feed:
    """Return the feed in some bytes; `charset` is what the transport declared.

    Raises:
        ReadError: it is no feed, declares entities, or has more entries than any feed.
    """
    if wide_encoding(data[:4], markup=True):
        # What it then declares of its encoding is no longer true of it.
        data = _XML_DECLARATION.sub("", decode(data).text).encode()
    start = data.lstrip(_BLANKS)
    if start.startswith(b"{"):
        return _parse_json(data)
    if not start.startswith(b"<"):
        raise ReadError("this is no feed.")
    # An XML declaration may name the encoding, which lxml then knows better than we.
    return _parse_xml(start if start.startswith(b"<?xml") else decode(data, charset).text.strip().encode())


def _parse_xml(data: bytes) -> Feed:
    root = safe_xml.parse_xml(data)
    if local_name(root) not in _ROOTS:
        raise ReadError("this is no feed.")
    channel = next((element for element in root.iter() if local_name(element) in ("channel", "feed")), root)
    language = _first_text(channel, "language") or root.get(_XML_LANGUAGE)
    entries = [element for element in root.iter() if local_name(element) in ("item", "entry")]
    check_entries(len(entries))
    return Feed(_first_text(channel, "title"), tuple(_xml_entry(entry, language) for entry in entries))


def _xml_entry(entry: safe_xml.Element, language: str | None) -> FeedEntry:
    content = _longest(entry, "encoded", "content")
    is_summary = not content.strip()
    if is_summary:
        content = _longest(entry, "description", "summary")
    # In a broken feed the text may have slipped into another element.
    if not content.strip():
        content = _lost_text(entry)
    links = (
        link.get("href") or text_of(link)
        for link in _own_children(entry, "link")
        if link.get("rel", "alternate") == "alternate"
    )
    people = _own_children(entry, "creator", "author")
    permalinks = (text_of(guid) for guid in children_named(entry, "guid") if guid.get("isPermaLink", "true") != "false")
    return FeedEntry(
        content=content,
        is_summary=is_summary,
        title=_first_text(entry, "title"),
        url=next((link for link in links if link.strip()), None),
        permalink=next((link for link in permalinks if link.startswith("http")), None),
        authors=tuple(text_of(safe_xml.first_descendant(person, "name")) or text_of(person) for person in people),
        published=_first_text(entry, "pubdate", "published", "date", "issued", "updated"),
        modified=_first_text(entry, "updated", "modified"),
        language=language,
    )


def _longest(entry: safe_xml.Element, *names: str) -> str:
    return max(map(inner_markup, _own_children(entry, *names)), key=len, default="")


def _first_text(element: safe_xml.Element, *names: str) -> str | None:
    return next(map(text_of, _own_children(element, *names)), None)


def _own_children(element: safe_xml.Element, *names: str) -> list[safe_xml.Element]:
    """The children of these names that say what the element is: those of its own namespace first, of foreign ones none.

    A prefix that nobody declared is taken for what it is everywhere (`content:encoded`, `dc:creator`).
    """
    own = _namespace(element)
    known = [
        child
        for child in element
        if local_name(child).removeprefix("content:").removeprefix("dc:").removeprefix("atom:") in names
        and (_namespace(child) in (own, "") or _NAMESPACES.match(_namespace(child)))
    ]
    return sorted(known, key=lambda child: _namespace(child) != own)


def _namespace(element: safe_xml.Element) -> str:
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def _lost_text(entry: safe_xml.Element) -> str:
    """The first words in an element that may hold an entry's text, wherever it stands; `media:description` is the last."""
    for names in (("encoded", "content"), ("description", "summary")):
        for element in entry.iter():
            is_text = local_name(element) in names and element is not entry
            if is_text and not (names[0] == "encoded" and "/mrss" in _namespace(element)):
                markup = inner_markup(element)
                if markup.strip():
                    return markup
    return ""


def _parse_json(data: bytes) -> Feed:
    """Parse a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    try:
        feed = json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"it is no JSON ({' '.join(str(error).split())[:120]}).") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ReadError("this is no feed.")
    check_entries(len(items))
    language = _string(feed.get("language"))
    return Feed(
        _string(feed.get("title")),
        tuple(_json_entry(item, language) if isinstance(item, dict) else None for item in items),
    )


def _json_entry(item: dict[str, Any], language: str | None) -> FeedEntry:
    text = {key: value for key, value in item.items() if isinstance(value, str)}
    listed = item.get("authors")
    content = text.get("content_html") or text.get("content_text")
    return FeedEntry(
        content=content or text.get("summary") or "",
        is_summary=not content,
        title=text.get("title"),
        url=text.get("url") or text.get("external_url"),
        authors=tuple(_names(listed if isinstance(listed, list) else [item.get("author")])),
        published=text.get("date_published"),
        modified=text.get("date_modified"),
        language=text.get("language") or language,
    )


def _names(people: list[Any]) -> Iterator[str]:
    for person in people:
        name = person.get("name") if isinstance(person, dict) else None
        if isinstance(name, str):
            yield name


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
