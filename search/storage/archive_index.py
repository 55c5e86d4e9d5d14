"""The term index as that of one archive: never read where it is another's, and of one moment with it where that is asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from search.errors import StoreUnavailable
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.indexing.index_place import IndexPlace
from search.term_index import TermReader


class ArchiveIndex:
    """Reads the index of an archive, safely from many threads at once."""

    def __init__(self, index: IndexPlace, archive: Archive, database: Database) -> None:
        self._index = index
        self._archive = archive
        self._db = database
        self._fitting: tuple[int, str] | None = None
        self._moment = _Moment()

    @contextmanager
    def reading(self) -> Iterator[TermReader]:
        """Give a snapshot of the index for this thread, of the new one after a rebuild.

        Raises:
            StoreUnavailable: the index is damaged, or it is that of another archive.
        """
        if self._moment.reader is not None:
            yield self._moment.reader
            return
        with self._index.reading() as reader:
            if not self.fits(reader):
                raise StoreUnavailable("The search index is of another archive: run `quotes rebuild`.")
            yield reader

    @contextmanager
    def one_moment(self, of: TermReader | None = None) -> Iterator[None]:
        """Let all that this thread reads inside, of the index and of the archive, be of one moment.

        `of` is a snapshot that is not closed inside; whether it is of this archive (`fits`) is for the caller to see.
        """
        if self._moment.reader is not None:
            yield
            return
        # The index first: the archive may know of more than it, but never of less.
        with self.reading() if of is None else nullcontext(of) as reader, self._db.snapshot():
            self._moment.reader = reader
            try:
                yield
            finally:
                self._moment.reader = None

    def fits(self, reader: TermReader) -> bool:
        """Return whether a snapshot is of this archive, not of another, nor of another copy of it."""
        known = reader.position, reader.mark
        if known != self._fitting:
            if self._archive.mark_at(reader.position) != reader.mark:
                return False
            self._fitting = known
        return True

    def is_known_to_be_at(self, position: int) -> bool:
        """Return whether the index was seen to have come to a position of the log: to ask it again takes a fifth of a ms."""
        return self._fitting is not None and self._fitting[0] == position


class _Moment(threading.local):
    """The snapshot that the calling thread reads by, while it is to read of one moment."""

    reader: TermReader | None = None
