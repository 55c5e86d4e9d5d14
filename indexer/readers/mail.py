"""E-mail newsletters: one message (.eml) or a mailbox of them (mbox)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage, Message, MIMEPart
from email.policy import EmailPolicy
from email.utils import parseaddr
from functools import partial
from typing import Any

from indexer.input.input_file import InputFile
from indexer.input.mime import parse_message
from indexer.input.trouble import attempted
from search.errors import ReadError
from search.model import Document, Skip
from search.provenance import Provenance

_HEADER = re.compile(
    rb"^(?:Return-Path|Received|From|To|Subject|Date|Message-ID|MIME-Version|Delivered-To|X-[\w-]+|DKIM-Signature|Reply-To|List-\w+):\s",
    re.MULTILINE | re.IGNORECASE,
)
_MAX_LINE = 1 << 20
# The library's parsers of header values take the square of a value's length: a megabyte of marks, hours.
MAX_HEADER_CHARS = 1000
# The line before each message of a mailbox (RFC 4155): whose it is, and a day with its time.
_BEGINS = re.compile(
    rb"From (?P<whose>\S.{0,400}?)\s(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? {1,3}(?:[A-Z][a-z]{2} {1,2}\d{1,2}|\d{1,2} [A-Z][a-z]{2}),? "
    rb".{0,20}?\d{1,2}:\d{2}(?::\d{2})?.{0,40}$",
    re.DOTALL,
)
_YEAR = re.compile(rb"\b(?:19|20)\d{2}\b")
_ESCAPED = re.compile(rb">+From ")
_SAVED = re.compile(rb"^Snapshot-Content-Location:|multipart/related", re.MULTILINE | re.IGNORECASE)


class _Bounded(EmailPolicy):
    """The library's reading of headers, each cut at what no header of a real message comes near."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """Parse a header, cut at `MAX_HEADER_CHARS`."""
        return super().header_fetch_parse(name, value if len(value) <= MAX_HEADER_CHARS else value[:MAX_HEADER_CHARS])


_POLICY = _Bounded()


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): three header lines, or the line that begins each message of a mailbox (RFC 4155)."""
    start = head.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    if re.match(rb"From \S+.{0,60}\d{4}\r?\n", head):
        return 90
    if _SAVED.search(start) and name.endswith((".mht", ".mhtml")):
        return 0
    lines = {found.group().lower() for found in _HEADER.finditer(start)}
    return 85 if len(lines) >= 3 and _HEADER.match(start) else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield every message, in order; of a mailbox, one message is held at a time. Raises ReadError for a malformed one alone."""
    if not file.head().startswith(b"From "):
        yield document_from_message(file.read_all(), file.path, file)
        return
    for number, data in enumerate(_messages(file), 1):
        place = f"{file.path}#{number}"
        if data is None:
            yield Skip(place, f"the message is larger than {file.options.max_bytes / 1e6:g} MB.")
            continue
        yield attempted(place, partial(document_from_message, data, place, file))


def _messages(file: InputFile) -> Iterator[bytes | None]:
    """The messages of a mailbox, each begun by a line "From "; None for one above the limit."""
    lines: list[bytes] = []
    size, blank = 0, True
    line = file.stream.readline(_MAX_LINE)
    if line.startswith(b"From "):
        line = file.stream.readline(_MAX_LINE)
    while line:
        following = file.stream.readline(_MAX_LINE)
        if blank and size and line.startswith(b"From ") and _begins_message(line, following):
            yield b"".join(lines) if size <= file.options.max_bytes else None
            lines, size, line = [], 0, following
            continue
        blank = line in (b"\n", b"\r\n")
        size += len(line)
        if size <= file.options.max_bytes:
            lines.append(line[1:] if _ESCAPED.match(line) else line)
        line = following
    if size:
        yield b"".join(lines) if size <= file.options.max_bytes else None


def _begins_message(line: bytes, following: bytes) -> bool:
    """Whether a line "From " parts two messages: it has a day with its time, or a header stands under it."""
    line = line.rstrip(b"\r\n")
    begins = _BEGINS.match(line)
    has_day = begins is not None and _is_sender(begins["whose"]) and _YEAR.search(line) is not None
    return has_day or _HEADER.match(following) is not None


def _is_sender(words: bytes) -> bool:
    """Whether words are an address or one word: "the minutes of" are text. Archives of lists write "ann at ledger.example"."""
    # Not in the pattern, which would look for the day behind each of an address's marks: the square of a line's length.
    return len(words.split()) == 1 or b"@" in words[1:] or b" at " in words[1:]


def document_from_message(data: bytes, path: str, file: InputFile) -> Document | Skip:
    """Return one message as a document: its markup if it has any, else its plain text. Raises ReadError."""
    from indexer.html.fragment import document_from_fragment

    mail = parse_message(data, _POLICY)
    try:
        part = mail.get_body(("html", "plain")) if isinstance(mail, EmailMessage) else None
        content = _text(part) if part is not None else None
    except Exception as error:  # the library fails on odd headers in more ways than it says
        raise ReadError(f"the message is malformed ({type(error).__name__}).") from error
    if content is None:
        return Skip(path, "the message has no text.")
    name, address = parseaddr(_header(mail, "From")[:MAX_HEADER_CHARS])
    return document_from_fragment(
        content,
        path,
        file.options,
        known_from=Provenance.MAIL,
        title=_header(mail, "Subject") or None,
        url=_link(_header(mail, "List-Post"), _header(mail, "Archived-At")),
        outlet=name or address.rpartition("@")[2] or None,
        published=_header(mail, "Date") or None,
        language=_header(mail, "Content-Language") or None,
    )


def _header(mail: Message, name: str) -> str:
    """A header's words; as they stand in the file when the library cannot make anything of them."""
    try:
        return str(mail.get(name, ""))
    except Exception:  # an address cut off in the middle is an IndexError, or an AttributeError, or something else
        raw = next((value for key, value in mail.raw_items() if key.casefold() == name.casefold()), "")
        return " ".join(str(raw).split())


def _text(part: MIMEPart) -> str:
    from indexer.input.encoding import decode

    raw = part.get_payload(decode=True)
    return decode(raw, part.get_content_charset()).text if isinstance(raw, bytes) else str(part.get_payload())


def _link(*values: str) -> str | None:
    found = next((match for value in values if (match := re.search(r"https?://[^\s<>]+", value))), None)
    return found.group() if found else None
