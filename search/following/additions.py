"""The newest answers to a query, in the order in which they were stored: what a feed lists and a saved search tells of.

By the time of storing and not of printing, since an old article that came in today is news to whoever follows a search.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from search.find.find import find_utterances
from search.model import Query, Quote
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store

# So many quotes that were stored last are searched first, and all only if these have too few: an answer among a million
# has room for the best 200 candidates, and the newest may not be among these.
RECENT: Final = (500, 5_000)


@dataclass(frozen=True, slots=True)
class AddedQuote:
    """A quote, its number (which grows with each quote that is stored), and when it was stored: ISO 8601, UTC."""

    quote: Quote
    number: int
    added: str


def newest_quotes(store: Store, query: Query, limit: int, after: int = 0) -> list[AddedQuote]:
    """Return at most `limit` quotes that surely answer `query`, last stored first; only those of numbers above `after`.

    Raises StoreUnavailable when the store cannot be read.
    """
    store.catch_up_if_free()
    newest, found = store.newest_number(), list[AddedQuote]()
    for start in (*(newest - size for size in RECENT), after):
        found = added_quotes(store, _sure_quotes(store, query, max(start, after)), limit)
        if len(found) == limit or start <= after:
            break
    return found


def added_quotes(store: Store, quotes: Iterable[Quote], limit: int) -> list[AddedQuote]:
    """Return at most `limit` of some quotes, last stored first; one that is gone meanwhile is left out."""
    by_id = {quote.id: quote for quote in quotes}
    known = store.additions(by_id)
    added = [AddedQuote(by_id[id_], number, when) for id_, (number, when) in known.items()]
    return sorted(added, key=lambda each: -each.number)[:limit]


def _sure_quotes(store: Store, query: Query, after: int) -> list[Quote]:
    utterances = find_utterances(store, query, QuoteFilter(stored_after=after) if after else None)
    return [quote for said in utterances for version in said.versions if version.sure for quote in version.quotes]
