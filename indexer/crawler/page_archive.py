"""Pages as they were fetched, kept so that the evidence outlives the link.

    pages/3f/3f9a….json           the card of an address: where it led, when it was asked, how to ask for changes
    pages/3f/3f9a…-1c22….gz       the bytes as they came, unpacked and packed anew; one file for each revision

No revision of a page is ever deleted here. A file appears whole or not at all, the bytes before what points to them.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from indexer.crawler.http import HttpResponse
from indexer.input.decompress import decompress_bounded
from search.atomic_file import write_atomically
from search.errors import StoreUnavailable
from search.files.plain_file import read_plain_file
from search.model import digest

# Characters of an ETag or a date that are sent back to the server; longer ones are not remembered.
_MAX_VALIDATOR_CHARS = 500
_CARD_BYTES = 10_000_000  # of a card, with some 40,000 earlier revisions
_PAGE_BYTES = 64_000_000  # of a page, a feed or a sitemap: more is never fetched


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """One revision of a page. Times are ISO 8601 in UTC.

    address   as it was asked for
    url       where it was in the end, after redirects
    sha256    of the bytes
    file      where the bytes are, from the folder of the archive
    fetched   when these bytes came
    checked   when the server last said that these are the bytes
    earlier   older revisions: sha256, file, fetched, url
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
        """Return the headers that ask `url` for changes only (RFC 9110, 13.1), by that address."""
        fields = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {self.url: {name: value for name, value in fields.items() if value}}


def archived_page(folder: Path, address: str) -> tuple[ArchivedPage, bytes] | None:
    """Return the newest revision of an address with its bytes; None when there is none, or not what was put there."""
    try:
        card = _card_path(folder, address)
        values: dict[str, Any] = json.loads(read_plain_file(card, _CARD_BYTES))
        page = replace(ArchivedPage(**values), earlier=tuple(values["earlier"]))
        # A stranger may have written the card: it leads to its own bytes, or nowhere.
        if page.address != address or page.file != _bytes_path(card, page.sha256).relative_to(folder).as_posix():
            return None
        data = decompress_bounded(read_plain_file(folder / page.file, _PAGE_BYTES), _PAGE_BYTES)
    except (OSError, ValueError, TypeError, KeyError, RecursionError, zlib.error):
        return None
    is_text = all(type(value) is str for name, value in values.items() if name != "earlier")
    return (page, data) if is_text and hashlib.sha256(data).hexdigest() == page.sha256 else None


def archive_page(
    folder: Path, address: str, response: HttpResponse, before: ArchivedPage | None, now: str, *, revisions: bool = True
) -> ArchivedPage:
    """Put a response with its bytes away and return its card; the same bytes as `before` make no second revision.

    Without `revisions` the new takes the place of the old, as for feeds, which are no evidence of anything.

    Raises:
        StoreUnavailable: the disk does not take it.
    """
    checksum = hashlib.sha256(response.body).hexdigest()
    is_same = before is not None and before.sha256 == checksum
    card = _card_path(folder, address)
    file = _bytes_path(card, checksum)
    earlier = before.earlier if before else ()
    if before and not is_same and revisions:
        old = {"sha256": before.sha256, "file": before.file, "fetched": before.fetched, "url": before.url}
        earlier = (*earlier, old)
    page = ArchivedPage(
        address=address,
        url=response.url,
        sha256=checksum,
        file=file.relative_to(folder).as_posix(),
        fetched=before.fetched if before and is_same else now,
        checked=now,
        content_type=response.headers.get("content-type", ""),
        etag=_validator(response, "etag"),
        last_modified=_validator(response, "last-modified"),
        earlier=earlier,
    )
    if not is_same:
        write_into(folder, file, gzip.compress(response.body, 6, mtime=0))
    write_card(folder, page)
    if before and not is_same and not revisions:
        with contextlib.suppress(OSError):
            (folder / before.file).unlink()
    return page


def write_card(folder: Path, page: ArchivedPage) -> None:
    """Write down all that is known of an address but its bytes. Raises StoreUnavailable."""
    card = json.dumps(asdict(page), ensure_ascii=False, indent=1).encode("utf-8", "replace")
    write_into(folder, _card_path(folder, page.address), card)


def write_into(folder: Path, path: Path, data: bytes) -> None:
    """Write a file of the archive, and the folders to it. Raises StoreUnavailable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        raise StoreUnavailable(f"{folder} cannot be written to: {error.strerror or error}.") from error


def _bytes_path(card: Path, sha256: str) -> Path:
    return card.with_name(f"{card.stem}-{sha256[:16]}.gz")


def _card_path(folder: Path, address: str) -> Path:
    name = digest(address, length=32)
    return folder / name[:2] / f"{name}.json"


def _validator(response: HttpResponse, name: str) -> str:
    """Return a header that will be sent back: printable ASCII of bounded length, or nothing at all."""
    value = response.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) <= _MAX_VALIDATOR_CHARS else ""
