"""Zip archives from strangers: what the standard library says of a damaged one in many ways, said in one."""

from __future__ import annotations

import zipfile
import zlib
from itertools import pairwise
from typing import IO

from search.errors import ReadError

_HEADER_BYTES = 30  # of a part at the least, before its name
# A sizes table that lies makes it seek before the file's beginning; odd versions and methods are "not implemented".
_DAMAGE = (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError)


def open_zip(file: IO[bytes]) -> zipfile.ZipFile:
    """Return the archive in a file. Raises ReadError when it is damaged, or when its parts lie over each other."""
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise ReadError("it is a damaged archive.") from error
    parts = sorted(archive.infolist(), key=lambda part: part.header_offset)
    if any(one.header_offset + _HEADER_BYTES + one.compress_size > two.header_offset for one, two in pairwise(parts)):
        archive.close()
        # 30,000 names of one part of 10 MB are 2 MB, and no program writes them.
        raise ReadError("its parts lie over each other, as those of an archive that unpacks without an end do.")
    return archive


def is_packed_boundedly(part: zipfile.ZipInfo) -> bool:
    """Return whether the library unpacks a part by as much as is asked for: of 4 kB of bzip2 it makes gigabytes at once."""
    return part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Return a stream of one member, unpacked while it is read.

    Raises:
        ReadError: it is missing, damaged or encrypted, or packed by a method other than deflate.
    """
    try:
        part = archive.getinfo(name)
        if not is_packed_boundedly(part):
            raise ReadError(f"its part {name} is packed by a method that is not read here: pack it with deflate.")
        return archive.open(part)
    except KeyError as error:
        raise ReadError(f"it lacks its part {name}.") from error
    except _DAMAGE as error:
        raise ReadError(f"its part {name} is damaged.") from error
    except RuntimeError as error:
        raise ReadError(f"its part {name} is encrypted.") from error


def read_member(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Return one member whole. Raises ReadError when it has more than `limit` bytes unpacked, or cannot be unpacked."""
    try:
        with open_member(archive, name) as opened_member:
            data = opened_member.read(limit + 1)
    except (*_DAMAGE, zlib.error) as error:
        raise ReadError(f"its part {name} is damaged.") from error
    if len(data) > limit:
        raise ReadError(f"its part {name} is larger than {limit / 1e6:g} MB, which is the most one document may have.")
    return data
