"""WARC files, compressed or not: the pages in them, record by record, with every record's size capped.

Not `warcio`: it stops at the first wrong length, and so loses all records behind it, where this one finds its way back
(docs/design.md, "Dependencies"). A record is never held whole before its size is known.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.input.decompress import decompress_bounded
from indexer.input.input_file import InputFile, input_from_bytes
from indexer.input.trouble import caught
from search.errors import ReadError
from search.model import Document, Skip

_VERSION = re.compile(rb"^WARC/\d")
_PAGE = re.compile(r"^(?:text/html|application/xhtml\+xml|text/plain|application/pdf)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
# Records that hold a page as such, without the head of an answer: files put in (warcit), texts made of pages (WET).
_BARE_TYPES = frozenset(("resource", "conversion"))
_HEAD_END = re.compile(rb"\r?\n\r?\n")
# More header lines than this are no header.
MAX_WARC_HEADER_LINES = 200
_CHUNK = 1 << 16
# What each has swallowed is read once more, and streams are put one into another: 780 records of 5 MB held 2.8 GB.
_MAX_WRONG_LENGTHS = 100


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): every record begins with its version (ISO 28500)."""
    return 97 if _VERSION.match(head) else 0


@dataclass(frozen=True, slots=True)
class _Record:
    """The header of one record and where it begins in the (unpacked) file."""

    offset: int
    fields: dict[str, str]
    length: int


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield the pages that were answered with 200, and those put in without an answer; a `Skip` for what cannot be read.

    An archive in which no record is a page is one `Skip`: nobody should take silence for "all was read".
    """
    counter = _Counter(file.stream)
    records, silent = 0, True
    while (record := _header(counter)) is not None:
        records += 1
        for item in _record(counter, record, file):
            silent = False
            yield item
    if silent:
        said = (
            f"among its records ({records:,}) is no page that was answered with 200."
            if records
            else "it has no record."
        )
        yield Skip(file.path, said)


class _Counter:
    """A stream that knows how far it has come."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.stream, self.at, self.joined = stream, 0, 0

    def line(self) -> bytes:
        """Return the next line, or the next 64 kB of it."""
        found = self.stream.readline(_CHUNK)
        self.at += len(found)
        return found

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer at the end."""
        found = self.stream.read(size)
        self.at += len(found)
        return found

    def skip(self, size: int) -> int:
        """Pass over some bytes without keeping them, and return how many there were."""
        left = size
        while left > 0 and (got := self.take(min(left, _CHUNK * 16))):
            left -= len(got)
        return size - left


def _header(counter: _Counter) -> _Record | None:
    """The next record's header; stray bytes before it are passed over, which finds the way back after a bad record."""
    line = counter.line()
    while line and not _VERSION.match(line):
        line = counter.line()
    if not line:
        return None
    offset = counter.at - len(line)
    fields = _fields(counter)
    try:
        length = int(fields.get("content-length", ""))
    except ValueError:
        length = -1
    if length < 0:
        raise ReadError(f"the record at byte {offset:,} does not say how long it is; what follows cannot be read.")
    return _Record(offset, fields, length)


def _fields(counter: _Counter) -> dict[str, str]:
    found: dict[str, str] = {}
    for _ in range(MAX_WARC_HEADER_LINES):
        line = counter.line()
        if line in (b"\r\n", b"\n", b""):
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        found[name.strip().lower()] = value.strip()
    # WARC 1.0 asks for the address between angle brackets, and wget writes it so; 1.1 asks for it without.
    if "warc-target-uri" in found:
        found["warc-target-uri"] = found["warc-target-uri"].removeprefix("<").removesuffix(">").strip()
    return found


def _record(counter: _Counter, record: _Record, file: InputFile) -> Iterator[Document | Skip]:
    """The page in a record, if it is one."""
    place = f"{file.path}@{record.offset}"
    kind = record.fields.get("warc-type", "").lower()
    is_bare = kind in _BARE_TYPES and bool(_PAGE.match(record.fields.get("content-type", "")))
    if not (is_bare or kind == "response") or not _ADDRESS.match(record.fields.get("warc-target-uri", "")):
        counter.skip(record.length)
        return
    limit = file.options.max_bytes
    if record.length > limit:
        counter.skip(record.length)
        yield Skip(place, f"the record is larger than {limit / 1e6:g} MB, which is the most one document may have.")
        return
    block = counter.take(record.length)
    if len(block) < record.length or b"\r\nWARC/1." in block:
        cut = block.find(b"\r\nWARC/1.")
        if cut < 0:
            yield Skip(place, "the record is cut off.")
            return
        # Its length is wrong and it has swallowed the next: both are read.
        rest = block[cut + 2 :]
        block = block[:cut]
        counter.joined += 1
        if counter.joined > _MAX_WRONG_LENGTHS:
            raise ReadError(
                f"more than {_MAX_WRONG_LENGTHS} of its records have a wrong length; what follows is not read."
            )
        counter.stream = io.BufferedReader(_Joined(rest, counter.stream))
        counter.at -= len(rest)
    if is_bare:
        yield from _page(block, record.fields.get("content-type", ""), record, place, file)
    else:
        yield from _response(block, record, place, file)


class _Joined(io.RawIOBase):
    """Some bytes, then a stream."""

    def __init__(self, first: bytes, rest: io.BufferedReader) -> None:
        self.first, self.rest = io.BytesIO(first), rest

    def readable(self) -> bool:
        """Return True: this is a stream to read from."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer and return the number of bytes; 0 at the end."""
        data = self.first.read(len(buffer))
        if not data:
            self.first = io.BytesIO()  # what was read is let go
            data = self.rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _response(block: bytes, record: _Record, place: str, file: InputFile) -> Iterator[Document | Skip]:
    ending = _HEAD_END.search(block)
    head, body = (block[: ending.start()], block[ending.end() :]) if ending else (block, b"")
    lines = head.decode("latin-1").splitlines() or [""]
    status = re.match(r"HTTP/\d(?:\.\d)?\s+(\d{3})", lines[0])
    fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if not status or status.group(1) != "200" or not _PAGE.match(fields.get("content-type", "text/html")):
        return
    try:
        body = unpack_http_body(body, fields, file.options.max_bytes)
    except ReadError as error:
        yield Skip(place, str(error))
        return
    yield from _page(body, fields.get("content-type", ""), record, place, file)


def _page(body: bytes, content_type: str, record: _Record, place: str, file: InputFile) -> Iterator[Document | Skip]:
    """What the reader of its content makes of a page."""
    from indexer.readers import choose_reader

    name = "page.txt" if content_type.lower().startswith("text/plain") else "page.html"
    charset = re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    inside = input_from_bytes(
        body,
        place,
        name,
        file.options,
        url=record.fields["warc-target-uri"],
        charset=charset.group(1) if charset else None,
    )
    reader = choose_reader(name, inside.head())
    if reader is None or not body.strip():
        yield Skip(place, "the answer holds no words.")
        return
    yield from caught(place, reader.read(inside))


def unpack_http_body(body: bytes, fields: dict[str, str], limit: int) -> bytes:
    """Return an HTTP body without chunks and compression; one that is not what it says is taken as it is. Raises ReadError."""
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    encoding = fields.get("content-encoding", "").lower()
    if encoding in ("gzip", "x-gzip") and body[:2] == b"\x1f\x8b":
        return _decompressed(body, limit)
    if encoding == "deflate" and body:
        return _decompressed(body, limit)
    if encoding == "br":
        raise ReadError("the answer is compressed with Brotli, which is not read here.")
    return body


def _decompressed(body: bytes, limit: int) -> bytes:
    try:
        unpacked = decompress_bounded(body, limit + 1)
    except zlib.error:
        return body
    if len(unpacked) > limit:
        raise ReadError(
            f"the answer is larger than {limit / 1e6:g} MB when unpacked, which is the most one document may have."
        )
    return unpacked


def _unchunked(body: bytes) -> bytes:
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at)
        size = re.match(rb"\s*([0-9a-fA-F]{1,8})", body[at:end]) if end >= 0 else None
        if not size:
            return b"".join(pieces) or body
        length = int(size.group(1), 16)
        if length == 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
