"""The term index on Whoosh, within the API that whoosh 2.7.4 and whoosh3 share. This and `whoosh_files` alone import it.

Each quote is a Whoosh document with its labels, its day and a stored record, and words are in a table beside them
(`search.term_index.whoosh_segment`). Each commit writes a document with the position, and Whoosh's table of contents what was
deleted: position, additions and deletions are one Whoosh commit, and every file of it is on the disk (fsync) before the table
of contents that names it. After a crash or a power loss the old index or the new one is there.
"""

from __future__ import annotations

import contextlib
import errno
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from whoosh import reading as whoosh_reading
from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, STORED, Schema
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import EmptyIndexError, LockError
from whoosh.index import IndexError as WhooshError
from whoosh.reading import SegmentReader

from search.errors import NotPermitted, OutdatedIndex, SchemaMismatch, StoreUnavailable
from search.term_index import LABELS, IndexedQuote, Numbers
from search.term_index.whoosh_commit import Commit
from search.term_index.whoosh_files import INDEX_NAME, DurableStorage, is_older_table
from search.term_index.whoosh_segment import NO_NUMBER, NOTE, SegmentQuotes
from search.term_index.whoosh_snapshot import DAMAGE, Snapshot, WhooshReader

# whoosh 2.7.4, the way back, has no such class.
_CORRUPT: Final[type[Exception]] = getattr(whoosh_reading, "CorruptIndexError", WhooshError)

# Segments are merged within tiers of size: the smallest has up to 1,000 quotes, each further one six times as many.
_SMALLEST_TIER: Final = 1_000
_SEGMENTS_OF_A_TIER: Final = 6  # so many before they are merged
_RUN: Final = 8_192  # documents of a label that stand in one pickle
_LARGEST_NUMBER: Final = NO_NUMBER - 1  # four bytes a number
# To open a commit whose files the next commit is deleting: 4 s in all, far longer than it takes.
_OPEN_ATTEMPTS: Final = 40


def _codec() -> W3Codec:
    """Whoosh's own, but for compression: it saves a tenth of the index and takes half of the time of reading a term."""
    return W3Codec(blocklimit=_RUN, compression=0)


def _schema() -> Schema:
    """Return the fields, all of Whoosh's own kinds, so that any program with Whoosh can open the index."""
    return Schema(
        **{name: ID() for name in LABELS},
        **{name: STORED() for name in ("id", "document", "text", "published", NOTE)},
        number=COLUMN(NumericColumn("I", default=NO_NUMBER)),
        length=COLUMN(NumericColumn("H")),
        day=COLUMN(NumericColumn("q")),
    )


class WhooshIndex:
    """A term index in a folder of its own. Safe to use from several threads; one process writes at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._local = threading.local()
        self._write = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._storage = DurableStorage(str(folder))
            self._index = self._open()
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                # Nor could a rebuild write there.
                raise NotPermitted(
                    f"The search index in {folder} cannot be opened: {error.filename} is not to be read or written "
                    f"({error.strerror})."
                ) from error
            raise StoreUnavailable(
                f"The search index in {folder} cannot be opened: {error}. If it stays so, run `quotes rebuild`."
            ) from error
        except DAMAGE as error:
            raise self._damaged() from error

    def _damaged(self) -> StoreUnavailable:
        return StoreUnavailable(f"The search index in {self._folder} is damaged: run `quotes rebuild`.")

    def _unwritable(self, error: OSError) -> StoreUnavailable:
        return StoreUnavailable(
            f"The search index in {self._folder} cannot be written: {error}. What is stored is kept."
        )

    def _open(self) -> Any:
        """Open what is there. Something is made only in a folder that holds no index at all, of any version."""
        tables = [path.name for path in self._folder.iterdir() if path.name.endswith(".toc")]
        if others := [name for name in tables if not name.startswith(f"_{INDEX_NAME}_")]:
            error = OutdatedIndex if all(map(is_older_table, others)) else SchemaMismatch
            raise error(
                f"The search index in {self._folder} was made by another version of this program; run `quotes rebuild`."
            )
        if not tables:
            return self._storage.create_index(_schema(), indexname=INDEX_NAME)
        try:
            with self._storage.opening():
                return self._storage.open_index(indexname=INDEX_NAME, schema=_schema())
        except (EmptyIndexError, WhooshError) as error:
            raise self._damaged() from error

    def update(self, added: Iterable[IndexedQuote], deleted: Iterable[int], position: int, mark: str = "") -> None:
        """Add and delete in one commit that also saves `position` and `mark`: all or nothing survives a crash.

        Raises:
            ValueError: a number is outside 0 to 2**32 - 2; nothing has been written.
            StoreUnavailable: another program is writing, or the folder cannot be written to.
        """
        gone = {_checked(number) for number in deleted}
        with self._write:
            try:
                with self._storage.opening():
                    writer = self._index.writer(timeout=1.0, compound=False, limitmb=256, codec=_codec())
            except LockError as error:
                raise StoreUnavailable(f"Another program is writing to the search index in {self._folder}.") from error
            except OSError as error:
                raise self._unwritable(error) from error
            except (WhooshError, *DAMAGE) as error:
                raise self._damaged() from error
            try:
                self._fill(writer, added, gone, position, mark)
            except OSError as error:
                raise self._unwritable(error) from error

    def _fill(self, writer: Any, added: Iterable[IndexedQuote], gone: set[int], position: int, mark: str) -> None:
        """Write what came, then commit. Whoosh's writer is of no use after any error: cancel it."""
        try:
            commit = Commit(writer, {"sequence": writer.generation, "position": position, "mark": mark})
            with self._reading_what_is_there():
                kept = _merged(writer, commit, np.array(sorted(gone), dtype=np.int64))
            for quote in added:
                if _checked(quote.number) not in gone:
                    commit.add(quote)
            with self._reading_what_is_there():
                commit.finish()
            writer.commit(mergetype=lambda _writer, _segments: kept)
        except BaseException:
            with contextlib.suppress(Exception):
                writer.cancel()
            raise

    @contextlib.contextmanager
    def _reading_what_is_there(self) -> Iterator[None]:
        """Say that the index is damaged if what is merged cannot be read."""
        try:
            yield
        except (WhooshError, _CORRUPT, FileFormatError, *DAMAGE) as error:
            raise self._damaged() from error

    def reader(self) -> WhooshReader:
        """Return a snapshot of the last commit, for the calling thread only."""
        current: Snapshot | None = getattr(self._local, "snapshot", None)
        try:
            self._storage.refuse_damage()
            generation = self._index.latest_generation()
            if current is None or current.generation != generation:
                # The number is read before the files: a commit in between is seen again at the next call.
                fresh = self._snapshot(generation)
                if current is not None:
                    current.release()
                self._local.snapshot = current = fresh
        except OSError as error:
            raise StoreUnavailable(
                f"The search index in {self._folder} cannot be read: {error}. `quotes rebuild` makes it anew."
            ) from error
        except (WhooshError, _CORRUPT, FileFormatError, *DAMAGE) as error:
            raise self._damaged() from error
        return WhooshReader(current)

    def _snapshot(self, generation: int) -> Snapshot:
        """Open the last commit. A commit in between may delete a file that was about to be opened: then again."""
        for attempt in range(_OPEN_ATTEMPTS):
            try:
                with self._storage.opening():
                    reader = self._storage.open_index(indexname=INDEX_NAME, schema=_schema()).reader()
                    return Snapshot(reader, generation)
            except (FileNotFoundError, EmptyIndexError) as error:
                if attempt == _OPEN_ATTEMPTS - 1:
                    raise StoreUnavailable(
                        f"The search index in {self._folder} cannot be read: {error}. `quotes rebuild` makes it anew."
                    ) from error
                time.sleep(0.005 * (attempt + 1))
        raise AssertionError("unreachable")

    def damaged_parts(self) -> list[str]:
        """Return the files that are not as they were written: a bit that a disk has turned is not seen otherwise."""
        return self._storage.damaged_files()

    def close(self) -> None:
        """Let go of the calling thread's snapshot and of the index."""
        current: Snapshot | None = getattr(self._local, "snapshot", None)
        if current is not None:
            current.release()
            self._local.snapshot = None
        self._index.close()


def _checked(number: int) -> int:
    if not 0 <= number <= _LARGEST_NUMBER:
        raise ValueError(f"a quote number has to be between 0 and {_LARGEST_NUMBER}, not {number}")
    return number


def _merged(writer: Any, commit: Commit, gone: Numbers) -> list[Any]:
    """Mark what is deleted, merge segments of like size when there are many, and give those that stay as they are.

    Each quote is written about log(archive) / log(6) times in its life.
    """
    sized = sorted(((segment.doc_count_all(), segment) for segment in writer.segments), key=lambda pair: pair[0])
    merged = 0
    for index in range(len(sized)):
        if index + 1 >= _SEGMENTS_OF_A_TIER and _tier(sized[index][0]) == _tier(
            sized[index + 1 - _SEGMENTS_OF_A_TIER][0]
        ):
            merged = index + 1
    if not merged and not len(gone):
        return list(writer.segments)
    readers = [SegmentReader(writer.storage, writer.schema, segment) for _, segment in sized]
    try:
        for (_, segment), leaf in zip(sized, readers, strict=True):
            for place in SegmentQuotes(leaf).places_of(gone) if len(gone) else ():
                segment.delete_document(place)
        if merged:
            commit.absorb([SegmentQuotes(leaf) for leaf in readers[:merged]])
    finally:
        for leaf in readers:
            leaf.close()
    return [segment for _, segment in sized[merged:]]


def _tier(size: int) -> int:
    tier = 0
    while size > _SMALLEST_TIER:
        size //= _SEGMENTS_OF_A_TIER
        tier += 1
    return tier


def open_index(folder: Path) -> WhooshIndex:
    """Return the index in a folder, made if the folder holds none.

    Raises:
        SchemaMismatch: another version of this program made it.
        StoreUnavailable: it is damaged or cannot be opened.
    """
    return WhooshIndex(folder)
