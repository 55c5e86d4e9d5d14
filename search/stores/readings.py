"""The stems of the quotes, kept beside them, so that no text is read word by word when a query comes.

Derived: written whenever quotes are indexed, and anew by a rebuild. What is missing here is read out of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.normalise import stems_of
from search.stores.archive import Archive, parts

APART = "\n"  # stands between two stems: no folded word has a line's end in it


@dataclass(frozen=True, slots=True)
class Reading:
    """What tells whether a quote is an answer at all. `stems` are those that its text is looked up by, in order."""

    number: int
    text: str
    stems: Sequence[str]
    document_id: str


class Readings:
    """The stems of each quote of an archive; writing needs the store's lock."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def stems(self, numbers: Sequence[int]) -> list[Sequence[str]]:
        """The stems of the quotes of these numbers, in their order; none for one that is gone."""
        found: dict[int, Sequence[str]] = {}
        for part, marks in parts(numbers):
            rows = self._archive.execute(f"SELECT quote, words FROM stems WHERE quote IN ({marks})", part)
            found.update((number, words.split(APART) if words else []) for number, words in rows)
        missing = [number for number in numbers if number not in found]
        found.update(zip(missing, map(stems_of, self._archive.texts(missing)), strict=True))
        return [found[number] for number in numbers]

    def where(self, numbers: Sequence[int], condition: str, values: Sequence[object]) -> Iterator[Reading]:
        """The readings of those of the quotes that meet a condition over the archive's columns, by number."""
        for part, marks in parts(numbers):
            rows = self._archive.execute(
                "SELECT number, text, words, document_id FROM quotes LEFT JOIN stems ON quote = number "
                f"WHERE number IN ({marks}) AND {condition} ORDER BY number",
                [*part, *values],
            )
            for number, text, words, document in rows:
                yield Reading(number, text, stems_of(text) if words is None else words.split(APART), document)

    def keep(self, texts: Iterable[tuple[int, str]]) -> None:
        """Read some quotes, given by number, within the open transaction."""
        self._archive.execute_many(
            "INSERT OR REPLACE INTO stems VALUES (?, ?)",
            ((number, APART.join(stems_of(text))) for number, text in texts),
        )

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget quotes that are gone, within the open transaction."""
        self._archive.execute_many("DELETE FROM stems WHERE quote = ?", ((number,) for number in numbers))
