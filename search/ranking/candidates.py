"""Find the quotes that may be versions of a text: a ranking out of the term index, in bounded time.

BM25 over stems and pairs of neighbouring stems, then once more with the rarest terms of the best hit (feedback), then
the best are read and ranked anew by what they share in order. Only postings of rare terms are read, rarest first, and
never more than a fixed number a query, so that the time hardly grows with the archive. Figures: docs/versions.md.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

import numpy as np

from search.term_index import TermReader
from search.term_index.tally import Accept, Tally
from search.text.analysis import AnalysedText
from search.text.information import information
from search.text.terms import pair_term, stem_term
from search.text.word_families import DENYING_PREFIXES, family

StemReader = Callable[[Sequence[int]], Sequence[Sequence[str]]]
"""Gives the stems of quotes, in the order of their numbers; none for a number that is not there."""

# Weights next to that of a stem of the query, 1. Measured on translated news and scripture: docs/versions.md, "Candidates".
PAIR_WEIGHT: Final = 0.4  # of a pair of neighbouring stems
FAMILY_WEIGHT: Final = 0.3  # of a word of the same family, for a brief query
FEEDBACK_WEIGHT: Final = 0.45  # of a term of the best hit
PAIR_NATS: Final = 3.0  # that the two stems of a pair have to say together to be looked up: not "of the"
BRIEF_QUERY: Final = 5  # stems
FEEDBACK_TERMS: Final = 14
# What bounds a query, whatever the size of the archive.
COMMON_SHARE: Final = 0.035  # of the archive, above which a term is not read
COMMON_SHARE_SHORT: Final = 0.06  # the same while few terms have been read
FEW_READ, MANY_READ = 2, 8  # terms read: up to the first a common one is read all the same
RARE_QUOTES: Final = 200  # a term in so many quotes is never too common: an archive may be small
BUDGET: Final = 40_000  # postings read for a query
FEEDBACK_BUDGET: Final = 20_000  # postings read for the terms of the best hit
MOST_TERMS: Final = 64  # stems of a query that are looked up, and as many pairs
AKIN_STEMS: Final = 24  # by which quotes on the same matter are found
AKIN_BUDGET: Final = 8_000  # postings read for them
OWN_CANDIDATES: Final = 12  # that are given for the query's own terms, whatever the feedback says
_PRIOR: Final = 2_000  # quotes: how much the fixed table counts next to a small archive's own frequencies
_PAIR_EXPECTED: Final = 0.5  # quotes of so many that have a pair, about which the table says nothing

_T = TypeVar("_T")


class Candidate(NamedTuple):
    """A quote that may be a version, with its score (BM25), and with that by the query's own terms, without feedback."""

    number: int
    score: float
    own_score: float


def candidates(
    reader: TermReader,
    query: AnalysedText,
    *,
    limit: int = 100,
    accept: Accept | None = None,
    read: StemReader | None = None,
) -> list[Candidate]:
    """Return quotes that may be versions of a query, best first: the best `limit`, and the few best by its own terms.

    `accept` keeps some of the numbers (a filter); `read` gives the stems of the best hits, for feedback.
    """
    weights, first = _own_tally(reader, query, _wanted_terms(query.stems), accept)
    best = own = first.best(limit)
    tallied = first
    if read is not None and len(own) > 1:
        more = feedback_weights(reader, read([int(own[0])])[0], weights)
        # Of a best hit that has nothing besides but "the", half of an archive would be read, which tells nothing.
        if more := _affordable(reader, more, FEEDBACK_BUDGET, first_share=COMMON_SHARE_SHORT):
            tallied = first.added(more)
            best = tallied.best(limit)
    # Not `np.union1d`, which imports numpy's masked arrays first: 10 ms of a cold command.
    numbers = np.array(sorted({*best.tolist(), *own[:OWN_CANDIDATES].tolist()}), dtype=np.int64)
    scores, own_scores = tallied.scores(numbers), first.scores(numbers)
    order = np.lexsort((numbers, -scores))
    rows = zip(numbers[order].tolist(), scores[order].tolist(), own_scores[order].tolist(), strict=True)
    return [Candidate(*row) for row in rows]


def nearest_quotes(reader: TermReader, texts: Sequence[AnalysedText], limit: int) -> list[list[int]]:
    """Return for each text the quotes that `candidates` gives by its own terms alone, best first; at most `limit`."""
    wanted = [_wanted_terms(text.stems) for text in texts]
    # All at once, which an engine remembers: to look up a text's terms takes a fifth of its time otherwise.
    reader.frequencies(dict.fromkeys(term for terms in wanted for term in (*terms.expected, *terms.pairs)))
    tallies = (_own_tally(reader, text, terms, None)[1] for text, terms in zip(texts, wanted, strict=True))
    return [tally.best(limit).tolist() for tally in tallies]


def _own_tally(
    reader: TermReader, query: AnalysedText, wanted: _WantedTerms, accept: Accept | None
) -> tuple[dict[str, float], Tally]:
    """The weights of a query's own terms, and the quotes that have them."""
    weights = _weighed(reader, wanted)
    if len(query.stems) <= BRIEF_QUERY:
        weights |= _family_weights(reader, query.stems)
    return weights, reader.tally(_affordable(reader, weights, BUDGET), accept)


def foremost(pool: Sequence[Candidate], best: int) -> list[Candidate]:
    """Return the `best` candidates, and the few that have most of the query's own words."""
    own = heapq.nsmallest(OWN_CANDIDATES, pool, key=lambda one: (-one.own_score, one.number))
    return list(dict.fromkeys([*pool[:best], *own]))


def akin(reader: TermReader, stems: Collection[str], limit: int) -> list[int]:
    """Return the quotes that have most of some stems, in whatever order, by their rarity; at most `limit`, best first."""
    telling = heapq.nlargest(AKIN_STEMS, sorted(set(stems)), key=information)
    weights = query_weights(reader, telling, pairs=False)
    numbers: list[int] = reader.tally(_affordable(reader, weights, AKIN_BUDGET), None).best(limit).tolist()
    return numbers


def query_weights(reader: TermReader, stems: Sequence[str], *, pairs: bool = True) -> dict[str, float]:
    """Return the weight of each term of a query: its information in this archive, tempered by the fixed table.

    Only terms that the archive has are weighed; those of `pairs` of neighbouring stems for `PAIR_WEIGHT` of it.
    """
    return _weighed(reader, _wanted_terms(stems, pairs=pairs))


class _WantedTerms(NamedTuple):
    """The terms by which a text is looked up: those of stems, in how many of `_PRIOR` quotes each is expected, and of pairs."""

    expected: dict[str, float]
    pairs: list[str]


def _wanted_terms(stems: Sequence[str], *, pairs: bool = True) -> _WantedTerms:
    expected = {stem_term(stem): _expected(stem) for stem in _most_telling(dict.fromkeys(stems), information)}
    bigrams: list[str] = []
    if pairs:
        telling = {pair: information(pair[0]) + information(pair[1]) for pair in pairwise(stems)}
        kept = [pair for pair, nats in telling.items() if nats > PAIR_NATS]
        bigrams = [pair_term(left, right) for left, right in _most_telling(kept, telling.__getitem__)]
    return _WantedTerms(expected, bigrams)


def _weighed(reader: TermReader, wanted: _WantedTerms) -> dict[str, float]:
    """Return the weights of those terms that the archive has."""
    frequencies, size = reader.frequencies([*wanted.expected, *wanted.pairs]), reader.size
    weights = {
        term: _idf(frequencies[term], size, prior) for term, prior in wanted.expected.items() if frequencies[term]
    }
    return weights | {
        term: PAIR_WEIGHT * _idf(frequencies[term], size, _PAIR_EXPECTED) for term in wanted.pairs if frequencies[term]
    }


def rarity(reader: TermReader, stems: Iterable[str]) -> dict[str, float]:
    """Return how rare each stem is in this archive, in nats, tempered by the fixed table."""
    terms = {stem_term(stem): stem for stem in stems}
    frequencies, size = reader.frequencies(terms), reader.size
    return {stem: _idf(frequencies[term], size, _expected(stem)) for term, stem in terms.items()}


def _most_telling(terms: Collection[_T], nats: Callable[[_T], float]) -> list[_T]:
    """A long text is looked up by those of its terms that say most."""
    if len(terms) <= MOST_TERMS:
        return list(terms)
    return heapq.nlargest(MOST_TERMS, terms, key=nats)


def _expected(stem: str) -> float:
    """How many of `_PRIOR` quotes have a stem, by the fixed table."""
    return _PRIOR * math.exp(-information(stem))


def _idf(frequency: int, size: int, expected: float) -> float:
    """Inverse document frequency as in BM25 (Robertson and Zaragoza 2009), in nats."""
    return math.log(1 + (size + _PRIOR - frequency - expected + 0.5) / (frequency + expected + 0.5))


def _family_weights(reader: TermReader, stems: Sequence[str]) -> dict[str, float]:
    """For less: the words of one family with those of a brief query, which has few others to be found by."""
    others = {other for stem in stems for other in family(stem)}
    others |= {prefix + stem for stem in (*stems, *others) if len(stem) > 4 for prefix in DENYING_PREFIXES}
    others -= set(stems)
    return {t: FAMILY_WEIGHT * w for t, w in query_weights(reader, sorted(others), pairs=False).items()}


def feedback_weights(reader: TermReader, stems: Sequence[str], weights: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of those of the best hit's rarest stems that the query does not have, for less.

    Pseudo-relevance feedback (Rocchio 1971); `weights` are those of the query's own terms.
    """
    fresh = sorted(
        {stem for stem in stems if stem_term(stem) not in weights}, key=lambda stem: (-information(stem), stem)
    )
    added = query_weights(reader, fresh[:FEEDBACK_TERMS], pairs=False)
    return {term: FEEDBACK_WEIGHT * weight for term, weight in added.items()}


def _affordable(
    reader: TermReader, weights: Mapping[str, float], budget: int, *, first_share: float = 1.0
) -> dict[str, float]:
    """The terms whose postings are read, with their weights: the rarest, until they are common or the budget is spent.

    The first is read whatever it costs where it is in no more than `first_share` of the archive: a query may have nothing but a
    common word.
    """
    frequencies = reader.frequencies(weights)
    chosen: dict[str, float] = {}
    spent = 0
    for read, term in enumerate(sorted(weights, key=lambda term: (frequencies[term], term))):
        share = frequencies[term] / max(1, reader.size)
        if spent + frequencies[term] > budget and (read or share > first_share):
            break
        if frequencies[term] > RARE_QUOTES and share > (
            COMMON_SHARE if read > MANY_READ else COMMON_SHARE_SHORT if read > FEW_READ else 1.0
        ):
            break
        spent += frequencies[term]
        chosen[term] = weights[term]
    return chosen
