"""CSV and TSV with a header line: one document a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import partial

from indexer.input.encoding import STRAYS_AS_CP1252, decode, text_encoding
from indexer.input.input_file import InputFile
from indexer.input.trouble import attempted
from indexer.metadata.records import FIELD_NAMES, document_from_record
from search.errors import ReadError
from search.model import Document, Skip

_MAX_HEADER = 1 << 20
# Rows: what follows more of them is no table, and 1 MB packs a gigabyte of them.
_MAX_EMPTY_ROWS = 1_000_000
# The columns that make a table one of articles.
_TEXT = re.compile(r"^(?:" + "|".join(name.lower() for name in FIELD_NAMES["text"]) + r"|quotation|quote)$")
# The first line by which spreadsheet programs say what parts the cells; it is no header.
_SEPARATOR = re.compile(r'^\ufeff?"?sep=(\\t|[^\r\n\w]|[ \t])?"?[,;\t ]*\r?\n?$', re.IGNORECASE)


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): a header line with several short names, one of them for the text; or the file's name."""
    named = name.endswith((".csv", ".tsv"))
    line, _, rest = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    said = _SEPARATOR.match(line.decode("utf-8", "replace"))
    line = rest.split(b"\n", 1)[0] if said else line
    cells = line.decode("utf-8", "replace").split(_named_delimiter(said) or ",") if said else []
    if len(cells) < 2:
        cells = re.split(r"[,;\t|]", line.decode("utf-8", "replace"))
    if len(cells) < 2 or len(line) > 2000 or b"<" in line or b"{" in line:
        return 35 if named else 0
    if any(_TEXT.match(cell.strip().strip('"').lower()) for cell in cells) and all(len(cell) < 40 for cell in cells):
        return 80 if named else 52
    return 65 if named else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield a document a row, however long the file, the text of a cell to the letter. Raises ReadError without its column."""
    csv.field_size_limit(file.options.max_bytes)
    encoding = text_encoding(file.charset) or _encoding(file.head())
    # A table out of a spreadsheet program may be in Windows-1252 without saying so.
    how = ("utf-8-sig", STRAYS_AS_CP1252) if encoding == "utf-8" else (encoding, "replace")
    text = io.TextIOWrapper(file.stream, encoding=how[0], errors=how[1], newline="")
    try:
        yield from _rows(text, file)
    finally:
        # Whoever opened the stream closes it.
        text.detach()


def _rows(text: io.TextIOWrapper, file: InputFile) -> Iterator[Document | Skip]:
    first, number = text.readline(_MAX_HEADER), 1
    said = _SEPARATOR.match(first)
    if said:
        first, number = text.readline(_MAX_HEADER), 2
    while first in ("\n", "\r\n") and number < _MAX_EMPTY_ROWS:
        first, number = text.readline(_MAX_HEADER), number + 1
    delimiter = (_named_delimiter(said) if said else "") or _delimiter(first)
    names = next(csv.reader([first], delimiter=delimiter), [])
    wanted = file.options.fields.get("text")
    if wanted and wanted not in names:
        raise ReadError(f'it has no column "{wanted}"; its columns are {", ".join(names[:20])}.')
    rows = csv.reader(text, delimiter=delimiter)
    empty, silent = 0, True
    while True:
        number += 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            silent = False
            yield Skip(f"{file.path}:{number}", f"the row cannot be read ({error}).")
            continue
        if row is None:
            if silent:
                yield Skip(file.path, "it is a table without rows.")
            return
        empty = 0 if any(row) else empty + 1
        if empty > _MAX_EMPTY_ROWS:
            raise ReadError(f"it has more than {_MAX_EMPTY_ROWS:,} empty rows in a row; what follows is not read.")
        if not empty:
            silent = False
            place = f"{file.path}:{number}"
            record = dict(zip(names, row, strict=False))
            made = attempted(place, partial(document_from_record, record, file.path, file.options))
            yield Skip(place, made.reason) if isinstance(made, Skip) else made


def _encoding(head: bytes) -> str:
    """The encoding of a table by its first whole lines: Cyrillic read as Windows-1252 would be stored as "Ìîñò"."""
    return decode(head[: head.rfind(b"\n") + 1] or head).encoding


def _named_delimiter(said: re.Match[str]) -> str:
    """What a line "sep=" names; "" when it names nothing that can part cells."""
    named = said.group(1) or ""
    return "\t" if named == "\\t" else "" if named == '"' else named


def _delimiter(line: str) -> str:
    return max("\t;,|", key=line.count)
