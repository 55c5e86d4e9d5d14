"""Which quotes may be versions of a text: a ranking out of the term index, in bounded time.

BM25 over stems and pairs of neighbouring stems, then once more with the rarest terms of the best hit (feedback), then
the best are read and ranked anew by what they share in order. Only postings of rare terms are read, rarest first, and
never more than a fixed number a query, so that the time hardly grows with the archive. Figures: docs/versions.md.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from search.derivation import DENYING, family
from search.information import information
from search.normalise import stems, tokens
from search.stores import Numbers, TermReader

Read = Callable[[Sequence[int]], Sequence[Sequence[str]]]
"""The stems of quotes, in the order of their numbers; none for a number that is not there."""

PAIRS: Final = 0.4  # what a pair of neighbouring stems counts, next to a stem
TELLING: Final = 3.0  # nats that the two stems of a pair have to say together to be looked up
BRIEF: Final = 5  # stems
FAMILY: Final = 0.3  # what a word of the same family counts, next to a stem of a brief query
FEEDBACK: Final = 0.45  # what a term of the best hit counts, next to a term of the query
FEEDBACK_TERMS: Final = 14
COMMON: Final = 0.035  # the share of the archive above which a term is not read
COMMON_SHORT: Final = 0.06  # the same when few terms are left
BUDGET: Final = 60_000  # postings read for a query
OWN: Final = 12  # candidates that are given for the query's own terms, whatever the feedback says
LONGEST: Final = 64  # stems of a query that are looked up, and pairs
FEW: Final = 2
LENGTH: Final = 0.25  # how much the length of a quote tells against it
_PRIOR: Final = 2_000  # quotes: how much the fixed table counts next to a small archive's own frequencies

_T = TypeVar("_T")
Floats = npt.NDArray[np.float64]


class Candidate(NamedTuple):
    """A quote that may be a version, with its score, and with that by the query's own terms (without feedback)."""

    number: int
    score: float
    first: float


def candidates(
    reader: TermReader,
    text: str,
    *,
    limit: int = 100,
    language: str | None = None,
    accept: Callable[[Numbers], npt.NDArray[np.bool_]] | None = None,
    read: Read | None = None,
) -> list[Candidate]:
    """Quotes that may be versions of `text`, best first: the best `limit`, and the few best by its own terms.

    `accept` keeps some of the numbers (a filter); `read` gives the stems of the best hits, for feedback.
    """
    asked = stems(tokens(text, language))
    weights = query_weights(reader, asked)
    if len(asked) <= BRIEF:
        weights |= _family_weights(reader, asked)
    first = _accumulate(reader, weights, accept)
    found = first
    if read is not None and len(first.numbers) > 1:
        best = int(first.numbers[int(np.argmax(first.scores))])
        more = feedback_weights(reader, read([best])[0], weights)
        if len(more) > len(weights):
            found = _accumulate(reader, more, accept)
    chosen = np.union1d(_best(found, limit), _best(first, min(limit, OWN)))
    scores, own = _scores_of(found, chosen), _scores_of(first, chosen)
    order = np.lexsort((chosen, -scores))
    return [Candidate(int(chosen[i]), float(scores[i]), float(own[i])) for i in order]


def query_weights(reader: TermReader, found: Sequence[str], *, pairs: bool = True) -> dict[str, float]:
    """What each term of a query counts: its information in this archive, tempered by the fixed table."""
    unique = dict.fromkeys(found)
    wanted = ["s" + stem for stem in _most_telling(unique, information)]
    if pairs:
        telling = {pair: information(pair[0]) + information(pair[1]) for pair in pairwise(found)}
        kept = [pair for pair, nats in telling.items() if nats > TELLING]
        wanted += [f"b{left} {right}" for left, right in _most_telling(kept, telling.__getitem__)]
    frequencies = reader.frequencies(wanted)
    size = reader.size
    weights = {}
    for term in wanted:
        frequency = frequencies[term]
        if frequency:
            weight = _idf(term, frequency, size)
            weights[term] = weight if term[0] == "s" else PAIRS * weight
    return weights


def rarity(reader: TermReader, found: Iterable[str]) -> dict[str, float]:
    """How rare each stem is in this archive, in nats, tempered by the fixed table."""
    frequencies, size = reader.frequencies("s" + stem for stem in found), reader.size
    return {term[1:]: _idf(term, frequency, size) for term, frequency in frequencies.items()}


def _most_telling(found: Collection[_T], nats: Callable[[_T], float]) -> list[_T]:
    """A long text is looked up by those of its terms that say most."""
    if len(found) <= LONGEST:
        return list(found)
    return heapq.nlargest(LONGEST, found, key=nats)


def _idf(term: str, frequency: int, size: int) -> float:
    expected = _PRIOR * math.exp(-information(term[1:])) if term[0] == "s" else 0.5
    return math.log(1 + (size + _PRIOR - frequency - expected + 0.5) / (frequency + expected + 0.5))


def _family_weights(reader: TermReader, found: Sequence[str]) -> dict[str, float]:
    """For less: the words of one family with those of a brief query, which has few others to be found by."""
    others = {other for stem in found for other in family(stem)}
    others |= {prefix + stem for stem in (*found, *others) if len(stem) > 4 for prefix in DENYING}
    others -= set(found)
    return {t: FAMILY * w for t, w in query_weights(reader, sorted(others), pairs=False).items()}


def feedback_weights(reader: TermReader, found: Sequence[str], weights: dict[str, float]) -> dict[str, float]:
    """The query's weights and, for less, those of the rarest stems of its best hit."""
    fresh = sorted({stem for stem in found if "s" + stem not in weights}, key=lambda stem: (-information(stem), stem))
    added = query_weights(reader, fresh[:FEEDBACK_TERMS], pairs=False)
    return weights | {term: FEEDBACK * weight for term, weight in added.items()}


class _Scored(NamedTuple):
    """Quotes in the order of their numbers, and the score of each."""

    numbers: Numbers
    scores: Floats


def _accumulate(
    reader: TermReader, weights: dict[str, float], accept: Callable[[Numbers], npt.NDArray[np.bool_]] | None
) -> _Scored:
    """The sum of the weights that each quote has, its length allowed for."""
    terms = list(_affordable(reader, weights))
    if not terms:
        return _Scored(np.array([], dtype=np.int64), np.array([], dtype=np.float64))
    lists = [reader.postings(term) for term in terms]
    values = np.repeat([weights[term] for term in terms], [len(postings) for postings in lists])
    # Sorted, not summed in an array with a place for each quote: to touch that much memory takes 14 ms at a million.
    numbers, places = np.unique(np.concatenate(lists), return_inverse=True)
    scores: Floats = np.bincount(places, weights=values).astype(np.float64)
    lengths = reader.lengths(numbers)
    scores = scores / (1 + LENGTH * (lengths / 50.0 - 1).clip(-0.9, 8))
    if accept is not None:
        kept = accept(numbers)
        numbers, scores = numbers[kept], scores[kept]
    return _Scored(numbers, scores)


def _affordable(reader: TermReader, weights: dict[str, float]) -> Iterable[str]:
    """The terms whose postings are read: the rarest, until they are common or the budget is spent."""
    frequencies = reader.frequencies(weights)
    spent = 0
    for read, term in enumerate(sorted(weights, key=lambda term: (frequencies[term], term))):
        share = frequencies[term] / max(1, reader.size)
        if spent + frequencies[term] > BUDGET and read:
            return
        if frequencies[term] > 200 and share > (COMMON if read > 8 else COMMON_SHORT if read > FEW else 1.0):
            return
        spent += frequencies[term]
        yield term


def _best(found: _Scored, limit: int) -> Numbers:
    """The numbers of the best, in no order."""
    if len(found.numbers) <= limit:
        return found.numbers
    kept: Numbers = found.numbers[np.argpartition(-found.scores, limit - 1)[:limit]]
    return kept


def _scores_of(found: _Scored, numbers: Numbers) -> Floats:
    """The scores of some quotes, 0 for those that were not found."""
    if not len(found.numbers):
        return np.zeros(len(numbers))
    places = np.searchsorted(found.numbers, numbers).clip(max=len(found.numbers) - 1)
    return np.where(found.numbers[places] == numbers, found.scores[places], 0.0)
