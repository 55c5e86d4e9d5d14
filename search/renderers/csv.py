"""A table that a spreadsheet opens: one quote a row."""

from __future__ import annotations

import csv
import io

from search.model import Hit, Result, Version
from search.renderers import Style

COLUMNS = (
    "version", "match", "score", "alters", "text", "speaker", "role", "outlet", "published", "title", "url", "kind",
    "via", "before", "after", "id", "document_id",
)  # fmt: skip


def render(result: Result, style: Style) -> str:
    out = io.StringIO()
    # Excel takes a file without this mark for the local 8-bit encoding and shows curly quotation marks as mojibake.
    out.write("\ufeff")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for version in result.versions:
        for hit in version.hits:
            table.writerow([guarded(cell) for cell in _row(version, hit)])
    return out.getvalue()


def guarded(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: OWASP's rule, a leading apostrophe before = + - @ tab and CR."""
    if isinstance(cell, str) and cell.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + cell
    return cell


def _row(version: Version, hit: Hit) -> list[object]:
    quote, match = hit.quote, hit.match
    return [
        version.id, match.kind, round(match.score, 4), " ".join(match.alters), quote.text, quote.speaker, quote.role,
        quote.outlet, quote.published, quote.title, quote.url, quote.kind, " > ".join(quote.via), quote.before,
        quote.after, quote.id, quote.document_id or None,
    ]  # fmt: skip
