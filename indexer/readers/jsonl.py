"""JSON Lines, one document a line; also one JSON object or list of them in a file.

The text is kept to the letter, so that offsets made elsewhere fit. A line that is no document is a `Skip` with its
number, and the next line is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from indexer.input.input_file import Source
from indexer.metadata import records
from search.model import Document, Skip

_BOM = b"\xef\xbb\xbf"
_NAMED = (".jsonl", ".ndjson", ".jl", ".json")


def recognises(name: str, head: bytes) -> int:
    """JSON begins with a brace or a bracket; a name alone is not enough."""
    start = head.removeprefix(_BOM).lstrip()[:200]
    if not start.startswith((b"{", b"[")):
        return 20 if name.endswith(_NAMED[:3]) else 0
    if name.endswith(_NAMED):
        return 70
    return 60 if re.match(rb'\{\s*"[\w -]{1,60}"\s*:|\[\s*\{', start) else 0


def read(source: Source) -> Iterator[Document | Skip]:
    """A document a line, however long the file; the first line shows whether it is one value over many lines."""
    limit = source.options.max_bytes
    number = 0
    for number, line in enumerate(_lines(source, limit), 1):
        if line is None:
            yield Skip(
                f"{source.path}:{number}",
                f"the line is longer than {limit:,} bytes, which is the most one document may have.",
            )
            continue
        if number == 1 and _is_part(line.removeprefix(_BOM)):
            yield from _whole(source, line.removeprefix(_BOM))
            return
        if line.strip():
            yield from _line(line.removeprefix(_BOM), f"{source.path}:{number}", source)


def _lines(source: Source, limit: int) -> Iterator[bytes | None]:
    """The lines, None for one above the limit, which is passed over without being held."""
    while line := source.stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = source.stream.readline(1 << 20)
        yield None


def _is_part(line: bytes) -> bool:
    """Whether the first line only begins a value: a file of one object or list, printed over many lines."""
    start = line.strip()
    if start.startswith(b"[") or start in (b"{", b""):
        return start != b""
    return False


def _whole(source: Source, start: bytes) -> Iterator[Document | Skip]:
    data = start + source.bytes()
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        yield Skip(source.path, f"it is no JSON ({_short(error)}).")
        return
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        yield from _item(item, f"{source.path}:{number}" if isinstance(value, list) else source.path, source)


def _line(line: bytes, place: str, source: Source) -> Iterator[Document | Skip]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        yield Skip(place, f"the line is no JSON ({_short(error)}).")
        return
    yield from _item(value, place, source)


def _item(value: object, place: str, source: Source) -> Iterator[Document | Skip]:
    if not isinstance(value, dict):
        yield Skip(
            place, f"the line is {'null' if value is None else 'a ' + type(value).__name__}, not an object with a text."
        )
        return
    made = records.document(value, source.path, source.options)
    yield Skip(place, made.reason) if isinstance(made, Skip) else made


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
