"""The documents that people took out, so that reading their files again does not bring them back unasked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search.storage.database import Database
from search.storage.rows import intact, row_digest, storable
from search.storage.sql import INSIDE, inside_values, upsert

DELETION_ROW: Final = ("id", "path", "deleted")  # what the digest of a deletion is made of
_SELECT: Final = f"SELECT {', '.join(DELETION_ROW)}, digest FROM deleted_documents"


class DeletionTable:
    """The deletions of one archive. What writes needs an open transaction of the database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, document_id: str, path: str, deleted: str) -> None:
        """Keep the deletion of a document that was read from a path, at an instant (ISO 8601, UTC)."""
        row = document_id, storable(path), deleted
        self._db.execute(upsert("deleted_documents", (*DELETION_ROW, "digest"), key=("id",)), (*row, row_digest(*row)))

    def forget(self, document_id: str) -> None:
        """Let a document that was deleted be stored again."""
        self._db.execute("DELETE FROM deleted_documents WHERE id = ?", (document_id,))

    def has(self, document_id: str) -> bool:
        """Return whether a document of this id was deleted and has not come back."""
        return bool(self._checked("id = ?", document_id))

    def count_inside(self, path: str) -> int:
        """Return how many documents of a path, or of inside it, were deleted and have not come back."""
        return self._checked(INSIDE, *inside_values(path))

    def _checked(self, condition: str, *values: str) -> int:
        """Return how many rows meet a condition. Raises StoreUnavailable where one is not what was stored."""
        rows: Sequence[Sequence[object]] = self._db.execute(f"{_SELECT} WHERE {condition}", values)
        return len([intact(row, f"the deletion of document {row[0]}") for row in rows])
