"""Read a manuscript to be checked: any format that is read here, never stored. The page and `quotes check` both call it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from indexer.input.encoding import decode
from indexer.input.input_file import ReadOptions
from indexer.pipeline.extract import with_attributions
from indexer.pipeline.read import read_stream
from search.checking.report import Manuscript
from search.errors import ReadError
from search.model import Document, Skip

# Formats that are text as they are written, so that a quotation has a line there; of others the text as read is counted.
_TEXT_SUFFIXES: Final = frozenset({"", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".rst", ".tex"})
_PLAIN_SUFFIXES: Final = frozenset({"", ".txt", ".text"})
PASTED: Final = "manuscript.txt"  # the name of words that came without a file


def read_manuscript(data: bytes, name: str, options: ReadOptions) -> Iterator[Manuscript]:
    """Yield what is to be checked in the bytes of a file: one manuscript for each document in it.

    `name` is its file name, which says how to read what its bytes leave open. Raises ReadError, in one sentence, if nothing
    of it can be read.
    """
    reasons: list[str] = []
    suffix = PurePath(name).suffix.lower()
    source = decode(data).text.replace("\r\n", "\n").replace("\r", "\n") if suffix in _TEXT_SUFFIXES else None
    if source is not None and suffix in _PLAIN_SUFFIXES:
        data = _unwrapped(source).encode("utf-8", "replace")
    any_read = False
    for place, item in enumerate(read_stream(io.BytesIO(data), name, PurePath(name).name.lower(), options)):
        extracted = with_attributions(item, place) if isinstance(item, Document) else item
        if isinstance(extracted, Skip):
            reasons.append(extracted.reason)
            continue
        any_read = True
        yield Manuscript(name, extracted.document.text, extracted.attributions, source)
    if not any_read:
        raise ReadError(f"{name} cannot be checked: {reasons[0] if reasons else 'there is nothing to read in it.'}")


def _unwrapped(text: str) -> str:
    """Return a text whose paragraphs are set apart by empty lines with each on one line; any other as it is.

    A page that was scraped has a paragraph a line, and the readers know no better; whoever writes breaks lines anywhere.
    """
    paragraphs = re.split(r"\n[ \t]*\n\s*", text.strip("\n"))
    return "\n\n".join(" ".join(part.split("\n")) for part in paragraphs) if len(paragraphs) > 1 else text
