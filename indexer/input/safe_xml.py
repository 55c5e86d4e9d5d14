"""XML from strangers: no entities, no network, no files, bounded in memory; broken XML is read as far as it goes.

The only place that gives lxml XML to parse (OWASP, "XML External Entity Prevention").
"""

from __future__ import annotations

import html.entities
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree

from search.errors import ReadError

# lxml comes without types; the name says what is meant.
Element: TypeAlias = Any

# A document type declaration is where entities are made; nothing that is read here needs one.
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\s", re.IGNORECASE)
# A reference by number or by name, or an ampersand that is none.
_AMPERSAND = re.compile(rb"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_CDATA_START, _CDATA_END = b"<![CDATA[", b"]]>"
# Bytes that are looked through for entities: a declaration stands before the root element.
_PROLOGUE_BYTES = 100_000
_DOCTYPE_BYTES = 2_000
_HARDENED = {
    "recover": True,
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse_xml(data: bytes) -> Element:
    """Return the root element of some XML. The entities of HTML may stand in it undeclared.

    Raises:
        ReadError: it declares entities of its own, or is no XML at all.
    """
    _refuse_entities(data)
    # The first alone: a search would go on from each of half a million that have no end, to the end of the file.
    if (at := data[:_DOCTYPE_BYTES].upper().find(b"<!DOCTYPE")) >= 0 and (declared := _DOCTYPE.match(data, at)):
        data = data[:at] + data[declared.end() :]
    if b"\0" not in data[:_DOCTYPE_BYTES]:
        data = _with_numeric_references(data)
    try:
        root: Element | None = etree.fromstring(data, etree.XMLParser(**_HARDENED))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"it is no XML ({' '.join(str(error).split())[:120]}).") from error
    if root is None:
        raise ReadError("it is no XML.")
    return root


def iterate_children(data: bytes, max_parts: int) -> Iterator[tuple[str, Element]]:
    """Yield each child of the root with the root's local name, and forget it before the next: never a whole tree.

    Raises:
        ReadError: it declares entities, is badly damaged, or a child has more than `max_parts` elements in it.
    """
    _refuse_entities(data)
    depth, root_name, parts = 0, "", 0
    try:
        for event, element in etree.iterparse(
            io.BytesIO(_with_numeric_references(data)), events=("start", "end"), **_HARDENED
        ):
            depth += 1 if event == "start" else -1
            parts += event == "start"
            if parts > max_parts:
                raise ReadError("this is no sitemap: one of its entries has thousands of parts.")
            if depth == 1 and event == "start":
                root_name, parts = local_name(element), 0
                yield root_name, element
            elif depth == 1:
                yield root_name, element
                parts = 0
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ReadError("this is no sitemap, or a badly damaged one.") from error


def _refuse_entities(data: bytes) -> None:
    if _ENTITY.search(data[:_PROLOGUE_BYTES]):
        raise ReadError("it declares entities, which may stand for files or for gigabytes, and is not opened.")


def _with_numeric_references(data: bytes) -> bytes:
    """Return XML whose entities are all numbers (`&#60;`), and whose bare ampersands are escaped; CDATA stays as it is.

    After the first error, an undeclared `&nbsp;` or the `&` of "AT&T", libxml2 drops every named entity that follows, `&lt;`
    too, and with it the markup of a feed's articles; numbers it keeps. Names are HTML's; of any other the name stays.
    """
    pieces: list[bytes] = []
    at = 0
    while (start := data.find(_CDATA_START, at)) >= 0:
        end = data.find(_CDATA_END, start)
        end = len(data) if end < 0 else end
        pieces += (_AMPERSAND.sub(_numeric, data[at:start]), data[start:end])
        at = end
    pieces.append(_AMPERSAND.sub(_numeric, data[at:]))
    return b"".join(pieces)


def _numeric(match: re.Match[bytes]) -> bytes:
    return _by_number(match.group())


@lru_cache(4096)
def _by_number(reference: bytes) -> bytes:
    if reference.startswith(b"&#"):
        return reference
    letters = html.entities.html5.get(reference[1:].decode("ascii")) if len(reference) > 1 else None
    return "".join(f"&#{ord(letter)};" for letter in letters or "&").encode() + (b"" if letters else reference[1:])


def walk_tree(root: Element) -> Any:
    """Return an iterator of ("start" or "end", element) over a tree, without recursion; its `skip_subtree` passes one over."""
    return etree.iterwalk(root, events=("start", "end"))


def local_name(element: Element) -> str:
    """Return an element's name without its namespace, in lower case; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children_named(element: Element, *names: str) -> list[Element]:
    """Return the direct children with one of the local names, whatever their namespace."""
    return [child for child in element if local_name(child) in names]


def first_descendant(element: Element, *names: str) -> Element | None:
    """Return the first descendant with the first of the local names that occurs, or None."""
    for wanted in names:
        for descendant in element.iter():
            if local_name(descendant) == wanted and descendant is not element:
                return descendant
    return None


def text_of(element: Element | None) -> str:
    """Return all text in an element on one line; "" for None."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def inner_markup(element: Element) -> str:
    """Return the markup in an element: its text when that is escaped markup, its children when they are real."""
    if len(element) == 0:
        return element.text or ""
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)
