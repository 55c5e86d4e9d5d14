"""How much an instance holds, and whether what it held is gone."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from search.atomic_file import make_folder
from search.errors import StoreUnavailable

_HEADER_BYTES: Final = 100  # of every SQLite file that holds anything; one of a single byte is an empty one for SQLite


@dataclass(frozen=True, slots=True)
class Status:
    """How much an instance holds: `bytes` of all files of its folder and of its archive elsewhere, `generation` the number of changes so far.

    `embedded` is how many quotes have a vector, `to_embed` how many changes of the archive the vectors have not seen yet; None
    where the setting `semantic` is off.
    """

    documents: int
    quotes: int
    versions: int
    utterances: int
    engine: str
    bytes: int
    generation: int
    embedded: int | None = None
    to_embed: int | None = None


def bytes_of(folder: Path) -> int:
    """Return the bytes of all files of an instance."""
    return sum(map(_size_of, folder.rglob("*")))


def archive_is_lost(folder: Path) -> bool:
    """Return whether an instance had an archive that is gone or empty: an index is never made before its archive is.

    Where this is not noticed a new archive is made, and whoever asks it is told that nothing was ever stored.
    """
    path = folder / "archive.sqlite3"
    return _size_of(path) < _HEADER_BYTES and (folder / "index").is_dir()


def open_folder(folder: Path, *, is_in_server: bool = False) -> None:
    """Make the folder of an instance, if it is not there; its archive may be in a server.

    Raises:
        StoreUnavailable: it cannot be made, or its archive is gone or empty.
    """
    try:
        make_folder(folder)
    except OSError as error:
        raise StoreUnavailable(f"{folder} cannot be used as the instance folder: {error.strerror}.") from error
    if not is_in_server and archive_is_lost(folder):
        raise StoreUnavailable(
            f"{folder} has a search index, but its archive.sqlite3 is gone or empty: bring the file back, or a backup with "
            "`quotes restore FILE`; to begin anew, move the folder away."
        )


def _size_of(path: Path) -> int:
    """Return the bytes of a file; 0 of a folder, and of what a writer has taken away meanwhile."""
    try:
        facts = path.lstat()
    except OSError:
        return 0
    return facts.st_size if stat.S_ISREG(facts.st_mode) else 0
