"""Word documents (.docx): paragraphs, headings, and what the file says about itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from indexer.input.input_file import InputFile
from search.model import Document, Skip
from search.provenance import Provenance

_ZIP = b"PK\x03\x04"
_BODY, _ABOUT = "word/document.xml", "docProps/core.xml"


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100), by the names of the archive's parts, then by the file's name."""
    if not head.startswith(_ZIP):
        return 0
    if b"word/" in head or (b"[Content_Types].xml" in head[:200] and name.endswith(".docx")):
        return 95
    return 90 if name.endswith(".docx") else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield one document: styles called "Heading" or "Title" are headings, "Quote" is a block quotation. Raises ReadError."""
    import io

    from indexer.html.fragment import document_from_fragment
    from indexer.input.safe_xml import local_name, parse_xml, text_of
    from indexer.input.zip_archive import open_zip, read_member

    limit = file.options.max_bytes
    with open_zip(io.BytesIO(file.read_all())) as archive:
        body = parse_xml(read_member(archive, _BODY, limit))
        about = parse_xml(read_member(archive, _ABOUT, limit)) if _ABOUT in archive.namelist() else None
    pieces, title = [], None
    for paragraph in (found for found in body.iter() if local_name(found) == "p"):
        words = "".join(_run(found, local_name(found)) for found in paragraph.iter())
        if not words.strip():
            continue
        style = next(
            (
                value
                for found in paragraph.iter()
                if local_name(found) == "pstyle"
                for key, value in found.attrib.items()
                if str(key).endswith("}val")
            ),
            "",
        )
        if re.match(r"(?i)title|titel|titre", str(style)) and title is None:
            title = words.strip()
            continue
        tag = (
            "h2"
            if re.match(r"(?i)heading|überschrift|berschrift|titre", str(style))
            else "blockquote"
            if re.search(r"(?i)quote|zitat", str(style))
            else "p"
        )
        pieces.append(f"<{tag}>{html.escape(words, quote=False)}</{tag}>")
    said = {local_name(found): text_of(found) for found in about} if about is not None else {}
    yield document_from_fragment(
        "".join(pieces),
        file.path,
        file.options,
        known_from=Provenance.DOCX,
        title=said.get("title") or title,
        authors=[said["creator"]] if said.get("creator") else [],
        published=said.get("created"),
        modified=said.get("modified"),
        language=said.get("language"),
    )


def _run(element: object, name: str) -> str:
    return (getattr(element, "text", None) or "") if name == "t" else " " if name in ("tab", "br", "cr") else ""
