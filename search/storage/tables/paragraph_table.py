"""In how many documents of an outlet each paragraph stands, so that what it prints again and again is known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from search.storage.database import Database
from search.storage.rows import storable

# Paragraphs that are counted for one outlet: some 2 MB; what recurs is seen again within so many.
MAX_PARAGRAPHS: Final = 20_000


class ParagraphTable:
    """The paragraphs of one archive. What writes needs an open transaction of the database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Add to the numbers of documents in which paragraphs stand, by outlet and digest.

        Where an outlet has more than `MAX_PARAGRAPHS` of them, those that were seen once are forgotten.
        """
        self._db.execute_many(
            "INSERT INTO paragraphs VALUES (?, ?, ?) "
            "ON CONFLICT (outlet, digest) DO UPDATE SET documents = paragraphs.documents + excluded.documents",
            [(storable(outlet), digest, number) for (outlet, digest), number in counts.items()],
        )
        for outlet in sorted({storable(outlet) for outlet, _ in counts}):
            if self._db.value("SELECT count(*) FROM paragraphs WHERE outlet = ?", outlet) > MAX_PARAGRAPHS:
                self._db.execute("DELETE FROM paragraphs WHERE outlet = ? AND documents = 1", (outlet,))

    def counts(self, outlet: str, digests: Iterable[str]) -> dict[str, int]:
        """Return the numbers of an outlet's documents in which paragraphs stand, by digest; one never seen is left out."""
        return dict(
            self._db.execute(
                "SELECT digest, documents FROM paragraphs WHERE outlet = ? AND digest IN (SELECT value FROM json_each(?))",
                (storable(outlet), json.dumps(list(digests))),
            )
        )
