"""The documents of an archive, and their texts, which are packed and kept apart so that all else of a document stays short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from search.model import Document
from search.storage.database import Database, Row
from search.storage.packing.document_context import DocumentContext
from search.storage.packing.packed_text import pack_text, packed_digest, pieces_of, unpack_text
from search.storage.rows import (
    DOCUMENT_COLUMNS,
    DOCUMENT_ROW,
    damaged,
    document_of,
    intact,
    row_of,
    storable,
    with_digest,
)
from search.storage.sql import INSIDE, inside_values, listed, parts_of

_SELECT: Final = f"SELECT number, {', '.join(DOCUMENT_ROW)}, digest FROM documents"
_ID, _TEXT, _URL, _TITLE = (DOCUMENT_ROW.index(name) for name in ("id", "text_digest", "url", "title"))
_READ_AT_ONCE: Final = 50  # documents: half a MB


class DocumentTable:
    """The documents of one archive. What writes needs an open transaction of the database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, document: Document, work: str, added: str) -> DocumentContext | None:
        """Store a document, and return what its quotes have of it; None if one of its id is there."""
        columns = row_of(document)
        text = str(columns["text"])
        packed = pack_text(text)
        told = {name: value for name, value in columns.items() if name != "text"}
        row = with_digest({"work": storable(work), "added": added, "text_digest": packed_digest(packed)} | told)
        number = self._db.value(
            f"INSERT INTO documents ({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) "
            "ON CONFLICT (id) DO NOTHING RETURNING number",
            *row.values(),
        )
        if number is None:
            return None
        self._db.execute_many(
            "INSERT INTO document_texts (document, part, piece) VALUES (?, ?, ?)",
            ((number, part, piece) for part, piece in enumerate(pieces_of(packed))),
        )
        return _context(row, text)

    def drop(self, document_id: str) -> None:
        """Take a document out."""
        self._db.execute(
            "DELETE FROM document_texts WHERE document IN (SELECT number FROM documents WHERE id = ?)", (document_id,)
        )
        self._db.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def count(self) -> int:
        """Return how many documents there are."""
        return int(self._db.value("SELECT count(*) FROM documents"))

    def count_inside(self, path: str) -> int:
        """Return how many documents were read from a file, or from inside it."""
        return int(self._db.value(f"SELECT count(*) FROM documents WHERE {INSIDE}", *inside_values(path)))

    def document(self, document_id: str) -> Document | None:
        """Return the document of an id; None if there is none."""
        return next(self._documents(self._db.execute(f"{_SELECT} WHERE id = ?", (document_id,))), None)

    def documents(self) -> Iterator[Document]:
        """Yield all documents in the order in which they came."""
        rows = self._db.rows(f"{_SELECT} ORDER BY number")
        while part := list(islice(rows, _READ_AT_ONCE)):
            yield from self._documents(part)

    def text(self, document_id: str) -> str | None:
        """Return the text of a document alone; None if there is no such document."""
        context = self.contexts([document_id]).get(document_id)
        return None if context is None else context.text

    def contexts(self, document_ids: Iterable[str]) -> dict[str, DocumentContext]:
        """Return what the quotes of some documents have of them, by id; a document that is not there is left out."""
        rows = self._checked(
            self._db.execute(f"{_SELECT} WHERE id IN (SELECT value FROM json_each(?))", (listed(document_ids),))
        )
        texts = self._texts(rows)
        return {row[_ID]: DocumentContext(texts[number], row[_URL], row[_TITLE]) for number, row in rows.items()}

    def revision_ids(self, document_id: str) -> list[str]:
        """Return the ids of all revisions of the page that a document is one of, in the order in which they came."""
        rows = self._db.execute(
            "SELECT id FROM documents WHERE work = (SELECT work FROM documents WHERE id = ?) ORDER BY number",
            (document_id,),
        )
        return [id_ for (id_,) in rows]

    def damaged_texts(self) -> Iterator[str]:
        """Yield the ids of the documents whose texts are not as they were written."""
        rows = self._db.rows("SELECT number, id, text_digest FROM documents ORDER BY number")
        while part := list(islice(rows, _READ_AT_ONCE)):
            packed = self._packed([number for number, _, _ in part])
            yield from (id_ for number, id_, digest in part if packed_digest(packed.get(number, b"")) != digest)

    # -- inside

    def _documents(self, rows: Sequence[Row]) -> Iterator[Document]:
        checked = self._checked(rows)
        texts = self._texts(checked)
        for number, row in checked.items():
            told = dict(zip(DOCUMENT_ROW, row, strict=True)) | {"text": texts[number]}
            yield document_of([told[name] for name in DOCUMENT_COLUMNS])

    def _checked(self, rows: Iterable[Row]) -> dict[int, Sequence[Any]]:
        return {number: intact(row, f"document {row[_ID]}") for number, *row in rows}

    def _texts(self, rows: Mapping[int, Sequence[Any]]) -> dict[int, str]:
        """Return the texts of documents, given as their rows by number.

        Raises:
            StoreUnavailable: a text is not what was stored.
        """
        packed = self._packed(rows)
        texts: dict[int, str] = {}
        for number, row in rows.items():
            piece = packed.get(number, b"")
            try:
                if packed_digest(piece) != row[_TEXT]:
                    raise ValueError
                texts[number] = unpack_text(piece)
            except ValueError as error:
                raise damaged(f"document {row[_ID]}") from error
        return texts

    def _packed(self, numbers: Iterable[int]) -> dict[int, bytes]:
        packed: dict[int, bytes] = {}
        for part, marks in parts_of(numbers):
            for number, piece in self._db.execute(
                f"SELECT document, piece FROM document_texts WHERE document IN ({marks}) ORDER BY document, part", part
            ):
                # A flipped bit may make another type of it.
                packed[number] = packed.get(number, b"") + (piece if isinstance(piece, bytes) else b"")
        return packed


def _context(row: Mapping[str, Any], text: str) -> DocumentContext:
    return DocumentContext(text, row["url"], row["title"])
