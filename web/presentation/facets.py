"""Facets and chips as plain links: what an answer can be narrowed to, and what it is narrowed to now."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from search.find.query_language import FIELDS_WITH_VALUES
from search.model import Query, QuoteKind, Result
from web.language.formats import calendar_day, digits, language_called
from web.language.messages import gettext
from web.presentation.wording import CHIP_NAMES, FACET_TITLES, QUOTE_KINDS
from web.query_string import DAY_FIELDS, SWITCH_FIELDS

VALUES_SHOWN: Final = 8  # of a facet; the others are a click away
VALUES_OFFERED: Final = 15  # each weighs 250 bytes: all twenty that are counted would be a third of the page
# Of these even a single value says something; that all quotes are in English, nobody needs to be told.
_WORTH_ALONE: Final = ("speaker", "outlet", "year")

Url = Callable[[Query], str]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: `url` narrows to it, or widens again when it is `active`; `without` leaves it out."""

    value: str
    count: int
    active: bool
    url: str | None
    without: str | None


@dataclass(frozen=True, slots=True)
class Facet:
    """What the quotes of an answer can be told apart by, with its values, most quotes first."""

    name: str
    title: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is in force; `url` is the same answer without it."""

    field: str
    name: str
    value: str
    url: str


def facets(result: Result, url: Url) -> list[Facet]:
    """Return the facets that have values worth showing, in a fixed order; `url` writes a query as an address."""
    return [
        Facet(
            name,
            title,
            tuple(_facet_value(result.query, name, value, count, url) for value, count in counts[:VALUES_OFFERED]),
        )
        for name, title in FACET_TITLES.items()
        if (counts := result.facets.get(name)) and (len(counts) > 1 or name in _WORTH_ALONE)
    ]


def chips(query: Query, url: Url) -> list[Chip]:
    """Return the filters in force, each with the address of the answer without it."""
    in_force = []
    for name in FIELDS_WITH_VALUES:
        values = getattr(query, name)
        for value in values:
            rest = tuple(other for other in values if other != value)
            in_force.append(Chip(name, CHIP_NAMES[name], value, url(_changed(query, name, rest))))
    for name in DAY_FIELDS:
        if day := getattr(query, name):
            in_force.append(Chip(name, CHIP_NAMES[name], day, url(_changed(query, name, None))))
    for name in SWITCH_FIELDS:
        if getattr(query, name):
            in_force.append(Chip(name, CHIP_NAMES[name], "", url(_changed(query, name, False))))
    return in_force


def _facet_value(query: Query, name: str, value: str, count: int, url: Url) -> FacetValue:
    if name == "year":
        days = _year(value)
        if days is None:
            return FacetValue(value, count, False, None, None)
        active = (query.after, query.before) == days
        after, before = (None, None) if active else days
        return FacetValue(value, count, active, url(replace(query, after=after, before=before, offset=0)), None)
    active = value in getattr(query, name)
    # A value takes the place of the others: `any of these` would widen the answer, where a reader means to narrow it.
    narrowed = _changed(query, name, () if active else (value,))
    without = None
    if f"not_{name}" in FIELDS_WITH_VALUES and not active:
        without = url(_changed(query, f"not_{name}", (*getattr(query, f"not_{name}"), value)))
    return FacetValue(value, count, active, url(narrowed), without)


def _changed(query: Query, name: str, value: Any) -> Query:
    """Return `query` with another value of one field, on the first page: the old offset would mean nothing."""
    changes: dict[str, Any] = {name: value, "offset": 0}
    return replace(query, **changes)


def _year(value: str) -> tuple[str, str] | None:
    """Return the first day of a year and that of the next; None for what is not a year from 1 to 9998."""
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:5]) < 9999):
        return None
    return f"{int(value):04d}-01-01", f"{int(value) + 1:04d}-01-01"


def value_label(value: str, field: str) -> str:
    """Return a value of a facet or a filter as a reader is told it: a language by its name, a day as a date."""
    if field == "language":
        return language_called(value)
    if field == "kind" and value in set(QuoteKind):
        return gettext(QUOTE_KINDS[QuoteKind(value)])
    if field in DAY_FIELDS:
        return calendar_day(date.fromisoformat(value)) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else digits(value)
    return digits(value) if field == "year" else value
