"""Records of one kind that an instance keeps in a JSON file of its own: accounts, keys, saved searches, feeds that are followed.

One run at a time changes such a file, any number read it, and it is there whole whatever is killed when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

import msgspec

from search.atomic_file import PRIVATE, make_folder, write_atomically
from search.errors import ConfigError
from search.files.plain_file import read_plain_file
from search.storage.databases.lock import held

MOST_RECORD_BYTES: Final = 5_000_000  # a file of some thousand records has one
_NOTHING: Final = (0, 0, 0)

Record = TypeVar("Record")


class RecordFile(Generic[Record]):
    """The records of a file by name, in the order in which they were added, read anew whenever it has changed.

    path     where they are; the file beside it that ends in `.lock` is held by whoever changes them
    kind     a dataclass: the file is a list of objects with its fields
    name_of  what tells one record from another
    called   what the records are, for messages: "accounts"
    mode     the permissions of a new file
    """

    def __init__(
        self, path: Path, kind: type[Record], name_of: Callable[[Record], str], called: str, mode: int = PRIVATE
    ) -> None:
        self._path, self._kind, self._name_of, self._called, self._mode = path, kind, name_of, called, mode
        self._known: tuple[tuple[int, int, int], Mapping[str, Record]] = (_NOTHING, {})

    def read(self) -> Mapping[str, Record]:
        """Return the records by name, none where there is no file. Raises ConfigError for a file that holds anything else."""
        try:
            status = self._path.stat()
            stamp = status.st_mtime_ns, status.st_ino, status.st_size
            known = self._known
            if known[0] != stamp:
                records = self._decoded(read_plain_file(self._path, MOST_RECORD_BYTES))
                known = self._known = stamp, MappingProxyType({self._name_of(record): record for record in records})
        except FileNotFoundError as error:
            if self._path.is_symlink():  # of a disk that is not there, say; what is written would take its place
                raise ConfigError(f"{self._path} is a link that leads nowhere: mend it, or move it away.") from error
            return {}
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ConfigError(f"{self._path} is no file of {self._called}: mend it, or move it away.") from error
        except OSError as error:
            raise ConfigError(f"{self._path} cannot be read: {error.strerror}.") from error
        return known[1]

    @contextmanager
    def changing(self, purpose: str) -> Iterator[dict[str, Record]]:
        """Give the records to be changed, for one run at a time; what was changed is kept, even if the block ends in an error.

        Raises:
            ConfigError: the file holds anything else, or cannot be written.
            StoreUnavailable: another run has them, or the folder cannot be written to.
        """
        try:
            make_folder(self._path.parent)
        except OSError as error:
            raise ConfigError(f"{self._path.parent} cannot be written to: {error.strerror}.") from error
        with held(self._path.with_suffix(".lock"), purpose):
            before = self.read()
            records = dict(before)
            try:
                yield records
            finally:
                if list(records.items()) != list(before.items()):
                    self._write(records)

    def _decoded(self, data: bytes) -> list[Record]:
        rows = msgspec.json.decode(data, type=list[dict[str, Any]])
        # What is not known here would be lost when the file is written next.
        if {name for row in rows for name in row} - {field.name for field in fields(self._kind)}:  # type: ignore[arg-type]
            raise msgspec.DecodeError("fields of another kind of record")
        return [msgspec.convert(row, self._kind) for row in rows]

    def _write(self, records: Mapping[str, Record]) -> None:
        try:
            encoded = msgspec.json.encode(list(records.values()))
            write_atomically(self._path, msgspec.json.format(encoded, indent=1) + b"\n", self._mode)
        except UnicodeEncodeError as error:
            raise ConfigError(f"{self._path} keeps no text that is not UTF-8: {error.object!r}.") from error
        except OSError as error:
            raise ConfigError(f"{self._path} cannot be written: {error.strerror}.") from error
