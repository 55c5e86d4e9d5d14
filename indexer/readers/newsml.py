"""The formats of news agencies in XML: NewsML-G2 and NITF, alone or one in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.input.input_file import Source
from search.errors import ReadError
from search.model import Document, Skip

_ROOT = re.compile(rb"<(?:\w+:)?(?:newsItem|newsMessage|packageItem|NewsML|nitf)[\s>]")


def recognises(name: str, head: bytes) -> int:
    return 94 if _ROOT.search(head[:3000]) else 0


def read(source: Source) -> Iterator[Document | Skip]:
    """Every news item with a text."""
    from indexer.input import safe_xml as xml

    root = xml.parse(source.bytes())
    items = [found for found in root.iter() if xml.name(found) in ("newsitem", "newscomponent")] or [root]
    if xml.name(root) == "nitf":
        items = [root]
    outer = [item for item in items if not any(above in items for above in item.iterancestors())]
    for number, item in enumerate(outer, 1):
        yield _item(item, source.path if len(outer) == 1 else f"{source.path}#{number}", source)


def _item(item: object, path: str, source: Source) -> Document | Skip:
    from lxml import etree

    from indexer.html import fragment
    from indexer.input import safe_xml as xml

    if not isinstance(item, etree._Element):
        raise ReadError("it is no news item.")
    body = xml.find(item, "body.content", "inlinexml", "inlinedata", "datacontent", "body")
    if body is None:
        return Skip(path, "the news item has no text.")
    inside = xml.find(body, "body.content", "body") if xml.name(body) in ("inlinexml", "datacontent") else None
    content = _plain(xml.inner(inside if inside is not None else body))
    date = next((value for found in item.iter() for value in _dates(found, xml.name(found), xml.words(found))), None)
    return fragment.document(
        content,
        path,
        source.options,
        how="newsml",
        title=xml.words(xml.find(item, "headline", "hl1", "title")) or None,
        outlet=_provider(item) or None,
        authors=[
            words
            for found in item.iter()
            if xml.name(found) in ("by", "creator", "person", "byttl", "byline")
            if (words := xml.words(xml.find(found, "name")) or xml.words(found))
        ][:1],
        published=date,
        language=next(
            (
                value
                for found in item.iter()
                for key, value in found.attrib.items()
                if xml.name(found) in ("language", "newsitem", "nitf")
                and str(key).rpartition("}")[2] in ("tag", "lang")
            ),
            None,
        ),
    )


def _provider(item: object) -> str:
    from indexer.input import safe_xml as xml

    found = xml.find(item, "provider", "copyrightholder", "doc.copyright", "infosource")
    if found is None:
        return ""
    return xml.words(xml.find(found, "name")) or found.get("holder") or xml.words(found) or found.get("literal") or ""


def _dates(element: object, name: str, words: str) -> Iterator[str]:
    get = getattr(element, "get", lambda key: None)
    if name in ("versioncreated", "contentcreated", "firstcreated", "datelinedate"):
        yield words
    elif name == "date.issue":
        yield get("norm") or words
    elif name == "pubdata":
        yield get("date.publication") or ""


def _plain(content: str) -> str:
    """Markup whose elements are HTML's, whatever namespace they came in."""
    content = re.sub(r"<(/?)\w+:(\w)", r"<\1\2", content)
    return re.sub(r"<(/?)block\b", r"<\1div", re.sub(r"<(/?)hl2\b", r"<\1h2", content))
