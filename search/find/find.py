"""`find`: a query in, every version of the quote out. The one line that the command, the page and the API all call.

    query -> filters -> candidates -> hits -> paraphrases -> whole utterances -> filters -> order -> one page

Filters of the query are applied after the utterances are whole, so that an utterance is the same whoever asks, and the
number beside a facet is what its link shows.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from search.find import filters
from search.find.classify import by_group, by_stems, judged, kin, likely
from search.find.facets import count_facets
from search.find.group import group_utterances
from search.find.hit import Hit
from search.find.notes import no_answer_note, stock_phrase_notes
from search.find.order import ranked_utterances
from search.find.query_language import has_filters, without_filters
from search.find.retrieve import named, numbers_passing, passing, retrieved
from search.matching.compare import differing
from search.model import Match, Query, Result, Utterance
from search.storage.analysed_quotes import AnalysedQuote
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store
from search.text.analysis import analyse

POOL: Final = 200  # candidates that the term index gives
MOST_MEMBERS: Final = 1_000  # quotes that are shown because another quote of their utterance was found


def find(store: Store, query: Query) -> Result:
    """Return the utterances that answer `query`, sure ones first, each with all its versions and quotes.

    `took_ms` is wall time in milliseconds. Raises StoreUnavailable when the store cannot be read.
    """
    started = time.perf_counter()
    store.catch_up_if_free()
    utterances = find_utterances(store, query)
    unfiltered = 0
    if not utterances and query.text and has_filters(query):
        unfiltered = sum(len(utterance.quotes) for utterance in find_utterances(store, without_filters(query)))
    return presented(store, query, utterances, unfiltered_quotes=unfiltered, started=started)


def find_utterances(store: Store, query: Query) -> list[Utterance]:
    """Return all utterances that answer `query`, in their order, without what differs."""
    narrowed = filters.asked(query, store)
    candidates = retrieved(store, query, narrowed, POOL)
    hits = classified(store, query, candidates)
    hits |= paraphrased(store, query, hits)
    hits, utterance_of = completed(store, query, hits)
    hits = filtered(store, hits, narrowed)
    utterances = group_utterances(hits, utterance_of, store.utterance_ids({utterance_of[number] for number in hits}))
    # Without words the order is that of the list, newest first.
    return ranked_utterances(utterances) if query.text else utterances


def classified(store: Store, query: Query, candidates: Sequence[AnalysedQuote]) -> dict[int, Hit]:
    """Return those of the candidates that answer the query, by quote number."""
    verdicts: dict[str, Match] = {}  # wire copies have one wording in many places
    for candidate in candidates:
        if candidate.text not in verdicts:
            verdicts[candidate.text] = by_stems(query, candidate) or judged(query, candidate.text)
    matches = {candidate.number: verdicts[candidate.text] for candidate in candidates}
    sure_documents = {
        one.document_id for one in candidates if matches[one.number].kind not in ("different", "reworded")
    }
    for candidate in candidates:
        if matches[candidate.number].kind == "different" and (match := likely(query, candidate, sure_documents)):
            matches[candidate.number] = match
    answering = [number for number, match in matches.items() if match.kind != "different"]
    quotes = named(store, store.quotes(answering))
    # What was taken out meanwhile is no answer.
    hits = {number: Hit(quotes[number], matches[number]) for number in answering if number in quotes}
    # A quote around a nested one that is found itself says the same thing once more, in the same place.
    around = {hit.quote.parent for hit in hits.values() if hit.quote.parent}
    return {n: hit for n, hit in hits.items() if hit.quote.id not in around or hit.match.kind == "exact"}


def paraphrased(store: Store, query: Query, hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """Return quotes that may say in other words what a hit says, by quote number; none where exact words are asked for."""
    return kin(store, query, hits) if query.text and not query.exact else {}


def completed(store: Store, query: Query, hits: Mapping[int, Hit]) -> tuple[dict[int, Hit], dict[int, int]]:
    """Return the hits with the other quotes of their utterances, and the utterance group of each quote number."""
    utterance_of = store.utterances_of(hits)
    if not query.text or query.exact:
        return dict(hits), utterance_of
    best: dict[int, Match] = {}
    for number, hit in hits.items():
        group = utterance_of[number]
        best[group] = max(best.get(group, hit.match), hit.match, key=lambda match: match.score)
    others = {number: group for number, group in store.quotes_of_utterances(best).items() if number not in hits}
    quotes = passing(store, list(others)[:MOST_MEMBERS], filters.default(query))
    matches = {
        (quote.text, others[number]): by_group(query, quote.text, best[others[number]])
        for number, quote in quotes.items()
    }
    members = {number: Hit(quote, matches[quote.text, others[number]]) for number, quote in quotes.items()}
    return {**hits, **members}, utterance_of | others


def filtered(store: Store, hits: dict[int, Hit], narrowed: QuoteFilter | None) -> dict[int, Hit]:
    """Return the hits that pass the query's own filters; None is no filter."""
    if narrowed is None:
        return hits
    passed = numbers_passing(store, list(hits), narrowed)
    return {number: hit for number, hit in hits.items() if number in passed}


def presented(
    store: Store, query: Query, utterances: Sequence[Utterance], *, unfiltered_quotes: int, started: float
) -> Result:
    """Return one page of the ordered utterances with the totals, facets and notes of all of them."""
    quotes = [quote for utterance in utterances for quote in utterance.quotes]
    notes = stock_phrase_notes(query, utterances) if utterances else (no_answer_note(store, query, unfiltered_quotes),)
    return Result(
        query=query,
        total_quotes=len(quotes),
        total_versions=sum(len(utterance.versions) for utterance in utterances),
        total_utterances=len(utterances),
        utterances=tuple(with_differences(query, utterances[query.offset : query.offset + query.limit])),
        facets=count_facets(quotes),
        unfiltered_quotes=unfiltered_quotes,
        notes=notes,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def with_differences(query: Query, utterances: Iterable[Utterance]) -> Iterator[Utterance]:
    """Yield the utterances with what differs between the query and each version; as they are without words asked for."""
    for utterance in utterances:
        if not query.text:
            yield utterance
            continue
        versions = tuple(
            replace(
                version, match=replace(version.match, differences=differing(analyse(query.text), analyse(version.text)))
            )
            for version in utterance.versions
        )
        yield replace(utterance, match=versions[0].match, versions=versions)
