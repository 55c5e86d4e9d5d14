"""Files that are there whole or not at all, whatever is killed when."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600  # the owner of a file alone may read and write it


def write_atomically(path: Path, data: str | bytes, mode: int = 0o666) -> None:
    """Write `data` (text as UTF-8) to `path` so that a reader, and a crash at any moment, leaves the old file or the new.

    The bytes are on the disk before the name leads to them, and the name is on the disk when this returns. A file that
    was there keeps its permissions, a new one has those of `mode` that the process allows; a symbolic link keeps leading to
    the file that is written.

    Raises:
        OSError: the folder is not there or cannot be written to; nothing is changed then.
    """
    path = path.resolve()
    encoded = data.encode("utf-8") if isinstance(data, str) else data
    # A name of its own for each writer: two at once may not write into one file.
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(encoded)
            file.flush()
            if path.exists():
                os.fchmod(file.fileno(), path.stat().st_mode & 0o7777)
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync_path(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder with those around it, if it is not there; its name is on the disk when this returns.

    Raises:
        OSError: it cannot be made.
    """
    made = [folder for folder in (path, *path.parents) if not folder.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for folder in made:
        sync_path(folder.parent)


def sync_path(path: Path) -> None:
    """Put a file, or the names in a folder, on the disk; a rename is not durable before."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
