"""One instance's store: the archive, the term index derived from it, and how the two are kept together.

Layout of an instance folder: `archive.sqlite3`, `index/<number>/` (a term index) with `index/current` naming the one in
use, `lock`. Only the archive is precious; the index is caught up after a crash, or built anew by `rebuild`.
"""

from __future__ import annotations

import importlib
import os
import shutil
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from search.errors import ConfigError, QuoteNotFound, SchemaMismatch, StoreUnavailable
from search.model import Document, Quote
from search.names import speakers
from search.names.speakers import Speakers
from search.progress import Progress, silent
from search.settings import Settings
from search.storage.analysed_quotes import Readings
from search.storage.archive import Archive, Change
from search.storage.lock import held
from search.storage.utterance_table import VersionTable
from search.term_index import TermIndex, TermReader
from search.text.tokens import terms

# So many quotes are handed to the engine in one commit while catching up: large, since a commit costs a segment.
CATCH_UP = 20_000
FREE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Status:
    documents: int
    quotes: int
    versions: int
    engine: str
    bytes: int
    generation: int


class Store:
    """Documents and quotes of one instance. Open it with `with`; reading is safe from many threads at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.instance
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(
                f"{self._folder} cannot be used as the instance folder: {error.strerror}."
            ) from error
        self.archive = Archive(self._folder / "archive.sqlite3")
        self.versions = VersionTable(self.archive)
        self.readings = Readings(self.archive)
        # The lock file keeps other processes out; within this one a thread may enter again, another may not.
        self._mine = threading.RLock()
        self._depth = 0
        self._speakers: tuple[tuple[int, int], Speakers] | None = None
        self._swap = threading.Lock()
        try:
            self._index_number = self._current()
            self._index = self._open_engine(self._index_number)
        except BaseException:
            self.archive.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._index.close()
        self.archive.close()

    # -- reading

    @property
    def min_confidence(self) -> float:
        """Below this a quote's speaker is not named in an answer."""
        return self._settings.min_confidence

    @property
    def folder(self) -> Path:
        """The instance folder."""
        return self._folder

    @contextmanager
    def reading(self) -> Iterator[TermReader]:
        """A snapshot of the term index for this thread, of the new one after a rebuild."""
        with self._swap:
            if self._current() != self._index_number:
                self._index.close()
                self._index_number = self._current()
                self._index = self._open_engine(self._index_number)
            index = self._index
        with closing(index.reader()) as reader:
            yield reader

    def speakers(self) -> Speakers:
        """Who is who: as the names allow, and as the alias file says now."""
        stamp = self._stamp()
        if self._speakers is None or self._speakers[0] != stamp:
            self._speakers = (stamp, Speakers(speakers.read(self._folder), self.archive.names_ending))
        return self._speakers[1]

    def speaker_table(self) -> list[tuple[str, int, tuple[str, ...]]]:
        """Rows (speaker, quotes, other names), most quoted first."""
        counts = self.archive.speaker_counts()
        who = self.speakers()
        names: dict[str, list[str]] = {}
        for name in counts:
            names.setdefault(who.of(name) or name, []).append(name)
        rows = [(of, sum(counts[n] for n in some), tuple(sorted({*some} - {of}))) for of, some in names.items()]
        return sorted(rows, key=lambda row: (-row[1], row[0]))

    def state(self) -> str:
        """A name for all that an answer depends on: it changes when the archive, the index or a decision does."""
        return f"{self.archive.last_position()}-{self.behind()}-{self.versions.decisions()}-{self._stamp()[0]}"

    def status(self) -> Status:
        size = sum(f.stat().st_size for f in self._folder.rglob("*") if f.is_file())
        return Status(
            self.archive.count("documents"),
            self.archive.count("quotes"),
            self.versions.count(),
            self._settings.engine,
            size,
            self.archive.last_position(),
        )

    def number_of(self, quote_id: str) -> int:
        """The number of a quote; QuoteNotFound if none has that id."""
        number = self.archive.number_of(quote_id)
        if number is None:
            raise QuoteNotFound(f"There is no quote {quote_id!r} in this archive.")
        return number

    def version_ids(self, groups: Collection[int]) -> dict[int, str]:
        """The ids that version groups are called by: those of their first quotes."""
        first = self.versions.first(groups)
        ids = self.archive.ids(list(first.values()))
        return {group: ids[number] for group, number in first.items() if number in ids}

    def export(self) -> Iterator[tuple[Quote, str]]:
        """Every quote with the id of its version."""
        ids: dict[int, str] = {}
        for number, quote in self.archive.quotes_where("1", ()):
            group = self.versions.groups([number])[number]
            # Quotes come by number, so the first one met of a group is the one that it is called by.
            yield quote, ids.setdefault(group, quote.id)

    # -- writing

    @contextmanager
    def writing(self, purpose: str) -> Iterator[None]:
        """Hold the instance's lock; raises StoreUnavailable, naming the holder, if another run or thread has it."""
        if not self._mine.acquire(blocking=False):
            raise StoreUnavailable(f"{self._folder} is being written to by another part of this program; try again.")
        try:
            if self._depth:
                self._depth += 1
                yield
            else:
                with held(self._folder / "lock", purpose):
                    self._depth = 1
                    yield
        finally:
            self._depth = max(0, self._depth - 1)
            self._mine.release()

    def add(
        self, batch: Iterable[tuple[Document, str, Sequence[Quote]]], read: Iterable[tuple[str, str]] = ()
    ) -> tuple[int, int, int]:
        """Store documents (each with the page it is an edition of, and its quotes) in one transaction.

        `read` names files that have been read to their end, each with a stamp of its state. Returns the numbers of new
        documents, new quotes and unchanged documents. They are on disk when this returns; `catch_up` makes them
        findable.
        """
        self._check_space()
        documents = quotes = unchanged = 0
        with self.writing("quotes index"), self.archive.transaction():
            for document, work, found in batch:
                new, new_quotes = self.archive.add(document, work, found)
                documents, quotes, unchanged = documents + new, quotes + new_quotes, unchanged + 1 - new
            for path, stamp in read:
                self.archive.remember_file(path, stamp)
        return documents, quotes, unchanged

    def is_read(self, path: str, stamp: str) -> bool:
        """Whether the file was read to its end in this state."""
        return self.archive.file_stamp(path) == stamp

    def documents_read(self, path: str) -> int:
        """How many stored documents came from a file."""
        return self.archive.count_of_path(path)

    def add_quotes(self, batch: Sequence[Quote]) -> tuple[int, int]:
        """Store ready-made quotes in one transaction; returns how many were new and how many were there already."""
        self._check_space()
        with self.writing("quotes import"), self.archive.transaction():
            new = self.archive.add_quotes(batch)
        return new, len(batch) - new

    def delete_document(self, document_id: str) -> int | None:
        """Take a document and its quotes out; returns how many quotes went, or None if there is no such document."""
        if not self.archive.has_document(document_id):
            return None
        with self.writing("quotes delete"):
            with self.archive.transaction():
                gone = self.archive.delete_document(document_id)
            self.catch_up()
        return gone

    def behind(self) -> int:
        """How many changes of the archive the index and the version groups have not seen yet."""
        with self.reading() as reader:
            indexed = reader.position
        return max(self.archive.last_position() - min(indexed, self.versions.position()), 0)

    def catch_up(self, progress: Progress = silent) -> None:
        """Bring the term index, then the version groups, up to the archive: after adding, and after a crash."""
        with self.writing("catching up"):
            self._update(self._index, progress)
            self._link(progress)

    def catch_up_if_free(self) -> None:
        """What a reader does on meeting a crashed run's archive; while another run still writes, nothing."""
        if not self.behind():
            return
        try:
            self.catch_up()
        except StoreUnavailable:
            return

    def rebuild(self, progress: Progress = silent) -> None:
        """Build the term index anew beside the old one, swap them, and make the version groups anew."""
        self._check_space()
        with self.writing("quotes rebuild"):
            number = self._index_number + 1
            shutil.rmtree(self._index_folder(number), ignore_errors=True)
            fresh = self._open_engine(number)
            self._update(fresh, progress)
            self._set_current(number)
            with self._swap:
                self._index.close()
                old, self._index, self._index_number = self._index_number, fresh, number
            # Readers of other processes keep the old files open until they turn to the new folder.
            shutil.rmtree(self._index_folder(old), ignore_errors=True)
            self.versions.clear()
            self._link(progress)

    # -- inside

    def _stamp(self) -> tuple[int, int]:
        """What the names of speakers depend on: when their file was last changed, and the archive."""
        try:
            changed = (self._folder / speakers.FILE).stat().st_mtime_ns
        except OSError:
            changed = 0
        return changed, self.archive.last_position()

    def _update(self, index: TermIndex, progress: Progress) -> None:
        last = self.archive.last_position()
        with closing(index.reader()) as reader:
            position = reader.position
        if position > last:
            raise SchemaMismatch(f"The index in {self._folder} is ahead of its archive: run `quotes rebuild`.")
        start = position
        while changes := self.archive.changes(position, CATCH_UP):
            position = changes[-1].position
            gone = [change.quote for change in changes if change.gone]
            with self.archive.transaction():
                self.readings.drop(gone)
            index.update(self._terms(changes, progress, start, last), gone, position)
            progress("indexing", position - start, last - start)

    def _link(self, progress: Progress) -> None:
        """Find the links of the quotes that came, and group them."""
        start = self.versions.position()
        with closing(self._index.reader()) as reader:
            total = reader.position - start
            self.versions.catch_up(reader, lambda position: progress("matching", position - start, total))

    def _terms(
        self, changes: Sequence[Change], progress: Progress, start: int, last: int
    ) -> Iterator[tuple[int, Sequence[str]]]:
        added = [change for change in changes if not change.gone]
        for first in range(0, len(added), 500):
            part = added[first : first + 500]
            quotes = self.archive.quotes([change.quote for change in part])
            with self.archive.transaction():
                self.readings.keep(quotes.items())
            for number, quote in sorted(quotes.items()):
                yield number, terms(quote.text, quote.language)
            progress("indexing", part[-1].position - start, last - start)

    def _open_engine(self, number: int) -> TermIndex:
        name = self._settings.engine
        if not name.isidentifier():
            raise ConfigError(f"`{name}` is no search engine of this program.")
        try:
            module = importlib.import_module(f"search.term_index.{name}_index")
        except ModuleNotFoundError as error:
            if error.name != f"search.term_index.{name}_index":
                raise
            raise ConfigError(f"`{name}` is no search engine of this program; there is: whoosh.") from error
        index: TermIndex = module.open_index(self._index_folder(number))
        return index

    def _index_folder(self, number: int) -> Path:
        return self._folder / "index" / str(number)

    def _current(self) -> int:
        try:
            return int((self._folder / "index" / "current").read_text(encoding="ascii"))
        except FileNotFoundError:
            return 1
        except (OSError, ValueError) as error:
            raise StoreUnavailable(f"{self._folder}/index/current cannot be read: run `quotes rebuild`.") from error

    def _set_current(self, number: int) -> None:
        folder = self._folder / "index"
        folder.mkdir(exist_ok=True)
        fresh = folder / "current.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(str(number))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / "current")

    def _check_space(self) -> None:
        free = shutil.disk_usage(self._folder).free
        if free < FREE_BYTES:
            raise StoreUnavailable(
                f"Only {free // 1_000_000} MB are free in {self._folder}: make room and run this again."
            )
