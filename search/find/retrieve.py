"""Quotes out of the store for a query: the candidates of the index, read, filtered, and with their speakers named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from search.find.filters import default, holds, may_hold
from search.model import Query, Quote
from search.ranking.candidates import Accept, candidates, foremost
from search.ranking.ranker import ranked
from search.storage.analysed_quotes import AnalysedQuote
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store
from search.text.analysis import analyse
from search.text.folding import fold

BEST = 25  # candidates that are read whatever words they have
LONG = 8  # words of a query: a quote that has all of them stands among the first in any case
LISTED = 1_000  # quotes that a query without words lists at most


def retrieved(
    store: Store, query: Query, narrowed: QuoteFilter | None, pool: int, *, ordered: bool = False
) -> list[AnalysedQuote]:
    """The quotes that may answer the query; without words, the newest that pass its filters, newest first.

    With words, the query's own filters (`narrowed`) are not applied yet, since a version shows by all its quotes what
    it is; but they see to it that quotes which pass are among the candidates, however many others there are. All of the
    `pool` are given, best first, when they are to be `ordered`; otherwise, if there is no filter, those alone that the
    index ranks first or that seem to have the words typed.
    """
    usual = default(query)
    if not query.text:
        every = usual if narrowed is None else usual & narrowed
        numbers = store.numbers(every, newest=LISTED)
    else:
        found = _ranked if ordered else _promising
        numbers = found(store, query.text, pool, None)
        if narrowed is not None:
            numbers = found(store, query.text, pool, _accepted(store, usual & narrowed)) + numbers
    numbers = list(dict.fromkeys(numbers))
    read = {one.number: one for one in store.analysed_quotes(numbers, usual)}
    return [
        read[number]
        for number in numbers
        if number in read and not (query.without and holds(read[number].text, query.without))
    ]


def _promising(store: Store, text: str, pool: int, accept: Accept | None) -> list[int]:
    """The first of the candidates, and those of the others that seem to have all words typed.

    A quote that has all words of a long query stands among the first in any case.
    """
    typed = fold(text).split()
    short = len(typed) < LONG
    with store.reading() as reader:
        found = candidates(
            reader, analyse(text), limit=pool if short or accept else BEST, accept=accept, read=store.stems
        )
    first = [one.number for one in (found if accept else foremost(found, BEST))]
    if accept or not short:
        return first
    known = set(first)
    rest = [one.number for one in found if one.number not in known]
    return first + [n for n, text in zip(rest, store.texts(rest), strict=True) if may_hold(text, typed)]


def _ranked(store: Store, text: str, pool: int, accept: Accept | None) -> list[int]:
    """The candidates, best first, each followed by the others of its version group."""
    with store.reading() as reader:
        return ranked(
            reader,
            analyse(text),
            limit=pool,
            accept=accept,
            read=store.stems,
            groups=store.utterances_of,
            members=store.quotes_of_utterances,
        )


def passing(store: Store, numbers: Sequence[int], condition: QuoteFilter) -> dict[int, Quote]:
    """The quotes of these numbers that meet a condition."""
    return named(store, store.quotes(numbers, condition))


def numbers_passing(store: Store, numbers: Sequence[int], condition: QuoteFilter) -> set[int]:
    """Those of the numbers whose quotes meet a condition."""
    return store.passing(numbers, condition)


def spoken_by(store: Store, speaker: str, numbers: Sequence[int], condition: QuoteFilter) -> set[int]:
    """Those of the quotes that meet a condition and are by a speaker, whatever they call him."""
    names = store.speakers().names(speaker)
    his = QuoteFilter(speakers=tuple(names), min_confidence=store.min_confidence)
    return numbers_passing(store, numbers, condition & his)


def named(store: Store, quotes: Mapping[int, Quote]) -> dict[int, Quote]:
    """Quotes with the speaker that their name stands for across documents; with none where that is too unsure."""
    who, least = store.speakers(), store.min_confidence
    found = dict(quotes)
    for number, quote in quotes.items():
        speaker = who.of(quote.speaker) if quote.confidence >= least else None
        if speaker != quote.speaker:
            found[number] = replace(quote, speaker=speaker)
    return found


def _accepted(store: Store, allowed: QuoteFilter) -> Accept:
    numbers = np.array(store.numbers(allowed), dtype=np.int64)
    return lambda asked: np.isin(asked, numbers)
