"""Saved web pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.input.encoding import decode
from indexer.input.input_file import InputFile
from search.errors import ReadError
from search.model import Document, Skip

_MARKUP = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s|<title[\s>]|<(?:div|p|article|h1|section|main)[\s>]",
    re.IGNORECASE,
)
_SURE = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,800}?-->\s*)*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.DOTALL
)
_OTHER = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04")


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): markup says it; a name only where the content does not contradict it."""
    if head.startswith(_OTHER):
        return 0
    start = head.replace(b"\0", b"") if b"\0" in head[:64] else head
    start = start.lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _SURE.match(start):
        return 90
    tags = len(_MARKUP.findall(start))
    if tags >= 2 or (tags and start.lstrip()[:1] == b"<"):
        return 55
    return 25 if tags and name.endswith((".html", ".htm", ".xhtml", ".shtml")) else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield the page as one document, or the `Skip` that says why it is none. Raises ReadError for a blank file."""
    from indexer.html.page import read_page

    decoded = decode(file.read_all(), file.charset)
    if not decoded.text.strip():
        raise ReadError("the file holds nothing but white space.")
    yield read_page(decoded.text, file.path, file.options, url=file.url, flags=decoded.flags)
