"""Whether a SQLite file holds the tables of an archive alone, which a stranger may have given it without turning a bit.

A trigger drops what is stored while all goes well, a view in place of a table is read without an end, a generated column says
what nobody stored: SQLite finds nothing wrong with any of them. And the file may be that of another program.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

Ask = Callable[[str], Sequence[tuple[object, ...]]]
LARGEST_NUMBER: Final = 2**32 - 2  # that the term index takes
# What the term index holds in memory grows with the largest number of a quote. Numbers follow each other but for what a
# PostgreSQL leaves out that an archive came from: an archive of one quote must not ask for 34 GB.
_FREE_NUMBERS: Final = 10_000_000
_NUMBERS_A_CHANGE: Final = 1_000
_LAST_CHANGE: Final = 2**53  # a change each microsecond for 285 years
# Tables of this program have none of these: what a statement of ours does is what it says.
_NEVER: Final = ("CREATE VIRTUAL", "ON CONFLICT", "COLLATE", "GENERATED ALWAYS")


def foreign_object(ask: Ask) -> str | None:
    """Return what a file holds that no archive has, with its kind and name, as "the trigger x"; None where there is nothing."""
    signs = " OR ".join(f"upper(sql) LIKE '%{sign}%'" for sign in _NEVER)
    for kind, name in ask(
        f"SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') OR {signs} ORDER BY name LIMIT 1"
    ):
        return f"the {kind} {name}"
    for table, column in ask(
        "SELECT m.name, x.name FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS x WHERE m.type = 'table' AND x.hidden LIMIT 1"
    ):
        return f"the computed column {column} of {table}"
    return None


def is_of_another_program(ask: Ask, version: int) -> bool:
    """Return whether a file of this format's number is no archive: one with a table, where none was made, or without its own."""
    tables = {str(name) for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return bool(tables) if version == 0 else version < 0 or not {"documents", "quotes", "log", "meta"} <= tables


def impossible_number(ask: Ask) -> int | None:
    """Return a number that a quote or a change has, or the next one would have, and none can; None where all can be."""
    ((least, largest, given, changes, next_change),) = ask(
        "SELECT (SELECT min(number) FROM quotes), (SELECT max(number) FROM quotes), "
        "(SELECT max(seq) FROM sqlite_sequence WHERE name = 'quotes'), (SELECT max(position) FROM log), "
        "(SELECT max(seq) FROM sqlite_sequence WHERE name = 'log')"
    )
    last = _whole(changes)
    most = min(LARGEST_NUMBER - 1, _FREE_NUMBERS + _NUMBERS_A_CHANGE * max(last, 0))
    for number, highest in (
        (least, most),
        (largest, most),
        (given, most),
        (last, _LAST_CHANGE),
        (next_change, _LAST_CHANGE),
    ):
        if not 0 <= _whole(number) <= highest:
            return _whole(number)
    return None


def _whole(number: object) -> int:
    """Return a number of SQLite; 0 for none, and for what is no number, by which no table counts its rows."""
    return number if isinstance(number, int) else 0
