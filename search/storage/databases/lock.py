"""One writer at a time for an instance: an advisory lock that dies with its process and names its holder."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from search.errors import StoreBusy, StoreUnavailable

_NAME_CHARS: Final = 200  # of who holds a lock; a stranger's file may have a terabyte


@contextmanager
def held(path: Path, purpose: str, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock file at `path` for the time of the block; with `wait`, once whoever holds it has ended.

    Raises:
        StoreBusy: another run holds it, whose `purpose` and process the message names.
        StoreUnavailable: the file cannot be made.
    """
    # Not truncated before the lock is ours, which would wipe the holder's name, and no link is followed: a stranger's
    # archive may have one in this place, and the file that it leads to would be emptied.
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
    except OSError as error:
        reason = "it is a link" if error.errno == errno.ELOOP else error.strerror
        raise StoreUnavailable(f"{path} cannot be written to: {reason}.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise StoreUnavailable(f"{path} cannot be written to: it is no plain file.")
    file = os.fdopen(descriptor, "a+", encoding="utf-8")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise StoreUnavailable(f"{path} cannot be locked: {error.strerror}.") from error
            file.seek(0)
            holder = file.read(_NAME_CHARS).strip() or "another run"
            raise StoreBusy(f"{path.parent} is being written to by {holder}; wait until that has ended.") from error
        # A full disk takes no name, and what frees it has to be let in all the same.
        with contextlib.suppress(OSError):
            file.truncate(0)
            os.write(file.fileno(), f"`{purpose}` (process {os.getpid()}, since {datetime.now():%H:%M:%S})".encode())
        yield
        # The name must not outlive the holding; the file itself stays, since deleting it would let two in.
        with contextlib.suppress(OSError):
            file.truncate(0)
