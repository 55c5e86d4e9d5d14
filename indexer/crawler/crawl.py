"""Web addresses in, documents out: fetched politely, archived as evidence, and read like any file.

    address -> judged -> asked (or not, when the archived page is fresh) -> archived -> reader -> Document | Skip

A run that was interrupted is taken up where it stopped: what was fetched since it began is not asked for again. Only
the caller knows what is safely stored, so it is asked (`known`) before an archived page goes unread.
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
from indexer.crawler.round_share import RoundShare
from indexer.crawler.sitemaps import MAX_SITEMAP_ADDRESSES, MAX_SITEMAP_BYTES, DiscoveredLink, feed_links, sitemap_links
from indexer.input.encoding import text_encoding
from indexer.input.input_file import ReadOptions
from indexer.metadata.dates import is_believable, parse_date
from indexer.metadata.urls import canonical_url, same_site
from indexer.pipeline.extract import nothing_known, with_attributions
from indexer.pipeline.items import FileDone, FileUnchanged, PipelineItem
from indexer.pipeline.read import read_stream
from search.errors import ReadError
from search.instants import in_utc
from search.model import Document, Skip, digest, document_id
from search.provenance import DocumentFlag

ReadItem = Document | Skip | FileDone | FileUnchanged

# Indexes of indexes of sitemaps; the protocol knows one level, some sites use two.
_MAX_SITEMAP_DEPTH = 3
# Sitemaps in one run: at 50,000 addresses each, more than any run gets through.
_MAX_SITEMAPS = 1000
# An interrupted run that is older begins anew: by then its pages may have changed.
_STALE = timedelta(days=7)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Media type -> the ending that makes a reader recognise what its content alone does not tell.
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


def utc_now() -> datetime:
    """Return the present, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How to fetch, and how to read what was fetched.

    user_agent       who we say we are; its first word is our name for robots.txt. Name an address to write to in it
    allow_private    whether addresses of this machine and of inner networks may be asked
    delay_seconds    between two requests to one host; a longer Crawl-delay goes before it
    timeout_seconds  of silence after which a request is given up; `total_seconds` for all of it, however it drips
    patience_seconds the longest wait that a host may ask for (Retry-After)
    fresh_seconds    a page that was looked at within so many is not asked for again; feeds and sitemaps are
    max_sitemap      the most bytes of a sitemap; of a page or a feed: `read.max_bytes`
    share            how long the pages of feeds and sitemaps may take; it is told what was left
    sleep, clock     how to wait, and what time it is in seconds, on a clock that is never set back; others in tests
    now              what day and time it is, for the archive; another in tests
    """

    user_agent: str = USER_AGENT
    allow_private: bool = False
    delay_seconds: float = 1.0
    timeout_seconds: float = 20.0
    total_seconds: float = 90.0
    patience_seconds: float = 120.0
    retries: int = 3
    fresh_seconds: float = 0.0
    max_sitemap: int = MAX_SITEMAP_BYTES
    read: ReadOptions = field(default_factory=ReadOptions)
    share: RoundShare = field(default_factory=RoundShare)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = utc_now


DEFAULT_FETCH_OPTIONS = FetchOptions()


def extract_addresses(
    pages: Iterable[str],
    *,
    feeds: Iterable[str] = (),
    sitemaps: Iterable[str] = (),
    folder: Path,
    options: FetchOptions = DEFAULT_FETCH_OPTIONS,
    known: Callable[[str, str], bool] = nothing_known,
) -> Iterator[PipelineItem]:
    """Yield the items of `read_addresses`, each document with its attributions, as `extract_files` does for files."""
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
    known: Callable[[str, str], bool] = nothing_known,
) -> Iterator[ReadItem]:
    """Yield the documents at some addresses, and at those that feeds and sitemaps name; pages are archived in `folder`.

    Each page that was read is closed by a `FileDone` with a stamp of its bytes; one of which `known(address, stamp)` says
    that it is stored already gives one `FileUnchanged`, and no reading. Whatever fails is a `Skip`.

    Raises:
        StoreUnavailable: the folder cannot be written to.
    """
    asked = tuple(tuple(dict.fromkeys(addresses)) for addresses in (pages, feeds, sitemaps))
    mark = _mark_path(folder, asked)
    run = _Run(folder, options, known, began=_beginning(mark, folder, options.now()))
    for address in asked[0]:
        yield from run.page(DiscoveredLink(address))
    for address in asked[1]:
        yield from run.feed(address)
    for address in asked[2]:
        yield from run.sitemap(DiscoveredLink(address, is_index=True))
    mark.unlink(missing_ok=True)


class _Run:
    """One run: who is asked, what was asked already, and since when."""

    def __init__(self, folder: Path, options: FetchOptions, known: Callable[[str, str], bool], *, began: str) -> None:
        self._folder, self._options, self._known, self._began = folder, options, known, began
        self._fresh = _timestamp(options.now() - timedelta(seconds=options.fresh_seconds))
        self._limits = RequestLimits(
            silence=options.timeout_seconds,
            total=options.total_seconds,
            max_bytes=options.read.max_bytes,
            allow_private=options.allow_private,
        )
        self._sitemap_limits = replace(self._limits, max_bytes=options.max_sitemap)
        policy = CrawlPolicy(
            user_agent=options.user_agent,
            delay=options.delay_seconds,
            retries=options.retries,
            patience=options.patience_seconds,
            limits=self._limits,
            sleep=options.sleep,
            clock=options.clock,
            now=options.now,
        )
        self._client = PoliteClient(policy)
        self._seen: set[str] = set()
        self._sitemaps = 0
        self._left_out = False

    def page(self, link: DiscoveredLink) -> Iterator[ReadItem]:
        """Yield the documents of one page, unless it was had in this run already."""
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
        is_stored = self._known(address, stamp)
        if trouble:
            is_read = "" if is_stored else ", and is read"
            yield Skip(address, f"{trouble} The copy of {page.checked[:10]} is kept{is_read}.")
        elif is_stored:
            yield FileUnchanged(address)
        if not is_stored:
            yield from self._read(page, data, stamp)

    def feed(self, address: str) -> Iterator[ReadItem]:
        """Yield the pages of a feed; where one cannot be had, the feed's own words, if it has the whole article."""
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
            named.add(canonical_url(link.address) or link.address)
        for link in self._options.share.of(links):
            name = canonical_url(link.address) or link.address
            for item in self.page(link):
                if isinstance(item, Skip):
                    failures[name] = item
                else:
                    had.add(name)
                    yield item
        is_empty = not links
        for item in self._documents(page, data):
            is_empty = is_empty and not isinstance(item, Document)
            if not isinstance(item, Document) or DocumentFlag.SUMMARY in item.flags:
                continue
            if item.url not in named - failures.keys() | had:
                failures.pop(item.url or "", None)
                yield item
        yield from failures.values()
        if is_empty:
            yield Skip(address, "it names no page, and has no article in it.")

    def sitemap(self, link: DiscoveredLink, depth: int = 0) -> Iterator[ReadItem]:
        """Yield the pages of a sitemap and of those that it names, or that the robots.txt of a site names."""
        if link.address in self._seen:
            return
        self._seen.add(link.address)
        self._sitemaps += 1
        if self._sitemaps > _MAX_SITEMAPS or depth > _MAX_SITEMAP_DEPTH:
            if not self._left_out:
                yield Skip(
                    link.address,
                    f"it was left out: one run reads {_MAX_SITEMAPS:,} sitemaps, {_MAX_SITEMAP_DEPTH} deep.",
                )
            self._left_out = True
            return
        pages = len(self._seen) - self._sitemaps
        try:
            page, data = self._have_listing(link, self._sitemap_limits)
            links = sitemap_links(data, page.url)
        except ReadError as error:
            named = self._sitemaps_of_site(link.address) if depth == 0 else []
            if not named:
                yield Skip(link.address, str(error))
            for other in named:
                yield from self.sitemap(other, depth + 1)
            return
        strange = 0
        for named_link in self._options.share.of(links[:MAX_SITEMAP_ADDRESSES]):
            if not same_site(named_link.address, page.url):
                strange += 1
            elif not named_link.is_index:
                yield from self.page(named_link)
            else:
                yield from self.sitemap(named_link, depth + 1)
        if strange:
            yield Skip(link.address, f"it names {strange:,} addresses of other sites, which were left out.")
        if len(links) > MAX_SITEMAP_ADDRESSES:
            yield Skip(
                link.address,
                f"only its first {MAX_SITEMAP_ADDRESSES:,} addresses were read, as many as a sitemap may have.",
            )
        is_whole = not self._options.share.left and not self._options.share.start
        if depth == 0 and is_whole and not strange and len(self._seen) - self._sitemaps == pages:
            yield Skip(link.address, "it names no page that was not read already.")

    def _sitemaps_of_site(self, address: str) -> list[DiscoveredLink]:
        try:
            named = self._client.sitemaps(address)
        except ReadError:
            return []
        return [DiscoveredLink(sitemap, is_index=True) for sitemap in named if sitemap != address]

    def _have_listing(self, link: DiscoveredLink, limits: RequestLimits) -> tuple[ArchivedPage, bytes]:
        address = parse_address(link.address, allow_private=self._options.allow_private).url
        return self._have(DiscoveredLink(address, link.changed), limits, revisions=False)

    def _have(
        self, link: DiscoveredLink, limits: RequestLimits, *, revisions: bool = True
    ) -> tuple[ArchivedPage, bytes]:
        """Return a page with its bytes: the archived ones where they are surely the newest, else asked for and archived."""
        copy = archived_page(self._folder, link.address)
        # A listing is asked for whenever its run begins: it is what tells of new pages.
        since = min(self._began, self._fresh) if revisions else self._began
        # What a clock that was ahead has dated into the future says nothing: it would never be asked for again.
        is_past = copy is not None and copy[0].checked <= _timestamp(self._options.now())
        if copy and is_past and (copy[0].checked >= since or self._is_unchanged(link.changed, copy[0].checked)):
            return copy
        response = self._client.fetch(link.address, known=copy[0].conditions if copy else None, limits=limits)
        now = _timestamp(self._options.now())
        if response.status == 200:
            before = copy[0] if copy else None
            page = archive_page(self._folder, link.address, response, before, now, revisions=revisions)
            return page, response.body
        if copy is None or response.url != copy[0].url:
            raise ReadError("the server says that the page has not changed, but never gave it.")
        page = replace(copy[0], checked=now)
        write_card(self._folder, page)
        return page, copy[1]

    def _is_unchanged(self, changed: str, checked: str) -> bool:
        """Return whether a sitemap's date of the last change is surely before our last look: a day counts to its end."""
        date = parse_date(changed) if changed else None
        if not date:
            return False
        instant = in_utc(date) if "T" in date else f"{date}T23:59:59Z"
        return (instant or date) < checked and is_believable(date, self._options.now())

    def _read(self, page: ArchivedPage, data: bytes, stamp: str) -> Iterator[ReadItem]:
        is_whole = True
        for item in self._documents(page, data):
            is_whole = is_whole and not isinstance(item, Skip)
            yield item
        yield FileDone(page.address, stamp if is_whole else "")

    def _documents(self, page: ArchivedPage, data: bytes) -> Iterator[Document | Skip]:
        declared = _CHARSET.search(page.content_type)
        charset = text_encoding(declared.group(1)) if declared else None
        options, stream = self._options.read, io.BytesIO(data)
        for item in read_stream(stream, page.address, _file_name(page), options, url=page.url, charset=charset):
            yield _witnessed(item, page) if isinstance(item, Document) else item

    def _stamp(self, page: ArchivedPage) -> str:
        """Return what tells these bytes, read in this way, from others."""
        options = self._options.read
        return f"{page.sha256[:32]}-{(options.outlet, options.date, sorted(options.fields.items()))}"


def _witnessed(document: Document, page: ArchivedPage) -> Document:
    """Return a document with its address, and with when and where the page it was read from was archived."""
    known = {**document.provenance, "fetched": page.fetched, "kept": page.file}
    if document.url is not None:
        return replace(document, provenance=known)
    # Parts of one page ("#2", "#comments") have an address each, or they would be taken for revisions of each other.
    part = document.path.removeprefix(page.address) if document.path.startswith(page.address) else ""
    url = (canonical_url(page.url) or page.url) + part
    has_made_id = document_id(document.text) == document.id
    new_id = document_id(document.text, url) if has_made_id else document.id
    return replace(document, url=url, id=new_id, provenance=known)


def _file_name(page: ArchivedPage) -> str:
    """Return a file name for a page: the end of its address, with the ending of its content type where it has none."""
    name = unquote(urlsplit(page.url).path).rpartition("/")[2].lower()[-100:]
    media_type = page.content_type.partition(";")[0].strip().lower()
    ending = _ENDINGS.get(media_type, "")
    return name if ending and name.endswith(ending) else f"{name or 'page'}{ending}"


def _beginning(mark: Path, folder: Path, now: datetime) -> str:
    """Return when this run began: now, or when the same run began that was interrupted."""
    try:
        began = mark.read_text("ascii")
        if now - _STALE < datetime.fromisoformat(began) <= now:
            return began
    except (OSError, ValueError, TypeError):
        pass
    write_into(folder, mark, _timestamp(now).encode())
    return _timestamp(now)


def _mark_path(folder: Path, asked: tuple[tuple[str, ...], ...]) -> Path:
    """Return the file that is there while a run for these addresses goes on."""
    return folder / "unfinished" / digest(*("\n".join(addresses) for addresses in asked))


def _timestamp(moment: datetime) -> str:
    """Return an instant in UTC to the microsecond, so that one run's last look is before the next run's beginning."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
