"""The query string of an address as a `Query`, and a `Query` as an address: the URL is all the state that there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from search.errors import QueryError
from search.find.query_language import FIELDS_WITH_VALUES, parse_query
from search.message import Message
from search.model import Query
from search.settings import Settings

DAY_FIELDS: Final = ("after", "before")
SORT_FIELD: Final = "sort"
SWITCH_FIELDS: Final = ("exact", "scare", "indirect", "explain")
LAST_PAGE: Final = 10_000
ANSWERS_ALLOWED: Final = 1000  # utterances in one answer of the API, some 10 MB at most
LAST_OFFSET: Final = LAST_PAGE * ANSWERS_ALLOWED
_OFF: Final = ("", "0", "no", "off", "false")


def query_from_args(args: MultiDict[str, str], settings: Settings) -> Query:
    """Return what the address asks for. Raises QueryError, with a sentence for a person, for a value that does not fit."""
    values: dict[str, Any] = {name: _values(args, name) for name in FIELDS_WITH_VALUES}
    values |= {name: args.get(name, "").strip() or None for name in (*DAY_FIELDS, SORT_FIELD)}
    values |= {name: args.get(name, "").lower() not in _OFF for name in SWITCH_FIELDS}
    base = Query(**values, limit=max(settings.page_size, 1))
    return parse_query(args.get("q", ""), base, max_chars=settings.max_query_chars)


def at_page(query: Query, args: MultiDict[str, str]) -> Query:
    """Return `query` with the offset of the page, from 1, that the address names. Raises QueryError for no such number."""
    page = number_in(args, "page", 1, 1, LAST_PAGE)
    return replace(query, offset=(page - 1) * query.limit)


def asks_nothing(args: MultiDict[str, str]) -> bool:
    """Say whether an address asks for nothing at all, as that of a form sent without a word in it."""
    return not any(value.strip() for name in ("q", *FIELDS_WITH_VALUES, *DAY_FIELDS) for value in args.getlist(name))


def args_from_query(query: Query) -> dict[str, Any]:
    """Return the arguments of an address that says the same as `query`, without `limit` and `offset`."""
    args: dict[str, Any] = {"q": query.text} if query.text else {}
    args |= {name: list(getattr(query, name)) for name in FIELDS_WITH_VALUES if getattr(query, name)}
    args |= {name: getattr(query, name) for name in (*DAY_FIELDS, SORT_FIELD) if getattr(query, name)}
    return args | {name: "1" for name in SWITCH_FIELDS if getattr(query, name)}


def _values(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    # How many there may be is said once all are known, those in the words too (`parse_query`).
    return tuple(dict.fromkeys(value.strip() for value in args.getlist(name) if value.strip()))


def number_in(args: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """Return the whole number that an address names. Raises QueryError for what is none, or out of its bounds."""
    raw = args.get(name, "").strip()
    if not raw:
        return default
    # int() takes time that grows with the square of the digits; twelve are more than any bound here has.
    if not (raw.isascii() and raw.isdigit() and len(raw) < 12 and least <= int(raw) <= most):
        raise QueryError(
            Message("`%(name)s` must be a whole number from %(least)s to %(most)s.", name=name, least=least, most=most)
        )
    return int(raw)
