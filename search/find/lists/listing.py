"""The answer to a query without words: the newest quotes that pass its filters, of which one page is read.

What is told of all of them (totals, facets, order) is told from a few columns: a thousand quotes as they are shown take
ten times as long as the twenty that are.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from search.find.classify import Classified, Hit, Tier
from search.find.filters import default_filter
from search.find.group import earliest, flag_conflicts, group_hits, printed_words
from search.find.order import in_order_of_days
from search.find.present import Facets, count_facets, no_answer_note
from search.find.retrieve import MOST_LISTED, resolve_speakers, retrieve
from search.message import Message
from search.model import Match, MatchKind, Query, Result, SortOrder, Utterance
from search.storage.indexing.quote_outline import QuoteOutline
from search.storage.quote_filter import EVERY_QUOTE, QuoteFilter
from search.storage.store import Store

LISTED: Final = Classified(Match(MatchKind.EXACT, 1.0, reason="it passes the filters"), Tier.SAME_WORDS)
"""How quotes relate to a query without words."""


class Listing(NamedTuple):
    """One page of the utterances that pass the filters of a query, and what is told of all that are listed.

    passing   quotes that pass, of which at most `MOST_LISTED` are listed
    """

    utterances: tuple[Utterance, ...]
    quotes: int
    versions: int
    groups: int
    facets: Facets
    passing: int


def listing(store: Store, query: Query, own_filter: QuoteFilter | None) -> Listing:
    """Return the page that a query without words asks for: newest first, or in the order that it asks for."""
    wanted = default_filter(query) & (own_filter or EVERY_QUOTE)
    if query.without:
        numbers = [one.number for one in retrieve(store, query, own_filter, MOST_LISTED).quotes]
        passing = len(numbers)
    else:
        numbers = store.findable.newest(wanted, MOST_LISTED, oldest=query.sort == SortOrder.OLDEST)
        passing = store.findable.count(wanted)
    outlines = store.outlines(numbers)
    utterance_of = store.utterances_of(numbers)
    groups: dict[int, list[int]] = {}
    for number in numbers:
        if number in outlines:
            groups.setdefault(utterance_of[number], []).append(number)
    page = _ordered(query, groups, outlines)[query.offset : query.offset + query.limit]
    shown = [number for group in page for number in groups[group]]
    quotes = resolve_speakers(store, store.quotes(shown))
    hits = {number: Hit(quotes[number], *LISTED) for number in shown if number in quotes}
    placed = group_hits(flag_conflicts(hits, utterance_of), utterance_of, store.utterance_ids(page))
    return Listing(
        tuple(one.utterance for one in placed),
        len(outlines),
        sum(_count_versions([outlines[number].text for number in members]) for members in groups.values()),
        len(groups),
        count_facets([*outlines.values()], _speakers(store, outlines.values()), store.speakers()),
        passing,
    )


def present_listing(store: Store, query: Query, found: Listing, notes: Sequence[str], *, started: float) -> Result:
    """Return the answer to a query without words."""
    own_notes = _listing_note(query, found) if found.quotes else (no_answer_note(store, query, 0),)
    return Result(
        query=query,
        total_quotes=found.quotes,
        total_versions=found.versions,
        total_utterances=found.groups,
        utterances=found.utterances,
        facets=found.facets,
        notes=(*notes, *own_notes),
        took_ms=(time.perf_counter() - started) * 1000,
    )


def _listing_note(query: Query, found: Listing) -> tuple[str, ...]:
    """Return how many quotes pass where not all are listed; else nothing."""
    if found.passing <= found.quotes:
        return ()
    listed, passing = found.quotes, found.passing
    if query.sort == SortOrder.OLDEST:
        note = Message(
            "Listed are the oldest %(listed)s of %(passing)s quotes: more filters, or words, find the others.",
            listed=listed,
            passing=passing,
        )
    else:
        note = Message(
            "Listed are the newest %(listed)s of %(passing)s quotes: more filters, or words, find the others.",
            listed=listed,
            passing=passing,
        )
    return (note,)


def _ordered(query: Query, groups: Mapping[int, Sequence[int]], outlines: Mapping[int, QuoteOutline]) -> list[int]:
    """The utterances in the order of the answer."""
    if query.sort is None:
        return list(groups)
    first = {group: min((outlines[number] for number in members), key=earliest) for group, members in groups.items()}
    return in_order_of_days(list(groups), lambda group: first[group].published, query.sort)


def _count_versions(texts: Sequence[str]) -> int:
    return len(set(map(printed_words, texts))) if len(texts) > 1 else len(texts)


def _speakers(store: Store, outlines: Iterable[QuoteOutline]) -> list[str | None]:
    """The speakers that the names of the outlines stand for, as `resolve_speakers` has them."""
    who, least = store.speakers(), store.min_confidence
    return [who.of(one.speaker) for one in outlines if one.confidence >= least]
