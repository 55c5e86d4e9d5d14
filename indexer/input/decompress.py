"""Gzip that gives all it can: one member or many, cut off or damaged in the middle, never more than is asked for."""

from __future__ import annotations

import io
import zlib

_CHUNK = 1 << 16


class Gunzip(io.RawIOBase):
    """The unpacked bytes of a gzip stream. Where it breaks it ends, and `damaged` says so; the standard library's reader
    loses what it had already unpacked."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._unpacker = zlib.decompressobj(31)
        self._waiting = b""
        self._begun = False
        self.damaged = False
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ended:
            if not self._waiting:
                self._waiting = self._stream.read1(_CHUNK)
                if not self._waiting:
                    return self._end(damaged=self._begun)
            data = self._step(len(buffer))
            if data:
                buffer[: len(data)] = data
                return len(data)
        return 0

    def _step(self, size: int) -> bytes:
        """Unpack a little; a member that is complete makes way for the next."""
        try:
            data = self._unpacker.decompress(self._waiting, size)
        except zlib.error:
            # After a complete member, anything that is no gzip is padding.
            self._end(damaged=self._begun)
            return b""
        self._begun = True
        self._waiting = self._unpacker.unconsumed_tail
        if self._unpacker.eof:
            self._waiting = self._unpacker.unused_data
            self._unpacker = zlib.decompressobj(31)
            self._begun = False
        return data

    def _end(self, *, damaged: bool) -> int:
        self._ended = True
        self.damaged = damaged
        return 0
