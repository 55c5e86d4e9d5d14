"""RSS, Atom, RDF and JSON feeds that carry whole articles; one document an entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from indexer.input.encoding import decode
from indexer.input.input_file import Source
from search.errors import ReadError
from search.model import Document, Skip

_XML = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_JSON = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org')


def recognises(name: str, head: bytes) -> int:
    """The root element, or the version that every JSON feed names."""
    start = head.replace(b"\0", b"")[:3000]
    if _JSON.search(start):
        return 95
    if (
        _XML.search(start)
        and b"<html" not in start.lower()[: max(0, start.lower().find(b"<rss"))]
        and start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    ):
        return 93
    return 0


def read(source: Source) -> Iterator[Document | Skip]:
    """The entries in their order; one without text is a `Skip`."""
    data = source.bytes()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _json(data, source)
    else:
        yield from _xml(data, source)


def _xml(data: bytes, source: Source) -> Iterator[Document | Skip]:
    from indexer.html import fragment
    from indexer.input import safe_xml as xml

    root = xml.parse(data if data.startswith(b"<?xml") else decode(data, source.charset).text.encode())
    channel = next((found for found in root.iter() if xml.name(found) in ("channel", "feed")), root)
    outlet = next((xml.words(child) for child in xml.children(channel, "title")), None)
    language = next((xml.words(child) for child in xml.children(channel, "language")), None) or root.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    )
    entries = [found for found in root.iter() if xml.name(found) in ("item", "entry")]
    if not entries:
        raise ReadError("it is a feed without entries.")
    for number, entry in enumerate(entries, 1):
        parts = {
            kind: xml.children(entry, kind) for kind in ("encoded", "content", "description", "summary", "link", "guid")
        }
        body = max((xml.inner(part) for kind in ("encoded", "content") for part in parts[kind]), key=len, default="")
        teaser = not body.strip()
        if teaser:
            body = max(
                (xml.inner(part) for kind in ("description", "summary") for part in parts[kind]), key=len, default=""
            )
        if not body.strip() and (lost := xml.find(entry, "encoded", "content", "description", "summary")) is not None:
            body = xml.inner(lost)
        links = [
            link.get("href") or xml.words(link) for link in parts["link"] if link.get("rel", "alternate") == "alternate"
        ]
        people = [
            xml.words(xml.find(part, "name")) or xml.words(part) for part in xml.children(entry, "creator", "author")
        ]
        yield fragment.document(
            body,
            f"{source.path}#{number}",
            source.options,
            how="feed",
            title=next((xml.words(part) for part in xml.children(entry, "title")), None),
            url=next((link for link in (*links, *map(xml.words, parts["guid"])) if link.startswith("http")), None),
            outlet=outlet,
            authors=people,
            published=next(
                (xml.words(part) for part in xml.children(entry, "pubdate", "published", "date", "issued", "updated")),
                None,
            ),
            modified=next((xml.words(part) for part in xml.children(entry, "updated", "modified")), None),
            language=language,
            flags=("summary",) if teaser else (),
        )


def _json(data: bytes, source: Source) -> Iterator[Document | Skip]:
    from indexer.html import fragment

    try:
        feed = json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"it is no JSON ({' '.join(str(error).split())[:120]}).") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    for number, item in enumerate(items if isinstance(items, list) else [], 1):
        path = f"{source.path}#{number}"
        if not isinstance(item, dict):
            yield Skip(path, "the entry is no object.")
            continue
        text = {key: value for key, value in item.items() if isinstance(value, str)}
        listed = item.get("authors")
        people = listed if isinstance(listed, list) else [item.get("author")]
        yield fragment.document(
            text.get("content_html") or text.get("content_text") or text.get("summary") or "",
            path,
            source.options,
            how="feed",
            title=text.get("title"),
            url=text.get("url") or text.get("external_url"),
            outlet=feed.get("title") if isinstance(feed.get("title"), str) else None,
            authors=[
                person["name"] for person in people if isinstance(person, dict) and isinstance(person.get("name"), str)
            ],
            published=text.get("date_published"),
            modified=text.get("date_modified"),
            language=text.get("language") or (feed.get("language") if isinstance(feed.get("language"), str) else None),
        )
