"""Open and read files that a stranger may have put there: whole, or by lines one of which may have no end."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

# A quote of the longest text, each character written as two escapes of six bytes, with what stands around it.
MAX_LINE_BYTES = 2_000_000


def open_plain_file(path: Path) -> BinaryIO:
    """Return a file that is open for reading, if it is a plain one, or a link to one.

    Raises:
        OSError: it is not there, cannot be read, or is no plain file; `strerror` says which. A pipe that nobody writes to
            would be waited for without an end, a device gives bytes without an end.
    """
    # What was opened is judged, since a name may lead elsewhere a moment later; a pipe is opened without a wait for its writer.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise OSError(errno.EINVAL, "it is no plain file", str(path))


def read_plain_file(path: Path, most_bytes: int) -> bytes:
    """Return what a plain file holds, if that are at most `most_bytes`. Raises OSError, also where it is larger."""
    with open_plain_file(path) as file:
        data = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise OSError(errno.EFBIG, f"it is larger than {most_bytes // 1_000_000} MB", str(path))
    return data


def bounded_lines(file: IO[bytes], most: int = MAX_LINE_BYTES) -> Iterator[bytes | None]:
    """Yield the lines of a file; None for one of more than `most` bytes, which is never held whole."""
    while line := file.readline(most + 1):
        if len(line) <= most:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(most)
        yield None
