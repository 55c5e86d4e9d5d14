"""`QuoteFilter` as SQL, and numbers and names as parts of a statement: the only place where they become text for SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from search.storage.quote_filter import QuoteFilter
from search.storage.rows import storable

# Numbers in one part; two parts fit into one statement, which takes 999 values before SQLite 3.32 (2020).
PART: Final = 400


# One variable for any number of names.
_LISTED: Final = "SELECT value FROM json_each(?)"
MEANT_NAME: Final = "(SELECT name FROM meant_names WHERE meant_names.quote = number)"
"""Whom the speaker's name of a row of `quotes` means in its document; NULL where it means what it says."""
BY_NAME: Final = (
    f"(speaker IN ({_LISTED}) AND number NOT IN (SELECT meant_names.quote FROM meant_names) "
    f"OR number IN (SELECT meant_names.quote FROM meant_names WHERE name IN ({_LISTED})))"
)
"""The condition that a quote is by one of some names, as its document means it: the names are given twice."""

INSIDE: Final = "path = ? OR path > ? AND path < ? OR path > ? AND path < ? OR path > ? AND path < ?"
"""The condition that a row is of a path, or of inside it: behind a #, a / or a @, as ranges, which an index of paths finds."""


class Condition(NamedTuple):
    """A condition over the columns of the table `quotes`, with the values of its question marks."""

    sql: str
    values: tuple[object, ...]


def condition_of(wanted: QuoteFilter) -> Condition:
    """Return the condition that the quotes meet which pass a filter; "TRUE" where all do."""
    parts: list[str] = []
    values: list[object] = []
    if wanted.speakers is not None:
        # Of rows that are given by their numbers, which takes no look at all the others.
        parts.append(f"coalesce({MEANT_NAME}, speaker) IN ({_LISTED})")
        values.append(listed(wanted.speakers))
    for column, names in (
        ("outlet", wanted.outlets),
        # The language of a quote may name a country, too.
        ("substr(language, 1, 2)", wanted.languages),
        ("kind", wanted.kinds),
        ("document_id", wanted.documents),
    ):
        if names is not None:
            parts.append(f"{column} IN ({_LISTED})")
            values.append(listed(names))
    for column, names in (
        (f"coalesce({MEANT_NAME}, speaker)", wanted.not_speakers),
        ("outlet", wanted.not_outlets),
        ("document_id", wanted.not_documents),
    ):
        if names:
            # What is not known is none of those that are left out.
            parts.append(f"coalesce({column} NOT IN ({_LISTED}), TRUE)")
            values.append(listed(names))
    for comparison, value in (
        ("published >= ?", wanted.published_from),
        ("published < ?", wanted.published_before),
        ("confidence >= ?", wanted.min_confidence or None),
        ("number > ?", wanted.stored_after or None),
    ):
        if value is not None:
            parts.append(comparison)
            values.append(storable(value) if isinstance(value, str) else value)
    parts += [
        unwanted
        for unwanted, allowed in (
            ("scare = 0", wanted.scare),
            ("kind != 'indirect'", wanted.indirect),
            ("place != 'comment'", wanted.comments),
        )
        if not allowed
    ]
    return Condition(" AND ".join(parts) or "TRUE", tuple(values))


def inside_values(path: str) -> tuple[str, ...]:
    """Return the values of the question marks of `INSIDE`."""
    path = storable(path)
    return path, f"{path}#", f"{path}$", f"{path}/", f"{path}0", f"{path}@", f"{path}A"


def upsert(table: str, columns: Sequence[str], key: Sequence[str]) -> str:
    """Return the statement that puts a row of `columns` into a table, in the place of one with the same `key`."""
    others = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in key)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {others}"
    )


def parts_of(numbers: Iterable[int]) -> Iterator[tuple[list[int], str]]:
    """Yield the numbers in parts of `PART` at most, each with as many question marks."""
    listed = [int(number) for number in numbers]
    for start in range(0, len(listed), PART):
        part = listed[start : start + PART]
        yield part, ",".join("?" * len(part))


def listed(names: Iterable[str]) -> str:
    """Return names as the one value of `json_each(?)`."""
    return json.dumps([storable(name) for name in names], ensure_ascii=False)
