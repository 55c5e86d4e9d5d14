"""The formats of news agencies in XML: NewsML-G2 and NITF, alone or one in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from indexer.input.input_file import InputFile
from indexer.input.trouble import attempted
from search.model import Document, Skip
from search.provenance import Provenance

_ROOT = re.compile(rb"<(?:\w+:)?(?:newsItem|newsMessage|packageItem|NewsML|nitf)[\s>]")


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100), by the root elements of NewsML-G2 and NITF (iptc.org)."""
    return 94 if _ROOT.search(head[:3000]) else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield every news item; one without a text is a `Skip`. Raises ReadError when it is no XML."""
    from indexer.input.safe_xml import local_name, parse_xml

    root = parse_xml(file.read_all())
    items = [root]
    if local_name(root) != "nitf":
        items = [element for element in root.iter() if local_name(element) in ("newsitem", "newscomponent")] or [root]
    every = set(items)
    outer = [item for item in items if every.isdisjoint(item.iterancestors())]
    for number, item in enumerate(outer, 1):
        path = file.path if len(outer) == 1 else f"{file.path}#{number}"
        yield attempted(path, partial(_item, item, path, file))


def _item(item: Any, path: str, file: InputFile) -> Document | Skip:
    from indexer.html.fragment import document_from_fragment
    from indexer.input.safe_xml import first_descendant, inner_markup, local_name, text_of

    body = first_descendant(item, "body.content", "inlinexml", "inlinedata", "datacontent", "body")
    if body is None:
        return Skip(path, "the news item has no text.")
    inside = (
        first_descendant(body, "body.content", "body") if local_name(body) in ("inlinexml", "datacontent") else None
    )
    content = _plain(inner_markup(inside if inside is not None else body))
    date = next((value for found in item.iter() for value in _dates(found, local_name(found), text_of(found))), None)
    return document_from_fragment(
        content,
        path,
        file.options,
        known_from=Provenance.NEWSML,
        title=text_of(first_descendant(item, "headline", "hl1", "title")) or None,
        outlet=_provider(item) or None,
        authors=[
            words
            for found in item.iter()
            if local_name(found) in ("by", "creator", "person", "byttl", "byline")
            if (words := text_of(first_descendant(found, "name")) or text_of(found))
        ][:1],
        published=date,
        language=next(
            (
                value
                for found in item.iter()
                for key, value in found.attrib.items()
                if local_name(found) in ("language", "newsitem", "nitf")
                and str(key).rpartition("}")[2] in ("tag", "lang")
            ),
            None,
        ),
    )


def _provider(item: Any) -> str:
    from indexer.input.safe_xml import first_descendant, text_of

    found = first_descendant(item, "provider", "copyrightholder", "doc.copyright", "infosource")
    if found is None:
        return ""
    return (
        text_of(first_descendant(found, "name")) or found.get("holder") or text_of(found) or found.get("literal") or ""
    )


def _dates(element: Any, name: str, words: str) -> Iterator[str]:
    if name in ("versioncreated", "contentcreated", "firstcreated", "datelinedate"):
        yield words
    elif name == "date.issue":
        yield element.get("norm") or words
    elif name == "pubdata":
        yield element.get("date.publication") or ""


def _plain(content: str) -> str:
    """Markup whose elements are HTML's, whatever namespace they came in."""
    content = re.sub(r"<(/?)\w+:(\w)", r"<\1\2", content)
    return re.sub(r"<(/?)block\b", r"<\1div", re.sub(r"<(/?)hl2\b", r"<\1h2", content))
