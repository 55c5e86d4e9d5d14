"""UTF-16 and UTF-32 as UTF-8, bit by bit, so that readers which go by lines meet one encoding."""

from __future__ import annotations

import codecs
import io

# The longer marks first: that of UTF-32 begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 16


def wide_encoding(head: bytes, *, markup: bool = False) -> str | None:
    """Return the encoding that a byte order mark announces, if it is one of two or four bytes a letter; else None.

    Without `markup` none is returned for markup: it may name its encoding inside, and would then be wrong about itself.
    """
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    return (
        None
        if encoding is None or (not markup and head[2:].replace(b"\0", b"").lstrip().startswith(b"<"))
        else encoding
    )


class Utf8Stream(io.RawIOBase):
    """A stream in another encoding as UTF-8, without its mark; what is no text in it becomes U+FFFD."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self._stream, self._ready = stream, b""
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def readable(self) -> bool:
        """Return True: this is a stream to read from."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with UTF-8 and return the number of bytes; 0 at the end."""
        while not self._ready:
            chunk = self._stream.read1(_CHUNK)
            self._ready = self._decoder.decode(chunk, final=not chunk).encode("utf-8", "replace")
            if not chunk:
                break
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count
