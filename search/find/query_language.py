"""The query language: one for the command line, the page and the API; no engine's syntax reaches a user.

Text as typed or pasted is the quote to find. Around it, each apart by white space: `-word` and `-"some words"` (no answer
may hold them) and the fields below, `speaker:zarif` or `speaker:"Javad Zarif"`, two of them also turned round by a minus. A
colon or a dash in pasted text that is none of these is text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from search.errors import QueryError
from search.message import Message
from search.model import LONGEST_NAME, Query, QuoteKind, SortOrder
from search.text.folding import INVISIBLE

KINDS = tuple(QuoteKind)
# Filters that are enough of a question by themselves; "not by Zarif" alone would list nearly the whole archive.
LISTING_FILTERS = ("speaker", "outlet", "language", "kind", "after", "before")
FILTERS = (*LISTING_FILTERS, "not_speaker", "not_outlet")
FIELDS_WITH_VALUES = ("speaker", "outlet", "language", "kind", "not_speaker", "not_outlet", "without")
NO_TEXT = Message("The query has bytes that are no text in UTF-8.")
# More of one filter than this is a mistake or an attack, wherever it was typed; each costs a look at the archive.
VALUES_ALLOWED = 50
VALUE_LENGTH = LONGEST_NAME  # code points
OPENING, CLOSING = '"“”„‟«»‹›「『〝＂', '"“”‟«»‹›」』〞〟＂'
# Phones begin a line with a capital, keyboards of Chinese have a wide colon, and text from right to left comes with marks of direction.
FIELD = re.compile(
    rf"(?<![^\s{INVISIBLE}])(?P<minus>-?)(?P<name>speaker|outlet|lang|language|kind|after|before|is)[:：][{INVISIBLE}]*"
    rf"(?:[{OPENING}](?P<quoted>[^{CLOSING}]*)[{CLOSING}]|(?P<plain>\S+))",
    re.IGNORECASE,
)
WITHOUT = re.compile(
    rf"(?<!\S)-(?:(?P<word>[^\W_][\w'’]*)|[{OPENING}](?P<phrase>(?=[^{CLOSING}\w]*\w)[^{CLOSING}]+)[{CLOSING}])(?!\S)"
)
_UNSEEN_ENDS = re.compile(rf"^[\s{INVISIBLE}]+|[\s{INVISIBLE}]+$")
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse_query(text: str, base: Query | None = None, *, max_chars: int = 10_000) -> Query:
    """`text` as a Query, on top of the filters that `base` already has.

    Raises QueryError for nothing to search for, too long a text, and a date or kind that is none, with its position.
    """
    if len(text) > max_chars:
        raise QueryError(
            Message(
                "The query has %(chars)s characters; at most %(most)s are searched for.",
                chars=len(text),
                most=max_chars,
            )
        )
    if _SURROGATE.search(text):
        raise QueryError(NO_TEXT)
    query = check_query(base or Query())
    for found in FIELD.finditer(text):
        query = _with_field(query, found)
    rest = FIELD.sub(" ", text)
    without = tuple(m["word"] or m["phrase"].strip() for m in WITHOUT.finditer(rest))
    words = " ".join(WITHOUT.sub(" ", rest).split()) if without else rest.strip()
    query = check_query(replace(query, text=words, without=query.without + without))
    if not has_words(query.text) and not any(getattr(query, name) for name in LISTING_FILTERS):
        raise QueryError(Message("There is nothing to search for: type some words of the quote."))
    return query


def check_query(query: Query) -> Query:
    """`query` with its dates written out, or QueryError for a date or kind that is none."""
    for kind in query.kind:
        if kind not in KINDS:
            raise QueryError(
                Message("`%(kind)s` is no kind of quote; there are: %(kinds)s.", kind=kind, kinds=", ".join(KINDS))
            )
    once: dict[str, Any] = {name: _checked_values(name, getattr(query, name)) for name in FIELDS_WITH_VALUES}
    if query.sort is not None and query.sort not in set(SortOrder):
        raise QueryError(
            Message("`%(order)s` is no order; there are: %(orders)s.", order=query.sort, orders=", ".join(SortOrder))
        )
    query = replace(query, **once)
    return replace(query, after=parse_day(query.after), before=parse_day(query.before))


def _checked_values(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values of a filter, each once. Raises QueryError where they are more, or longer, than is looked for."""
    different = tuple(dict.fromkeys(values))
    if len(different) > VALUES_ALLOWED:
        raise QueryError(
            Message(
                "`%(name)s` is given %(times)s times; %(most)s are the most.",
                name=name,
                times=len(different),
                most=VALUES_ALLOWED,
            )
        )
    for value in different:
        if _SURROGATE.search(value):
            raise QueryError(NO_TEXT)
        if len(value) > VALUE_LENGTH:
            raise QueryError(
                Message(
                    "A value of `%(name)s` has %(chars)s characters; %(most)s are the most.",
                    name=name,
                    chars=len(value),
                    most=VALUE_LENGTH,
                )
            )
    return different


def has_words(text: str) -> bool:
    """Return whether there is anything to look for: a letter or a digit of any script."""
    return any(c.isalnum() for c in text)


def without_marks(text: str) -> str:
    """Return a text without the quotation marks around all of it; as it is where it has others, too."""
    inside = text[1:-1]
    in_marks = len(text) > 2 and text[0] in OPENING and text[-1] in CLOSING
    return inside if in_marks and not any(mark in inside for mark in OPENING + CLOSING) else text


def has_filters(query: Query) -> bool:
    """Return whether a query leaves out quotes by more than its own words."""
    return any((*(getattr(query, name) for name in FILTERS), query.without))


def without_filters(query: Query) -> Query:
    """Return the same words, asked without any filter."""
    return Query(text=query.text, exact=query.exact, sort=query.sort, limit=query.limit)


def _with_field(query: Query, found: re.Match[str]) -> Query:
    name, minus = found["name"].lower(), bool(found["minus"])
    value = _UNSEEN_ENDS.sub("", found["quoted"] if found["quoted"] is not None else found["plain"])
    where = found.start()
    if not value:
        raise QueryError(Message("`%(name)s:` needs a value.", name=name), where)
    if found["plain"] and value[0] in OPENING:
        raise QueryError(Message("The quotation mark behind `%(name)s:` is not closed.", name=name), where)
    if name in ("after", "before"):
        if minus:
            raise QueryError(
                Message("`-%(name)s:` means nothing; use the other of after: and before:.", name=name), where
            )
        found_day = parse_day(value, where)
        # Every filter holds, so that of two days the one that leaves more out does.
        if name == "after":
            return replace(query, after=max(filter(None, (query.after, found_day))))
        return replace(query, before=min(filter(None, (query.before, found_day))))
    if name == "kind":
        if value not in KINDS or minus:
            raise QueryError(
                Message("`%(typed)s`: kind is one of %(kinds)s.", typed=found[0], kinds=", ".join(KINDS)), where
            )
        return replace(query, kind=(*query.kind, QuoteKind(value)))
    if name == "is":
        if value not in ("exact", "scare", "indirect") or minus:
            raise QueryError(Message("`%(typed)s`: is: takes exact, scare or indirect.", typed=found[0]), where)
        flag: Any = {value: True}
        return replace(query, **flag)
    if name in ("lang", "language"):
        if minus:
            raise QueryError(Message("`%(typed)s`: a minus is for speaker:, outlet: and words.", typed=found[0]), where)
        return replace(query, language=(*query.language, value.lower()))
    target = f"not_{name}" if minus else name
    values: Any = {target: (*getattr(query, target), value)}
    return replace(query, **values)


def parse_day(value: str | None, position: int | None = None) -> str | None:
    """`2021`, `2021-04` or `2021-04-25` as a whole day, the first of its year or month; QueryError for what is none."""
    if value is None:
        return None
    parts = value.split("-")
    try:
        numbers = [int(part) for part in parts if re.fullmatch(r"\d{1,4}", part)]
        if len(numbers) != len(parts) or len(parts) > 3 or len(parts[0]) != 4:
            raise ValueError
        return date(*(numbers + [1, 1, 1][len(numbers) :])).isoformat()
    except (ValueError, TypeError):
        raise QueryError(
            Message("`%(value)s` is no date; write it as 2021-04-25, 2021-04 or 2021.", value=value), position
        ) from None
