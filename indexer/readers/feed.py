"""RSS, Atom, RDF and JSON feeds that carry whole articles; one document an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from indexer.input.input_file import InputFile
from indexer.input.trouble import attempted
from search.errors import ReadError
from search.model import Document, Skip
from search.provenance import DocumentFlag, Provenance

_XML = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]|<\w{1,20}:feed\s[^<>]{0,1000}w3\.org/2005/Atom", re.IGNORECASE)
_JSON = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org')
# The root element stands within so many bytes; what is longer before it is something else.
_ROOT_BYTES = 3000


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100), by the root element or by the version that every JSON feed names."""
    start = head.replace(b"\0", b"")[:_ROOT_BYTES]
    if _JSON.search(start):
        return 95
    before_root = start.lower()[: max(0, start.lower().find(b"<rss"))]
    is_markup = start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return 93 if _XML.search(start) and b"<html" not in before_root and is_markup else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield the entries in their order; one without text is a `Skip`. Raises ReadError when it is no feed."""
    from indexer.html.fragment import document_from_fragment
    from indexer.input.feeds import parse_feed

    feed = parse_feed(file.read_all(), file.charset)
    if not feed.entries:
        raise ReadError("it is a feed without entries.")
    for number, entry in enumerate(feed.entries, 1):
        path = f"{file.path}#{number}"
        if entry is None:
            yield Skip(path, "the entry is no object.")
            continue
        make = partial(
            document_from_fragment,
            entry.content,
            path,
            file.options,
            known_from=Provenance.FEED,
            title=entry.title,
            url=next((url for url in (entry.url, entry.permalink) if url and url.startswith("http")), None),
            outlet=feed.title,
            authors=entry.authors,
            published=entry.published,
            modified=entry.modified,
            language=entry.language,
            flags=(DocumentFlag.SUMMARY,) if entry.is_summary else (),
        )
        yield attempted(path, make)
