"""Candidates for a query: numbers out of the term index, read out of the store as far as it takes to judge them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from search.find.coverage import has_phrase, may_have_phrase
from search.find.filters import default_filter, query_filter
from search.model import Query, Quote, SortOrder
from search.ranking import ranker
from search.ranking.candidates import candidates, foremost
from search.ranking.ranker import RERANKED, ranked
from search.storage.analysed_quotes import AnalysedQuote
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store
from search.term_index.tally import Accept
from search.text.analysis import AnalysedText, analyse, stored
from search.text.terms import pair_term, stem_term

POOL: Final = 200  # candidates that the term index gives
READ_CANDIDATES: Final = 25  # candidates that are read whatever words they have
LEAST_LIKELIHOOD: Final = 0.1  # of being a version, from which a candidate is read wherever it stands
LONG_QUERY: Final = 8  # words: a quote that has all of them stands among the first in any case
MOST_LISTED: Final = 1_000  # quotes that a query without words lists

_Search = Callable[[Store, Query, int, Accept | None], list[int]]


class Retrieved(NamedTuple):
    """The quotes that may answer a query, best first, and how likely each is a version of it as far as that is known."""

    quotes: list[AnalysedQuote]
    likelihoods: dict[int, float]


def retrieve(store: Store, query: Query, own_filter: QuoteFilter | None, pool: int) -> Retrieved:
    """Return the quotes that may answer the query, best first; without words the newest that pass its filters.

    At most `pool` are looked at. The query's own filter is not applied yet, since an utterance shows by all its quotes
    what it is; but it sees to it that quotes which pass are among the candidates, however many others there are.
    """
    likelihoods: dict[int, float] = {}

    def promising(store: Store, query: Query, pool: int, accept: Accept | None) -> list[int]:
        return _promising(store, query, pool, accept, likelihoods)

    return Retrieved(_retrieve(store, query, own_filter, pool, promising), likelihoods)


def quotes_having(store: Store, query: Query) -> int:
    """Return how many quotes have a word that was typed alone, in whatever form, or two side by side; 0 for other queries.

    Those that the query's filters leave out are not counted.
    """
    stems = analyse(query.text).stems
    if not 1 <= len(stems) <= 2 or query.without or query.exact:
        return 0
    term = stem_term(stems[0]) if len(stems) == 1 else pair_term(*stems)
    with store.reading() as reader:
        if reader.frequencies([term])[term] <= POOL:
            return 0
    own_filter, usual = query_filter(store, query), default_filter(query)
    return store.findable.having(term, usual if own_filter is None else usual & own_filter)


def retrieve_ordered(store: Store, query: Query, own_filter: QuoteFilter | None, pool: int) -> list[AnalysedQuote]:
    """Return all of the `pool` best candidates in the learned order, each followed by the others of its utterance."""
    return _retrieve(store, query, own_filter, pool, _ranked)


def _retrieve(
    store: Store, query: Query, own_filter: QuoteFilter | None, pool: int, search: _Search
) -> list[AnalysedQuote]:
    usual = default_filter(query)
    if not query.text:
        wanted = usual if own_filter is None else usual & own_filter
        numbers = store.findable.newest(wanted, MOST_LISTED, oldest=query.sort == SortOrder.OLDEST)
    else:
        numbers = search(store, query, pool, None)
        if own_filter is not None:
            numbers = search(store, query, pool, store.findable.accepting(usual & own_filter)) + numbers
    numbers = list(dict.fromkeys(numbers))
    read = {one.number: one for one in store.analysed_quotes(numbers, usual)}
    found = [read[number] for number in numbers if number in read]
    if not query.without:
        return found
    lacks = lacks_unwanted(query)
    return [one for one in found if lacks(stored(one.text, one.stems))]


def lacks_unwanted(query: Query) -> Callable[[AnalysedText], bool]:
    """Return the test whether a quote has none of the words and phrases that a query leaves out."""
    unwanted = [analyse(words) for words in query.without]
    return lambda quote: not any(has_phrase(quote, phrase) for phrase in unwanted)


def _promising(
    store: Store, query: Query, pool: int, accept: Accept | None, likelihoods: dict[int, float]
) -> list[int]:
    """The first of the candidates, those that are likely versions, and others that seem to have all words typed.

    A quote that has all words of a long query stands among the first in any case. How likely each of the foremost is a
    version is put into `likelihoods`.
    """
    asked = analyse(query.text)
    short = len(asked.folded_words) < LONG_QUERY
    limit = pool if short else RERANKED
    with store.reading() as reader:
        if query.exact:  # these very words or none: neither what else the best hit says tells them, nor what is likely
            found = candidates(reader, asked, limit=limit, accept=accept)
        else:
            found = candidates(reader, asked, limit=limit, accept=accept, read=store.stems)
            group_of = store.utterances_of([one.number for one in foremost(found, RERANKED)])
            likelihoods |= ranker.likelihoods(reader, asked.stems, found, store.stems, group_of)
    first = [one.number for one in foremost(found, READ_CANDIDATES)]
    first = list(dict.fromkeys([*first, *(n for n, chance in likelihoods.items() if chance >= LEAST_LIKELIHOOD)]))
    if not short:
        return first
    known = set(first)
    rest = [one.number for one in found if one.number not in known]
    return first + [n for n, text in zip(rest, store.texts(rest), strict=True) if may_have_phrase(text, asked)]


def _ranked(store: Store, query: Query, pool: int, accept: Accept | None) -> list[int]:
    with store.reading() as reader:
        return ranked(
            reader,
            analyse(query.text),
            limit=pool,
            accept=accept,
            read=store.stems,
            groups=store.utterances_of,
            members=store.quotes_of_utterances,
        )


def spoken_by(store: Store, speaker: str, numbers: Sequence[int], wanted: QuoteFilter) -> set[int]:
    """Return those of the quotes that pass a filter and are by a speaker, whatever they call him."""
    names = store.speakers().names(speaker)
    return store.passing(numbers, wanted & QuoteFilter(speakers=tuple(names), min_confidence=store.min_confidence))


def resolve_speakers(store: Store, quotes: Mapping[int, Quote]) -> dict[int, Quote]:
    """Return quotes with the speaker that their name stands for across documents; with none where that is too unsure.

    Who is said to report his own words does not stand between them and the reader.
    """
    who, least = store.speakers(), store.min_confidence
    resolved = dict(quotes)
    who.read_together(quote.speaker for quote in quotes.values() if quote.confidence >= least)
    for number, quote in quotes.items():
        speaker = who.of(quote.speaker) if quote.confidence >= least else None
        id_ = who.id_of(speaker)
        if speaker != quote.speaker or id_ is not None:
            resolved[number] = replace(quote, speaker=speaker, speaker_id=id_)
        via = tuple(reporter for reporter in quote.via if speaker is None or who.of(reporter) != speaker)
        if len(via) < len(quote.via):
            resolved[number] = replace(resolved[number], via=via)
    return resolved
