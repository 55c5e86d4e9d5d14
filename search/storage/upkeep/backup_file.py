"""A backup as one file: a zip with the archive, the files that people wrote and the pages, and a manifest with the digest of each.

Any program that unpacks a zip can bring back what is in it. Here nothing of it is believed before it has been compared with the
manifest, which is bounded; and nothing is unpacked but what an instance has.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from search.errors import ReadError
from search.files.plain_file import open_plain_file
from search.storage.databases.sqlite_database import ARCHIVE_FILE

PEOPLES_FILES: Final = ("speakers.toml", "outlets.toml", "config.toml", "followed.json")
KEPT_FOLDERS: Final = ("pages", "uploads")  # what was fetched, and what was added in the browser, as it came
_MANIFEST: Final = "manifest.json"
_LAYOUT: Final = 1
_MANIFEST_BYTES: Final = 256 * 2**20  # about 150 bytes a page: a longer one is none of ours
_PIECE: Final = 1 << 20  # bytes that are read at once
_NAME: Final = re.compile(
    r"archive\.sqlite3|(?:speakers|outlets|config)\.toml|followed\.json|(?:pages|uploads)(?:/[^./\\][^/\\]*)+"
)
# What a damaged zip looks like.
_DAMAGE: Final = (
    AttributeError, OSError, EOFError, LookupError, NotImplementedError, OverflowError, RecursionError, RuntimeError, TypeError,
    ValueError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a backup: its size in bytes, and its SHA-256 in hexadecimal."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: how much, in which format of the archive, made when (UTC), and its files by their names."""

    format: int
    made: str
    documents: int
    quotes: int
    decisions: int
    files: Mapping[str, Member] = field(default_factory=dict)


def write_members(file: IO[bytes], sources: Mapping[str, Path], manifest: Manifest) -> None:
    """Write files and a manifest into a new zip. What changes meanwhile is written as it is met."""
    members: dict[str, Member] = {}
    with zipfile.ZipFile(file, "w") as packed:
        for name, source in sources.items():
            with source.open("rb") as opened, packed.open(_entry(name), "w", force_zip64=True) as written:
                members[name] = _copied(opened, written)
        facts = asdict(manifest) | {"layout": _LAYOUT, "files": {name: asdict(m) for name, m in members.items()}}
        with packed.open(_entry(_MANIFEST), "w", force_zip64=True) as written:
            written.write(json.dumps(facts, indent=1).encode())


def read_members(path: Path, folder: Path | None = None) -> Manifest:
    """Read a backup from its first byte to its last, and put what it holds into `folder`, if one is given.

    Raises:
        ReadError: it is not there, it is no backup, or it is not as it was written.
    """
    with _whole(path), _opened(path) as packed:
        manifest = _manifest_of(packed)
        names = sorted(name for name in packed.namelist() if name != _MANIFEST)
        if names != sorted(manifest.files):
            raise ValueError("it has other files than its manifest says")
        for name, member in manifest.files.items():
            if packed.getinfo(name).file_size != member.bytes:
                raise ValueError(f"{name} is not as long as it was")
            with packed.open(name) as opened:
                if folder is None:
                    found = _copied(opened, None)
                else:
                    target = folder / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with target.open("xb") as written:
                        found = _copied(opened, written)
            if found != member:
                raise ValueError(f"{name} is not what was written")
    return manifest


def manifest_of(path: Path) -> Manifest:
    """Return what a backup says that it holds.

    Raises:
        ReadError: it is not there, or it is no backup.
    """
    with _whole(path), _opened(path) as packed:
        return _manifest_of(packed)


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Turn whatever a damaged file gives rise to into one sentence."""
    try:
        yield
    except FileNotFoundError as error:
        raise ReadError(f"{path} does not exist.") from error
    except _DAMAGE as error:
        reason = str(error).strip().rstrip(".") or type(error).__name__
        raise ReadError(f"{path} is damaged, or no backup: {reason}. Nothing was brought back from it.") from error


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup that a stranger may have made: a plain file, whose parts can be unpacked piece by piece."""
    with open_plain_file(path) as file, zipfile.ZipFile(file) as packed:
        # Of 4 kB of bzip2 the library makes gigabytes at once.
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in packed.infolist()):
            raise ValueError("it is packed as no backup is")
        yield packed


def _manifest_of(packed: zipfile.ZipFile) -> Manifest:
    if packed.getinfo(_MANIFEST).file_size > _MANIFEST_BYTES:
        raise ValueError("its manifest is too long")
    with packed.open(_MANIFEST) as opened:
        facts: dict[str, Any] = json.loads(opened.read(_MANIFEST_BYTES))
    if facts.pop("layout") != _LAYOUT:
        raise ValueError("a newer version of this program made it")
    files = {name: Member(int(m["bytes"]), str(m["sha256"])) for name, m in facts.pop("files").items()}
    if ARCHIVE_FILE not in files or not all(_NAME.fullmatch(name) for name in files):
        raise ValueError("it holds other files than a backup does")
    if type(facts["format"]) is not int:
        raise ValueError("its format is no number")
    return Manifest(**facts, files=files)


def _entry(name: str) -> zipfile.ZipInfo:
    # Without a time: that of a clock that stands before 1980 is none that a zip can keep.
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _copied(source: IO[bytes], target: IO[bytes] | None) -> Member:
    """Copy a file, or only read it where there is no target, and return what it was."""
    size, digest = 0, hashlib.sha256()
    while piece := source.read(_PIECE):
        size += len(piece)
        digest.update(piece)
        if target is not None:
            target.write(piece)
    return Member(size, digest.hexdigest())
