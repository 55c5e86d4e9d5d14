"""Paths in, documents out: files, folders, patterns, archives and standard input, each opened once and never held whole.

A document's text holds its paragraphs with one empty line between them; JSON Lines keep theirs to the letter.
Whatever goes wrong with one document is one `Skip` with one sentence; nothing here stops the run.
"""

from __future__ import annotations

import glob
import io
import os
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, cast

from indexer.input.decompress import GzipStream
from indexer.input.input_file import HEAD_BYTES, InputFile, ReadOptions
from indexer.input.transcoding import Utf8Stream, wide_encoding
from indexer.input.trouble import caught, trouble_sentence
from indexer.input.zip_archive import is_packed_boundedly, open_zip
from indexer.readers import choose_reader
from search.errors import ReadError
from search.model import Document, Region, RegionRole, Skip, Span
from search.provenance import Provenance

DEFAULT_READ_OPTIONS = ReadOptions()
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
# What a browser puts beside "Page.html" when it saves a page complete: pictures, scripts and frames, no articles.
_COMPANION = re.compile(
    r"^(?P<stem>.+)[_-](?:files|Dateien|fichiers|archivos|file|bestanden|arquivos|pliki|filer|ficheiros)$",
    re.IGNORECASE,
)


def read_paths(paths: Iterable[str], *, options: ReadOptions = DEFAULT_READ_OPTIONS) -> Iterator[Document | Skip]:
    """Yield every document at the paths, in order; what cannot be read is a `Skip` with its reason.

    A path is a file, a folder (walked, sorted, without hidden files), a pattern such as `news/**/*.html`, a zip
    archive, or "-" for standard input. A missing path is a `Skip` too.
    """
    for found in list_files(paths):
        yield from [found] if isinstance(found, Skip) else read_file(found, options)


def list_files(paths: Iterable[str]) -> Iterator[str | Skip]:
    """Yield the files that the paths stand for, in order, each once it is come to; "-" stays as it is."""
    for path in paths:
        try:
            yield from _files(path)
        except (OSError, ValueError) as error:
            yield Skip(printable(path), trouble_sentence(error))


def read_file(
    path: str, options: ReadOptions, opened: Callable[[IO[bytes]], None] = lambda stream: None
) -> Iterator[Document | Skip]:
    """Yield every document of one file, or of standard input ("-"). `opened` is given its stream, to see how far it is read."""
    if path == "-":
        yield from read_stream(sys.stdin.buffer, "-", "", options)
        return
    place, path = Path(path), printable(path)
    try:
        if not place.is_file():
            yield Skip(path, "this is no regular file.")
            return
        with place.open("rb") as stream:
            opened(stream)
            yield from read_stream(stream, path, printable(place.name), options)
    except (OSError, ValueError) as error:
        yield Skip(path, trouble_sentence(error))


def read_stream(
    stream: IO[bytes], path: str, name: str, options: ReadOptions, *, url: str | None = None, charset: str | None = None
) -> Iterator[Document | Skip]:
    """Yield every document of bytes that may be packed or an archive; `url` and `charset` as `InputFile` has them."""
    yield from caught(path, _open_stream(stream, path, name, options, url, charset))


def read_input(file: InputFile) -> Iterator[Document | Skip]:
    """Yield every document of one file: the surest reader reads it, and what was said by hand is set."""
    head = file.head()
    if not head:
        yield Skip(file.path, "the file is empty.")
        return
    if not head.strip(b" \t\r\n\f\v\0\xef\xbb\xbf\xff\xfe"):
        try:
            blank = not file.read_all().strip(b" \t\r\n\f\v\0\xef\xbb\xbf\xff\xfe")
        except ReadError as error:
            yield Skip(file.path, str(error))
            return
        yield Skip(
            file.path,
            "the file holds nothing but white space." if blank else "the file begins with thousands of blanks.",
        )
        return
    if encoding := wide_encoding(head):
        file = replace(file, stream=io.BufferedReader(Utf8Stream(file.stream, encoding), 1 << 16), charset="utf-8")
        head = file.head()
    reader = choose_reader(file.name, head)
    if reader is None:
        yield Skip(file.path, f"{_kind(head)}, which is no format that is read here.")
        return
    for item in caught(file.path, reader.read(file)):
        yield _by_hand(item, file.options) if isinstance(item, Document) else item


def _files(path: str) -> Iterator[str | Skip]:
    place = Path(path)
    if path == "-" or place.is_file():
        yield path
    elif place.is_dir():
        yield from _walk(place)
    elif place.exists():
        yield Skip(printable(path), "this is no regular file.")
    elif glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - a pattern may begin anywhere
        if not matches:
            yield Skip(printable(path), "no file fits this pattern.")
        # What stands before the first sign of a pattern is what was named; the rest was found.
        base = Path(re.split(r"[*?\[]", path)[0] + "x").parent
        for match in matches:
            if Path(match).is_file() and not _is_inside(Path(match), base):
                yield Skip(printable(match), "a link leads to it out of the folder; give it by name.")
            elif Path(match).is_file():
                yield match
    else:
        yield Skip(printable(path), "there is no such file or folder.")


def _walk(folder: Path) -> Iterator[str | Skip]:
    """The files under a folder, in a fixed order, without hidden ones and the companions of saved pages."""
    unread: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=unread.append):
        yield from _unread(unread)
        stems = {name.rpartition(".")[0] for name in names if name.lower().endswith((".html", ".htm", ".xhtml"))}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_companion(name, stems))
        for name in sorted(names):
            path = Path(root) / name
            if name.startswith("."):
                continue
            if path.is_symlink() and not _is_inside(path, folder):
                yield Skip(
                    printable(str(path)), "it is a link that leads out of the folder; give what it leads to by name."
                )
            else:
                yield str(path)
    yield from _unread(unread)


def _unread(errors: list[OSError]) -> Iterator[Skip]:
    """Yield a `Skip` for each folder that could not be listed, and forget it."""
    while errors:
        error = errors.pop(0)
        yield Skip(printable(str(error.filename)), trouble_sentence(error))


def _is_inside(path: Path, folder: Path) -> bool:
    """Return whether a path, all links followed, is below a folder, all links followed."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def printable(path: str) -> str:
    r"""Return a path as it is shown and stored: bytes of its name that are no UTF-8 as `\xff`, so that no two become one."""
    return path if path.isascii() else path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_companion(folder: str, stems: set[str]) -> bool:
    found = _COMPANION.match(folder)
    return bool(found and found.group("stem") in stems)


def _open_stream(
    stream: IO[bytes], path: str, name: str, options: ReadOptions, url: str | None = None, charset: str | None = None
) -> Iterator[Document | Skip]:
    """Undo compression, open archives, and read what is inside."""
    buffered = _buffered(stream)
    head = buffered.peek(HEAD_BYTES)[:HEAD_BYTES]
    name = name.lower()
    if head.startswith(_GZIP):
        unpacker = GzipStream(buffered)
        unpacked = _buffered(cast(IO[bytes], unpacker))
        yield from read_input(InputFile(path, name.removesuffix(".gz"), unpacked, options, url, charset))
        if unpacker.fault:
            yield Skip(path, unpacker.fault)
    elif head.startswith(_ZIP) and choose_reader(name, head) is None:
        yield from _archive(buffered, path, options)
    else:
        yield from read_input(InputFile(path, name, buffered, options, url, charset))


def _buffered(stream: IO[bytes]) -> io.BufferedReader:
    # Wrapping what can peek already would leave a second reader that nobody closes.
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream), 1 << 16)


def _archive(stream: io.BufferedReader, path: str, options: ReadOptions) -> Iterator[Document | Skip]:
    """The documents in a zip archive. An archive in an archive is not opened: bombs are made of these."""
    with tempfile.SpooledTemporaryFile(max_size=options.max_bytes) as spool:
        seekable: IO[bytes] = stream
        if not stream.seekable():
            while chunk := stream.read(1 << 20):
                spool.write(chunk)
            spool.seek(0)
            seekable = spool
        with open_zip(seekable) as archive:
            silent = True
            for member in sorted(archive.infolist(), key=lambda info: info.filename):
                name = PurePosixPath(member.filename).name
                hidden = any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(member.filename).parts)
                if member.is_dir() or hidden:
                    continue
                silent = False
                inside = f"{path}/{member.filename}"
                if name.lower().endswith(".zip"):
                    yield Skip(inside, "an archive in an archive is not opened; unpack it first.")
                    continue
                yield from caught(inside, _member(archive, member, inside, options))
            if silent:
                yield Skip(path, "it is an archive without a file in it.")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, options: ReadOptions
) -> Iterator[Document | Skip]:
    if member.flag_bits & 1:
        yield Skip(path, "it is encrypted.")
        return
    if not is_packed_boundedly(member):
        yield Skip(path, "it is packed by a method that is not read here: pack it with deflate.")
        return
    with archive.open(member) as stream:
        yield from _open_stream(stream, path, PurePosixPath(member.filename).name, options)


_MAGIC = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"RIFF", "a media file"),
    (b"%PDF", "a PDF file"), (b"PK\x03\x04", "an archive"), (b"\x7fELF", "a program"), (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"), (b"ID3", "a sound file"), (b"OggS", "a media file"), (b"wOF", "a font"),
    (b"SQLite format 3", "a database"), (b"7z\xbc\xaf", "an archive"), (b"Rar!", "an archive"), (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"), (b"(\xb5/\xfd", "a Zstandard file"), (b"\x00\x00\x01\x00", "an icon"),
)  # fmt: skip


def _kind(head: bytes) -> str:
    return f"this is {next((kind for magic, kind in _MAGIC if head.startswith(magic)), 'binary data')}"


def _by_hand(document: Document, options: ReadOptions) -> Document:
    """What a person said of all documents goes before what they say of themselves; comments have no outlet."""
    known = dict(document.provenance)
    if options.outlet and not is_comments(document):
        document, known["outlet"] = replace(document, outlet=options.outlet), Provenance.BY_HAND
    if options.date:
        document, known["published"] = replace(document, published=options.date), Provenance.BY_HAND
    return replace(document, provenance=known) if known != dict(document.provenance) else document


def is_comments(document: Document) -> bool:
    """Return whether the whole document is what readers wrote under an article."""
    return document.regions[:1] == (Region(Span(0, len(document.text)), RegionRole.COMMENT),)
