"""A table that a spreadsheet opens: one quote a row."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

from search.model import Quote, Result, Utterance, Version
from search.renderers import Style
from search.renderers.json import SCORE_DIGITS

COLUMNS = (
    "utterance", "match", "score", "sure", "alters", "text", "speaker", "role", "outlet", "published", "title", "url",
    "kind", "via", "flags", "before", "after", "id", "document_id",
)  # fmt: skip


# No cell of a spreadsheet has a use for them, and a terminal that the table is printed on would obey them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_UNSEEN = ("Cc", "Cf", "Mn", "Zl", "Zp")  # categories of characters that take no room
_FORMULA = ("=", "+", "-", "@")


def render(result: Result, style: Style) -> str:
    """Return the quotes of the answer as CSV (RFC 4180) in UTF-8, a row each, in its order."""
    out = io.StringIO()
    # Excel takes a file without this mark for the local 8-bit encoding and shows curly quotation marks as mojibake.
    out.write("\ufeff")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for utterance in result.utterances:
        for version in utterance.versions:
            for quote in version.quotes:
                table.writerow([guarded(cell) for cell in _row(utterance, version, quote)])
    return out.getvalue()


def guarded(cell: object) -> object:
    """Return a cell without controls that no spreadsheet takes for a formula.

    An apostrophe stands before = + - @ tab and CR (OWASP, "CSV Injection"). What no eye sees before them, marks of byte order and of direction, is looked past, and full-width signs count.
    """
    if isinstance(cell, str):
        cell = _CONTROLS.sub("", cell)
    if isinstance(cell, str) and cell:
        first = next((c for c in cell if not (c.isspace() or unicodedata.category(c) in _UNSEEN)), "")
        if unicodedata.normalize("NFKC", first)[:1] in _FORMULA or cell[0] in "\t\r\n":
            return "'" + cell
    return cell


def _row(utterance: Utterance, version: Version, quote: Quote) -> list[object]:
    match = version.match
    return [
        utterance.id, match.kind, round(match.score, SCORE_DIGITS), "yes" if version.sure else "no",
        " ".join(match.alters), quote.text, quote.speaker, quote.role, quote.outlet, quote.published, quote.title,
        quote.link, quote.kind, " > ".join(quote.via), " ".join(quote.all_flags), quote.before, quote.after, quote.id,
        quote.document_id or None,
    ]  # fmt: skip
