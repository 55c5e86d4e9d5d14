"""Instants as a paper gives them: ISO 8601 in the paper's own time zone, so that the first ten characters are its own day.

`2024-03-04T23:30:00-05:00` was printed on 4 March, whatever the date was in Greenwich. Filters, facets and citations go by
the printed day, and so does every comparison of the text; an order among papers of two zones goes by `in_utc`.
"""

from __future__ import annotations

from datetime import UTC, datetime


def in_utc(published: str | None) -> str | None:
    """Return an instant in UTC, `2024-03-05T04:30:00Z`; a day, and what is no date, as it is."""
    if not published or len(published) <= 10 or published.endswith("Z"):
        return published
    try:
        instant = datetime.fromisoformat(published)
        return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if instant.tzinfo else published
    except (ValueError, OverflowError):
        return published


def printed_day(published: str | None) -> str | None:
    """Return the day that the paper gives, ISO 8601; None where none is known."""
    return published[:10] if published else None


def first_known(published: str | None) -> str | None:
    """Return a first date as the contract has it: in UTC, or the printed day alone where that is another one in UTC."""
    instant, day = in_utc(published), printed_day(published)
    return instant if instant is None or instant[:10] == day else day
