"""One writer at a time for an instance: an advisory lock that dies with its process and names its holder."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from search.errors import StoreBusy, StoreUnavailable


@contextmanager
def held(path: Path, purpose: str, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock file at `path` for the time of the block; with `wait`, once whoever holds it has ended.

    Raises:
        StoreBusy: another run holds it, whose `purpose` and process the message names.
        StoreUnavailable: the file cannot be made.
    """
    # Opened for appending, since truncating it before the lock is ours would wipe the holder's name.
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreUnavailable(f"{path.parent} cannot be written to: {error.strerror}.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise StoreUnavailable(f"{path} cannot be locked: {error.strerror}.") from error
            file.seek(0)
            holder = file.read().strip() or "another run"
            raise StoreBusy(f"{path.parent} is being written to by {holder}; wait until that has ended.") from error
        # A full disk takes no name, and what frees it has to be let in all the same.
        with contextlib.suppress(OSError):
            file.truncate(0)
            os.write(file.fileno(), f"`{purpose}` (process {os.getpid()}, since {datetime.now():%H:%M:%S})".encode())
        yield
        # The name must not outlive the holding; the file itself stays, since deleting it would let two in.
        with contextlib.suppress(OSError):
            file.truncate(0)
