"""Facets and chips as plain links: what an answer can be narrowed to, and what it is narrowed to now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from search.model import Query, Result
from web.query_string import DAYS, LISTS, SWITCHES

FACETS = {"speaker": "Speaker", "outlet": "Outlet", "year": "Year", "language": "Language", "kind": "Kind"}
SHOWN = 8
# Of these even a single value says something; that all quotes are in English, nobody needs to be told.
_WORTH_ALONE = ("speaker", "outlet", "year")
_NAMES = {
    "speaker": "speaker", "outlet": "outlet", "language": "language", "kind": "kind", "not_speaker": "not by",
    "not_outlet": "not in", "without": "without", "after": "from", "before": "before", "exact": "these very words",
    "scare": "with scare quotes", "indirect": "with indirect speech",
}  # fmt: skip

Url = Callable[[Query], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: `url` narrows to it, or widens again when it is `active`; `without` leaves it out."""

    value: str
    count: int
    active: bool
    url: str | None
    without: str | None


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is in force; `url` is the same answer without it."""

    name: str
    value: str
    url: str


def facets(result: Result, url: Url) -> list[Facet]:
    """The facets that have values, in a fixed order."""
    return [
        Facet(name, title, tuple(_choice(result.query, name, value, count, url) for value, count in counts))
        for name, title in FACETS.items()
        if (counts := result.facets.get(name)) and (len(counts) > 1 or name in _WORTH_ALONE)
    ]


def chips(query: Query, url: Url) -> list[Chip]:
    """The filters in force, each with the way out of it."""
    found = []
    for name in LISTS:
        values = getattr(query, name)
        for value in values:
            rest = tuple(other for other in values if other != value)
            found.append(Chip(_NAMES[name], value, url(_changed(query, name, rest))))
    for name in DAYS:
        if day := getattr(query, name):
            found.append(Chip(_NAMES[name], day, url(_changed(query, name, None))))
    for name in SWITCHES:
        if getattr(query, name):
            found.append(Chip(_NAMES[name], "", url(_changed(query, name, False))))
    return found


def _choice(query: Query, name: str, value: str, count: int, url: Url) -> Choice:
    if name == "year":
        days = _year(value)
        if days is None:
            return Choice(value, count, False, None, None)
        active = (query.after, query.before) == days
        after, before = (None, None) if active else days
        return Choice(value, count, active, url(replace(query, after=after, before=before, offset=0)), None)
    active = value in getattr(query, name)
    # A value takes the place of the others: `any of these` would widen the answer, where a reader means to narrow it.
    narrowed = _changed(query, name, () if active else (value,))
    without = None
    if f"not_{name}" in LISTS and not active:
        without = url(_changed(query, f"not_{name}", (*getattr(query, f"not_{name}"), value)))
    return Choice(value, count, active, url(narrowed), without)


def _changed(query: Query, name: str, value: Any) -> Query:
    changes: dict[str, Any] = {name: value, "offset": 0}
    return replace(query, **changes)


def _year(value: str) -> tuple[str, str] | None:
    """The first day of a year, and that of the next."""
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:5]) < 9999):
        return None
    return f"{int(value):04d}-01-01", f"{int(value) + 1:04d}-01-01"
