"""Plain text, mostly scraped from pages: boilerplate out, articles and readers' comments apart."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.input.bounds import check_lines
from indexer.input.encoding import clean_text, decode
from indexer.input.input_file import InputFile
from search.errors import ReadError
from search.model import Document, Skip

# Control characters but for blanks and the escape of coloured logs.
_NOISE = bytes(byte for byte in range(32) if byte < 9 or 13 < byte < 27 or byte > 27)


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100), never very: anything that looks like writing. The last reader to be asked."""
    if not head:
        return 0
    if b"\0" in head[:1000] and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return 0
    noise = len(head) - len(head.translate(None, _NOISE))
    if noise * 50 > len(head):
        return 0
    return 30 if name.endswith((".txt", ".text", "")) else 10


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield every article in the file, and the comments under them as a document of their own. Raises ReadError when empty."""
    # All readers are asked whether they know a file; only the one that reads it should pay for its patterns.
    from indexer.plain_text.articles import split_documents

    decoded = decode(file.read_all(), file.charset)
    found = False
    for document in split_documents(
        check_lines(clean_text(decoded.text).replace("\u00ad", "")), file.path, file.options, decoded.flags
    ):
        found = True
        yield document
    if not found:
        raise ReadError("it holds no words.")
