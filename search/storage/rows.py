"""Documents and quotes as rows of the archive's tables: lists and spans as JSON, everything else as it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final

from search.model import Document, Quote, Region, Span

DOCUMENT_COLUMNS: Final = tuple(field.name for field in fields(Document))
QUOTE_COLUMNS: Final = tuple(field.name for field in fields(Quote) if field.name != "speaker_id")
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
        row[name] = storable(item) if isinstance(item, str) else item
    return row


def document_of(row: Sequence[Any]) -> Document:
    """Return the document that a row of `DOCUMENT_COLUMNS` holds."""
    values = dict(zip(DOCUMENT_COLUMNS, row, strict=True))
    values["authors"] = _tuple(values["authors"])
    values["flags"] = _tuple(values["flags"])
    values["provenance"] = json.loads(values["provenance"] or "{}")
    values["regions"] = tuple(Region(Span(a, b), role, note) for a, b, role, note in _tuple(values["regions"]))
    return Document(**values)


def quote_of(row: Sequence[Any]) -> Quote:
    """Return the quote that a row of `QUOTE_COLUMNS` holds."""
    values = dict(zip(QUOTE_COLUMNS, row, strict=True))
    values["spans"] = tuple(Span(a, b) for a, b in _tuple(values["spans"]))
    values["via"] = _tuple(values["via"])
    values["flags"] = _tuple(values["flags"])
    values["scare"] = bool(values["scare"])
    return Quote(**values)


def storable(text: str) -> str:
    """Return a text as SQLite keeps it: UTF-8 only, so a lone surrogate out of a broken JSON escape becomes "?"."""
    return text.encode("utf-8", "replace").decode()


def _tuple(packed: str | None) -> tuple[Any, ...]:
    return tuple(json.loads(packed)) if packed else ()
