"""Read the small files of an instance, any of which a stranger may have put there."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def read_plain_file(path: Path, most_bytes: int) -> bytes:
    """Return what a file holds, if it is a plain file of at most `most_bytes`, or a link to one.

    Raises:
        OSError: it is not there, cannot be read, is larger, or is no plain file; `strerror` says which. A pipe that nobody
            writes to would be waited for without an end, a device gives bytes without an end.
    """
    # What was opened is judged, since a name may lead elsewhere a moment later; a pipe is opened without a wait for its writer.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(most_bytes + 1)
    finally:
        os.close(descriptor)
    if len(data) > most_bytes:
        raise OSError(errno.EFBIG, f"it is larger than {most_bytes // 1_000_000} MB", str(path))
    return data
