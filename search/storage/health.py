"""How much an instance holds, and whether it is as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.errors import StoreUnavailable
from search.storage.database import Database
from search.storage.rows import DOCUMENT_ROW, QUOTE_ROW


@dataclass(frozen=True, slots=True)
class Status:
    """How much an instance holds: `bytes` of all files of its folder, `generation` the number of changes so far.

    `embedded` is how many quotes have a vector; None where the setting `semantic` is off.
    """

    documents: int
    quotes: int
    versions: int
    utterances: int
    engine: str
    bytes: int
    generation: int
    embedded: int | None = None


def damaged_rows(database: Database) -> Iterator[str]:
    """Yield what is precious and not as it was written: documents, quotes and decisions, each with its id."""
    for table, columns, name in (
        ("documents", DOCUMENT_ROW, "id"),
        ("quotes", QUOTE_ROW, "id"),
        ("decisions", ("a", "b", "together"), "a || ' and ' || b"),
    ):
        statement = f"SELECT {name} FROM {table} WHERE digest != row_digest({', '.join(columns)})"
        yield from (f"{table.removesuffix('s')} {id_}" for (id_,) in database.rows(statement))


def inner_faults(database: Database) -> list[str]:
    """Return what SQLite itself finds wrong with the file, at most ten of it; nothing where it is whole."""
    try:
        return [fault for (fault,) in database.execute("PRAGMA integrity_check(10)") if fault != "ok"]
    except StoreUnavailable as error:
        return [str(error)]
