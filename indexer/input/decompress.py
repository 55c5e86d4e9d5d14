"""The only place that unpacks gzip, zlib and bare deflate: bounded, member by member, keeping all that can be had.

Python's own `gzip` loses what it had already unpacked when a stream breaks off, and `urllib3` says nothing of a body
that ends in the middle of a member; both matter here (docs/design.md, "Dependencies").
"""

from __future__ import annotations

import io
import zlib

# Bytes of packed data handled at a time.
_CHUNK = 1 << 16
# `zlib.decompressobj` by the first byte: 47 tells gzip from zlib by itself, -15 is deflate without any header.
_GZIP_OR_ZLIB, _BARE_DEFLATE = 47, -15
# Bytes in pieces of nothing but blanks: 3 MB pack 3 GB of empty lines, which took minutes and gave nothing.
_MAX_BLANKS = 16_000_000
_GZIP_MAGIC = 0x1F
_ZLIB_METHOD = 8  # the low half of a zlib stream's first byte (RFC 1950, 2.2)


class Decompressor:
    """Unpack gzip (one member or several), zlib, and the bare deflate that some servers send against RFC 9110."""

    def __init__(self) -> None:
        self._member: zlib._Decompress | None = None
        self._padding = False

    def feed(self, data: bytes, room: int) -> tuple[bytes, bytes]:
        """Return at most `room` unpacked bytes and the packed ones that are left. Raises zlib.error on damage.

        What stands after a complete gzip member and is no other member is padding: it is dropped, and so is the rest.
        """
        unpacked: list[bytes] = []
        while data and room > 0 and not self._padding:
            member = self._member
            if member is None or member.eof:
                if member is not None and data[0] != _GZIP_MAGIC:
                    self._padding = True
                    break
                is_bare = (data[0] & 0x0F) != _ZLIB_METHOD and data[0] != _GZIP_MAGIC
                member = self._member = zlib.decompressobj(_BARE_DEFLATE if is_bare else _GZIP_OR_ZLIB)
            try:
                unpacked.append(member.decompress(data, room))
            except zlib.error:
                if not unpacked:
                    raise
                # What an earlier member held is given first; the damage shows again when this is fed the second time.
                break
            room -= len(unpacked[-1])
            data = member.unused_data if member.eof else member.unconsumed_tail
        return b"".join(unpacked), b"" if self._padding else data

    @property
    def is_complete(self) -> bool:
        """Return whether nothing is missing: no member was begun, or the last one came to its end."""
        return self._member is None or self._member.eof


class GzipStream(io.RawIOBase):
    """Read the unpacked bytes of a gzip stream. Where it breaks, it ends, and `damaged` says so; so does `blank` of blanks without an end."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._decompressor = Decompressor()
        self._packed = b""
        self._ended = False
        self.damaged = self.blank = False
        self._blanks = 0

    def readable(self) -> bool:
        """Return True: this is a stream to read from."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with unpacked bytes and return their number; 0 at the end or where the data is damaged."""
        while not self._ended:
            if not self._packed:
                self._packed = self._stream.read1(_CHUNK)
            try:
                data, self._packed = self._decompressor.feed(self._packed, len(buffer))
            except zlib.error:
                data, self._ended, self.damaged = b"", True, True
            # A look at the first letter is all that this costs, but for blanks.
            self._blanks += len(data) if data.isspace() else 0
            if self._blanks > _MAX_BLANKS:
                self._ended = self.blank = True
            elif data:
                buffer[: len(data)] = data
                return len(data)
            if not self._packed and not self._stream.peek(1):
                self._ended = True
                self.damaged = self.damaged or not self._decompressor.is_complete
        return 0

    @property
    def fault(self) -> str | None:
        """Return what ended the stream before its end, as a sentence; None where nothing did."""
        if self.blank:
            return (
                f"it unpacks to more than {_MAX_BLANKS // 1_000_000} MB of blanks; what stands before those was read."
            )
        return "its compressed data is damaged or cut off; what stands before that was read." if self.damaged else None


def decompress_bounded(data: bytes, limit: int) -> bytes:
    """Return the first `limit` unpacked bytes of some packed ones; fewer when the data breaks off.

    Raises zlib.error when not even the beginning can be unpacked.
    """
    decompressor, size = Decompressor(), 0
    unpacked: list[bytes] = []
    # In pieces: zlib copies what stands behind each member, and 5 MB may be 240,000 empty ones.
    for start in range(0, len(data), _CHUNK):
        piece = data[start : start + _CHUNK]
        while piece and size < limit:
            try:
                got, piece = decompressor.feed(piece, limit - size)
            except zlib.error:
                if not unpacked:
                    raise
                return b"".join(unpacked)
            unpacked.append(got)
            size += len(got)
    return b"".join(unpacked)
