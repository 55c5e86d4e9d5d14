"""In how many documents of an outlet each paragraph stands, so that what it prints again and again is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from search.storage.database import Database
from search.storage.rows import storable
from search.storage.sql import parts_of

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
        numbers = {outlet: self._number_of(outlet) for outlet in sorted({storable(outlet) for outlet, _ in counts})}
        self._db.execute_many(
            "INSERT INTO paragraphs VALUES (?, ?, ?) "
            "ON CONFLICT (outlet, digest) DO UPDATE SET documents = paragraphs.documents + excluded.documents",
            [(numbers[storable(outlet)], short_digest(digest), number) for (outlet, digest), number in counts.items()],
        )
        for number in numbers.values():
            if self._db.value("SELECT count(*) FROM paragraphs WHERE outlet = ?", number) > MAX_PARAGRAPHS:
                self._db.execute("DELETE FROM paragraphs WHERE outlet = ? AND documents = 1", (number,))

    def counts(self, outlet: str, digests: Iterable[str]) -> dict[str, int]:
        """Return the numbers of an outlet's documents in which paragraphs stand, by digest; one never seen is left out."""
        digest_of = {short_digest(digest): digest for digest in digests}
        return {
            digest_of[short]: documents
            for part, marks in parts_of(digest_of)
            for short, documents in self._db.execute(
                "SELECT digest, documents FROM paragraphs JOIN paragraph_outlets ON number = paragraphs.outlet "
                f"WHERE paragraph_outlets.name = ? AND digest IN ({marks})",
                (storable(outlet), *part),
            )
        }

    def _number_of(self, outlet: str) -> int:
        self._db.execute("INSERT INTO paragraph_outlets (name) VALUES (?) ON CONFLICT DO NOTHING", (outlet,))
        return int(self._db.value("SELECT number FROM paragraph_outlets WHERE name = ?", outlet))


def short_digest(digest: str) -> int:
    """Return a digest of 16 hexadecimal digits as a number of 64 bits, with a sign."""
    return int(digest, 16) - 2**63
