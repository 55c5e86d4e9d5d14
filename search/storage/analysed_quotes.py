"""The stems of the quotes, and of the words around them, kept beside them: no text is read word by word for a query.

Derived: written whenever quotes are indexed, and anew by a rebuild. What is missing here is read out of the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.matching.similarity import all_stems
from search.model import Quote
from search.storage.archive import Archive, parts
from search.text.information import information
from search.text.tokens import stems_of

APART = "\n"  # stands between two stems: no folded word has a line's end in it
# Code points of the surroundings that tell what a quote is about, and the nats from which a word tells anything.
NEAR = 160
TELLING = 2.5


@dataclass(frozen=True, slots=True)
class Reading:
    """What tells whether a quote is an answer at all.

    `stems` are those that its text is looked up by, in order; `around` the telling ones next to it in its document.
    """

    number: int
    text: str
    stems: Sequence[str]
    document_id: str
    around: Sequence[str] = ()


class Readings:
    """The stems of each quote of an archive; writing needs the store's lock."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def stems(self, numbers: Sequence[int]) -> list[Sequence[str]]:
        """The stems of the quotes of these numbers, in their order; none for one that is gone."""
        found: dict[int, Sequence[str]] = {}
        for part, marks in parts(numbers):
            rows = self._archive.execute(f"SELECT quote, words FROM readings WHERE quote IN ({marks})", part)
            found.update((number, _apart(words)) for number, words in rows)
        missing = [number for number in numbers if number not in found]
        found.update(zip(missing, map(stems_of, self._archive.texts(missing)), strict=True))
        return [found[number] for number in numbers]

    def where(self, numbers: Sequence[int], condition: str, values: Sequence[object]) -> Iterator[Reading]:
        """The readings of those of the quotes that meet a condition over the archive's columns, by number."""
        for part, marks in parts(numbers):
            rows = self._archive.execute(
                "SELECT number, text, document_id, words, around FROM quotes LEFT JOIN readings ON quote = number "
                f"WHERE number IN ({marks}) AND {condition} ORDER BY number",
                [*part, *values],
            )
            missing = self._archive.quotes([row[0] for row in rows if row[3] is None])
            for number, text, document, words, around in rows:
                if words is not None:
                    yield Reading(number, text, _apart(words), document, _apart(around))
                elif number in missing:  # not taken out meanwhile
                    yield Reading(number, text, stems_of(text), document, surroundings(missing[number]))

    def keep(self, quotes: Iterable[tuple[int, Quote]]) -> None:
        """Read some quotes, given by number, within the open transaction."""
        self._archive.execute_many(
            "INSERT OR REPLACE INTO readings VALUES (?, ?, ?)",
            ((n, APART.join(stems_of(quote.text)), APART.join(surroundings(quote))) for n, quote in quotes),
        )

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget quotes that are gone, within the open transaction."""
        self._archive.execute_many("DELETE FROM readings WHERE quote = ?", ((number,) for number in numbers))


def surroundings(quote: Quote) -> list[str]:
    """The telling stems of the words around a quote, each once."""
    near = all_stems(f"{quote.before[-NEAR:]} {quote.after[:NEAR]}")
    return [stem for stem in dict.fromkeys(near) if information(stem) > TELLING]


def _apart(stems: str) -> list[str]:
    return stems.split(APART) if stems else []
