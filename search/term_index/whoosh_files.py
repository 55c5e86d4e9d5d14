"""The files of a Whoosh index: on the disk before they count, with checksums, and read without running anything.

An index may have been made by a stranger, and Whoosh keeps pickles in all its files: importing this module has them read by
`search.term_index.plain_pickle` alone. This and `whoosh_index` are the only files that know Whoosh.
"""

from __future__ import annotations

import collections
import contextlib
import json
import mmap
import os
import re
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import whoosh.codec.whoosh3
import whoosh.columns
import whoosh.index
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from search.atomic_file import sync_path, write_atomically
from search.errors import StoreUnavailable
from search.files.plain_file import open_plain_file, read_plain_file
from search.term_index.plain_pickle import load_plain, read_pickle
from search.term_index.words.word_file import read_words
from search.term_index.words.word_table import WordTable

INDEX_FORMAT: Final = 3  # 1: blocks of quotes. 2: and a document for each quote. 3: words in a table of their own
INDEX_NAME: Final = f"terms{INDEX_FORMAT}"
_TABLE: Final = re.compile(r"_terms(\d{1,4})_\d+\.toc")
WORDS_ENDING: Final = ".words"  # how the file of a segment's words ends
CHECKSUMS: Final = "checksums.json"  # of an index's files: {name: CRC-32}
_COMPARED_BYTES: Final = 16_000_000  # of a file that is compared before it is read, 6 ms; 60,000 quotes have less
_CHECKSUMS_BYTES: Final = 10_000_000  # of 200,000 files; an index has some dozens

# An index may have been made by a stranger, and Whoosh keeps pickles in all its files: none of them may call anything but
# what a table of contents is made of. The formats of before 2.0 have readers of their own, with pickles of their own.
_CLASSES: Final[dict[tuple[str, str], Any]] = {
    ("whoosh.codec.whoosh3", "W3Segment"): W3Segment,
    ("whoosh.codec.whoosh3", "W3Codec"): W3Codec,
    ("collections", "defaultdict"): collections.defaultdict,
    ("builtins", "int"): int,
    ("__builtin__", "int"): int,  # as protocol 2 spells it
    ("builtins", "set"): set,  # of deleted documents
    ("__builtin__", "set"): set,
}
for _module in cast(tuple[Any, ...], (whoosh.columns, whoosh.codec.whoosh3)):
    _module.loads = load_plain
cast(Any, whoosh.index).toc_loaders.clear()


class _PlainFile(StructFile):  # type: ignore[misc]
    """A file whose pickles hold nothing but values and Whoosh's own segments, of this index and of one file for each part."""

    def close(self) -> None:
        # A reader that could not be made is closed when it is forgotten, after its files.
        if not self.is_closed:
            super().close()

    def read_pickle(self) -> Any:
        found = read_pickle(self.file, _CLASSES)
        for each in found if isinstance(found, list) else ():
            if (
                not isinstance(each, W3Segment)
                or each.indexname != INDEX_NAME
                or each.compound
                or not each.segid.isalnum()
            ):
                raise ValueError("this is no segment of this index")
        return found


class _Mapped(_PlainFile):
    """A file read through memory: Whoosh's own reads cost two system calls for every few bytes of a term lookup."""

    def __init__(self, mapped: mmap.mmap, name: str) -> None:
        super().__init__(cast(Any, mapped), name=name)
        self.mapped = mapped

    def get(self, position: int, length: int) -> bytes:
        return self.mapped[position : position + length]


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Files that are on the disk before the table of contents names them. Whoosh itself never calls fsync."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self._local = threading.local()
        self._begun: set[str] = (
            set()
        )  # large files, each of which one thread compares once: a file of an index never changes
        self._differing: list[str] = []  # those of them that are not as they were written

    @contextlib.contextmanager
    def opening(self) -> Iterator[None]:
        """Close what the calling thread opens inside if it fails: of a damaged index Whoosh leaves its files open."""
        opened: list[Any] = []
        self._local.opened = opened
        try:
            yield
        except BaseException:
            for file in opened:
                with contextlib.suppress(Exception):
                    file.close()
            raise
        finally:
            self._local.opened = []

    def open_file(self, name: str, **kwargs: Any) -> Any:
        """Return a file of the index, to be read; those that are looked into at many places through memory."""
        if name.endswith((".trm", ".pst", ".col")) and not kwargs:
            with open_plain_file(Path(self.folder, name)) as file:
                if os.fstat(file.fileno()).st_size:
                    mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                    self._compare(name, mapped)
                    return _Mapped(mapped, name)
        opened = _PlainFile(open_plain_file(Path(self.folder, name)), name=name, **kwargs)
        getattr(self._local, "opened", []).append(opened)
        return opened

    def columns(self, segment: Any, types: Mapping[str, str]) -> list[npt.NDArray[Any]]:
        """Return the numbers that a segment's documents have in some columns, read through memory; the last of each may be missing.

        Those that are missing have what the column has for documents without a number. A column is compared with its checksum, 10 ms
        of a million quotes: a day or a length with another bit would change answers, and nothing else would show it.

        Raises:
            FileNotFoundError: there was one.
            ValueError: it is not as it was written.
        """
        sums = self._sums()
        names = ((segment.make_filename(f".{name}.col"), type_) for name, type_ in types.items())
        return [self._column(Path(self.folder, name), type_, sums.get(name)) for name, type_ in names]

    def _column(self, path: Path, type_: str, crc: int | None) -> npt.NDArray[Any]:
        if not path.exists() or not path.stat().st_size:
            if crc:
                raise FileNotFoundError(f"{path.name} is gone")
            return np.zeros(0, dtype=type_)
        mapped = self.open_file(path.name).mapped
        if crc is not None and zlib.crc32(mapped) != crc:
            raise ValueError(f"{path.name} is not as it was written")
        return np.frombuffer(mapped, dtype=type_)

    def words(self, segment: Any) -> WordTable:
        """Return the words of a segment, read through memory."""
        name = segment.make_filename(WORDS_ENDING)
        with open_plain_file(Path(self.folder, name)) as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._compare(name, mapped)
            return read_words(mapped)

    def _compare(self, name: str, mapped: mmap.mmap) -> None:
        """Compare a file with its checksum: another byte among the terms gives other answers, and nothing else shows it.

        A large one is compared beside, while it is read: those of a million quotes take 80 ms. Raises ValueError.
        """
        if (written := self._sums().get(name)) is None:
            return
        if len(mapped) <= _COMPARED_BYTES:
            if zlib.crc32(mapped) != written:
                raise ValueError(f"{name} is not as it was written")
        elif name not in self._begun:
            self._begun.add(name)
            threading.Thread(
                target=self._compare_beside, args=(name, written), name=f"comparing {name}", daemon=True
            ).start()

    def _compare_beside(self, name: str, written: int) -> None:
        # One that a merge has removed meanwhile is read by nobody any more.
        with contextlib.suppress(OSError, StoreUnavailable):
            if crc_of(Path(self.folder, name)) != written:
                self._differing.append(name)

    def refuse_damage(self) -> None:
        """Raise ValueError if a large file has been found that is not as it was written."""
        if self._differing:
            raise ValueError(f"{self._differing[0]} is not as it was written")

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Put all files of the index on the disk, with their checksums, then the name of the table that leads to them."""
        sums = self._sums()
        known: dict[str, int] = {}
        for path in Path(self.folder).iterdir():
            if path.name.endswith("LOCK") or path.name == CHECKSUMS:
                continue
            with contextlib.suppress(FileNotFoundError):
                if not path.is_file():  # a stranger's pipe would be waited for
                    continue
                if path.stat().st_mtime > time.time() - 86_400:
                    sync_path(path)
                # A file of an index never changes, so one that is known is not read again.
                name = newname if path.name == oldname else path.name
                known[name] = sums[name] if name in sums and name != newname else crc_of(path)
        write_atomically(Path(self.folder, CHECKSUMS), json.dumps(known))
        super().rename_file(oldname, newname, safe=safe)
        sync_path(Path(self.folder))

    def lock(self, name: str) -> Any:
        """Return the lock of whoever writes. Raises OSError for what is no plain file: a pipe would be waited for without an end."""
        with contextlib.suppress(FileNotFoundError):
            open_plain_file(Path(self.folder, name)).close()
        return super().lock(name)

    def _sums(self) -> dict[str, int]:
        try:
            return dict(json.loads(read_plain_file(Path(self.folder, CHECKSUMS), _CHECKSUMS_BYTES)))
        except (OSError, ValueError, TypeError, RecursionError):
            return {}

    def damaged_files(self) -> list[str]:
        """Return the names of the files that are not as they were written."""
        current, sums = {path.name for path in Path(self.folder).iterdir()}, self._sums()
        if not sums and any(map(_TABLE.fullmatch, current)):
            return [CHECKSUMS]  # written before each table: without it nothing would be compared any more
        return sorted(
            name
            for name, crc in sums.items()
            # Files of segments that have been merged since are gone; of those in use, opening the index says it.
            if name in current and crc_of(Path(self.folder, name)) != crc
        )


def is_older_table(name: str) -> bool:
    """Return whether a file is the table of contents of an index of an older format than this program's."""
    found = _TABLE.fullmatch(name)
    return found is not None and int(found[1]) < INDEX_FORMAT


def crc_of(path: Path) -> int:
    """Return the CRC-32 of a file, read in pieces of a megabyte."""
    crc = 0
    with open_plain_file(path) as file:
        while piece := file.read(1 << 20):
            crc = zlib.crc32(piece, crc)
    return crc
