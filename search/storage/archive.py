"""The durable truth: documents and quotes, the files that were read, and the log of what came and went.

A term index and the utterances are brought up to date by reading on in the log from the position that they saved, so
that a crash anywhere between the two loses nothing and doubles nothing.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final, Literal

from search.model import Document, Quote
from search.storage.database import Database, Row
from search.storage.indexing.quote_outline import QuoteOutline
from search.storage.packing.document_context import DocumentContext
from search.storage.quote_filter import QuoteFilter
from search.storage.rows import (
    STORED_QUOTE,
    as_text,
    intact,
    is_left_to_document,
    quote_of,
    row_of,
    storable,
    stored_quote,
    time_of,
    whole_row,
    with_digest,
)
from search.storage.speakers.name_table import NameTable
from search.storage.sql import MEANT_NAME, condition_of, listed, parts_of, upsert
from search.storage.tables.deletion_table import DeletionTable
from search.storage.tables.document_table import DocumentTable

_SELECT_QUOTES: Final = f"SELECT number, {MEANT_NAME}, {', '.join(STORED_QUOTE)}, digest FROM quotes"
_ID, _DOCUMENT = STORED_QUOTE.index("id"), STORED_QUOTE.index("document_id")
_READ_AT_ONCE: Final = 400  # quotes, with the texts of their documents
# Enough words to be worth quoting on a first page, few enough for a line or two: code points.
_EXAMPLE_LENGTH: Final = (30, 130)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log: the quote of that number came, or is gone."""

    position: int
    quote: int
    gone: bool


class Archive:
    """The documents and quotes of one instance. What writes needs an open transaction of the database."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self.names = NameTable(database)
        self._documents = DocumentTable(database)
        self._deletions = DeletionTable(database)

    # -- writing

    def add(self, document: Document, work: str, quotes: Sequence[Quote]) -> tuple[int, int]:
        """Store a document and its quotes, those already there staying as they are.

        `work` names the page that the document is a revision of. Returns how many documents and quotes were new.
        """
        context = self._documents.put(document, work, _now())
        return (0, 0) if context is None else (1, self._add_quotes(quotes, {document.id: context}))

    def add_quotes(self, quotes: Iterable[Quote]) -> int:
        """Store quotes; returns how many were new."""
        listed_quotes = list(quotes)
        contexts = self._documents.contexts({quote.document_id for quote in listed_quotes})
        return self._add_quotes(listed_quotes, contexts)

    def put_in(self, row: Mapping[str, object]) -> bool:
        """Store a quote given as the columns of `QUOTE_ROW`, and return whether none of its id was there; see `mark_log`."""
        id_ = str(row["document_id"])
        return bool(self._put_in([(row, self._documents.contexts([id_]).get(id_))]))

    def _add_quotes(self, quotes: Iterable[Quote], contexts: Mapping[str, DocumentContext]) -> int:
        now = _now()
        new = self._put_in(({"added": now} | row_of(quote), contexts.get(quote.document_id)) for quote in quotes)
        self.mark_log()
        return new

    def _put_in(self, rows: Iterable[tuple[Mapping[str, Any], DocumentContext | None]]) -> int:
        """Store quotes, each with what its document has, and return of how many none of the id was there."""
        said: list[tuple[str, str | None]] = []
        stored: list[dict[str, object]] = []
        for row, context in rows:
            said.append((row["document_id"], row["speaker"]))
            stored.append(with_digest(stored_quote(row, context)))
        if not stored:
            return 0
        columns = tuple(stored[0])
        given = self._db.answers(
            f"INSERT INTO quotes ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "
            "ON CONFLICT (id) DO NOTHING RETURNING number",
            ([row[name] for name in columns] for row in stored),
        )
        new = [(answer[0], *of) for answer, of in zip(given, said, strict=True) if answer is not None]
        self._db.execute_many("INSERT INTO log (quote, gone) VALUES (?, 0)", [(number,) for number, *_ in new])
        self.names.add_new(new)
        return len(new)

    def take_out(self, number: int) -> None:
        """Take one quote out; see `mark_log`."""
        self.names.drop(number)
        if self._db.change("DELETE FROM quotes WHERE number = ?", (number,)):
            self._db.execute("INSERT INTO log (quote, gone) VALUES (?, 1)", (number,))

    def delete_document(self, document_id: str) -> int:
        """Take a document and its quotes out, and remember that; returns how many quotes went."""
        rows = self._db.execute("SELECT number FROM quotes WHERE document_id = ?", (document_id,))
        for (path,) in self._db.execute("SELECT coalesce(path, '') FROM documents WHERE id = ?", (document_id,)):
            self._deletions.put(document_id, path, _now())
        for (number,) in rows:
            self.take_out(number)
        self._documents.drop(document_id)
        self.mark_log()
        return len(rows)

    def mark_log(self) -> None:
        """Give the last position of the open transaction a mark of its own: once, after all that it puts in or takes out."""
        position = self.last_position()
        before = self._db.value("SELECT max(position) FROM log_marks") or 0
        if position > before:
            self._db.execute("INSERT INTO log_marks VALUES (?, ?)", (position, secrets.token_hex(8)))

    def forget_deletion(self, document_id: str) -> None:
        """Let a document that was deleted be stored again."""
        self._deletions.forget(document_id)

    def remember_file(self, path: str, stamp: str) -> None:
        """Keep that the file with this stamp (size, time, content) has been read to its end."""
        self._db.execute(upsert("read_files", ("path", "stamp"), key=("path",)), (path, stamp))

    # -- the log and the files

    def changes(self, after: int, limit: int) -> list[Change]:
        """Return the lines of the log behind position `after`, oldest first, at most `limit`."""
        rows = self._db.execute(
            "SELECT position, quote, gone FROM log WHERE position > ? ORDER BY position LIMIT ?", (after, limit)
        )
        return [Change(position, quote, bool(gone)) for position, quote, gone in rows]

    def last_position(self) -> int:
        """Return the position of the last line of the log; 0 if there is none."""
        position: int = self._db.steady("last position", lambda: self._db.value("SELECT max(position) FROM log") or 0)
        return position

    def mark_at(self, position: int) -> str | None:
        """Return the mark of the transaction that a position of the log belongs to; None if it has no such position.

        No two transactions have the same, so what was derived from this log up to `position` knows by the mark that it is
        this log: not that of another archive, nor of an older copy that has since grown otherwise.
        """
        if position == 0:
            return ""
        mark: str | None = self._db.value(
            "SELECT mark FROM log_marks WHERE position >= ? ORDER BY position LIMIT 1", position
        )
        return mark

    def count_after(self, position: int) -> int:
        """Return how many quotes that are there came behind a position of the log."""
        return int(
            self._db.value(
                "SELECT count(*) FROM log JOIN quotes ON number = quote WHERE position > ? AND gone = 0", position
            )
        )

    def file_stamp(self, path: str) -> str | None:
        """Return the stamp of a file as it was when it was read to its end; None if it never was."""
        stamp: str | None = self._db.value("SELECT stamp FROM read_files WHERE path = ?", path)
        return stamp

    def count_of_path(self, path: str) -> int:
        """Return how many documents were read from a file, or from inside it."""
        return self._documents.count_inside(path)

    def count_deleted(self, path: str) -> int:
        """Return how many documents of a file, or of inside it, were deleted and have not come back."""
        return self._deletions.count_inside(path)

    def is_deleted(self, document_id: str) -> bool:
        """Return whether a document of this id was deleted and has not come back."""
        return self._deletions.has(document_id)

    # -- documents

    def count_documents(self) -> int:
        """Return how many documents there are."""
        return self._documents.count()

    def document(self, document_id: str) -> Document | None:
        """Return the document of an id; None if there is none."""
        return self._documents.document(document_id)

    def documents(self) -> Iterator[Document]:
        """Yield all documents in the order in which they came."""
        return self._documents.documents()

    def text_with_title(self, document_id: str) -> str | None:
        """Return the title of a document and its text behind it; None if there is no such document."""
        context = self._documents.contexts([document_id]).get(document_id)
        return None if context is None else f"{context.title or ''}\n{context.text}"

    def document_text(self, document_id: str) -> str | None:
        """Return the text of a document alone; None if there is no such document."""
        return self._documents.text(document_id)

    def revision_ids(self, document_id: str) -> list[str]:
        """Return the ids of all revisions of the page that a document is one of, in the order in which they came."""
        return self._documents.revision_ids(document_id)

    # -- quotes

    def count_quotes(self) -> int:
        """Return how many quotes there are."""
        return int(self._db.value("SELECT count(*) FROM quotes"))

    def number_of(self, quote_id: str) -> int | None:
        """Return the number of the quote of an id; None if there is none."""
        number: int | None = self._db.value("SELECT number FROM quotes WHERE id = ?", quote_id)
        return number

    def quotes(self, numbers: Iterable[int]) -> dict[int, Quote]:
        """Return the quotes of these numbers, in order; a number that is gone is left out."""
        quotes: dict[int, Quote] = {}
        for part, marks in parts_of(sorted(numbers)):
            quotes.update(
                self._read(self._db.execute(f"{_SELECT_QUOTES} WHERE number IN ({marks}) ORDER BY number", part))
            )
        return quotes

    def printed_quotes(self, numbers: Iterable[int]) -> dict[int, Quote]:
        """Return quotes with the speaker's name as it was extracted, whomever it means; a number that is gone is left out."""
        quotes: dict[int, Quote] = {}
        for part, marks in parts_of(sorted(numbers)):
            rows = self._db.execute(f"{_SELECT_QUOTES} WHERE number IN ({marks}) ORDER BY number", part)
            quotes.update(self._read(rows, printed=True))
        return quotes

    def printed_by(self, names: Sequence[str], newest: int | None = None) -> list[int]:
        """Return the numbers of the quotes whose speaker is printed by one of some names; with `newest`, the last so many."""
        limit = "" if newest is None else f" ORDER BY number DESC LIMIT {newest:d}"
        query = f"SELECT number FROM quotes WHERE speaker IN (SELECT value FROM json_each(?)){limit}"
        return sorted(number for (number,) in self._db.execute(query, (listed(names),)))

    def outlines(self, numbers: Iterable[int]) -> dict[int, QuoteOutline]:
        """Return the outlines of quotes, in their order; a number that is gone is left out."""
        asked = [int(number) for number in numbers]
        outlines: dict[int, QuoteOutline] = {}
        for part, marks in parts_of(asked):
            rows = self._db.execute(
                f"SELECT number, id, text, coalesce({MEANT_NAME}, speaker), confidence, outlet, published, language, kind "
                f"FROM quotes WHERE number IN ({marks})",
                part,
            )
            outlines.update(
                (number, QuoteOutline(id_, as_text(text, f"quote {id_}"), *row)) for number, id_, text, *row in rows
            )
        return {number: outlines[number] for number in asked if number in outlines}

    def texts(self, numbers: Sequence[int]) -> list[str]:
        """Return the words of the quotes of these numbers, in their order; "" for one that is gone."""
        texts: dict[int, str] = {}
        for part, marks in parts_of(numbers):
            rows = self._db.execute(f"SELECT number, text FROM quotes WHERE number IN ({marks})", part)
            texts.update((number, as_text(text, f"quote {number}")) for number, text in rows)
        return [texts.get(int(number), "") for number in numbers]

    def quote_ids(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the ids of the quotes of these numbers; a number that is gone is left out."""
        ids: dict[int, str] = {}
        for part, marks in parts_of(numbers):
            ids.update(self._db.execute(f"SELECT number, id FROM quotes WHERE number IN ({marks})", part))
        return ids

    def added_since(self, day: str) -> list[int]:
        """Return the numbers of the quotes that were stored on a day (ISO 8601, UTC) or later, in order."""
        since = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) if day else 0
        rows = self._db.execute("SELECT number FROM quotes WHERE added >= ? ORDER BY number", (since,))
        return [number for (number,) in rows]

    def passing(self, numbers: Iterable[int], wanted: QuoteFilter) -> set[int]:
        """Return those of the numbers whose quotes pass a filter."""
        condition = condition_of(wanted)
        return {
            number
            for part, marks in parts_of(numbers)
            for (number,) in self._db.execute(
                f"SELECT number FROM quotes WHERE number IN ({marks}) AND {condition.sql}", [*part, *condition.values]
            )
        }

    def all_quotes(self) -> Iterator[tuple[int, Quote]]:
        """Yield every quote with its number, in order."""
        rows = self._db.rows(f"{_SELECT_QUOTES} ORDER BY number")
        while part := list(islice(rows, _READ_AT_ONCE)):
            yield from self._read(part)

    def quotes_of_document(self, document_id: str) -> list[Quote]:
        """Return the quotes of one document in the order in which they came."""
        rows = self._db.execute(f"{_SELECT_QUOTES} WHERE document_id = ? ORDER BY number", (document_id,))
        return [quote for _, quote in self._read(rows)]

    def highest_number(self) -> int:
        """Return the highest number of a quote that is there; 0 where there is none."""
        return self._db.steady("highest number", lambda: int(self._db.value("SELECT max(number) FROM quotes") or 0))

    def newest_number(self) -> int:
        """Return the number of the quote that was stored last, be it there or gone; 0 where none ever was."""
        return int(self._db.value("SELECT quote FROM log WHERE gone = 0 ORDER BY position DESC LIMIT 1") or 0)

    def additions(self, ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        """Map the ids of quotes to their numbers and to when they were stored (ISO 8601, UTC)."""
        listed = json.dumps([storable(id_) for id_ in ids], ensure_ascii=False)
        rows = self._db.execute(
            "SELECT id, number, added FROM quotes WHERE id IN (SELECT value FROM json_each(?))", (listed,)
        )
        return {id_: (number, time_of(added)) for id_, number, added in rows}

    def recent_quotes(self, limit: int) -> list[Quote]:
        """Return the last quote of each of the `limit` documents that came in last, newest document first."""
        # By the documents, since a quote that is corrected gets another number, and its document came in no later.
        last = "SELECT max(number) FROM quotes WHERE document_id = documents.id"
        numbers = self._db.execute(
            f"SELECT ({last}) FROM documents WHERE EXISTS (SELECT 1 FROM quotes WHERE document_id = documents.id) "
            "ORDER BY number DESC LIMIT ?",
            (limit,),
        )
        rows = [row for number in numbers for row in self._db.execute(f"{_SELECT_QUOTES} WHERE number = ?", number)]
        return [quote for _, quote in self._read(rows)]

    def example_quotes(self, limit: int) -> list[Quote]:
        """Return the `limit` newest quotes that are fit to be shown as examples, oldest first.

        Direct speech of the running text, of a known speaker, a line or two long.
        """
        rows = self._db.execute(
            f"{_SELECT_QUOTES} WHERE number IN (SELECT number FROM quotes WHERE speaker IS NOT NULL AND scare = 0 "
            "AND kind = 'direct' AND place = 'body' AND length(text) BETWEEN ? AND ? ORDER BY number DESC LIMIT ?) "
            "ORDER BY number",
            (*_EXAMPLE_LENGTH, limit),
        )
        return [quote for _, quote in self._read(rows)]

    def distinct(self, column: Literal["speaker", "outlet"]) -> list[str]:
        """Return the values that a column of the quotes has, as printed."""
        rows = self._db.execute(f"SELECT DISTINCT {column} FROM quotes WHERE {column} IS NOT NULL")
        return [value for (value,) in rows]

    def stored_rows(self, column: Literal["id", "document_id"], value: str) -> dict[str, tuple[int, dict[str, object]]]:
        """Return the quotes of an id or of a document as the columns of `QUOTE_ROW`, by id, each with its number."""
        rows = self._db.execute(f"{_SELECT_QUOTES} WHERE {column} = ?", (value,))
        return {row[_ID]: (number, whole_row(row, context)) for number, _, row, context in self._checked(rows)}

    # -- inside

    def _read(self, rows: Sequence[Row], *, printed: bool = False) -> Iterator[tuple[int, Quote]]:
        """Yield the quotes of some rows with their numbers, by the names that are meant or as they are `printed`."""
        for number, meant, row, context in self._checked(rows):
            quote = quote_of(row[1:], context)
            yield number, quote if meant is None or printed else replace(quote, speaker=meant)

    def _checked(self, rows: Iterable[Row]) -> Iterator[tuple[int, str | None, Sequence[Any], DocumentContext | None]]:
        """Yield the number of each quote, whom its speaker means, its row, and what it leaves to its document."""
        checked = [(number, meant, intact(row, f"quote {row[_ID]}")) for number, meant, *row in rows]
        documents = {row[_DOCUMENT] for _, _, row in checked if is_left_to_document(row)}
        contexts = self._documents.contexts(documents) if documents else {}
        for number, meant, row in checked:
            yield number, meant, row, contexts.get(row[_DOCUMENT])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
