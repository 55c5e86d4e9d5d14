"""When a quote was printed, as the places of dots on a line: the template draws them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from search.model import Quote
from web.presentation.diff_view import Wording

MOST_ROWS = 8
MOST_DOTS = 400
# In per cent of the width: room for a wording's number on the left and for half a dot on the right.
LEFT, RIGHT = 9.0, 97.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One printing: `x` in per cent of the width, `row` from 0."""

    x: float
    row: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    dots: tuple[Dot, ...]
    rows: tuple[Wording, ...]
    ticks: tuple[Tick, ...]
    undated: int


def timeline(wordings: Sequence[Wording]) -> Timeline | None:
    """The printings whose date is known, a row for each wording (the last holds the rest); None for fewer than two."""
    rows = [wording for wording in wordings if any(_seconds(hit.quote.published) is not None for hit in wording.hits)]
    dated = [
        (when, min(row, MOST_ROWS - 1), hit.quote)
        for row, wording in enumerate(rows)
        for hit in wording.hits
        if (when := _seconds(hit.quote.published)) is not None
    ]
    places = sum(len(wording.hits) for wording in wordings)
    if len(dated) < 2:
        return None
    first, last = min(when for when, _, _ in dated), max(when for when, _, _ in dated)
    width = last - first
    dots = [Dot(_x(when - first, width), row, quote) for when, row, quote in dated[:MOST_DOTS]]
    return Timeline(tuple(dots), tuple(rows[:MOST_ROWS]), _ticks(first, last), places - len(dated))


def _x(seconds: float, width: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * (seconds / width if width else 0.5), 2)


def _ticks(first: float, last: float) -> tuple[Tick, ...]:
    start, end = _label(first), _label(last)
    if start == end:
        return (Tick(50.0, start, "middle"),)
    return (Tick(LEFT - 1, start, "start"), Tick(100.0, end, "end"))


def _label(seconds: float) -> str:
    found = datetime.fromtimestamp(seconds, UTC)
    return f"{found.day} {found:%b %Y}"


def _seconds(published: str | None) -> float | None:
    """Seconds since 1970 of a day or an instant; None for what is no date."""
    if not published:
        return None
    try:
        if len(published) <= 10:
            day = date.fromisoformat(published)
            return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        found = datetime.fromisoformat(published)
    except (ValueError, OverflowError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
