"""One page of an answer: what differs in its versions, the totals and facets of all of it, and sentences for a person."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from search.find.explain import explain_version
from search.find.filters import outlets_meant, speakers_meant
from search.find.other_words.translations import with_translations
from search.find.query_language import has_filters, without_marks
from search.find.retrieve import POOL, quotes_having
from search.matching.compare import differing
from search.message import Message, counted_message
from search.model import Query, Quote, Result, Utterance, Version
from search.names.clusters import Speakers
from search.names.speaker_kind import is_person_or_body
from search.storage.indexing.quote_outline import QuoteOutline
from search.storage.store import Store
from search.text.analysis import AnalysedText, analyse
from search.utterances.linking import STOCK_PHRASE_NATS

STOCK_SPEAKERS: Final = 3  # speakers quoted with the same few words, from which these are a stock phrase
MOST_VALUES: Final = 30  # of one facet: a page shows 8 at once, and nobody reads down a longer list

Facets = Mapping[str, tuple[tuple[str, int], ...]]
"""By name of the facet, its values with the number of quotes that have each, commonest first."""


def present(
    store: Store,
    query: Query,
    utterances: Sequence[Utterance],
    notes: Sequence[str],
    *,
    compared: str,
    unfiltered_quotes: int,
    nearest: tuple[Quote, ...],
    started: float,
) -> Result:
    """Return one page of the ordered utterances with the totals, facets and notes of all of them.

    `compared` are the words that found them, which are not always those that were typed (`search.find.alternatives`).
    """
    page = utterances[query.offset : query.offset + query.limit]
    if query.text and store.vectors.is_on:
        page = with_translations(store, page)
    quotes = [quote for utterance in utterances for quote in utterance.quotes]
    own_notes = (
        (*stock_phrase_notes(query, utterances), *unread_notes(store, query, quotes), *page_notes(query, utterances))
        if utterances
        else (no_answer_note(store, query, unfiltered_quotes),)
    )
    return Result(
        query=query,
        total_quotes=len(quotes),
        total_versions=sum(len(utterance.versions) + len(utterance.also) for utterance in utterances),
        total_utterances=len(utterances),
        utterances=tuple(with_differences(replace(query, text=compared), page)),
        facets=count_facets(quotes, (quote.speaker for quote in quotes), store.speakers()),
        unfiltered_quotes=unfiltered_quotes,
        nearest=nearest,
        notes=(*notes, *own_notes),
        took_ms=(time.perf_counter() - started) * 1000,
    )


def with_differences(query: Query, utterances: Iterable[Utterance]) -> Iterator[Utterance]:
    """Yield the utterances with what differs between the query and each version; as they are without words asked for."""
    # Marks around all that was typed are none of its words, and were shown with the last of them.
    asked = analyse(without_marks(query.text))
    for utterance in utterances:
        if not query.text:
            yield utterance
            continue
        versions, also = (
            tuple(_with_differences(asked, version, explain=query.explain) for version in some)
            for some in (utterance.versions, utterance.also)
        )
        yield replace(utterance, match=versions[0].match, versions=versions, also=also)


def _with_differences(asked: AnalysedText, version: Version, *, explain: bool) -> Version:
    match = version.match
    if not match.translation:
        match = replace(match, differences=differing(asked, analyse(version.text)))
    return replace(version, match=match, explanation=explain_version(asked, version) if explain else None)


def count_facets(quotes: Sequence[Quote | QuoteOutline], names: Iterable[str | None], who: Speakers) -> Facets:
    """Return the facets of some quotes. A quote without a value counts in none of that facet.

    `names` are the names of their speakers. A joint statement counts for each of its speakers, and who is a role alone ("official") is no speaker.
    """
    speakers: Counter[str] = Counter()
    for name, count in Counter(names).items():
        for speaker in filter(is_person_or_body, who.all_of(name)):
            speakers[speaker] += count
    values: dict[str, Counter[str]] = {
        "speaker": speakers,
        "outlet": Counter(quote.outlet for quote in quotes if quote.outlet),
        "year": Counter(quote.published[:4] for quote in quotes if quote.published),
        "language": Counter(quote.language for quote in quotes if quote.language),
        "kind": Counter(quote.kind for quote in quotes),
    }
    return {
        name: tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES])
        for name, counts in values.items()
    }


def stock_phrase_notes(query: Query, utterances: Sequence[Utterance]) -> tuple[str, ...]:
    """Return a warning where so many speakers are quoted with these very words that they are no one utterance; else nothing."""
    if not query.text or analyse(query.text).weight >= STOCK_PHRASE_NATS:
        return ()
    speakers = {
        quote.speaker
        for utterance in utterances
        for version in utterance.versions
        if version.match.kind == "exact"
        for quote in version.quotes
    } - {None}
    if len(speakers) < STOCK_SPEAKERS:
        return ()
    return (Message("A stock phrase: %(speakers)s speakers are quoted with these very words.", speakers=len(speakers)),)


def unread_notes(store: Store, query: Query, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return how many quotes have one word, or two side by side, or that there may be more, where not all are looked at.

    `quotes` are those of the answer.
    """
    having = quotes_having(store, query)
    if having <= max(POOL, len(quotes)):
        # Of more than two words nobody counts who has them; where nine of ten candidates answer, others may.
        if having or len(quotes) < POOL * 9 // 10 or not query.text:
            return ()
        return (
            Message(
                "Here are the %(shown)s quotes that answer best; there may be more: filters, or more words, find the others.",
                shown=len(quotes),
            ),
        )
    return (
        Message(
            "%(having)s quotes have these words, and here are the %(shown)s that answer best: filters, or more words, find "
            "the others.",
            having=having,
            shown=len(quotes),
        ),
    )


def page_notes(query: Query, utterances: Sequence[Utterance]) -> tuple[str, ...]:
    """Return how far an answer goes, where a page behind its end was asked for; else nothing."""
    if query.offset < len(utterances):
        return ()
    return (
        counted_message(
            "The answer has %(num)s utterance, and this page begins behind it.",
            "The answer has %(num)s utterances, and this page begins behind them.",
            len(utterances),
        ),
    )


def no_answer_note(store: Store, query: Query, unfiltered_quotes: int) -> str:
    """Return why an answer is empty, and what to try. `unfiltered_quotes` are found by the same words without filters."""
    if store.counts.is_empty():
        return Message("This archive is empty: `quotes index PATH` reads articles into it.")
    if query.speaker and not speakers_meant(store, query.speaker):
        return Message("No speaker is called “%(name)s” in this archive.", name=", ".join(query.speaker))
    if query.outlet and not outlets_meant(store, query.outlet):
        return Message("No outlet is called “%(name)s” in this archive.", name=", ".join(query.outlet))
    if unfiltered_quotes:
        return counted_message(
            "Without the filters %(num)s quote would be shown: leave some out.",
            "Without the filters %(num)s quotes would be shown: leave some out.",
            unfiltered_quotes,
        )
    if has_filters(query) and not query.text:
        return Message("No quote passes all these filters: leave some out.")
    return Message("No quote in this archive is known to say this: try fewer or rarer words.")
