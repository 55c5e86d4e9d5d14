"""What is told of a quote that is counted and not shown."""

from __future__ import annotations

from typing import NamedTuple


class QuoteOutline(NamedTuple):
    """The few columns of a quote that totals, facets and orders are told from; the speaker as its document means it."""

    id: str
    text: str
    speaker: str | None
    confidence: float
    outlet: str | None
    published: str | None
    language: str | None
    kind: str
