"""One instance's store: the one door to the archive and to all that is derived from it, kept together through crashes.

Layout of an instance folder: `archive.sqlite3`, `index/` (`search.storage.index_folder`), `lock`, and the files that people
write. Only the archive is precious. Each of the two derived parts saves the position in the archive's log that it has
come to, the *index position* in the term index and the *utterances position* in the archive: both read on from there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import starmap
from types import TracebackType
from typing import Final

from search.corrections.correction import (
    Correction,
    CorrectionKind,
    QuoteName,
    is_about,
    name_of,
    new_correction,
    taken_back,
)
from search.errors import QuoteNotFound, StoreUnavailable
from search.message import Message
from search.model import Document, Quote
from search.names.authority import AuthorityEntry
from search.progress import Progress, silent
from search.rare_collections import rare_collections
from search.settings import Settings
from search.storage.archive import Change
from search.storage.index_folder import IndexFolder
from search.storage.indexing.indexed_quote import indexed_quote
from search.storage.indexing.other_index import OTHER_INDEX, forget_other_index, note_other_index
from search.storage.store_reader import ANALYSIS_KEY
from search.storage.store_turns import StoreTurns
from search.storage.tables.corrected_quotes import CorrectedQuotes
from search.storage.utterance_builder import UtteranceBuilder
from search.term_index import IndexedQuote, TermIndex, TermReader
from search.text.analysis import ANALYSIS_VERSION

# Quotes that are handed to the engine in one commit while catching up: many, since each commit makes a segment.
INDEXED_QUOTES: Final = 20_000
REGROUPED_QUOTES: Final = 500  # that are linked anew in one transaction: about a second, for which others wait
ANALYSED_QUOTES: Final = 500  # that are read and analysed at once: some MB of memory
MIN_FREE_BYTES: Final = 64 * 1024 * 1024  # on the disk, before anything is stored: a batch with its index needs less


class Store(StoreTurns):
    """Documents and quotes of one instance. Open it with `with`; reading is safe from many threads at once."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._builder = UtteranceBuilder(self._db, self._archive, self._utterances)
        self._corrected = CorrectedQuotes(self._db, self._archive, self._corrections)
        # Nothing can be read by an index of an older format, so that it is made anew before anything is asked.
        if self._index.is_outdated():
            try:
                self.catch_up()
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- documents and quotes

    def add(
        self,
        batch: Iterable[tuple[Document, str, Sequence[Quote]]],
        read: Iterable[tuple[str, str]] = (),
        paragraphs: Mapping[tuple[str, str], int] | None = None,
    ) -> tuple[int, int, int]:
        """Store documents (each with the page it is a revision of, and its quotes) in one transaction.

        `read` names files that have been read to their end, each with a stamp of its state; `paragraphs` is in how many
        of these documents each paragraph stands, by outlet and digest. What was deleted is stored again. Returns the numbers of new
        documents, new quotes and unchanged documents. They are on disk when this returns; `catch_up` makes them
        findable.
        """
        self._check_space()
        documents = quotes = unchanged = 0
        keys: list[str] = []
        with self.storing("quotes index"), self._db.transaction():
            for document, work, its_quotes in batch:
                self._archive.forget_deletion(document.id)
                new, new_quotes = self._archive.add(document, work, its_quotes)
                documents, quotes, unchanged = documents + new, quotes + new_quotes, unchanged + 1 - new
                keys += (document.id, work)
            self._corrected.settle(self._corrections.known_keys(keys))
            self._paragraphs.add(paragraphs or {})
            for path, stamp in read:
                self._archive.remember_file(path, stamp)
        return documents, quotes, unchanged

    def add_quotes(self, batch: Sequence[Quote]) -> tuple[int, int]:
        """Store ready-made quotes in one transaction; returns how many were new and how many were there already."""
        self._check_space()
        with self.storing("quotes import"), self._db.transaction():
            hidden = self._corrected.hidden_among(quote.id for quote in batch)
            new = self._archive.add_quotes(quote for quote in batch if quote.id not in hidden)
            keys = {key for quote in batch for key in name_of(quote).keys}
            self._corrected.settle(self._corrections.known_keys(keys))
        return new, len(batch) - new

    def delete_document(self, document_id: str) -> int | None:
        """Take a document and its quotes out; returns how many quotes went, or None if there is no such document."""
        if self._archive.document_text(document_id) is None:
            return None
        with self.writing("quotes delete"):
            with self._db.transaction():
                gone = self._archive.delete_document(document_id)
                self._corrected.forget_document(document_id)
            self.catch_up()
        return gone

    # -- corrections

    def correct(
        self, kind: CorrectionKind, person: str, reason: str, *, quotes: Sequence[str] = (), names: Sequence[str] = ()
    ) -> Correction:
        """Keep what a person corrects, and put it into force; `quotes` are ids.

        It holds for every place that prints the same versions, for what comes, and after a rebuild.

        Raises:
            QueryError: what is given makes no correction of this kind.
            QuoteNotFound: a quote that is named is not there.
        """
        with self.writing("quotes corrections"):
            named = tuple(self._named(quote_id) for quote_id in quotes)
            correction = new_correction(kind, person, reason, named, tuple(names), after=self._corrections.last_made())
            self._keep([correction])
        return correction

    def undo_correction(self, correction_id: str, person: str, reason: str) -> Correction:
        """Take a correction back; what was corrected before it, or was read, counts again. Returns it as it is then.

        Raises:
            QuoteNotFound: there is no such correction.
            QueryError: it was taken back already.
        """
        with self.writing("quotes corrections"):
            correction = self._corrections.get(correction_id)
            if correction is None:
                raise QuoteNotFound(Message("There is no correction %(id)s in this archive.", id=repr(correction_id)))
            correction = taken_back(correction, person, reason)
            self._keep([correction])
        return correction

    def import_corrections(self, corrections: Iterable[Correction]) -> int:
        """Keep corrections of another archive, or an earlier one; returns how many were new here, or newly taken back."""
        with self.writing("quotes corrections import"):
            fresh = []
            for correction in corrections:
                known = self._corrections.get(correction.id)
                if known is None or (known.undone is None and correction.undone is not None):
                    fresh.append(correction)
            self._keep(fresh)
        return len(fresh)

    def corrections(self) -> list[Correction]:
        """Return all corrections, those that were taken back too, oldest first."""
        return self._corrections.all()

    def corrections_of(self, quote_id: str) -> list[Correction]:
        """Return the corrections in force of a quote, hidden or not, oldest first; none if nothing has that id."""
        quote = self._corrected.as_read(quote_id)
        if quote is None:
            return []
        return [one for one in self._corrections.with_keys(name_of(quote).keys) if is_about(one, quote)]

    def other_versions(self, quote_id: str) -> list[str]:
        """Return the id of one quote of each other version of the utterance that a quote belongs to.

        Raises:
            QuoteNotFound: no quote has that id.
        """
        number = self.number_of(quote_id)
        return self._utterances.other_versions(number)

    def hidden_quotes(self) -> list[Quote]:
        """Return the quotes that people hid, as their documents have them."""
        return self._corrected.hidden()

    def quote_as_read(self, quote_id: str) -> Quote | None:
        """Return a quote as its document was read, whatever people corrected, hidden or not; None if there is none."""
        return self._corrected.as_read(quote_id)

    def _named(self, quote_id: str) -> QuoteName:
        quote = self._corrected.as_read(quote_id)
        if quote is None:
            raise QuoteNotFound(Message("There is no quote %(id)s in this archive.", id=repr(quote_id)))
        return name_of(quote)

    def _keep(self, corrections: Sequence[Correction]) -> None:
        """Keep corrections and put them into force: those of quotes with them, the others when the quotes are linked."""
        with self._db.transaction():
            for correction in corrections:
                self._corrections.put(correction)
            self._corrected.settle({key for one in corrections for name in one.quotes for key in name.keys})
        self.catch_up()

    def _settle_decisions(self) -> None:
        """Put together and apart what corrections say, where they or their quotes have changed."""
        while unsettled := self._corrections.unsettled():
            for correction in unsettled:
                with self._db.transaction():
                    named = [self._corrected.numbers_named(name) for name in correction.quotes]
                    pairs = [(one, other) for one in named[0] for some in named[1:] for other in some] if named else []
                    # Where a quote is gone, its version may still be printed elsewhere, and what was said of it holds.
                    if correction.undone is not None or all(named):
                        self._builder.undecide(correction.id)
                    if correction.undone is None:
                        self._builder.decide(correction.id, pairs, together=correction.kind == CorrectionKind.JOIN)
                    self._corrections.settle(correction.id)

    def import_authority(self, entries: Iterable[AuthorityEntry]) -> None:
        """Keep what an authority file says of people, beside what is known already."""
        with self.writing("quotes speakers import"), self._db.transaction():
            count = self._authority.put(entries)
            self._meant.redo_roles(self.decided_names())
            self._db.set_meta("authority", f"{self._archive.last_position()}-{self._authority.count()}-{count}")

    # -- what is derived

    def catch_up(self, progress: Progress = silent, *, link: bool = True, wait: bool = False) -> None:
        """Bring the term index, then the utterances, up to the archive: after adding, and after a crash.

        What an older version of this program analysed by other rules is analysed anew, in a minute for 30,000 quotes.
        Without `link` each new quote is made an utterance of its own, for measurements (`take_unlinked`). With `wait` it
        waits for other runs that write.
        """
        if wait and self.has_several_writers and isinstance(self._index, IndexFolder):
            self._index_beside_others(progress)
        with self.writing("catching up", wait=wait):
            self._index.remove_left_over()
            self._meant.catch_up(self.decided_names())
            is_older = self._index.is_outdated()
            is_foreign = not is_older and self.index_is_foreign()
            if is_older or is_foreign or self.analysis_is_outdated():
                if is_foreign:
                    note_other_index(self._db)
                self._make_anew(progress)
            else:
                self._update_index_in_use(progress)
            if link:
                self._update_utterances(progress)
                self._settle_decisions()
            else:
                self._builder.take_unlinked()

    def catch_up_if_free(self) -> None:
        """Catch up after a crashed run; where that cannot be done now, `notices` says what is not found, and why."""
        with self.caught_up_moment():
            pass

    @contextmanager
    def caught_up_moment(self) -> Iterator[None]:
        """Catch up as `catch_up_if_free` does, and let all that this thread reads inside be of one moment."""
        self.hindrance = None
        with ExitStack() as moment:
            # A snapshot on another host takes a request, so that the one that is looked at is the one that is read.
            reader = moment.enter_context(self._index.reading())
            moment.enter_context(self._term_index.one_moment(reader))
            is_foreign = not self._term_index.fits(reader)
            if is_foreign or self._is_behind(reader):
                moment.close()
                try:
                    self.catch_up()
                except StoreUnavailable as error:
                    # Nothing is found by an index that is of another archive, so there is no answer.
                    if is_foreign:
                        raise StoreUnavailable(f"{OTHER_INDEX} It cannot be made anew now: {error}") from error
                    self.hindrance = str(error)
                moment.enter_context(self._term_index.one_moment())
            yield

    def _is_behind(self, reader: TermReader) -> bool:
        """Return whether anything that is derived has not come up to the archive."""
        return (
            min(reader.position, self._utterances.position()) < self._archive.last_position()
            or self.analysis_is_outdated()
            or self._corrections.any_unsettled()
            or self._meant.is_behind(self.decided_names())
        )

    def rebuild(self, progress: Progress = silent) -> None:
        """Make the term index anew beside the old one, swap them, and make the utterances anew."""
        self._check_space()
        with self.writing("quotes rebuild"):
            self._make_anew(progress)
            forget_other_index(self._db)

    def regroup(self, since: str, progress: Progress = silent) -> tuple[int, int]:
        """Link the quotes that were stored on a day or later (ISO 8601, UTC) anew, with all that has come since.

        It mends what depends on the order in which quotes came. Returns how many quotes were compared, and how many links
        are new. It may be interrupted, and done again.
        """
        with self.writing("quotes regroup", wait=True):
            self.catch_up(progress)
            numbers = self._archive.added_since(since)
            links = 0
            for start in range(0, len(numbers), REGROUPED_QUOTES):
                with self.reading() as reader, self._db.transaction(derived=True):
                    links += self._builder.regroup(numbers[start : start + REGROUPED_QUOTES], reader)
                progress("matching", min(start + REGROUPED_QUOTES, len(numbers)), len(numbers))
        return len(numbers), links

    # -- inside

    def _index_beside_others(self, progress: Progress) -> None:
        """Bring the index in this host's folder up to the archive before the turn to derive comes: for that, all hosts wait."""
        with self.indexing("catching up"):
            if not (self._index.is_outdated() or self.index_is_foreign() or self.analysis_is_outdated()):
                self._update_index_in_use(progress)

    def _update_index_in_use(self, progress: Progress) -> None:
        index = self._index.index()
        with closing(index.reader()) as reader:
            is_new = not reader.position
        if is_new:
            self._keep_analysis_version()
        self._update_index(index, progress)

    def _make_anew(self, progress: Progress) -> None:
        """Make the term index, then the utterances, anew beside those in use; each takes its place at once."""
        with self._index.replacing() as fresh:
            self._update_index(fresh, progress, analyse_anew=True)
        with self._db.transaction():
            self._archive.names.count_anew()
            self._corrections.put_keys_anew()
        with self.reading() as reader:
            total = reader.position
            self._builder.rebuild(reader, lambda position: progress("matching", position, total))
        # Last, so that a run that is killed before leaves an index that is known to be outdated.
        self._keep_analysis_version()

    def _keep_analysis_version(self) -> None:
        with self._db.transaction():
            self._db.set_meta(ANALYSIS_KEY, ANALYSIS_VERSION)

    @rare_collections()
    def _update_index(self, index: TermIndex, progress: Progress, *, analyse_anew: bool = False) -> None:
        last = self._archive.last_position()
        with closing(index.reader()) as reader:
            position = reader.position
        start = position
        # Not what comes meanwhile: where others go on storing there would be no end, and a segment for each quote.
        while position < last and (changes := self._archive.changes(position, INDEXED_QUOTES)):
            position = changes[-1].position
            # In order, as all hosts take them: none waits for one that waits for it.
            gone = sorted(change.quote for change in changes if change.gone)
            with self._db.transaction(derived=True):
                self._analysed.drop(gone)
            mark = self._archive.mark_at(position) or ""
            quotes = self._indexed_quotes(changes, progress, start, last, analyse_anew=analyse_anew)
            index.update(quotes, gone, position, mark)
            progress("indexing", position - start, last - start)

    @rare_collections()
    def _update_utterances(self, progress: Progress) -> None:
        start = self._utterances.position()
        with self.reading() as reader:
            total = reader.position - start
            self._builder.catch_up(reader, lambda position: progress("matching", position - start, total))

    def _indexed_quotes(
        self, changes: Sequence[Change], progress: Progress, start: int, last: int, *, analyse_anew: bool
    ) -> Iterator[IndexedQuote]:
        """Yield each quote that came as the index holds it, its analysis having been kept: by another host, it may be."""
        added = [change for change in changes if not change.gone]
        for first in range(0, len(added), ANALYSED_QUOTES):
            part = added[first : first + ANALYSED_QUOTES]
            quotes = self._archive.printed_quotes(change.quote for change in part)
            missing = set(quotes) if analyse_anew else self._analysed.missing([*quotes])
            if missing:
                with self._db.transaction(derived=True):
                    self._analysed.put((number, quote) for number, quote in quotes.items() if number in missing)
            yield from starmap(indexed_quote, quotes.items())
            progress("indexing", part[-1].position - start, last - start)

    def _check_space(self) -> None:
        free = shutil.disk_usage(self._folder).free
        if free < MIN_FREE_BYTES:
            raise StoreUnavailable(
                f"Only {free // 1_000_000} MB are free in {self._folder}: make room and run this again."
            )
