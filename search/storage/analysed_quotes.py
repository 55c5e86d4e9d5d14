"""The stems of the quotes, and of the words around them, kept beside them: no text is analysed again for a query.

Derived: written whenever quotes are indexed, and anew by a rebuild. What is missing here is analysed when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from search.model import Quote
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.packing.coded_stems import code_stems, decode_stems
from search.storage.rows import as_text, damaged
from search.storage.sql import parts_of, upsert
from search.text.analysis import analyse
from search.text.information import information

_NAME: Final = "the analysis of a quote"
STEM_SEPARATOR: Final = "\n"  # no folded word has the end of a line in it
SURROUNDINGS_CHARS: Final = 160  # code points before and after a quote that tell what it is about
TELLING_NATS: Final = 2.5  # from which a word tells anything: it leaves out the 24 commonest of English


@dataclass(frozen=True, slots=True)
class AnalysedQuote:
    """A quote as far as it takes to tell whether it is an answer at all.

    stems         those that its text is looked up by, in order
    coded_around  the telling ones next to it in its document, as they are kept: few quotes are asked for them
    """

    number: int
    text: str
    stems: Sequence[str]
    document_id: str
    coded_around: str = ""

    @property
    def around(self) -> Sequence[str]:
        """Return the telling stems next to it in its document, each once."""
        return decode_stems(self.coded_around)


class AnalysedQuoteTable:
    """The analysed quotes of one archive. What writes needs an open transaction of the database."""

    def __init__(self, database: Database, archive: Archive) -> None:
        self._db = database
        self._archive = archive

    def stems(self, numbers: Sequence[int]) -> list[Sequence[str]]:
        """Return the stems of the quotes of these numbers, in their order; none for one that is gone."""
        stems: dict[int, Sequence[str]] = {}
        for part, marks in parts_of(numbers):
            rows = self._db.execute(f"SELECT quote, stems FROM analysed_quotes WHERE quote IN ({marks})", part)
            stems.update((number, split_stems(as_text(joined, _NAME))) for number, joined in rows)
        missing = [number for number in numbers if number not in stems]
        stems.update(zip(missing, (list(analyse(text).stems) for text in self._archive.texts(missing)), strict=True))
        return [stems[number] for number in numbers]

    def quotes(self, numbers: Iterable[int]) -> Iterator[AnalysedQuote]:
        """Yield the quotes of these numbers, analysed; a number that is gone is left out."""
        for part, marks in parts_of(numbers):
            rows = self._db.execute(
                "SELECT number, text, document_id, stems, around FROM quotes LEFT JOIN analysed_quotes "
                f"ON quote = number WHERE number IN ({marks}) ORDER BY number",
                part,
            )
            missing = self._archive.quotes(row[0] for row in rows if row[3] is None)
            for number, text, document, joined, around in rows:
                if type(text) is not str or type(document) is not str:
                    raise damaged(f"quote {number}")
                if joined is not None:
                    stems = split_stems(as_text(joined, _NAME))
                    yield AnalysedQuote(number, text, stems, document, as_text(around, _NAME))
                elif number in missing:  # not taken out meanwhile
                    yield AnalysedQuote(
                        number, text, list(analyse(text).stems), document, coded_surroundings(missing[number])
                    )

    def put(self, quotes: Iterable[tuple[int, Quote]]) -> None:
        """Analyse some quotes, given by number, and keep what comes of it."""
        self._db.execute_many(
            upsert("analysed_quotes", ("quote", "stems", "around"), key=("quote",)),
            ((number, _joined(analyse(quote.text).stems), coded_surroundings(quote)) for number, quote in quotes),
        )

    def missing(self, numbers: Sequence[int]) -> set[int]:
        """Return those of some quotes whose analysis is not kept yet."""
        kept = {
            number
            for part, marks in parts_of(numbers)
            for (number,) in self._db.execute(f"SELECT quote FROM analysed_quotes WHERE quote IN ({marks})", part)
        }
        return set(numbers) - kept

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget quotes that are gone."""
        self._db.execute_many("DELETE FROM analysed_quotes WHERE quote = ?", ((number,) for number in numbers))


def coded_surroundings(quote: Quote) -> str:
    """Return the telling stems of the words around a quote, each once, as they are kept (`search.storage.packing.coded_stems`)."""
    near = analyse(f"{quote.before[-SURROUNDINGS_CHARS:]} {quote.after[:SURROUNDINGS_CHARS]}").all_stems
    return code_stems([stem for stem in dict.fromkeys(near) if information(stem) > TELLING_NATS])


def split_stems(joined: str) -> list[str]:
    """Return the stems that are kept as one text."""
    return joined.split(STEM_SEPARATOR) if joined else []


def _joined(stems: Iterable[str]) -> str:
    return STEM_SEPARATOR.join(stems)
