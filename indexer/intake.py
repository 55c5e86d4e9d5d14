"""Files and addresses in, documents stored: what `quotes index`, `quotes follow` and the page share, as the settings say it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from indexer.input.input_file import ReadOptions
from indexer.metadata.outlets import load_outlets
from indexer.pipeline.extract import nothing_known
from indexer.pipeline.items import PipelineItem
from indexer.pipeline.store_quotes import RunReport, store_documents
from indexer.pipeline.workers import extract_files
from search.errors import StoreBusy
from search.model import Skip
from search.settings import Settings

if TYPE_CHECKING:
    from indexer.crawler.round_share import RoundShare
    from search.storage.store import Store

PAGES_PER_COMMIT: Final = 10  # a page a second: what came so far should be safe, and shown, before a minute is over
ITEMS_PER_PART: Final = 10  # documents, ends of files and skips that are stored while nobody else can write
PATIENCE: Final = 300  # seconds that another run may be writing


@dataclass(frozen=True, slots=True)
class IntakeRequest:
    """What somebody wants to be read: paths of files, addresses of pages, feeds and sitemaps."""

    files: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


@dataclass(slots=True)
class IntakeProgress:
    """How far it has come: numbers of documents, and what was skipped."""

    documents: int = 0
    quotes: int = 0
    unchanged: int = 0
    deleted: int = 0
    skipped: list[Skip] = field(default_factory=list)
    waiting: str = ""  # for what, while another run is writing

    def take(self, report: RunReport) -> None:
        """Add what a part of the run did."""
        self.documents += report.documents
        self.quotes += report.quotes
        self.unchanged += report.unchanged
        self.deleted += report.deleted
        self.skipped += report.skipped


def read_options(settings: Settings) -> ReadOptions:
    """Return how documents are read in an instance."""
    own = settings.instance / "outlets.toml"
    return ReadOptions(max_bytes=settings.max_document_bytes, outlets=load_outlets(own) if own.exists() else {})


def fetched_items(
    addresses: Sequence[str],
    feeds: Sequence[str],
    sitemaps: Sequence[str],
    settings: Settings,
    options: ReadOptions,
    known: Callable[[str, str], bool] = nothing_known,
    *,
    fresh_seconds: float = 0.0,
    share: RoundShare | None = None,
) -> Iterator[PipelineItem]:
    """Yield the documents at some addresses, fetched as the settings say it: by whom, how fast, and from where."""
    from indexer.crawler.crawl import FetchOptions, extract_addresses
    from indexer.crawler.polite_client import USER_AGENT
    from indexer.crawler.round_share import RoundShare

    how = FetchOptions(
        user_agent=settings.user_agent or USER_AGENT,
        allow_private=settings.allow_private,
        delay_seconds=settings.fetch_delay,
        fresh_seconds=fresh_seconds,
        read=options,
        share=share or RoundShare(),
    )
    pages = settings.instance / "pages"
    yield from extract_addresses(addresses, feeds=feeds, sitemaps=sitemaps, folder=pages, options=how, known=known)


def take_in(
    request: IntakeRequest,
    settings: Settings,
    store: Store,
    report: Callable[[IntakeProgress], bool],
    *,
    fresh_seconds: float = 0.0,
    share: RoundShare | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> IntakeProgress:
    """Read what was asked for and store it, some documents at a time, so that others can write in between.

    `report` is told after each part, and every second of waiting, how far it has come, and says whether to go on.
    `fresh_seconds`: a page that was looked at within so many is not asked for again. `share`: how long feeds and sitemaps may take.

    Raises:
        StoreUnavailable: another run went on writing for `PATIENCE` seconds, or the disk is full; what was stored is kept.
    """
    progress = IntakeProgress()
    items = _items(request, settings, store, fresh_seconds, share)
    while part := list(islice(items, ITEMS_PER_PART)):
        for second in range(PATIENCE + 1):
            try:
                progress.take(store_documents(part, store, batch=ITEMS_PER_PART))
                progress.waiting = ""
            except StoreBusy as error:
                progress.waiting = str(error)
                if second == PATIENCE:
                    raise
            if not report(progress):
                return progress
            if not progress.waiting:
                break
            sleep(1)
    return progress


def _items(
    request: IntakeRequest, settings: Settings, store: Store, fresh_seconds: float, share: RoundShare | None
) -> Iterator[PipelineItem]:
    options = read_options(settings)
    yield from extract_files(request.files, options, known=store.is_read)
    if request.addresses or request.feeds or request.sitemaps:
        yield from fetched_items(
            request.addresses, request.feeds, request.sitemaps, settings, options, store.is_read,
            fresh_seconds=fresh_seconds, share=share,
        )  # fmt: skip
