"""Documents and quotes as rows of the archive's tables: lists and spans as JSON, everything else as it is."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Final

from search.errors import StoreUnavailable
from search.model import Document, Quote, Region, Span
from search.storage.packing.document_context import (
    LEFT_TO_DOCUMENT,
    DocumentContext,
    cut_after,
    cut_before,
    left_to_document,
)

DOCUMENT_COLUMNS: Final = tuple(field.name for field in fields(Document))
_LOOKED_UP: Final = {"speaker_id", "authors"}  # of a quote: where an answer asks for them
QUOTE_COLUMNS: Final = tuple(field.name for field in fields(Quote) if field.name not in _LOOKED_UP)
# What the digests of documents and quotes are made of; a document's text is elsewhere, and its digest stands here.
DOCUMENT_ROW: Final = ("work", "added", "text_digest", *(name for name in DOCUMENT_COLUMNS if name != "text"))
QUOTE_ROW: Final = ("added", *QUOTE_COLUMNS)
STORED_QUOTE: Final = (*QUOTE_ROW, *LEFT_TO_DOCUMENT)
_REAL_COLUMNS: Final = {"confidence", "scare_score", "second"}
_JSON_COLUMNS: Final = {"authors", "flags", "provenance", "via"}


def row_of(value: Document | Quote) -> dict[str, object]:
    """Return the fields of a document or a quote as columns, in the order of `DOCUMENT_COLUMNS` or `QUOTE_COLUMNS`."""
    row: dict[str, object] = {}
    for name in DOCUMENT_COLUMNS if isinstance(value, Document) else QUOTE_COLUMNS:
        item = getattr(value, name)
        if name == "spans":
            item = json.dumps([[s.start, s.end] for s in item]) if item else None
        elif name == "regions":
            item = json.dumps([[r.span.start, r.span.end, r.role, r.note] for r in item]) if item else None
        elif name in _JSON_COLUMNS:
            item = json.dumps(item, ensure_ascii=False) if item else None
        # One type a column, whatever a file called a number: its digest is that of its name.
        elif name in _REAL_COLUMNS and item is not None:
            item = float(item)
        row[name] = storable(item) if isinstance(item, str) else item
    return row


def row_digest(*values: object) -> int:
    """Return the CRC-32 of the values of a row, which tells a row that was written from one that a disk has changed.

    No more than that: it is of no use against somebody who means to change the row.
    """
    return zlib.crc32("\x1f".join([str(value) for value in values]).encode("utf-8", "surrogatepass"))


def with_digest(row: Mapping[str, object]) -> dict[str, object]:
    """Return the columns of a row with their digest; what is true or false becomes a number, as databases have it."""
    plain = {name: int(value) if isinstance(value, bool) else value for name, value in row.items()}
    return plain | {"digest": row_digest(*plain.values())}


def intact(row: Sequence[Any], name: str) -> Sequence[Any]:
    """Return a row without its digest, which comes last.

    Raises:
        StoreUnavailable: the row is not what was written; `name` says what it is of.
    """
    *values, digest = row
    if row_digest(*values) != digest:
        raise damaged(name)
    return values


def as_text(value: object, name: str) -> str:
    """Return a value that is a text. Raises StoreUnavailable where a disk has made another of what is kept of `name`."""
    if type(value) is not str:
        raise damaged(name)
    return value


def damaged(name: str) -> StoreUnavailable:
    """Return the error that what is kept of `name` is not what was written."""
    return StoreUnavailable(
        f"The archive is damaged: {name} is not what was stored. Run `quotes doctor`, which says what can be done."
    )


def stored_quote(row: Mapping[str, object], document: DocumentContext | None) -> dict[str, object]:
    """Return the columns of `QUOTE_ROW` as those of `STORED_QUOTE`: without what the document has, and the time as a number."""
    return left_to_document(row, document) | {"added": int(datetime.fromisoformat(str(row["added"])).timestamp())}


def is_left_to_document(row: Sequence[Any]) -> bool:
    """Return whether a row of `STORED_QUOTE` leaves anything to its document."""
    before, after, as_document = row[-len(LEFT_TO_DOCUMENT) :]
    return before is not None or after is not None or bool(as_document)


def time_of(seconds: int) -> str:
    """Return when a quote was stored, kept in seconds since 1970, as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def whole_row(row: Sequence[Any], document: DocumentContext | None) -> dict[str, object]:
    """Return a row of `STORED_QUOTE` as the columns of `QUOTE_ROW`.

    Raises:
        StoreUnavailable: the row is damaged.
    """
    return {"added": time_of(row[0])} | row_of(quote_of(row[1:], document))


def document_of(row: Sequence[Any]) -> Document:
    """Return the document that a row of `DOCUMENT_COLUMNS` holds.

    Raises:
        StoreUnavailable: the row is damaged.
    """
    try:
        return _document_of(row)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _unreadable("a document") from error


def quote_of(row: Sequence[Any], document: DocumentContext | None = None) -> Quote:
    """Return the quote that a row of `STORED_QUOTE` holds, but for its first column, or one of `QUOTE_COLUMNS`.

    Raises:
        StoreUnavailable: the row is damaged, or leaves something to a document that is not given.
    """
    try:
        return _quote_of(row, document)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise _unreadable("a quote") from error


def _unreadable(name: str) -> StoreUnavailable:
    return StoreUnavailable(f"The archive is damaged: {name} cannot be read. Run `quotes doctor`.")


def _document_of(row: Sequence[Any]) -> Document:
    values = dict(zip(DOCUMENT_COLUMNS, row, strict=True))
    values["authors"] = _tuple(values["authors"])
    values["flags"] = _tuple(values["flags"])
    values["provenance"] = json.loads(values["provenance"] or "{}")
    values["regions"] = tuple(Region(Span(a, b), role, note) for a, b, role, note in _tuple(values["regions"]))
    return Document(**values)


def _quote_of(row: Sequence[Any], document: DocumentContext | None) -> Quote:
    values = dict(zip(QUOTE_COLUMNS, row, strict=False))
    spans = values["spans"] = tuple(Span(a, b) for a, b in _tuple(values["spans"]))
    values["via"] = _tuple(values["via"])
    values["flags"] = _tuple(values["flags"])
    values["scare"] = bool(values["scare"])
    before, after, as_document = row[len(QUOTE_COLUMNS) :] or (None, None, 0)
    if document is not None:
        if before is not None:
            values["before"] = cut_before(document.text, spans[0].start, before)
        if after is not None:
            values["after"] = cut_after(document.text, spans[-1].end, after)
        if as_document:
            values["url"], values["title"] = document.url, document.title
    elif before is not None or after is not None or as_document:
        raise _unreadable(f"the document of quote {values['id']}")
    return Quote(**values)


def storable(text: str) -> str:
    """Return a text as it is kept, as long as it was: UTF-8, a lone surrogate out of a broken JSON escape "?", a zero byte U+FFFD."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def _tuple(packed: str | None) -> tuple[Any, ...]:
    return tuple(json.loads(packed)) if packed else ()
