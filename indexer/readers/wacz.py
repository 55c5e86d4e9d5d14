"""WACZ: a web archive packed with its index; the WARC files in it are read one after another."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from typing import IO, cast

from indexer.input.decompress import GzipStream
from indexer.input.input_file import HEAD_BYTES, InputFile
from indexer.input.trouble import caught
from indexer.input.zip_archive import open_member, open_zip
from indexer.readers import warc
from search.errors import ReadError
from search.model import Document, Skip

_ZIP = b"PK\x03\x04"


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100), by the file's name or by the names of the archive's first parts (WACZ 1.1.1)."""
    if not head.startswith(_ZIP):
        return 0
    return (
        95
        if name.endswith(".wacz")
        or b"datapackage.json" in head
        or (b"archive/" in head[:120] and b".warc" in head[:200])
        else 0
    )


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield the pages of every WARC file in it, streamed. Raises ReadError."""
    with tempfile.SpooledTemporaryFile(max_size=file.options.max_bytes) as spool:
        while chunk := file.stream.read(1 << 20):
            spool.write(chunk)
        spool.seek(0)
        with open_zip(cast(IO[bytes], spool)) as archive:
            names = sorted(name for name in archive.namelist() if name.endswith((".warc", ".warc.gz")))
            if not names:
                raise ReadError("it is an archive without a WARC file.")
            for name in names:
                with open_member(archive, name) as member:
                    yield from _pages(io.BufferedReader(cast(io.RawIOBase, member), 1 << 16), name, file)


def _pages(stream: io.BufferedReader, name: str, file: InputFile) -> Iterator[Document | Skip]:
    """The pages of one WARC file, packed or not; a `Skip` says where it breaks off."""
    place = f"{file.path}/{name}"
    if not stream.peek(HEAD_BYTES).startswith(b"\x1f\x8b"):
        yield from caught(place, warc.read(InputFile(place, name, stream, file.options)))
        return
    unpacker = GzipStream(stream)
    yield from caught(place, warc.read(InputFile(place, name, io.BufferedReader(unpacker, 1 << 16), file.options)))
    if unpacker.fault:
        yield Skip(place, unpacker.fault)
