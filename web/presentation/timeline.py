"""When a quote was printed, as the places of dots on a line: the template draws them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from search.model import Quote, Version
from web.language.formats import calendar_day

ROWS_SHOWN: Final = 8  # versions; the last row holds all further ones
DOTS_SHOWN: Final = 400  # printings: more cannot be told apart in a page's width
# In per cent of the width: room for a version's number on the left and for half a dot on the right.
AXIS_START, AXIS_END = 9.0, 97.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One printing: `x` in per cent of the width, `row` from 0."""

    x: float
    row: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the axis: `x` in per cent of the width, `anchor` the end of the words that stands there (SVG)."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A version with its number on the page, from 1."""

    number: int
    version: Version


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dots, the rows that they stand in, the labels of the axis, and how many quotes have no known date."""

    dots: tuple[Dot, ...]
    rows: tuple[TimelineRow, ...]
    ticks: tuple[Tick, ...]
    undated: int


def timeline(versions: Sequence[Version]) -> Timeline | None:
    """Return the quotes whose date is known, a row for each version (the last holds the rest); None for fewer than two."""
    rows = [
        TimelineRow(number, version)
        for number, version in enumerate(versions, 1)
        if any(_seconds(quote.published) is not None for quote in version.quotes)
    ]
    dated = [
        (when, min(place, ROWS_SHOWN - 1), quote)
        for place, row in enumerate(rows)
        for quote in row.version.quotes
        if (when := _seconds(quote.published)) is not None
    ]
    if len(dated) < 2:
        return None
    first, last = min(when for when, _, _ in dated), max(when for when, _, _ in dated)
    width = last - first
    dots = [Dot(_x(when - first, width), row, quote) for when, row, quote in dated[:DOTS_SHOWN]]
    undated = sum(len(version.quotes) for version in versions) - len(dated)
    return Timeline(tuple(dots), tuple(rows[:ROWS_SHOWN]), _ticks(first, last), undated)


def _x(seconds: float, width: float) -> float:
    return round(AXIS_START + (AXIS_END - AXIS_START) * (seconds / width if width else 0.5), 2)


def _ticks(first: float, last: float) -> tuple[Tick, ...]:
    start, end = _label(first), _label(last)
    if start == end:
        return (Tick(50.0, start, "middle"),)
    return (Tick(AXIS_START - 1, start, "start"), Tick(100.0, end, "end"))


def _label(seconds: float) -> str:
    day = datetime.fromtimestamp(seconds, UTC)
    return calendar_day(day.date(), "d MMM y")


def _seconds(published: str | None) -> float | None:
    """Return the seconds since 1970 of an instant, or of a day's midnight in UTC; None for what is not a date."""
    if not published:
        return None
    try:
        if len(published) <= 10:
            day = date.fromisoformat(published)
            return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        instant = datetime.fromisoformat(published)
    except (ValueError, OverflowError):
        return None
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()
