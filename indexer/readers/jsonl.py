"""JSON Lines, one document a line; also one JSON object or list of them in a file.

The text is kept to the letter, so that offsets made elsewhere fit. A line that is no document is a `Skip` with its
number, and the next line is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial

from indexer.input.input_file import InputFile
from indexer.input.trouble import attempted
from indexer.metadata.records import document_from_record
from search.model import Document, Skip

_BOM = b"\xef\xbb\xbf"
_NAMED = (".jsonl", ".ndjson", ".jl", ".json")


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): JSON begins with a brace or a bracket; a name alone is not enough."""
    start = head.removeprefix(_BOM).lstrip()[:200]
    if not start.startswith((b"{", b"[")):
        return 20 if name.endswith(_NAMED[:3]) else 0
    if name.endswith(_NAMED):
        return 70
    return 60 if re.match(rb'\{\s*"[\w -]{1,60}"\s*:|\[\s*\{', start) else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield a document a line, however long the file; the first line shows whether it is one value over many lines."""
    limit = file.options.max_bytes
    number = 0
    for number, line in enumerate(_lines(file, limit), 1):
        if line is None:
            yield Skip(
                f"{file.path}:{number}",
                f"the line is longer than {limit:,} bytes, which is the most one document may have.",
            )
            continue
        if number == 1 and _is_part(line.removeprefix(_BOM)):
            yield from _whole(file, line.removeprefix(_BOM))
            return
        if line.strip():
            yield from _line(line.removeprefix(_BOM), f"{file.path}:{number}", file)


def _lines(file: InputFile, limit: int) -> Iterator[bytes | None]:
    """The lines, None for one above the limit, which is passed over without being held."""
    while line := file.stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.stream.readline(1 << 20)
        yield None


def _is_part(line: bytes) -> bool:
    """Whether the first line only begins a value: a file of one object or list, printed over many lines."""
    start = line.strip()
    if start.startswith(b"[") or start in (b"{", b""):
        return start != b""
    return False


def _whole(file: InputFile, start: bytes) -> Iterator[Document | Skip]:
    data = start + file.read_all()
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        yield Skip(file.path, f"it is no JSON ({_short(error)}).")
        return
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        yield from _item(item, f"{file.path}:{number}" if isinstance(value, list) else file.path, file)


def _line(line: bytes, place: str, file: InputFile) -> Iterator[Document | Skip]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        yield Skip(place, f"the line is no JSON ({_short(error)}).")
        return
    yield from _item(value, place, file)


def _item(value: object, place: str, file: InputFile) -> Iterator[Document | Skip]:
    if not isinstance(value, dict):
        yield Skip(
            place, f"the line is {'null' if value is None else 'a ' + type(value).__name__}, not an object with a text."
        )
        return
    made = attempted(place, partial(document_from_record, value, file.path, file.options))
    yield Skip(place, made.reason) if isinstance(made, Skip) else made


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
