"""The query string of an address as a `Query`, and a `Query` as an address: the URL is all the state that there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from search.errors import QueryError
from search.find.query_language import parse_query
from search.model import Query
from search.settings import Settings

LISTS = ("speaker", "outlet", "language", "kind", "not_speaker", "not_outlet", "without")
DAYS = ("after", "before")
SWITCHES = ("exact", "scare", "indirect")
# More of one filter than this is a mistake or an attack; each costs a look at the archive.
MOST_VALUES = 50
LAST_PAGE = 10_000
MOST_ANSWERS = 1000
_OFF = ("", "0", "no", "off", "false")


def asked(args: MultiDict[str, str], settings: Settings) -> Query:
    """What the address asks for; QueryError, with a sentence for a person, for a value that does not fit."""
    values: dict[str, Any] = {name: _values(args, name) for name in LISTS}
    values |= {name: args.get(name, "").strip() or None for name in DAYS}
    values |= {name: args.get(name, "").lower() not in _OFF for name in SWITCHES}
    base = Query(**values, limit=max(settings.page_size, 1))
    return parse_query(args.get("q", ""), base, max_chars=settings.max_query_chars)


def page_of(query: Query, args: MultiDict[str, str]) -> Query:
    """`query` for the page (from 1) that the address names."""
    page = _number(args, "page", 1, 1, LAST_PAGE)
    return replace(query, offset=(page - 1) * query.limit)


def part_of(query: Query, args: MultiDict[str, str]) -> Query:
    """`query` for the `limit` and `offset` that the address names, as the API counts."""
    limit = _number(args, "limit", query.limit, 1, MOST_ANSWERS)
    return replace(query, limit=limit, offset=_number(args, "offset", 0, 0, LAST_PAGE * MOST_ANSWERS))


def is_empty(args: MultiDict[str, str]) -> bool:
    """Whether an address asks for nothing at all, as that of a form sent without a word in it."""
    return not any(value.strip() for name in ("q", *LISTS, *DAYS) for value in args.getlist(name))


def arguments(query: Query, **changes: Any) -> dict[str, Any]:
    """The arguments that say the same as `query` after `changes` to it, without `limit` and `offset`."""
    query = replace(query, **changes)
    found: dict[str, Any] = {"q": query.text} if query.text else {}
    found |= {name: list(getattr(query, name)) for name in LISTS if getattr(query, name)}
    found |= {name: getattr(query, name) for name in DAYS if getattr(query, name)}
    return found | {name: "1" for name in SWITCHES if getattr(query, name)}


def _values(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value.strip() for value in args.getlist(name) if value.strip()))
    if len(values) > MOST_VALUES:
        raise QueryError(f"`{name}` is given {len(values)} times; {MOST_VALUES} are the most.")
    for value in values:
        if len(value) > 300:
            raise QueryError(f"A value of `{name}` has {len(value):,} characters; 300 are the most.")
    return values


def _number(args: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    raw = args.get(name, "").strip()
    if not raw:
        return default
    if not (raw.isascii() and raw.isdigit() and len(raw) < 12 and least <= int(raw) <= most):
        raise QueryError(f"`{name}` must be a whole number from {least:,} to {most:,}.")
    return int(raw)
