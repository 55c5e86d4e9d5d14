"""Whether what is derived from the archive is as it would be if it were made anew: analysed quotes, term index, utterances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import Final

from search.errors import StoreUnavailable
from search.model import Quote
from search.plural import counted
from search.progress import Progress, silent
from search.semantic.vector_file import kept_numbers
from search.storage.analysed_quotes import coded_surroundings, split_stems
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.indexing.index_place import IndexPlace
from search.storage.indexing.indexed_quote import indexed_quote
from search.storage.speakers.meant_names import meant_position
from search.storage.sql import parts_of
from search.storage.upkeep.fault import REBUILD, Fault, index_fault, some_of
from search.storage.utterance_builder import UtteranceBuilder
from search.storage.utterance_table import UtteranceTable
from search.term_index import IndexedQuote, TermReader
from search.term_index.contents import differing_quotes
from search.text.analysis import ANALYSIS_VERSION, analyse
from search.utterances.linking import fingerprint, occasion_of
from search.utterances.publications import Publication

_READ_AT_ONCE: Final = 500  # quotes that are read and analysed at once: some MB of memory
_CATCH_UP: Final = "Any command that writes makes them so, as does `quotes status`."

# Each counts what cannot be among utterances as they are made.
_CANNOT_BE: Final = (
    ("SELECT count(*) FROM quote_versions WHERE version NOT IN (SELECT id FROM versions)", "version that is not there"),
    (
        "SELECT count(*) FROM versions WHERE id NOT IN (SELECT version FROM quote_versions)",
        "version that no quote prints",
    ),
    (
        "SELECT count(*) FROM versions WHERE first != (SELECT min(quote) FROM quote_versions WHERE version = id)",
        "version that is not told by its first quote",
    ),
    (
        "SELECT count(*) FROM links WHERE a >= b OR a NOT IN (SELECT id FROM versions) "
        "OR b NOT IN (SELECT id FROM versions)",
        "link of versions that are not there",
    ),
    (
        "SELECT count(*) FROM (SELECT utterance, min(id) AS least FROM versions GROUP BY utterance) AS named "
        "WHERE utterance != least",
        "utterance that is not named by its first version",
    ),
)


def derived_faults(
    index: IndexPlace, database: Database, *, is_written: bool, progress: Progress = silent
) -> Iterator[Fault]:
    """Yield what is wrong with all that is derived of an archive that is itself whole.

    `is_written`: a run is writing to the instance, so that what is derived may be behind.
    """
    archive, table = Archive(database), UtteranceTable(database)
    try:
        # Before it is read: a file that cannot be read is named all the same.
        if damaged := index.index().damaged_parts():
            yield Fault("index", f"These files are not as they were written: {some_of(damaged)}.", REBUILD)
            return
        # The index first: what the archive has besides came later, and the log says what that is.
        with index.reading() as reader, database.snapshot():
            if archive.mark_at(reader.position) != reader.mark:
                yield Fault("index", "It is of another archive, or of another copy of this one.", REBUILD)
                return
            if reader.position and database.meta("analysis") != ANALYSIS_VERSION:
                yield Fault("index", "It was made by the rules of another version of this program.", REBUILD)
                return
            last = archive.last_position()
            if table.position() > last or meant_position(database) > last:
                yield Fault("utterances", "They or whom names mean are said to be further than the archive.", REBUILD)
                return
            behind = last - min(reader.position, table.position())
            if behind > 0 and not is_written:
                changes = counted(behind, "change")
                yield Fault("index", f"{changes} of the archive cannot be found yet.", _CATCH_UP)
            found = list(_Comparison(archive, database, table, reader).faults(progress))
            yield from found
            # Links of versions that are not there, which were said, make no utterances.
            if not found and not behind and not is_written and (wrong := _count_misgrouped(archive, database, table)):
                some = counted(wrong, "version stands", "versions stand")
                yield Fault("utterances", f"{some} in another utterance than their links make.", REBUILD)
    except StoreUnavailable as error:
        yield index_fault(error)


def vector_faults(folder: Path, database: Database) -> Iterator[Fault]:
    """Yield what is wrong with the vectors in a folder, if there are any: which quotes have one, not what is in it."""
    again = "Run `quotes embed --again`."
    try:
        kept = kept_numbers(folder)
    except StoreUnavailable as error:
        yield Fault("vectors", str(error), again)
        return
    if kept is None:
        return
    state, numbers = kept
    if Archive(database).mark_at(state.position) != state.mark:
        yield Fault("vectors", "They are of another archive, or of another copy of this one.", again)
        return
    quotes = {number for (number,) in database.execute("SELECT number FROM quotes")}
    later = {quote for (quote,) in database.execute("SELECT quote FROM log WHERE position > ?", (state.position,))}
    if wrong := (quotes ^ set(numbers)) - later:
        yield Fault("vectors", f"{counted(len(wrong), 'quote')} without one, or gone and with one.", again)
    if len(set(numbers)) != len(numbers):
        yield Fault("vectors", f"{counted(len(numbers) - len(set(numbers)), 'quote')} with two of them.", again)


class _Comparison:
    """What is derived, compared with what each quote says in one pass over the archive."""

    def __init__(self, archive: Archive, database: Database, table: UtteranceTable, reader: TermReader) -> None:
        self._archive = archive
        self._db = database
        self._linked = table.position()
        self._reader = reader
        self._stale: list[int] = []  # quotes whose kept analysis is not theirs
        self._misplaced: list[int] = []  # quotes whose version is not theirs

    def faults(self, progress: Progress) -> Iterator[Fault]:
        """Yield what differs."""
        last = self._db.value("SELECT max(number) FROM quotes") or 0
        last = max(last, self._db.value("SELECT max(quote) FROM log") or 0)
        unsure = self._changed_after(self._reader.position)
        differing = differing_quotes(self._reader, self._expected(progress), last, unsure)
        if differing:
            some = counted(len(differing), "quote is", "quotes are")
            yield Fault("index", f"{some} held otherwise than a new index would hold them.", REBUILD)
        if self._stale:
            yield Fault(
                "archive", f"The analysis that is kept of {counted(len(self._stale), 'quote')} is not theirs.", REBUILD
            )
        if rows := self._db.value(
            "SELECT count(*) FROM analysed_quotes WHERE quote NOT IN (SELECT number FROM quotes)"
        ):
            yield Fault("archive", f"An analysis is kept of {counted(rows, 'quote')} that are not there.", REBUILD)
        if self._misplaced:
            some = counted(len(self._misplaced), "quote does", "quotes do")
            yield Fault("utterances", f"{some} not stand in the version that they print.", REBUILD)
        for statement, what in _CANNOT_BE:
            if rows := self._db.value(statement):
                yield Fault("utterances", f"There is {counted(rows, what, what + ' (each)')}.", REBUILD)

    def _changed_after(self, position: int) -> Set[int]:
        """Return the quotes that came or went behind a position of the log."""
        rows = self._db.rows("SELECT quote FROM log WHERE position > ?", (position,))
        return {quote for (quote,) in rows}

    def _expected(self, progress: Progress) -> Iterator[IndexedQuote]:
        """Yield each quote as the index ought to hold it, comparing what the archive keeps of it."""
        unlinked = self._changed_after(self._linked)
        numbers = [number for (number,) in self._db.execute("SELECT number FROM quotes ORDER BY number")]
        for start in range(0, len(numbers), _READ_AT_ONCE):
            part = numbers[start : start + _READ_AT_ONCE]
            kept = self._kept(part)
            for number, quote in self._archive.printed_quotes(part).items():
                stems, around, *version = kept.get(number, (None, None, None, None))
                # What is missing is analysed when it is asked for.
                if stems is not None and (
                    split_stems(stems) != list(analyse(quote.text).stems) or around != coded_surroundings(quote)
                ):
                    self._stale.append(number)
                if number not in unlinked and tuple(version) != _version_name(quote):
                    self._misplaced.append(number)
                yield indexed_quote(number, quote)
            progress("comparing", start + len(part), len(numbers))

    def _kept(self, numbers: Sequence[int]) -> dict[int, tuple[str | None, ...]]:
        """Return what is kept of some quotes: their stems, those around them, fingerprint and occasion of their version."""
        kept: dict[int, tuple[str | None, ...]] = {}
        for part, marks in parts_of(numbers):
            rows = self._db.execute(
                "SELECT number, stems, around, fingerprint, occasion FROM quotes LEFT JOIN analysed_quotes ON analysed_quotes.quote = number "
                "LEFT JOIN quote_versions ON quote_versions.quote = number LEFT JOIN versions ON versions.id = version "
                f"WHERE number IN ({marks})",
                part,
            )
            kept.update((number, tuple(values)) for number, *values in rows)
        return kept


def _count_misgrouped(archive: Archive, database: Database, table: UtteranceTable) -> int:
    """Return how many versions stand in another utterance than their links, and what people decided, make."""
    builder = UtteranceBuilder(database, archive, table)
    kept: dict[int, int] = dict(database.execute("SELECT id, utterance FROM versions"))
    versions, made = list(kept), dict[int, int]()
    for start in range(0, len(versions), _READ_AT_ONCE):
        made |= builder.clustered([one for one in versions[start : start + _READ_AT_ONCE] if one not in made])
    return sum(made.get(version) != utterance for version, utterance in kept.items())


def _version_name(quote: Quote) -> tuple[str | None, str | None]:
    """Return the fingerprint of the version that a quote prints and its occasion; None for one that has none."""
    if quote.place == "comment" or quote.scare:
        return None, None
    nats = analyse(quote.text).weight
    occasion = occasion_of(nats, Publication(quote.outlet, quote.document_id, quote.published), quote.speaker)
    return fingerprint(quote.text, quote.speaker, occasion), occasion
