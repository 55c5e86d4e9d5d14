"""Web addresses in, documents out: fetched as a guest, kept as evidence, and read like any file.

    address -> judged -> asked (or not, when the kept copy is fresh) -> kept -> reader -> Document | Skip

A run that was interrupted is taken up where it stopped: what was fetched since it began is not asked for again. Only
the caller knows what is safely stored, so it is asked (`known`) before a page that is kept already goes unread.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from indexer.crawler.address_policy import parse_address
from indexer.crawler.fetch_error import AddressRefused
from indexer.crawler.http import RequestLimits
from indexer.crawler.page_archive import ArchivedPage, archive_page, archived_page, write_card, write_into
from indexer.crawler.polite_client import USER_AGENT, CrawlPolicy, PoliteClient
from indexer.crawler.sitemaps import MAX_SITEMAP_BYTES, DiscoveredLink, feed_links, sitemap_links
from indexer.input.encoding import text_encoding
from indexer.input.input_file import ReadOptions
from indexer.metadata.dates import is_believable, parse_date
from indexer.metadata.urls import canonical_url, same_site
from indexer.pipeline.extract import with_attributions
from indexer.pipeline.items import FileDone, FileUnchanged, PipelineItem
from indexer.pipeline.read import read_stream
from search.errors import ReadError
from search.model import Document, Skip, digest, document_id
from search.provenance import DocumentFlag

Found = Document | Skip | FileDone | FileUnchanged

_DEPTH = 3  # indexes of indexes of sitemaps
_SITEMAPS = 1000  # sitemaps in one run
_STALE = timedelta(days=7)  # an interrupted run older than this begins anew
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/feed+json": ".json",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/warc": ".warc",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How to fetch, and how to read what was fetched.

    user_agent       who we say we are; its first word is our name for robots.txt. Name an address to write to in it
    allow_private    whether addresses of this machine and of inner networks may be asked
    delay_seconds    between two requests to one host; a longer Crawl-delay goes before it
    timeout_seconds  of silence after which a request is given up; `total_seconds` for all of it, however it drips
    patience_seconds the longest wait that a host may ask for (Retry-After)
    max_sitemap      the most bytes of a sitemap; of a page or a feed: `read.max_bytes`
    sleep, clock     how to wait, and what time it is in seconds; others in tests
    """

    user_agent: str = USER_AGENT
    allow_private: bool = False
    delay_seconds: float = 1.0
    timeout_seconds: float = 20.0
    total_seconds: float = 90.0
    patience_seconds: float = 120.0
    retries: int = 3
    max_sitemap: int = MAX_SITEMAP_BYTES
    read: ReadOptions = field(default_factory=ReadOptions)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


DEFAULT_FETCH_OPTIONS = FetchOptions()


def extract_addresses(
    pages: Iterable[str],
    *,
    feeds: Iterable[str] = (),
    sitemaps: Iterable[str] = (),
    folder: Path,
    options: FetchOptions = DEFAULT_FETCH_OPTIONS,
    known: Callable[[str, str], bool] = lambda address, stamp: False,
) -> Iterator[PipelineItem]:
    """As `read_addresses`, with the attributions of each document: what `working.extract` gives for files."""
    place = 0
    for item in read_addresses(pages, feeds=feeds, sitemaps=sitemaps, folder=folder, options=options, known=known):
        if isinstance(item, Document):
            yield with_attributions(item, place)
            place += 1
        else:
            yield item
            place = 0


def read_addresses(
    pages: Iterable[str],
    *,
    feeds: Iterable[str] = (),
    sitemaps: Iterable[str] = (),
    folder: Path,
    options: FetchOptions = DEFAULT_FETCH_OPTIONS,
    known: Callable[[str, str], bool] = lambda address, stamp: False,
) -> Iterator[Found]:
    """The documents at some addresses, and at those that feeds and sitemaps name; pages are kept in `folder`.

    Each page that was read is closed by a `Done` with a stamp of its bytes; one of which `known(address, stamp)` says
    that it is stored already gives one `Unread`, and no reading. All that fails is a `Skip`. Raises StoreUnavailable
    when the folder cannot be written to.
    """
    asked = tuple(tuple(dict.fromkeys(some)) for some in (pages, feeds, sitemaps))
    run = _Run(folder, options, known, _began(folder, asked))
    for address in asked[0]:
        yield from run.page(DiscoveredLink(address))
    for address in asked[1]:
        yield from run.feed(address)
    for address in asked[2]:
        yield from run.sitemap(DiscoveredLink(address, is_index=True))
    _mark(folder, asked).unlink(missing_ok=True)


class _Run:
    """One run: who is asked, what was asked already, and since when."""

    def __init__(self, folder: Path, options: FetchOptions, known: Callable[[str, str], bool], began: str) -> None:
        self._folder, self._options, self._known, self._began = folder, options, known, began
        self._limits = RequestLimits(
            silence=options.timeout_seconds,
            total=options.total_seconds,
            max_bytes=options.read.max_bytes,
            allow_private=options.allow_private,
        )
        self._roomy = replace(self._limits, max_bytes=options.max_sitemap)
        policy = CrawlPolicy(
            user_agent=options.user_agent,
            delay=options.delay_seconds,
            retries=options.retries,
            patience=options.patience_seconds,
            limits=self._limits,
            sleep=options.sleep,
            clock=options.clock,
        )
        self._client = PoliteClient(policy)
        self._seen: set[str] = set()
        self._sitemaps = 0

    def page(self, link: DiscoveredLink) -> Iterator[Found]:
        """The documents of one page, unless it was had in this run already."""
        try:
            address = parse_address(link.address, allow_private=self._options.allow_private).url
        except AddressRefused as error:
            yield Skip(link.address, str(error))
            return
        if address in self._seen:
            return
        self._seen.add(address)
        trouble = ""
        try:
            page, data = self._have(DiscoveredLink(address, link.changed), self._limits)
        except ReadError as error:
            trouble = str(error)
            copy = archived_page(self._folder, address)
            if copy is None:
                yield Skip(address, trouble)
                return
            page, data = copy
        stamp = self._stamp(page)
        read = self._known(address, stamp)
        if trouble:
            yield Skip(address, f"{trouble} The copy of {page.checked[:10]} is kept{'' if read else ', and is read'}.")
        elif read:
            yield FileUnchanged(address)
        if not read:
            yield from self._read(page, data, stamp)

    def feed(self, address: str) -> Iterator[Found]:
        """The pages of a feed; where one cannot be had, the feed's own words, if it has the whole article."""
        try:
            page, data = self._have_listing(DiscoveredLink(address), self._limits)
            links = feed_links(data, page.url)
        except ReadError as error:
            yield Skip(address, str(error))
            return
        named: set[str] = set()
        had: set[str] = set()
        failures: dict[str, Skip] = {}
        for link in links:
            name = canonical_url(link.address) or link.address
            named.add(name)
            for item in self.page(link):
                if isinstance(item, Skip):
                    failures[name] = item
                else:
                    had.add(name)
                    yield item
        for item in self._documents(page, data):
            if (
                isinstance(item, Document)
                and DocumentFlag.SUMMARY not in item.flags
                and item.url not in named - failures.keys() | had
            ):
                failures.pop(item.url or "", None)
                yield item
        yield from failures.values()

    def sitemap(self, link: DiscoveredLink, depth: int = 0) -> Iterator[Found]:
        """The pages of a sitemap and of those that it names, or that the robots.txt of a site names."""
        if link.address in self._seen or self._sitemaps >= _SITEMAPS:
            return
        self._seen.add(link.address)
        self._sitemaps += 1
        try:
            page, data = self._have_listing(link, self._roomy)
            links = sitemap_links(data, page.url)
        except ReadError as error:
            named = self._named(link.address) if depth == 0 else []
            if not named:
                yield Skip(link.address, str(error))
            for other in named:
                yield from self.sitemap(other, depth + 1)
            return
        strange = 0
        for found in links:
            if not same_site(found.address, page.url):
                strange += 1
            elif not found.is_index:
                yield from self.page(found)
            elif depth < _DEPTH:
                yield from self.sitemap(found, depth + 1)
        if strange:
            yield Skip(link.address, f"it names {strange:,} addresses of other sites, which were left out.")

    def _named(self, address: str) -> list[DiscoveredLink]:
        try:
            return [
                DiscoveredLink(found, is_index=True) for found in self._client.sitemaps(address) if found != address
            ]
        except ReadError:
            return []

    def _have_listing(self, link: DiscoveredLink, limits: RequestLimits) -> tuple[ArchivedPage, bytes]:
        address = parse_address(link.address, allow_private=self._options.allow_private).url
        return self._have(DiscoveredLink(address, link.changed), limits, editions=False)

    def _have(
        self, link: DiscoveredLink, limits: RequestLimits, *, editions: bool = True
    ) -> tuple[ArchivedPage, bytes]:
        """A page with its bytes: the kept ones where they are known to be the newest, else asked for and page."""
        copy = archived_page(self._folder, link.address)
        if copy and (copy[0].checked >= self._began or _unchanged_since(link.changed, copy[0].checked)):
            return copy
        answer = self._client.fetch(link.address, known=copy[0].conditions if copy else None, limits=limits)
        if answer.status == 200:
            before = copy[0] if copy else None
            page = archive_page(self._folder, link.address, answer, before, _now(), editions=editions)
            return page, answer.body
        if copy is None or answer.url != copy[0].url:
            raise ReadError("the server says that the page has not changed, but never gave it.")
        page = replace(copy[0], checked=_now())
        write_card(self._folder, page)
        return page, copy[1]

    def _read(self, page: ArchivedPage, data: bytes, stamp: str) -> Iterator[Found]:
        whole = True
        for item in self._documents(page, data):
            whole = whole and not isinstance(item, Skip)
            yield item
        yield FileDone(page.address, stamp if whole else "")

    def _documents(self, page: ArchivedPage, data: bytes) -> Iterator[Document | Skip]:
        charset = text_encoding(found.group(1)) if (found := _CHARSET.search(page.content_type)) else None
        read, stream = self._options.read, io.BytesIO(data)
        for item in read_stream(stream, page.address, _name(page), read, url=page.url, charset=charset):
            yield _witnessed(item, page) if isinstance(item, Document) else item

    def _stamp(self, page: ArchivedPage) -> str:
        """What tells these bytes, read in this way, from others."""
        read = self._options.read
        return f"{page.sha256[:32]}-{(read.outlet, read.date, sorted(read.fields.items()))}"


def _witnessed(document: Document, page: ArchivedPage) -> Document:
    """A document with its address, and with when and where the page it was read from was page."""
    known = {**document.provenance, "fetched": page.fetched, "kept": page.file}
    if document.url is not None:
        return replace(document, provenance=known)
    # Parts of one page ("#2", "#comments") have an address each, or they would be taken for editions of each other.
    part = document.path.removeprefix(page.address) if document.path.startswith(page.address) else ""
    url = (canonical_url(page.url) or page.url) + part
    made = document_id(document.text) == document.id
    return replace(document, url=url, id=document_id(document.text, url) if made else document.id, provenance=known)


def _name(page: ArchivedPage) -> str:
    """A file name for a page: the end of its address, with the ending of its content type where it has none."""
    name = unquote(urlsplit(page.url).path).rpartition("/")[2].lower()[-100:]
    kind = page.content_type.partition(";")[0].strip().lower()
    ending = _ENDINGS.get(kind, "")
    return name if ending and name.endswith(ending) else f"{name or 'page'}{ending}"


def _unchanged_since(changed: str, checked: str) -> bool:
    """Whether a sitemap's date of the last change is surely before our last look: a day counts to its end."""
    day = parse_date(changed) if changed else None
    if not day:
        return False
    return (day if "T" in day else f"{day}T23:59:59Z") < checked and is_believable(day)


def _began(folder: Path, asked: tuple[tuple[str, ...], ...]) -> str:
    """When this run began: now, or when the same run began that was interrupted."""
    mark, now = _mark(folder, asked), _now()
    try:
        began = mark.read_text("ascii")
        oldest = (datetime.now(UTC) - _STALE).isoformat()
        if oldest < datetime.fromisoformat(began).isoformat() and began <= now:
            return began
    except (OSError, ValueError, TypeError):
        pass
    write_into(folder, mark, now.encode())
    return now


def _mark(folder: Path, asked: tuple[tuple[str, ...], ...]) -> Path:
    return folder / "unfinished" / digest(*("\n".join(some) for some in asked))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
