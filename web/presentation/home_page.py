"""What the first page shows of an archive: how much it holds, quotes to try, and what came in last."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from search.errors import QuoteNotFound
from search.find import find as finding
from search.model import Quote, Version
from search.storage.store import Status, Store

LATEST, EXAMPLES, LOOKED_AT = 6, 4, 40
# Enough words to be worth quoting, few enough for a line or two.
_WORTH_SHOWING = (
    "number IN (SELECT number FROM quotes WHERE speaker IS NOT NULL AND scare = 0 AND kind = 'direct' "
    "AND place = 'body' AND length(text) BETWEEN 30 AND 130 ORDER BY number DESC LIMIT ?)"
)
_LAST = (
    "number IN (SELECT max(number) FROM quotes WHERE document_id <> '' GROUP BY document_id ORDER BY 1 DESC LIMIT ?)"
)


@dataclass(frozen=True, slots=True)
class Example:
    """A quote to try, and the version that it belongs to."""

    quote: Quote
    version: Version


@dataclass(frozen=True, slots=True)
class Front:
    status: Status
    examples: tuple[Example, ...]
    latest: tuple[Quote, ...]


class FrontPage:
    """The first page's facts, looked up once for each state of the archive: they cost a walk through its files."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._kept: tuple[str, Front] | None = None

    def facts(self, state: str) -> Front:
        with self._lock:
            if self._kept is None or self._kept[0] != state:
                store = self._store
                self._kept = (state, Front(store.status(), _examples(store), _latest(store)))
            return self._kept[1]


def _examples(store: Store) -> tuple[Example, ...]:
    """Utterances that several outlets printed, the most of them first, each of another speaker if possible."""
    found: dict[str, Example] = {}
    for _, quote in store.archive.quotes_where(_WORTH_SHOWING, (LOOKED_AT,)):
        try:
            version = finding.version(store, quote.id, possible=False)
        except QuoteNotFound:
            continue  # taken out meanwhile
        found.setdefault(version.id, Example(quote, version))
    ordered = sorted(found.values(), key=_widest)
    speakers: set[str] = set()
    chosen = []
    for example in ordered:
        if not speakers.intersection(example.version.speakers):
            chosen.append(example)
            speakers.update(example.version.speakers)
    chosen += [example for example in ordered if example not in chosen]
    return tuple(chosen[:EXAMPLES])


def _widest(example: Example) -> tuple[int, int, str]:
    version = example.version
    return -len(version.outlets), -version.wordings, version.id


def _latest(store: Store) -> tuple[Quote, ...]:
    """The last quote of each of the documents that came in last."""
    rows = list(store.archive.quotes_where(_LAST, (LATEST,)))
    return tuple(quote for _, quote in reversed(rows))
