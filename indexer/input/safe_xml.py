"""XML from strangers: no entities, no network, no files, and what is broken read as far as it goes."""

from __future__ import annotations

import html
import re

from lxml import etree

from search.errors import ReadError

# A document type declaration is where entities are made; nothing that is read here needs one.
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\s", re.IGNORECASE)


def parse(data: bytes) -> etree._Element:
    """The root of some XML; `ReadError` when it declares entities of its own, or is no XML at all."""
    start = data[:100_000]
    if _ENTITY.search(start):
        raise ReadError("it declares entities, which may stand for files or for gigabytes, and is not opened.")
    if b"<!DOCTYPE" in start[:2000].upper():
        data = _DOCTYPE.sub(b"", data, count=1)
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"it is no XML ({' '.join(str(error).split())[:120]}).") from error
    if root is None:
        raise ReadError("it is no XML.")
    _replace_entities(root)
    return root


def _replace_entities(root: etree._Element) -> None:
    """The entities of HTML, which stand undeclared in many a feed, as what they mean; any other as it is printed."""
    for entity in list(root.iter(etree.Entity)):
        parent, before = entity.getparent(), entity.getprevious()
        meant = html.unescape(entity.text) + (entity.tail or "")
        if parent is None:
            continue
        if before is None:
            parent.text = (parent.text or "") + meant
        else:
            before.tail = (before.tail or "") + meant
        parent.remove(entity)


def name(element: etree._Element) -> str:
    """An element's name without its namespace, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """The direct children with one of the names, whatever their namespace."""
    return [child for child in element if name(child) in names]


def find(element: etree._Element, *names: str) -> etree._Element | None:
    """The first descendant with one of the names, in the order of the names."""
    for wanted in names:
        for found in element.iter():
            if name(found) == wanted and found is not element:
                return found
    return None


def words(element: etree._Element | None) -> str:
    """All text in an element on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def inner(element: etree._Element) -> str:
    """What an element holds, as markup: its text when that is escaped markup, its children when they are real."""
    if len(element) == 0:
        return element.text or ""
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)
