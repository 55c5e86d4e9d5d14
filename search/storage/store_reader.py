"""What can be asked of an instance: the reading half of the one door to its archive, its utterances and its term index.

Quotes are spoken of by their numbers, which are given once; ids are for people and files. An *utterance* is spoken of by
a number, too (`search.storage.utterance_table`), which may change when something new comes: its id is that of its first
quote. Nothing but this package knows that there is SQL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from search.corrections.correction import KINDS_OF_NAMES
from search.corrections.decided_names import decided_names
from search.errors import ConfigError, QuoteNotFound
from search.message import Message, counted_message
from search.model import Document, Quote
from search.names.alias_file import AliasFile, file_changed, read_aliases
from search.names.clusters import Speakers
from search.names.speaker_table import SpeakerProfile, SpeakerRow, explained_names, speaker_rows
from search.settings import Settings
from search.storage.analysed_quotes import AnalysedQuote, AnalysedQuoteTable
from search.storage.archive import Archive
from search.storage.archive_index import ArchiveIndex
from search.storage.databases.opening import open_database
from search.storage.indexing.archive_vocabulary import ArchiveVocabulary
from search.storage.indexing.findable_quotes import FindableQuotes
from search.storage.indexing.index_place import index_place
from search.storage.indexing.quote_outline import QuoteOutline
from search.storage.meaning.archive_vectors import ArchiveVectors
from search.storage.quote_filter import EVERY_QUOTE, QuoteFilter
from search.storage.speakers.authority_table import AuthorityTable
from search.storage.speakers.meant_names import MeantNames
from search.storage.status import Status, bytes_of, open_folder
from search.storage.tables.correction_table import CorrectionTable
from search.storage.tables.paragraph_table import ParagraphTable
from search.storage.tables.quote_counts import QuoteCounts
from search.storage.upkeep.health import Health
from search.storage.utterance_table import SharedVersions, UtteranceSize, UtteranceTable
from search.term_index import TermReader
from search.text.analysis import ANALYSIS_VERSION
from search.utterances.linking import VersionRecord

ANALYSIS_KEY = "analysis"  # of the archive's `meta`: the version of the rules that its quotes were analysed by


class StoreReader:
    """Reads one instance, safely from many threads at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.instance
        open_folder(self._folder, is_in_server=bool(settings.archive_url))
        self._db = open_database(settings)
        self._archive = Archive(self._db)
        try:
            self.vectors = ArchiveVectors(settings, self._archive)
            self._index = index_place(settings)
        except ConfigError:
            self._db.close()
            raise
        self._term_index = ArchiveIndex(self._index, self._archive, self._db)
        self._authority = AuthorityTable(self._db)
        self._meant = MeantNames(self._db, self._archive, self._authority)
        self._utterances = UtteranceTable(self._db)
        self._corrections = CorrectionTable(self._db)
        self.counts = QuoteCounts(self._db)
        self._paragraphs = ParagraphTable(self._db)
        self._analysed = AnalysedQuoteTable(self._db, self._archive)
        self.findable = FindableQuotes(self._db, self._archive, self._term_index)
        self.health = Health(self._archive, self._index, self._term_index)
        self.vocabulary = ArchiveVocabulary(self._term_index)
        self._speakers: tuple[tuple[int, int, str, int], Speakers] | None = None
        self._speaker_names: tuple[tuple[int, int, str, int], Sequence[str]] | None = None
        self._speaker_rows: tuple[tuple[int, int, str, int], Sequence[SpeakerRow]] | None = None
        self._decided: tuple[tuple[int, int], AliasFile] | None = None
        # Why the index could not be brought up to the archive, if it could not.
        self.hindrance: str | None = None

    def close(self) -> None:
        """Close the index and the archive."""
        self._index.close()
        self._db.close()

    # -- the instance

    @property
    def folder(self) -> Path:
        """Return the instance folder."""
        return self._folder

    @property
    def min_confidence(self) -> float:
        """Below this chance, 0 to 1, a quote's speaker is not named in an answer."""
        return self._settings.min_confidence

    def status(self) -> Status:
        """Return how much the instance holds."""
        return Status(
            documents=self._archive.count_documents(),
            quotes=self._archive.count_quotes(),
            versions=self._utterances.count_versions(),
            utterances=self._utterances.count_utterances(),
            engine=self._settings.engine,
            bytes=bytes_of(self._folder) + self._db.bytes_elsewhere(),
            generation=self._archive.last_position(),
            embedded=self.vectors.size,
            to_embed=self.vectors.behind() if self.vectors.is_on else None,
        )

    def state(self) -> str:
        """Return a name for all that an answer depends on: it changes when the archive, the index or a decision does."""
        names_changed, last, authority, changes = self._names_stamp()
        return f"{last}-{self.behind()}-{self.vectors.position}-{changes}-{names_changed}-{authority}"

    def behind(self) -> int:
        """Return how many changes of the archive the term index, or the utterances, have not seen yet."""
        with self.reading() as reader:
            index_position = reader.position
        return max(self._archive.last_position() - min(index_position, self._utterances.position()), 0)

    def notices(self) -> list[str]:
        """Return what a person has to know who reads an answer: how many stored quotes it cannot hold, and why."""
        return [*self._index_notices(), *self.vectors.notices()]

    def _index_notices(self) -> list[str]:
        last = self._archive.last_position()
        if self._term_index.is_known_to_be_at(last):
            return []  # as nearly always
        with self.reading() as reader:
            missing = self._archive.count_after(reader.position)
        if not missing:
            return []
        why = self.hindrance or Message("`quotes status` makes them so.")
        return [
            counted_message(
                "%(num)s stored quote is not searchable yet: %(why)s",
                "%(num)s stored quotes are not searchable yet: %(why)s",
                missing,
                why=why,
            )
        ]

    def one_moment(self) -> AbstractContextManager[None]:
        """Let all that this thread reads inside be of one moment: in between a rebuild gives utterances other numbers.

        Raises StoreUnavailable as `reading` does.
        """
        return self._term_index.one_moment()

    def reading(self) -> AbstractContextManager[TermReader]:
        """Give a snapshot of the term index for this thread, of the new one after a rebuild.

        Raises StoreUnavailable if the index is damaged, or that of another archive.
        """
        return self._term_index.reading()

    def index_is_foreign(self) -> bool:
        """Return whether the term index was made of another archive than this, or of another copy of it."""
        with self._index.reading() as reader:
            return not self._term_index.fits(reader)

    def analysis_is_outdated(self) -> bool:
        """Return whether the quotes were analysed by other rules than this program's, so that some are not found."""
        if self._db.meta(ANALYSIS_KEY) == ANALYSIS_VERSION:
            return False
        with self.reading() as reader:
            return reader.position > 0

    # -- quotes

    def count_documents(self) -> int:
        """Return how many documents are stored."""
        return self._archive.count_documents()

    def count_quotes(self) -> int:
        """Return how many quotes are stored."""
        return self._archive.count_quotes()

    def number_of(self, quote_id: str) -> int:
        """Return the number of a quote.

        Raises:
            QuoteNotFound: no quote has that id.
        """
        number = self._archive.number_of(quote_id)
        if number is None:
            raise QuoteNotFound(Message("There is no quote %(id)s in this archive.", id=repr(quote_id)))
        return number

    def quote_ids(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the ids of the quotes of these numbers; a number that is gone is left out."""
        return self._archive.quote_ids(numbers)

    def quotes(self, numbers: Iterable[int], wanted: QuoteFilter = EVERY_QUOTE) -> dict[int, Quote]:
        """Return those of the quotes that pass a filter, in order of number; a number that is gone is left out."""
        return self._archive.quotes(self.findable.among(numbers, wanted))

    def outlines(self, numbers: Iterable[int]) -> dict[int, QuoteOutline]:
        """Return what counts and orders quotes that are not shown, in their order; a number that is gone is left out."""
        return self._archive.outlines(numbers)

    def passing(self, numbers: Iterable[int], wanted: QuoteFilter) -> set[int]:
        """Return those of the numbers whose quotes pass a filter."""
        return set(self.findable.among(numbers, wanted))

    def texts(self, numbers: Sequence[int]) -> list[str]:
        """Return the words of the quotes of these numbers, in their order; "" for one that is gone."""
        return self._archive.texts(numbers)

    def stems(self, numbers: Sequence[int]) -> list[Sequence[str]]:
        """Return the stems of the quotes of these numbers, in their order; none for one that is gone."""
        return self._analysed.stems(numbers)

    def analysed_quotes(self, numbers: Iterable[int], wanted: QuoteFilter = EVERY_QUOTE) -> Iterator[AnalysedQuote]:
        """Yield those of the quotes that pass a filter, as far as it takes to judge them."""
        return self._analysed.quotes(self.findable.among(numbers, wanted))

    def newest_number(self) -> int:
        """Return the number of the quote that was stored last; 0 where none ever was."""
        return self._archive.newest_number()

    def additions(self, ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        """Map the ids of quotes to their numbers and to when they were stored (ISO 8601, UTC)."""
        return self._archive.additions(ids)

    def quotes_of_document(self, document_id: str) -> list[Quote]:
        """Return the quotes of one document in the order in which they were stored."""
        return self._archive.quotes_of_document(document_id)

    def recent_quotes(self, limit: int) -> list[Quote]:
        """Return the last quote of each of the `limit` documents that came in last, newest document first."""
        return self._archive.recent_quotes(limit)

    def example_quotes(self, limit: int) -> list[Quote]:
        """Return the `limit` newest quotes of one or two lines by a known speaker, oldest first."""
        return self._archive.example_quotes(limit)

    # -- versions and utterances

    def utterances_of(self, numbers: Collection[int]) -> dict[int, int]:
        """Return the utterance of each quote."""
        return self._utterances.utterances_of(numbers)

    def quotes_of_utterances(self, utterances: Collection[int]) -> dict[int, int]:
        """Return the numbers of the quotes of some utterances, in order, each with its utterance."""
        return self._utterances.quotes_of(utterances)

    def utterance_ids(self, utterances: Collection[int]) -> dict[int, str]:
        """Return the ids that utterances are called by: those of their first quotes."""
        first = self._utterances.first_quotes(utterances)
        ids = self._archive.quote_ids(first.values())
        return {utterance: ids[number] for utterance, number in first.items() if number in ids}

    def told_apart(self, numbers: Collection[int]) -> set[frozenset[int]]:
        """Return the pairs of quotes, one of them among `numbers`, that a person said are not one utterance."""
        return self._utterances.told_apart(numbers)

    def largest_utterances(self, limit: int) -> list[UtteranceSize]:
        """Return the `limit` utterances that are printed most often, twice at least."""
        return self._utterances.largest(limit)

    def versions_of(self, numbers: Collection[int]) -> dict[int, int]:
        """Return the version of each quote that has one."""
        return self._utterances.versions_of(numbers)

    def version_records(self, numbers: Sequence[int]) -> list[VersionRecord | None]:
        """Return the version that each quote prints, in their order; None for a quote that has none."""
        return self._utterances.records(numbers)

    def export(self) -> Iterator[tuple[Quote, str]]:
        """Yield every quote with the id of its utterance."""
        ids: dict[int, str] = {}
        with self.one_moment():
            for number, quote in self._archive.all_quotes():
                utterance = self._utterances.utterances_of([number])[number]
                # Quotes come by number, so the first one met of an utterance is the one that it is called by.
                yield quote, ids.setdefault(utterance, quote.id)

    # -- documents

    def document(self, document_id: str) -> Document | None:
        """Return the document of an id; None if there is none."""
        return self._archive.document(document_id)

    def documents(self) -> Iterator[Document]:
        """Yield all documents in the order in which they were stored."""
        return self._archive.documents()

    def document_text(self, document_id: str) -> str | None:
        """Return the text of a document alone; None if there is no such document."""
        return self._archive.document_text(document_id)

    def revision_ids(self, document_id: str) -> list[str]:
        """Return the ids of all revisions of the page that a document is one of, in the order in which they were read."""
        return self._archive.revision_ids(document_id)

    def shared_versions(self, document_id: str) -> tuple[int, list[SharedVersions]]:
        """Return how many versions a document has, and the other documents that print some of them."""
        return self._utterances.shared_with(document_id)

    def is_read(self, path: str, stamp: str) -> bool:
        """Return whether the file was read to its end in this state."""
        return self._archive.file_stamp(path) == stamp

    def documents_read(self, path: str) -> int:
        """Return how many stored documents came from a file."""
        return self._archive.count_of_path(path)

    def documents_deleted(self, path: str) -> int:
        """Return how many documents that came from a file were deleted and have not come back."""
        return self._archive.count_deleted(path)

    def is_deleted(self, document_id: str) -> bool:
        """Return whether a document was deleted and has not come back."""
        return self._archive.is_deleted(document_id)

    def paragraph_counts(self, outlet: str, digests: Iterable[str]) -> dict[str, int]:
        """Return the numbers of an outlet's stored documents in which paragraphs stand, by digest."""
        return self._paragraphs.counts(outlet, digests)

    # -- names

    def speaker_names(self) -> Sequence[str]:
        """Return the names of all speakers, each as its document has it or means it; kept until the archive changes."""
        stamp = self._names_stamp()
        if self._speaker_names is None or self._speaker_names[0] != stamp:
            self._speaker_names = (stamp, tuple(one.name for one in self._archive.names.counts()))
        return self._speaker_names[1]

    def outlets(self) -> list[str]:
        """Return the names of all outlets whose quotes can be found."""
        with self.reading() as reader:
            return list(reader.label_values("outlet"))

    def speakers(self) -> Speakers:
        """Return who is who: as the names allow, and as the alias file says now."""
        stamp, kept = self._names_stamp(), self._speakers
        if kept is None or kept[0] != stamp:
            authority, names = self._authority if self._authority.count() else None, self._archive.names
            # Where nothing but quotes has come or gone, only who was printed in them has to be told anew.
            before = kept[1] if kept and (kept[0][0], kept[0][2:]) == (stamp[0], stamp[2:]) else None
            who = Speakers(self.decided_names(), names.with_keys, names.roles, authority, before)
            self._speakers = kept = stamp, who
        return kept[1]

    def decided_names(self) -> AliasFile:
        """Return the names that people decided, in the alias file and in corrections."""
        stamp = self._names_stamp()[::3]  # the file and the corrections
        if self._decided is None or self._decided[0] != stamp:
            in_force = self._corrections.in_force(KINDS_OF_NAMES)
            self._decided = stamp, decided_names(read_aliases(self._folder), in_force)
        return self._decided[1]

    def speaker_table(self) -> Sequence[SpeakerRow]:
        """Return the people and bodies who are quoted, most quoted first; not who is a role only ("official").

        A quote of two people counts for each of them. Kept until the archive or what was decided of names changes.
        """
        stamp = self._names_stamp()
        if self._speaker_rows is None or self._speaker_rows[0] != stamp:
            self._speaker_rows = stamp, tuple(speaker_rows(self._archive.names.counts(), self.speakers()))
        return self._speaker_rows[1]

    def speaker_profile(self, wanted: str) -> SpeakerProfile | None:
        """Return who is meant by a name, with all names, roles and outlets; None if no quote is given to such a name."""
        who = self.speakers()
        speaker = who.of(wanted) or wanted
        names = who.names(speaker)
        if not names:
            return None
        counts = self._archive.names.counts_of(names)
        return SpeakerProfile(
            speaker,
            who.id_of(speaker),
            explained_names(counts, who),
            tuple(self._archive.names.meant_counts(names)),
            tuple(who.left_apart(speaker)),
            self._archive.names.seen_with(names, "role"),
            self._archive.names.seen_with(names, "outlet"),
        )

    def _names_stamp(self) -> tuple[int, int, str, int]:
        """Return what the names of speakers depend on: when their file was last changed (ns), the archive, corrections."""
        return self._db.steady("names", self._read_names_stamp)

    def _read_names_stamp(self) -> tuple[int, int, str, int]:
        authority = self._db.meta("authority") or ""
        return file_changed(self._folder), self._archive.last_position(), authority, self._corrections.count_changes()
