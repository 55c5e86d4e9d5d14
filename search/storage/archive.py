"""The durable truth: documents, quotes and what people corrected, in one SQLite file (WAL, fsynced at each commit).

The file holds a log of quote numbers added and deleted; a term index is brought up to date by reading on from the
position that it saved, so that a crash anywhere between the two loses nothing and doubles nothing.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from search.errors import SchemaMismatch, StoreUnavailable
from search.model import Document, Quote, Region, Span
from search.names.speakers import last_word

# One line a change of the tables below; an archive of another number is refused, never converted silently.
#   1  2026-11  first
#   2  2026-11  wordings have an occasion, links say whether one side is a part of the other
SCHEMA = 2
BUSY_SECONDS = 30

_DOCUMENT_FIELDS = tuple(f.name for f in fields(Document))
_QUOTE_FIELDS = tuple(f.name for f in fields(Quote))
_JSON_FIELDS = {"authors", "flags", "regions", "provenance", "spans", "via"}

_TABLES = f"""
CREATE TABLE documents (number INTEGER PRIMARY KEY AUTOINCREMENT, work TEXT NOT NULL, added TEXT NOT NULL,
    {", ".join(f"{name} {'TEXT NOT NULL UNIQUE' if name == 'id' else 'TEXT'}" for name in _DOCUMENT_FIELDS)});
CREATE INDEX documents_work ON documents (work);
CREATE INDEX documents_path ON documents (path);
CREATE TABLE quotes (number INTEGER PRIMARY KEY AUTOINCREMENT, added TEXT NOT NULL,
    {", ".join(f"{name} {'TEXT NOT NULL UNIQUE' if name == 'id' else ''}" for name in _QUOTE_FIELDS)});
CREATE INDEX quotes_document ON quotes (document_id);
CREATE INDEX quotes_speaker ON quotes (speaker);
CREATE INDEX quotes_outlet ON quotes (outlet);
CREATE INDEX quotes_published ON quotes (published);
CREATE TABLE log (position INTEGER PRIMARY KEY AUTOINCREMENT, quote INTEGER NOT NULL, gone INTEGER NOT NULL);
CREATE TABLE wordings (id INTEGER PRIMARY KEY AUTOINCREMENT, fingerprint TEXT NOT NULL UNIQUE, text TEXT NOT NULL,
    speaker TEXT, occasion TEXT NOT NULL, weight REAL NOT NULL, version INTEGER NOT NULL);
CREATE INDEX wordings_version ON wordings (version);
CREATE TABLE worded (quote INTEGER PRIMARY KEY, wording INTEGER NOT NULL);
CREATE INDEX worded_wording ON worded (wording);
CREATE TABLE links (a INTEGER NOT NULL, b INTEGER NOT NULL, score REAL NOT NULL, part INTEGER NOT NULL,
    PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX links_b ON links (b);
CREATE TABLE pins (a TEXT NOT NULL, b TEXT NOT NULL, together INTEGER NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE names (name TEXT PRIMARY KEY, last TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX names_last ON names (last);
CREATE TABLE read_files (path TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
# Derived from the quotes, and read out of them wherever it is not there: an archive without it is as good.
_READINGS = "CREATE TABLE IF NOT EXISTS readings (quote INTEGER PRIMARY KEY, words TEXT NOT NULL, around TEXT NOT NULL)"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log: the quote of that number came, or is gone."""

    position: int
    quote: int
    gone: bool


class Archive:
    """The SQLite file of one instance. Every thread gets its own connection; one process writes at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._prepare()

    # -- writing

    def add(self, document: Document, work: str, quotes: Sequence[Quote]) -> tuple[int, int]:
        """Store a document and its quotes within the open transaction; those already there stay as they are.

        Returns how many documents and quotes were new.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = {"work": work, "added": now} | _packed(document, _DOCUMENT_FIELDS)
        if not self._insert("documents", row):
            return 0, 0
        return 1, self.add_quotes(quotes)

    def add_quotes(self, quotes: Iterable[Quote]) -> int:
        """Store quotes within the open transaction; returns how many were new."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        new = 0
        for quote in quotes:
            number = self._insert("quotes", {"added": now} | _packed(quote, _QUOTE_FIELDS))
            if number:
                self._db.execute("INSERT INTO log (quote, gone) VALUES (?, 0)", (number,))
                self._add_name(quote.speaker)
                new += 1
        return new

    def delete_document(self, document_id: str) -> int:
        """Take a document and its quotes out within the open transaction; returns how many quotes went."""
        numbers = [n for (n,) in self._db.execute("SELECT number FROM quotes WHERE document_id = ?", (document_id,))]
        self._db.executemany("INSERT INTO log (quote, gone) VALUES (?, 1)", ((n,) for n in numbers))
        self._db.execute("DELETE FROM quotes WHERE document_id = ?", (document_id,))
        self._db.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        return len(numbers)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is on disk when the block ends, or none of it."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise StoreUnavailable(f"{self._path} cannot be written to now: {error}.") from error
        try:
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise StoreUnavailable(
                f"{self._path} could not be written: {error}. Nothing of this batch is stored."
            ) from error
        except BaseException:
            self._roll_back()
            raise

    def remember_file(self, path: str, stamp: str) -> None:
        """Keep that the file with this stamp (size, time, content) has been read to its end."""
        self._db.execute("INSERT OR REPLACE INTO read_files VALUES (?, ?)", (path, stamp))

    def set_meta(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # -- reading

    def file_stamp(self, path: str) -> str | None:
        found: str | None = self._one("SELECT stamp FROM read_files WHERE path = ?", path)
        return found

    def meta(self, key: str) -> str | None:
        found: str | None = self._one("SELECT value FROM meta WHERE key = ?", key)
        return found

    def changes(self, after: int, limit: int) -> list[Change]:
        """The log from behind a position on, at most `limit` lines of it."""
        rows = self._db.execute(
            "SELECT position, quote, gone FROM log WHERE position > ? ORDER BY position LIMIT ?", (after, limit)
        )
        return [Change(position, quote, bool(gone)) for position, quote, gone in rows]

    def last_position(self) -> int:
        return self._one("SELECT max(position) FROM log") or 0

    def count(self, table: str) -> int:
        assert table in ("documents", "quotes")
        return self._one(f"SELECT count(*) FROM {table}") or 0

    def has_document(self, document_id: str) -> bool:
        return self._one("SELECT 1 FROM documents WHERE id = ?", document_id) is not None

    def document(self, document_id: str) -> Document | None:
        row = self._db.execute(
            f"SELECT {', '.join(_DOCUMENT_FIELDS)} FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return _document(row) if row else None

    def text_of(self, document_id: str) -> str | None:
        found: str | None = self._one("SELECT text FROM documents WHERE id = ?", document_id)
        return found

    def count_of_path(self, path: str) -> int:
        """How many documents were read from a file, or from inside it."""
        return (
            self._one("SELECT count(*) FROM documents WHERE path = ? OR path GLOB ? || '[#/]*'", path, _literal(path))
            or 0
        )

    def editions(self, work: str) -> list[str]:
        """The ids of all editions of one page, oldest first."""
        return [i for (i,) in self._db.execute("SELECT id FROM documents WHERE work = ? ORDER BY number", (work,))]

    def work_of(self, document_id: str) -> str | None:
        found: str | None = self._one("SELECT work FROM documents WHERE id = ?", document_id)
        return found

    def documents(self) -> Iterator[Document]:
        for row in self._db.execute(f"SELECT {', '.join(_DOCUMENT_FIELDS)} FROM documents ORDER BY number"):
            yield _document(row)

    def quotes(self, numbers: Sequence[int]) -> dict[int, Quote]:
        """The quotes of these numbers; a number that is gone is left out."""
        found: dict[int, Quote] = {}
        for part, marks in parts(numbers):
            for row in self._db.execute(f"{_SELECT_QUOTES} WHERE number IN ({marks})", part):
                found[row[0]] = _quote(row)
        return found

    def texts(self, numbers: Sequence[int]) -> list[str]:
        """The words of the quotes of these numbers, in their order; "" for one that is gone."""
        found: dict[int, str] = {}
        for part, marks in parts(numbers):
            found.update(self._db.execute(f"SELECT number, text FROM quotes WHERE number IN ({marks})", part))
        return [found.get(int(number), "") for number in numbers]

    def quotes_where(self, condition: str, values: Sequence[object]) -> Iterator[tuple[int, Quote]]:
        """Quotes that meet a condition over this module's own columns, by number."""
        for row in self._db.execute(f"{_SELECT_QUOTES} WHERE {condition} ORDER BY number", tuple(values)):
            yield row[0], _quote(row)

    def numbers_where(self, condition: str, values: Sequence[object]) -> list[int]:
        return [n for (n,) in self._db.execute(f"SELECT number FROM quotes WHERE {condition}", tuple(values))]

    def number_of(self, quote_id: str) -> int | None:
        found: int | None = self._one("SELECT number FROM quotes WHERE id = ?", quote_id)
        return found

    def ids(self, numbers: Sequence[int]) -> dict[int, str]:
        """The ids of the quotes of these numbers; a number that is gone is left out."""
        found: dict[int, str] = {}
        for part, marks in parts(numbers):
            found.update(self._db.execute(f"SELECT number, id FROM quotes WHERE number IN ({marks})", part))
        return found

    def names_ending(self, last: str) -> dict[str, int]:
        """The speakers' names that have this last word (`search.names.speakers.last_word`), and how many quotes each has."""
        return dict(
            self._db.execute(
                "SELECT name, (SELECT count(*) FROM quotes WHERE speaker = name) FROM names WHERE last = ?", (last,)
            )
        )

    def speaker_counts(self) -> dict[str, int]:
        """How many quotes each name has."""
        return dict(self._db.execute("SELECT speaker, count(*) FROM quotes WHERE speaker IS NOT NULL GROUP BY speaker"))

    def distinct(self, column: str) -> list[str]:
        """The values that a column of the quotes has."""
        assert column in ("speaker", "outlet", "language")
        rows = self._db.execute(f"SELECT DISTINCT {column} FROM quotes WHERE {column} IS NOT NULL")
        return [value for (value,) in rows]

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """For the tables that `search.storage.utterance_table` and `search.storage.analysed_quotes` alone write."""
        return self._db.execute(statement, tuple(values)).fetchall()

    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        self._db.executemany(statement, rows)

    def close(self) -> None:
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()

    # -- inside

    @property
    def _db(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
            self._connections.append(connection)
        return connection

    def _connect(self) -> sqlite3.Connection:
        try:
            # Closing from another thread at the end is all that is ever done across threads.
            connection = sqlite3.connect(
                self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA cache_size = -65536")
            connection.execute("PRAGMA mmap_size = 1073741824")
        except sqlite3.Error as error:
            raise StoreUnavailable(
                f"{self._path} cannot be opened: {error}. It was left as it is; restore it from a copy if it is damaged."
            ) from error
        return connection

    def _prepare(self) -> None:
        version = self._one("PRAGMA user_version")
        if version == SCHEMA:
            if not self._one("SELECT 1 FROM sqlite_master WHERE name = 'readings'"):
                self._db.execute(_READINGS)
            return
        if version != 0:
            raise SchemaMismatch(
                f"{self._path} was made by another version of this program (format {version}, this one has {SCHEMA}): "
                "export it with that version and import it anew. Nothing was changed."
            )
        # The journal's mode stays with the file, so that it is set once, by whoever makes the file.
        self._one("PRAGMA journal_mode = WAL")
        with self.transaction():
            # Another process may have made the tables while this one waited for its turn.
            if self._one("PRAGMA user_version") == 0:
                for statement in (*_TABLES.split(";"), _READINGS):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {SCHEMA}")

    def _insert(self, table: str, row: Mapping[str, object]) -> int | None:
        """The new row's number, or None if a row of that id is there."""
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        done = self._db.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT (id) DO NOTHING", tuple(row.values())
        )
        return done.lastrowid if done.rowcount else None

    def _add_name(self, name: str | None) -> None:
        if name is not None:
            self._db.execute("INSERT OR IGNORE INTO names VALUES (?, ?)", (_encoded(name), last_word(name)))

    def _one(self, statement: str, *values: object) -> Any:
        try:
            row = self._db.execute(statement, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise StoreUnavailable(f"{self._path} cannot be read: {error}. It was left as it is.") from error
        return row[0] if row else None

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")


_SELECT_QUOTES = f"SELECT number, {', '.join(_QUOTE_FIELDS)} FROM quotes"


def _packed(value: Document | Quote, names: Sequence[str]) -> dict[str, object]:
    """The fields of a value as columns."""
    row: dict[str, object] = {}
    for name in names:
        item = getattr(value, name)
        if name == "spans":
            item = json.dumps([[s.start, s.end] for s in item]) if item else None
        elif name == "regions":
            item = json.dumps([[r.span.start, r.span.end, r.role, r.note] for r in item]) if item else None
        elif name in _JSON_FIELDS:
            item = json.dumps(item, ensure_ascii=False) if item else None
        row[name] = _encoded(item) if isinstance(item, str) else item
    return row


def _literal(path: str) -> str:
    """A path as a GLOB pattern that means just this path."""
    return re.sub(r"([*?\[])", r"[\1]", path)


def _encoded(text: str) -> str:
    """SQLite stores UTF-8 only: a lone surrogate out of a broken JSON escape cannot be kept."""
    return text.encode("utf-8", "replace").decode()


def _document(row: Sequence[Any]) -> Document:
    values = dict(zip(_DOCUMENT_FIELDS, row, strict=True))
    values["authors"] = _tuple(values["authors"])
    values["flags"] = _tuple(values["flags"])
    values["provenance"] = json.loads(values["provenance"] or "{}")
    values["regions"] = tuple(Region(Span(a, b), role, note) for a, b, role, note in _tuple(values["regions"]))
    return Document(**values)


def _quote(row: Sequence[Any]) -> Quote:
    values = dict(zip(_QUOTE_FIELDS, row[1:], strict=True))
    values["spans"] = tuple(Span(a, b) for a, b in _tuple(values["spans"]))
    values["via"] = _tuple(values["via"])
    values["flags"] = _tuple(values["flags"])
    values["scare"] = bool(values["scare"])
    return Quote(**values)


def _tuple(packed: str | None) -> tuple[Any, ...]:
    return tuple(json.loads(packed)) if packed else ()


def parts(numbers: Iterable[int]) -> Iterator[tuple[list[int], str]]:
    """The numbers in parts of which two fit into one statement, each with its question marks."""
    listed = [int(number) for number in numbers]
    for start in range(0, len(listed), 400):
        part = listed[start : start + 400]
        yield part, ",".join("?" * len(part))
