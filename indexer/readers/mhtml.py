"""MHTML: a web page saved with its pictures in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.policy import compat32

from indexer.input.input_file import InputFile
from indexer.input.mime import parse_message
from search.errors import ReadError
from search.model import Document, Skip

_SAVED = re.compile(
    rb"^(?:Snapshot-Content-Location:|From: <Saved by)|^Content-Type:\s*multipart/related", re.MULTILINE | re.IGNORECASE
)


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): the headers that browsers write above a saved page (RFC 2557)."""
    start = head.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    if not _SAVED.search(start) or b"<html" in start.lower():
        return 0
    return 95 if b"Saved by" in start or b"Snapshot-" in start or name.endswith((".mht", ".mhtml")) else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield the page: the first part that is HTML. Raises ReadError when there is none."""
    from indexer.html.page import read_page
    from indexer.input.encoding import decode

    whole = parse_message(file.read_all(), compat32)
    parts = [
        part
        for part in whole.walk()
        if isinstance(part, Message) and part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    raw = parts[0].get_payload(decode=True) if parts else None
    if not isinstance(raw, bytes):
        raise ReadError("it holds no web page.")
    decoded = decode(raw, parts[0].get_content_charset())
    url = str(whole.get("Snapshot-Content-Location") or parts[0].get("Content-Location") or "") or None
    yield read_page(
        decoded.text,
        file.path,
        file.options,
        url=url if url and url.startswith("http") else None,
        flags=decoded.flags,
    )
