"""Pages as they were fetched, kept so that the evidence outlives the link.

    pages/3f/3f9a….json           what is known of an address: where it led, when it was asked, how to ask for changes
    pages/3f/3f9a…-1c22….gz       the bytes as they came, unpacked and packed anew; one file for each edition

No edition of a page is ever deleted here. A file appears whole or not at all, the bytes before what points to them.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from indexer.crawler.http import Answer
from search.errors import StoreUnavailable
from search.model import digest


@dataclass(frozen=True, slots=True)
class Kept:
    """One edition of a page. Times are ISO 8601 in UTC.

    address   as it was asked for
    url       where it was in the end, after redirects
    sha256    of the bytes
    file      where the bytes are, from the folder of kept pages
    fetched   when these bytes came
    checked   when the server last said that these are the bytes
    earlier   older editions: sha256, file, fetched, url
    """

    address: str
    url: str
    sha256: str
    file: str
    fetched: str
    checked: str
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    earlier: tuple[Mapping[str, str], ...] = ()

    @property
    def conditions(self) -> dict[str, dict[str, str]]:
        """The headers that ask `url` for changes only."""
        fields = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {self.url: {name: value for name, value in fields.items() if value}}


def find(folder: Path, address: str) -> tuple[Kept, bytes] | None:
    """What is kept of an address, with its bytes; None when there is nothing, or not what was put there."""
    try:
        values: dict[str, Any] = json.loads(_card(folder, address).read_text("utf-8"))
        kept = replace(Kept(**values), earlier=tuple(values["earlier"]))
        data = gzip.decompress((folder / kept.file).read_bytes())
    except (OSError, EOFError, ValueError, TypeError, KeyError, zlib.error):
        return None
    intact = kept.address == address and hashlib.sha256(data).hexdigest() == kept.sha256
    return (kept, data) if intact else None


def keep(folder: Path, address: str, answer: Answer, before: Kept | None, now: str, *, editions: bool = True) -> Kept:
    """Put an answer with its bytes away; the same bytes as `before` make no second edition.

    Without `editions` the new takes the place of the old, as for feeds, which are no evidence of anything. Raises StoreUnavailable when the disk does not take it.
    """
    checksum = hashlib.sha256(answer.body).hexdigest()
    same = before is not None and before.sha256 == checksum
    card = _card(folder, address)
    file = card.with_name(f"{card.stem}-{checksum[:16]}.gz")
    earlier = before.earlier if before else ()
    if before and not same and editions:
        old = {"sha256": before.sha256, "file": before.file, "fetched": before.fetched, "url": before.url}
        earlier = (*earlier, old)
    kept = Kept(
        address=address,
        url=answer.url,
        sha256=checksum,
        file=file.relative_to(folder).as_posix(),
        fetched=before.fetched if before and same else now,
        checked=now,
        content_type=answer.headers.get("content-type", ""),
        etag=_header(answer, "etag"),
        last_modified=_header(answer, "last-modified"),
        earlier=earlier,
    )
    if not same:
        write(file, gzip.compress(answer.body, 6, mtime=0))
    note(folder, kept)
    if before and not same and not editions:
        with contextlib.suppress(OSError):
            (folder / before.file).unlink()
    return kept


def note(folder: Path, kept: Kept) -> None:
    """Write down what is known of an address."""
    write(
        _card(folder, kept.address), json.dumps(asdict(kept), ensure_ascii=False, indent=1).encode("utf-8", "replace")
    )


def write(path: Path, data: bytes) -> None:
    """Put a file in its place whole, and on the disk. Raises StoreUnavailable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise StoreUnavailable(f"{path.parent} cannot be written to: {error.strerror or error}.") from error


def _card(folder: Path, address: str) -> Path:
    name = digest(address, length=32)
    return folder / name[:2] / f"{name}.json"


def _header(answer: Answer, name: str) -> str:
    """A header that will be sent back: printable ASCII of bounded length, or not kept at all."""
    value = answer.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) <= 500 else ""
