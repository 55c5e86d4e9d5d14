"""Corrections as JSON Lines, so that they pass from one archive to another: one object a line, in the order in which they count.

A quote is named as the W3C's Web Annotation does it: `{"exact", "prefix", "suffix"}`, with the ids of quote and document, and
the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from search.corrections.correction import Correction, CorrectionKind, QuoteName, check_correction, correction_id
from search.errors import QueryError

TEXT_LENGTH: Final = 100_000  # code points of a quote's words, or of an id: a longer one is no quote's


def correction_object(correction: Correction) -> dict[str, Any]:
    """Return a correction as JSON has it; what it does not have is left out."""
    return {
        name: value for name, value in asdict(correction).items() if value not in ("", (), None) or name == "reason"
    }


def correction_from(row: Mapping[str, Any]) -> Correction:
    """Return the correction that an object of JSON says; its id is made anew from what it says.

    Raises:
        QueryError: it is no correction; the sentence says why.
    """
    kind = row.get("kind")
    if not isinstance(kind, str) or kind not in set(CorrectionKind):
        raise QueryError(f"`kind` has to be one of {', '.join(CorrectionKind)}.")
    quotes, names = row.get("quotes", []), row.get("names", [])
    if not (isinstance(quotes, list) and isinstance(names, list) and all(isinstance(name, str) for name in names)):
        raise QueryError("`quotes` and `names` have to be lists.")
    undone = _moment(row, "undone") if row.get("undone") is not None else None
    correction = Correction(
        id="",
        kind=CorrectionKind(kind),
        made=_moment(row, "made"),
        person=_text(row, "person"),
        reason=_text(row, "reason"),
        quotes=tuple(_quote_name(quote) for quote in quotes),
        names=tuple(names),
        undone=undone,
        undone_by=_text(row, "undone_by"),
        undone_reason=_text(row, "undone_reason"),
    )
    check_correction(correction)
    return replace(correction, id=_id(row, correction))


def _id(row: Mapping[str, Any], correction: Correction) -> str:
    # Decisions from before corrections had names are called by the versions that they are of.
    given = _text(row, "id")
    return given if not correction.person and given.isalnum() and len(given) == 32 else correction_id(correction)


def _quote_name(row: object) -> QuoteName:
    if not isinstance(row, Mapping):
        raise QueryError("Each of `quotes` has to be an object.")
    name = QuoteName(**{field: _text(row, field) for field in QuoteName.__slots__})
    if not name.exact.strip() or not name.keys:
        raise QueryError("A quote needs its words, `exact`, and an id, a document or a page.")
    return name


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str) or len(value) > TEXT_LENGTH:
        raise QueryError(f"`{name}` has to be a text of at most {TEXT_LENGTH:,} characters.")
    return value


def _moment(row: Mapping[str, Any], name: str) -> str:
    value = _text(row, name)
    try:
        moment = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        raise QueryError(f"`{name}` has to be a moment in UTC, as 2026-11-01T00:00:00.000000Z.") from None
    if moment > datetime.now(UTC) + timedelta(days=1):
        raise QueryError(f"`{name}` lies in the future, so that nothing could be corrected after it.")
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
