"""EPUB books and magazines: one document a chapter, in the order of the spine."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from indexer.input.input_file import InputFile
from indexer.input.trouble import attempted
from search.model import Document, Skip
from search.provenance import Provenance

if TYPE_CHECKING:
    from zipfile import ZipFile

_ZIP = b"PK\x03\x04"
# Less than this is a title page, a cover or a table of contents.
MIN_CHAPTER_CHARS = 200


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): an EPUB names its media type in its first 60 bytes (OCF 3.3, 4.3)."""
    if not head.startswith(_ZIP):
        return 0
    return 96 if b"application/epub+zip" in head[:200] else 92 if name.endswith(".epub") else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield the chapters that have a text; the book's title is their outlet, its creators their authors. Raises ReadError."""
    import io

    from indexer.input.safe_xml import first_descendant, local_name, parse_xml, text_of
    from indexer.input.zip_archive import open_zip, read_member

    limit = file.options.max_bytes
    with open_zip(io.BytesIO(file.read_all())) as archive:
        container = parse_xml(read_member(archive, "META-INF/container.xml", limit))
        rootfile = first_descendant(container, "rootfile")
        where = (rootfile.get("full-path") if rootfile is not None else None) or ""
        package = parse_xml(read_member(archive, where, limit))
        items = {found.get("id"): found.get("href") or "" for found in package.iter() if local_name(found) == "item"}
        spine = [items.get(found.get("idref"), "") for found in package.iter() if local_name(found) == "itemref"]
        about: dict[str, list[str]] = {}
        for found in package.iter():
            if local_name(found) in ("title", "creator", "publisher", "date", "language") and text_of(found):
                about.setdefault(local_name(found), []).append(text_of(found))
        folder = posixpath.dirname(where)
        names = (posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0]))) for href in spine)
        # Once each: a spine of some kilobytes may name one large chapter 100,000 times.
        empty = True
        for inside in dict.fromkeys(names):
            place = f"{file.path}/{inside}"
            made = attempted(place, partial(_chapter, archive, inside, place, file, about))
            if isinstance(made, Skip) or len(made.text) >= MIN_CHAPTER_CHARS:
                empty = False
                yield made
        if empty:
            yield Skip(file.path, "it is a book without a chapter of some length.")


def _chapter(
    archive: ZipFile, inside: str, place: str, file: InputFile, about: Mapping[str, list[str]]
) -> Document | Skip:
    from indexer.html.fragment import document_from_fragment
    from indexer.input.encoding import decode
    from indexer.input.zip_archive import read_member

    content = decode(read_member(archive, inside, file.options.max_bytes)).text
    return document_from_fragment(
        content,
        place,
        file.options,
        known_from=Provenance.EPUB,
        title=_heading(content) or next(iter(about.get("title", [])), None),
        outlet=next(iter([*about.get("publisher", []), *about.get("title", [])]), None),
        authors=about.get("creator", []),
        published=next(iter(about.get("date", [])), None),
        language=next(iter(about.get("language", [])), None),
    )


def _heading(content: str) -> str | None:
    from indexer.html.parse import parse_html

    root = parse_html(content)
    found = next((element for tag in ("h1", "h2") for element in root.iter(tag)), None) if root is not None else None
    return " ".join("".join(found.itertext()).split()) or None if found is not None else None
