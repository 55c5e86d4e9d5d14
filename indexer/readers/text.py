"""Plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer import languages
from indexer.decoding import clean, decode
from indexer.source import Source
from search.errors import ReadError
from search.model import Document, Skip, document_id


def recognises(name: str, head: bytes) -> int:
    """Anything that looks like writing: the last reader to be asked."""
    if not head:
        return 0
    if b"\0" in head[:1000] and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return 0
    noise = sum(1 for byte in head if byte < 9 or 13 < byte < 27 or 27 < byte < 32)
    if noise * 50 > len(head):
        return 0
    return 30 if name.endswith((".txt", ".text", "")) else 10


def read(source: Source) -> Iterator[Document | Skip]:
    decoded = decode(source.bytes(), source.charset)
    text = "\n\n".join(block.strip() for block in re.split(r"\n\s*\n", clean(decoded.text)) if block.strip())
    if not text:
        raise ReadError("it holds no words.")
    language, how = languages.choose(None, text)
    yield Document(
        id=document_id(text), text=text, path=source.path, language=language, flags=decoded.flags,
        provenance={"language": how} if how else {},
    )  # fmt: skip
