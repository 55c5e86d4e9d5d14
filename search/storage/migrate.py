"""The format of an archive: its newest tables, and the numbered steps that lead an older one to them.

Each step is a file of `migrations/`, `0003_<its name>.sql`, and raises the format to its number; its first line is its
line of history. To change the tables: write the next file, make the same change in `schema.sql`, and commit an instance
made by the program of before as `tests/instances/format-<number>.tar.gz`, which the tests open from then on.

    1  2026-11  First.
    2  2026-11  Wordings have an occasion; links say whether one side is a part of the other. The oldest that is opened.
    3  2026-11  The mission's words: a wording is a version, a group of them an utterance, a reading an analysed quote.
    4  2026-11  Deletions are remembered, and paragraphs that an outlet prints again and again are counted.
    5  2026-11  Names are counted, and found by keys that transliterations share; people of an authority file.
    6  2026-11  A quote of a recording knows its second.
    7  2026-11  Marks tell the index of one archive from that of another; documents, quotes and decisions have digests.
    8  2026-11  Corrections of people in one place; quotes as they were read beside those that are corrected.
    9  2026-11  Whom a bare surname, or a role with a place, means in its own document.
    10 2026-11  What stands in a document stands once; texts are packed; what people told of others has digests.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Final

OLDEST_FORMAT: Final = 2  # earlier ones were never given to anybody


@functools.cache
def migrations() -> Mapping[int, str]:
    """Return the SQL of each step by the number of the format that it leads to, in order."""
    folder = resources.files("search.storage") / "migrations"
    steps = {int(file.name[:4]): file.read_text(encoding="utf-8") for file in folder.iterdir() if _is_step(file.name)}
    return dict(sorted(steps.items()))


def newest_format() -> int:
    """Return the number of the format that this program reads and writes."""
    return max(migrations())


def statements_of(script: str) -> Iterator[str]:
    """Yield the statements of some SQL, comments within them left as they are.

    `Connection.executescript` would do, but it commits what is open first, and a step has to be all or nothing.
    """
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        # What is a comment alone counts as complete, too.
        if ";" in line and sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty archive, within the open transaction."""
    schema = resources.files("search.storage") / "schema.sql"
    for statement in statements_of(schema.read_text(encoding="utf-8")):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {newest_format():d}")


def migrate(connection: sqlite3.Connection, current: int) -> None:
    """Take an archive of format `current` to the newest, within the open transaction, so all of it or nothing."""
    _add_functions(connection)
    for number, script in migrations().items():
        if number > current:
            for statement in statements_of(script):
                connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {newest_format():d}")


def _add_functions(connection: sqlite3.Connection) -> None:
    """Let the statements of steps ask this program for digests, packed texts and codes."""
    # Imported here, since hardly any archive is of an older format.
    from search.names.clusters import name_keys
    from search.storage.packing.coded_stems import code_stems
    from search.storage.packing.document_context import kept_after, kept_before
    from search.storage.packing.packed_text import pack_text, packed_digest
    from search.storage.rows import row_digest
    from search.storage.tables.paragraph_table import short_digest

    for name, arguments, function in (
        ("keys_of_name", 1, lambda name: json.dumps(name_keys(name))),
        ("row_digest", -1, row_digest),
        ("pack_text", 1, pack_text),
        ("packed_digest", 1, packed_digest),
        ("words_before", 3, kept_before),
        ("words_after", 3, kept_after),
        ("code_stems", 1, lambda stems: code_stems(stems.split("\n") if stems else [])),
        ("paragraph_digest", 1, short_digest),
    ):
        connection.create_function(name, arguments, function, deterministic=True)


def _is_step(name: str) -> bool:
    return name.endswith(".sql") and name[:4].isdigit()
