"""The term index on the disk: `index/<number>/` holds it, `index/current` names the number that is in use.

A rebuild makes the next number beside it and swaps the two by writing one file.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from search.atomic_file import write_atomically
from search.errors import OutdatedIndex, StoreError, StoreUnavailable
from search.files.plain_file import read_plain_file
from search.term_index import TermIndex, TermReader
from search.term_index.engines import checked_name, open_engine

_NUMBER_BYTES = 100  # of the file that names the index in use


class IndexFolder:
    """The index in use of one instance. Reading is safe from many threads at once; writing needs the store's lock."""

    def __init__(self, folder: Path, engine: str) -> None:
        self._folder = folder
        self._engine = checked_name(engine)
        self._swapping = threading.Lock()
        # Opened when it is first needed, so that a rebuild can replace one that is damaged or of another version.
        self._opened: tuple[int, TermIndex] | None = None

    def index(self) -> TermIndex:
        """Return the index in use: the new one after a rebuild by whatever process.

        Raises:
            SchemaMismatch: another version of this program made it.
            StoreUnavailable: it is damaged or cannot be read.
        """
        with self._swapping:
            current = self._current()
            while self._opened is None or self._opened[0] != current:
                self._close()
                self._check(current)
                try:
                    self._opened = current, open_engine(self._engine, self._path(current))
                except StoreUnavailable:
                    if self._current() == current:
                        raise
                # A rebuild by another process may have put another in its place since: then this one is gone, or empty.
                current = self._current()
            return self._opened[1]

    def is_outdated(self) -> bool:
        """Return whether an older version of this program made the index in use, so that it has to be made anew."""
        try:
            self.index()
        except StoreError as error:  # what else is wrong with it is said when it is asked for something
            return isinstance(error, OutdatedIndex)
        return False

    @contextmanager
    def reading(self) -> Iterator[TermReader]:
        """Give a snapshot of the index in use for the calling thread."""
        with closing(self._reader()) as reader:
            yield reader

    def _reader(self) -> TermReader:
        """Return a snapshot of the index in use, of the new one where a rebuild removes the old one meanwhile."""
        index = self.index()
        try:
            return index.reader()
        except StoreUnavailable:
            newer = self.index()
            if newer is index:
                raise
            return newer.reader()

    def exists(self) -> bool:
        """Return whether there has ever been an index, in use or not."""
        return self._folder.exists()

    def left_over(self) -> list[Path]:
        """Return the folders of the indexes that are not in use, as a rebuild leaves that was killed."""
        current = self._current()
        return [self._path(number) for number in sorted(self._numbers()) if number != current]

    def remove_left_over(self) -> None:
        """Remove the indexes that are not in use; needs the store's lock."""
        for folder in self.left_over():
            _remove(folder)

    @contextmanager
    def replacing(self) -> Iterator[TermIndex]:
        """Give an empty index beside the one in use, to be filled; it takes its place when the block ends well."""
        if self._folder.exists() and not self._folder.is_dir():
            raise self._no_folder()
        numbers = self._numbers()
        number = max(numbers, default=0) + 1
        fresh = open_engine(self._engine, self._path(number))
        try:
            yield fresh
            self._name(number)
        except BaseException:
            fresh.close()
            _remove(self._path(number))
            raise
        with self._swapping:
            self._close()
            self._opened = number, fresh
        # Readers of other processes keep the old files open until they turn to the new folder.
        for old in numbers:
            _remove(self._path(old))

    def _name(self, number: int) -> None:
        """Name the index that is in use from now on."""
        try:
            # An engine in memory has no folder, and one that is missing says so (`_check`).
            self._path(number).mkdir(parents=True, exist_ok=True)
            write_atomically(self._folder / "current", str(number))
        except OSError as error:
            raise StoreUnavailable(f"{self._folder}/current cannot be written: {error.strerror}.") from error

    def close(self) -> None:
        """Let go of the index in use."""
        with self._swapping:
            self._close()

    def _close(self) -> None:
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None

    def _numbers(self) -> list[int]:
        """Return the numbers of all indexes there are, those that an interrupted rebuild left included."""
        folders = self._folder.iterdir() if self._folder.is_dir() else ()
        return [int(folder.name) for folder in folders if folder.name.isdecimal()]

    def _check(self, current: int) -> None:
        """Raise StoreUnavailable if the index in use is gone; only where there has never been one is an empty one made."""
        if (self._folder / "current").exists() and not self._path(current).is_dir() and current == self._current():
            raise StoreUnavailable(f"{self._path(current)}, the search index, is missing: run `quotes rebuild`.")

    def _no_folder(self) -> StoreUnavailable:
        return StoreUnavailable(
            f"{self._folder} is a file, where the search index is a folder: move it away, and run `quotes rebuild`."
        )

    def _path(self, number: int) -> Path:
        return self._folder / str(number)

    def _current(self) -> int:
        try:
            return int(read_plain_file(self._folder / "current", _NUMBER_BYTES))
        except FileNotFoundError:
            return 1
        except NotADirectoryError as error:
            raise self._no_folder() from error
        except (OSError, ValueError) as error:
            raise StoreUnavailable(f"{self._folder}/current cannot be read: run `quotes rebuild`.") from error


def _remove(index: Path) -> None:
    """Remove the folder of an index as far as that can be done, or what a stranger has put in its place."""
    if index.is_dir() and not index.is_symlink():
        shutil.rmtree(index, ignore_errors=True)
    else:
        # Of a pipe `rmtree` waits for the writer.
        with suppress(OSError):
            index.unlink()
