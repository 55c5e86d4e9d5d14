"""What a reader is given: a named stream of bytes, and what a person said about it by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from search.errors import ReadError

MEGABYTE = 1_000_000
HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read, and what is said by hand about all that is read.

    outlet, date  override what the documents say of themselves (`date` is ISO 8601)
    max_bytes     the most that one document may have, after decompression; a longer one is a `Skip`
    fields        for JSON Lines and CSV: our name -> the file's name of a field ("text" -> "body")
    now           the present, for refusing dates in the future; None takes the clock
    comments      whether readers' comments found in plain text are given, as documents of their own
    outlets       a table of host -> outlet name that goes before the packaged one
    """

    outlet: str | None = None
    date: str | None = None
    max_bytes: int = 10 * MEGABYTE
    fields: Mapping[str, str] = field(default_factory=dict)
    now: datetime | None = None
    comments: bool = True
    outlets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file, archive member or stream, read once from its beginning.

    path     what to call it when talking to a person ("news.zip/page.html")
    name     its file name in lower case, without a directory and without ".gz"
    url      its address, when that is known from outside
    charset  the encoding that its transport declared
    """

    path: str
    name: str
    stream: io.BufferedReader
    options: ReadOptions
    url: str | None = None
    charset: str | None = None

    def head(self) -> bytes:
        """Return the first bytes, at most `HEAD_BYTES`, without consuming them."""
        return self.stream.peek(HEAD_BYTES)[:HEAD_BYTES]

    def read_all(self) -> bytes:
        """Return all bytes. Raises ReadError when there are more than one document may have."""
        limit = self.options.max_bytes
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise ReadError(f"larger than {limit / MEGABYTE:g} MB, which is the most one document may have.")
        return data


def input_from_bytes(
    data: bytes, path: str, name: str, options: ReadOptions, *, url: str | None = None, charset: str | None = None
) -> InputFile:
    """Return an input file whose content is already in memory."""
    return InputFile(path, name, io.BufferedReader(io.BytesIO(data), HEAD_BYTES), options, url, charset)
