"""How far a run over files has come, in bytes of those that it was given: what is left of an hour can be told from that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from indexer.pipeline.items import FileDone, FileUnchanged, PipelineItem
from indexer.pipeline.read import list_files
from search.progress import Progress


class ByteProgress:
    """Counts the bytes of files that are done, and of the large one that is being read."""

    def __init__(self, paths: Sequence[str]) -> None:
        sizes = [_size(found) for found in list_files(paths) if isinstance(found, str)]
        # Nobody knows how much standard input will bring.
        self.total = None if None in sizes else sum(size or 0 for size in sizes)
        self._done = 0
        self._most = 0
        self._stream: IO[bytes] | None = None

    def opened(self, stream: IO[bytes]) -> None:
        """Note that a file is read from this stream from now on."""
        self._stream = stream

    @property
    def bytes(self) -> int:
        """Return how many bytes have been read, packed ones as they are."""
        stream = self._stream
        within = 0 if stream is None or stream.closed or not stream.seekable() else stream.tell()
        # Workers give back later what was read for them: the next file may be open before the last one is done.
        self._most = max(self._most, self._done + within)
        return self._most if self.total is None else min(self._most, self.total)

    def watched(self, items: Iterable[PipelineItem], progress: Progress) -> Iterator[PipelineItem]:
        """Yield the items as they are, each told to the progress."""
        for item in items:
            if isinstance(item, FileDone | FileUnchanged):
                self._done += _size(item.path) or 0
                self._stream = None
            progress("reading", self.bytes, self.total)
            yield item


def _size(path: str) -> int | None:
    if path == "-":
        return None
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return 0
