"""Refuse a folder of which a part is a symbolic link: what is written there would be written wherever the link leads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from search.errors import StoreUnavailable

_DATABASE: Final = "archive.sqlite3"  # and what SQLite keeps beside it: for a pipe among them it waits without an end
_WRITTEN: Final = ("index", "semantic")  # sub-folders of an instance whose files are written in place


def refuse_links(folder: Path) -> None:
    """Raise StoreUnavailable where something in an instance's folder, its index or its vectors is a link, or the archive a pipe.

    The folder itself may be a link, and it need not be there. A stranger's `lock` that leads to a file of the reader's would
    be emptied, his `archive.sqlite3-wal` be overwritten.
    """
    places = [folder, *(folder / name for name in _WRITTEN)]
    while places:
        try:
            with os.scandir(places.pop()) as entries:
                for entry in entries:
                    if entry.is_symlink():
                        raise StoreUnavailable(
                            f"{entry.path} is a link: nothing is read or written through a link in an archive's folder."
                        )
                    if entry.name.startswith(_DATABASE) and not entry.is_file(follow_symlinks=False):
                        raise StoreUnavailable(f"{entry.path} is no plain file: move it away.")
                    if Path(entry.path).parent != folder and entry.is_dir(follow_symlinks=False):
                        places.append(Path(entry.path))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise StoreUnavailable(f"{error.filename or folder} cannot be read: {error.strerror}.") from error
