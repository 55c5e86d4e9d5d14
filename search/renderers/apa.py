"""References in the style of the American Psychological Association, 7th edition: the article that prints each quote."""

from __future__ import annotations

from calendar import month_name
from typing import Final

from search.cited_source import (
    AuthorName,
    CitedSource,
    Reference,
    ended,
    names_joined,
    reference_lines,
    with_double_marks,
)
from search.model import Result
from search.renderers import Style

_MOST_NAMED: Final = 20  # authors; of more, the first 19 and the last


def render(result: Result, style: Style) -> str:
    """Return a reference a line, in the order of the answer; each article once."""
    return reference_lines(result, reference)


def reference(source: CitedSource) -> Reference:
    """Return the reference of one article: Brask, J. T. (2024, March 14). Headline. Outlet. https://..."""
    names, day, title = _names(source.authors), f"({_day(source.date)}).", ended(with_double_marks(source.title))
    address = f" {source.url}" if source.url else ""
    if not source.outlet:
        return Reference(
            f"{ended(names)} {day} " if names else "", title, f"{address}" if names else f" {day}{address}"
        )
    return Reference(
        f"{ended(names)} {day} {title} " if names else f"{title} {day} ",
        source.outlet,
        ended(source.outlet).removeprefix(source.outlet) + address,
    )


def _names(authors: tuple[AuthorName, ...]) -> str:
    names = [", ".join(part for part in (name.family, name.initials, name.suffix) if part) for name in authors]
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[: _MOST_NAMED - 1])}, … {names[-1]}"
    return names_joined(authors, names, "&")


def _day(date: tuple[int, ...]) -> str:
    if not date:
        return "n.d."
    return ", ".join(
        [str(date[0]), " ".join([month_name[month] for month in date[1:2]] + [str(day) for day in date[2:]])][
            : len(date)
        ]
    )
