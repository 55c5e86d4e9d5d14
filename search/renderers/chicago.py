"""References in the style of the Chicago Manual, 18th edition (notes and bibliography): the article that prints each quote."""

from __future__ import annotations

from calendar import month_name

from search.cited_source import (
    AuthorName,
    CitedSource,
    Reference,
    ended,
    headline_capitals,
    in_order,
    inverted,
    names_joined,
    quoted_title,
    reference_lines,
)
from search.model import Result
from search.renderers import Style

_MOST_NAMED, _NAMED_OF_MORE = 6, 3  # authors


def render(result: Result, style: Style) -> str:
    """Return a reference a line, in the order of the answer; each article once."""
    return reference_lines(result, reference)


def reference(source: CitedSource) -> Reference:
    """Return the reference of one article: Brask, Joren T. “Headline.” Outlet, March 14, 2024. https://..."""
    names, title = _names(source.authors), quoted_title(source)
    names = f"{ended(names)} " if names else ""
    day = f" {ended(_day(source.date))}" + (f" {source.url}." if source.url else "")
    if not source.outlet:
        return Reference(names, ended(headline_capitals(source)), day)
    if not names:
        return Reference("", ended(source.outlet), f" {title}{day}")
    return Reference(f"{names}{title} ", source.outlet, f",{day}")


def _names(authors: tuple[AuthorName, ...]) -> str:
    names = [inverted(name) for name in authors[:1]] + [in_order(name) for name in authors[1:]]
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[:_NAMED_OF_MORE])}, et al."
    return names_joined(authors, names, "and")


def _day(date: tuple[int, ...]) -> str:
    if not date:
        return "n.d."
    month_and_day = " ".join([month_name[month] for month in date[1:2]] + [f"{day}," for day in date[2:]])
    return f"{month_and_day} {date[0]}".lstrip()
