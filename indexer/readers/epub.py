"""EPUB books and magazines: one document a chapter, in the order of the spine."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from indexer.input.input_file import Source
from search.errors import ReadError
from search.model import Document, Skip

_ZIP = b"PK\x03\x04"
# Less than this is a title page, a cover or a table of contents.
SHORTEST = 200


def recognises(name: str, head: bytes) -> int:
    if not head.startswith(_ZIP):
        return 0
    return 96 if b"application/epub+zip" in head[:200] else 92 if name.endswith(".epub") else 0


def read(source: Source) -> Iterator[Document | Skip]:
    """The chapters that have a text; the book's title is their outlet, its creators their authors."""
    import io

    from indexer.html import fragment
    from indexer.input import safe_xml as xml
    from indexer.input import zip_archive as zips
    from indexer.input.encoding import decode

    limit = source.options.max_bytes
    with zips.opened(io.BytesIO(source.bytes())) as archive:
        container = xml.parse(zips.member(archive, "META-INF/container.xml", limit))
        rootfile = xml.find(container, "rootfile")
        where = (rootfile.get("full-path") if rootfile is not None else None) or ""
        package = xml.parse(zips.member(archive, where, limit))
        items = {found.get("id"): found.get("href") or "" for found in package.iter() if xml.name(found) == "item"}
        spine = [items.get(found.get("idref"), "") for found in package.iter() if xml.name(found) == "itemref"]
        about: dict[str, list[str]] = {}
        for found in package.iter():
            if xml.name(found) in ("title", "creator", "publisher", "date", "language") and xml.words(found):
                about.setdefault(xml.name(found), []).append(xml.words(found))
        for href in spine:
            inside = posixpath.normpath(posixpath.join(posixpath.dirname(where), unquote(href.partition("#")[0])))
            try:
                content = decode(zips.member(archive, inside, limit)).text
            except ReadError as error:
                yield Skip(f"{source.path}/{inside}", str(error))
                continue
            made = fragment.document(
                content,
                f"{source.path}/{inside}",
                source.options,
                how="epub",
                title=_heading(content) or next(iter(about.get("title", [])), None),
                outlet=next(iter([*about.get("publisher", []), *about.get("title", [])]), None),
                authors=about.get("creator", []),
                published=next(iter(about.get("date", [])), None),
                language=next(iter(about.get("language", [])), None),
            )
            if isinstance(made, Skip) or len(made.text) >= SHORTEST:
                yield made


def _heading(content: str) -> str | None:
    from indexer.html import parse as markup

    root = markup.parse(content)
    found = next((element for tag in ("h1", "h2") for element in root.iter(tag)), None) if root is not None else None
    return " ".join("".join(found.itertext()).split()) or None if found is not None else None
