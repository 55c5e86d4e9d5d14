"""References in the style of the Modern Language Association, 9th edition: the article that prints each quote."""

from __future__ import annotations

from typing import Final

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

_MONTHS: Final = ("", *"Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split())


def render(result: Result, style: Style) -> str:
    """Return a reference a line, in the order of the answer; each article once."""
    return reference_lines(result, reference)


def reference(source: CitedSource) -> Reference:
    """Return the reference of one article: Brask, Joren T. “Headline.” Outlet, 14 Mar. 2024, https://..."""
    names = _names(source.authors)
    names = f"{ended(names)} " if names else ""
    where = ", ".join(part for part in (_day(source.date), source.url) if part)
    if not source.outlet:
        return Reference(names, ended(headline_capitals(source)), f" {where}." if where else "")
    return Reference(
        f"{names}{quoted_title(source)} ",
        source.outlet,
        f", {where}." if where else ended(source.outlet).removeprefix(source.outlet),
    )


def _names(authors: tuple[AuthorName, ...]) -> str:
    if len(authors) > 2:
        return f"{inverted(authors[0])}, et al."
    names = [inverted(name) for name in authors[:1]] + [in_order(name) for name in authors[1:]]
    return names_joined(authors, names, "and")


def _day(date: tuple[int, ...]) -> str:
    return " ".join(
        [str(day) for day in date[2:]] + [_MONTHS[month] for month in date[1:2]] + [str(year) for year in date[:1]]
    )
