"""The term index on Whoosh: the only file that knows it. Within the API that whoosh 2.7.4 and whoosh3 share.

A Whoosh document here is not one quote but a *block* of up to 16,384 of them: the posting of a term in a block carries
the numbers of its quotes as bytes, four each, which numpy reads at once. A term is looked up in one or a few dozen
blocks instead of being walked through posting by posting in Python (measured: docs/versions.md, "Engine").

Each commit adds at least one block; its stored record holds the position, what was deleted, and how many terms each of
its quotes has. So position, additions and deletions are one Whoosh commit, and every file of it is on the disk
(fsync) before the table of contents that names it: after a crash or a power loss the old index or the new one is there.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from whoosh import reading as whoosh_reading
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import STORED, FieldType, Schema
from whoosh.filedb.filetables import FileFormatError
from whoosh.formats import Format
from whoosh.index import EmptyIndexError, LockError
from whoosh.index import IndexError as WhooshError
from whoosh.reading import SegmentReader

from search.errors import SchemaMismatch, StoreUnavailable
from search.term_index import Numbers
from search.term_index.whoosh_files import INDEX_NAME, DurableStorage
from search.term_index.whoosh_snapshot import (
    DAMAGE,
    RECORD_FIELD,
    Snapshot,
    WhooshReader,
    deleted_in,
    numbers_from,
    records_of,
)
from search.term_index.whoosh_terms import SegmentTerms, hashed

# whoosh 2.7.4, the way back, has no such class.
_CORRUPT: Final[type[Exception]] = getattr(whoosh_reading, "CorruptIndexError", WhooshError)

BLOCK_QUOTES: Final = 16_384  # quotes: 60 to 100 MB of memory while it is built
# Segments are merged within tiers of size: the smallest has up to 256 KiB of postings, each further one six times as much.
_SMALLEST_TIER_BYTES: Final = 256 * 1024
_COALESCED_BYTES: Final = 6 * 2**20  # of postings that are put together in memory, as one block
_SEGMENTS_OF_A_TIER: Final = 6  # so many before they are merged
_TERM_FIELD: Final = "t"
_LARGEST_NUMBER: Final = 2**32 - 1  # four bytes a number
# To open a commit whose files the next commit is deleting: 4 s in all, far longer than it takes.
_OPEN_ATTEMPTS: Final = 40

_Postings = dict[bytes, list[bytes]]


class _Numbers(Format):  # type: ignore[misc]
    """Postings with a value of any length, which this file alone reads and writes."""

    posting_size = -1

    def word_values(self, value: Any, analyzer: Any, **kwargs: Any) -> Iterator[Any]:
        return iter(())


class _Terms(FieldType):  # type: ignore[misc]
    """Takes `{term: [bytes of quote numbers, ...]}` and emits it without tokens or analysis."""

    def __init__(self) -> None:
        super().__init__(_Numbers(), analyzer=cast(Any, None), scorable=False, stored=False)

    def index(self, value: _Postings, **kwargs: Any) -> Any:
        for term, parts in value.items():
            joined = b"".join(parts)
            yield term, 1, float(len(joined) // 4), joined

    def separate_spelling(self) -> bool:
        return False


def _codec() -> W3Codec:
    """Whoosh's own, but for compression: it saves a tenth of the index and takes half of the time of reading a term."""
    return W3Codec(compression=0)


def _schema() -> Schema:
    return Schema(**{_TERM_FIELD: _Terms(), RECORD_FIELD: STORED()})


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
            raise StoreUnavailable(f"The search index in {folder} cannot be opened: {error}.") from error
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
        if any(not name.startswith(f"_{INDEX_NAME}_") for name in tables):
            raise SchemaMismatch(
                f"The search index in {self._folder} was made by another version of this program; run `quotes rebuild`."
            )
        if not tables:
            return self._storage.create_index(_schema(), indexname=INDEX_NAME)
        try:
            with self._storage.opening():
                return self._storage.open_index(indexname=INDEX_NAME, schema=_schema())
        except (EmptyIndexError, WhooshError) as error:
            raise self._damaged() from error

    def update(
        self, added: Iterable[tuple[int, Sequence[str]]], deleted: Iterable[int], position: int, mark: str = ""
    ) -> None:
        """Add and delete in one commit that also saves `position` and `mark`: all or nothing survives a crash.

        Raises:
            ValueError: a number is outside 0 to 2**32 - 1; nothing has been written.
            StoreUnavailable: another program is writing, or the folder cannot be written to.
        """
        gone = np.array(sorted({_checked(number) for number in deleted}), dtype="<u4")
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

    def _fill(
        self, writer: Any, added: Iterable[tuple[int, Sequence[str]]], gone: Numbers, position: int, mark: str
    ) -> None:
        """Write blocks until `added` ends, then commit. Whoosh's writer is of no use after any error: cancel it."""
        try:
            small = _Blocks(writer, writer.generation, position, mark, gone)
            kept = _merged(writer, small)
            for number, terms in added:
                small.add(_checked(number), terms)
            small.flush(last=True)
            writer.commit(mergetype=lambda _writer, _segments: kept)
        except BaseException:
            with contextlib.suppress(Exception):
                writer.cancel()
            raise

    def reader(self) -> WhooshReader:
        """Return a snapshot of the last commit, for the calling thread only."""
        current: Snapshot | None = getattr(self._local, "snapshot", None)
        try:
            generation = self._index.latest_generation()
            if current is None or current.generation != generation:
                # The number is read before the files: a commit in between is seen again at the next call.
                fresh = self._snapshot(current, generation)
                if current is not None:
                    current.release()
                self._local.snapshot = current = fresh
        except OSError as error:
            raise StoreUnavailable(f"The search index in {self._folder} cannot be read: {error}.") from error
        except (WhooshError, _CORRUPT, FileFormatError, *DAMAGE) as error:
            raise self._damaged() from error
        return WhooshReader(current)

    def _snapshot(self, before: Snapshot | None, generation: int) -> Snapshot:
        """Open the last commit. A commit in between may delete a file that was about to be opened: then again."""
        for attempt in range(_OPEN_ATTEMPTS):
            try:
                with self._storage.opening():
                    reader = self._storage.open_index(indexname=INDEX_NAME, schema=_schema()).reader()
                    return Snapshot(reader, before, generation)
            except (FileNotFoundError, EmptyIndexError) as error:
                if attempt == _OPEN_ATTEMPTS - 1:
                    raise StoreUnavailable(f"The search index in {self._folder} cannot be read: {error}.") from error
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


class _Blocks:
    """Collects quotes into blocks and hands full ones to a Whoosh writer."""

    def __init__(self, writer: Any, sequence: int, position: int, mark: str, gone: Numbers) -> None:
        self._writer = writer
        self._record = {"sequence": sequence, "position": position, "mark": mark}
        self._gone = gone
        self._reset()

    def _reset(self) -> None:
        self._postings: _Postings = {}
        self._numbers: list[int] = []
        self._lengths: list[int] = []

    def add(self, number: int, terms: Sequence[str]) -> None:
        here = number.to_bytes(4, "little")
        unique = set(terms)
        for term in unique:
            self._postings.setdefault(term.encode("utf-8", "surrogatepass"), []).append(here)
        self._numbers.append(number)
        self._lengths.append(min(len(unique), 65_535))
        if len(self._numbers) >= BLOCK_QUOTES:
            self.flush()

    def absorb(self, leaf: Any, dead: Numbers) -> None:
        """Take over all quotes of a small segment that are not deleted."""
        for record in records_of(leaf):
            numbers, lengths = numbers_from(record["numbers"]), np.frombuffer(record["lengths"], dtype="<u2")
            alive = ~np.isin(numbers, dead)
            self._numbers.extend(numbers[alive].tolist())
            self._lengths.extend(lengths[alive].tolist())
            # What was deleted elsewhere stays deleted there.
            self._gone = np.union1d(self._gone, numbers_from(record["deleted"])).astype("<u4")
        table = SegmentTerms(leaf)
        for field, term in leaf.all_terms():
            if field == _TERM_FIELD and (where := table.find(*hashed(term))):
                values = table.values(where)
                if len(dead):
                    numbers = numbers_from(b"".join(values))
                    values = [numbers[~np.isin(numbers, dead)].tobytes()]
                if any(values):
                    self._postings.setdefault(bytes(term), []).extend(values)
        if len(self._numbers) >= BLOCK_QUOTES:
            self.flush()

    def flush(self, *, last: bool = False) -> None:
        """Write the block; the last one also when it is empty, for the sake of the position."""
        if not (self._numbers or last):
            return
        record = self._record | {
            "numbers": np.array(self._numbers, dtype="<u4").tobytes(),
            "lengths": np.array(self._lengths, dtype="<u2").tobytes(),
            "deleted": self._gone.astype("<u4").tobytes() if last else b"",
        }
        self._writer.add_document(**{_TERM_FIELD: self._postings, f"_stored_{_TERM_FIELD}": None, RECORD_FIELD: record})
        self._reset()


def _merged(writer: Any, blocks: _Blocks) -> list[Any]:
    """Merge segments of like size when there are many, and give those that stay as they are.

    Small ones are put together into one block, so that a thousand commits of one quote do not leave a thousand
    blocks; large ones are streamed by Whoosh. Each quote is written about log(archive) / log(6) times in its life.
    """
    sized = sorted(
        ((_bytes(writer.storage, segment), segment) for segment in writer.segments), key=lambda pair: pair[0]
    )
    merged = 0
    for index in range(len(sized)):
        if index + 1 >= _SEGMENTS_OF_A_TIER and _tier(sized[index][0]) == _tier(
            sized[index + 1 - _SEGMENTS_OF_A_TIER][0]
        ):
            merged = index + 1
    if not merged:
        return list(writer.segments)
    coalesced = sum(size for size, _ in sized[:merged]) <= _COALESCED_BYTES
    readers = [SegmentReader(writer.storage, writer.schema, segment) for _, segment in sized]
    try:
        dead = deleted_in(readers) if coalesced else np.array([], dtype="<u4")
        for leaf in readers[:merged]:
            if coalesced:
                blocks.absorb(leaf, dead)
            else:
                writer.add_reader(leaf)
    finally:
        for leaf in readers:
            leaf.close()
    return [segment for _, segment in sized[merged:]]


def _bytes(storage: Any, segment: Any) -> int:
    return int(storage.file_length(segment.make_filename(".pst")))


def _tier(size: int) -> int:
    tier = 0
    while size > _SMALLEST_TIER_BYTES:
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
