"""Which quotes may be versions of a text: a ranking out of the term index, in bounded time.

BM25 over stems and pairs of neighbouring stems, then once more with the rarest terms of the best hit (feedback), then
the best are read and ranked anew by what they share in order. Only postings of rare terms are read, rarest first, and
never more than a fixed number a query, so that the time hardly grows with the archive. Figures: docs/versions.md.
"""

from __future__ import annotations

import heapq
import math
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from search.term_index import Numbers, TermReader
from search.text.information import information
from search.text.tokens import stems_of
from search.text.word_families import DENYING, family

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
BUDGET: Final = 40_000  # postings read for a query
FEEDBACK_BUDGET: Final = 20_000  # postings read for the terms of the best hit
AKIN: Final = 24  # stems by which quotes on the same matter are found
AKIN_BUDGET: Final = 8_000  # postings read for them
OWN: Final = 12  # candidates that are given for the query's own terms, whatever the feedback says
LONGEST: Final = 64  # stems of a query that are looked up, and pairs
FEW: Final = 2
LENGTH: Final = 0.25  # how much the length of a quote tells against it
_PRIOR: Final = 2_000  # quotes: how much the fixed table counts next to a small archive's own frequencies

_T = TypeVar("_T")
Floats = npt.NDArray[np.float64]
Accept = Callable[[Numbers], npt.NDArray[np.bool_]]
"""Which of some quotes pass a filter."""


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
    accept: Accept | None = None,
    read: Read | None = None,
) -> list[Candidate]:
    """Quotes that may be versions of `text`, best first: the best `limit`, and the few best by its own terms.

    `accept` keeps some of the numbers (a filter); `read` gives the stems of the best hits, for feedback.
    """
    asked = stems_of(text)
    weights = query_weights(reader, asked)
    if len(asked) <= BRIEF:
        weights |= _family_weights(reader, asked)
    first = _summed(reader, weights, BUDGET, accept)
    best = _best(reader, first, limit)
    found, own = first, best
    if read is not None and len(first.numbers) > 1:
        more = feedback_weights(reader, read([int(first.numbers[own[0]])])[0], weights)
        if more:
            # What the query's own terms found stands first in both, in the same order.
            found = _summed(reader, more, FEEDBACK_BUDGET, accept, before=first)
            best = _best(reader, found, limit)
    chosen = np.union1d(best, own[:OWN])
    scores = _scores(reader, found, chosen)
    known = chosen < len(first.numbers)
    firsts = np.zeros(len(chosen))
    firsts[known] = _scores(reader, first, chosen[known])
    numbers = found.numbers[chosen]
    order = np.lexsort((numbers, -scores))
    rows = zip(numbers[order].tolist(), scores[order].tolist(), firsts[order].tolist(), strict=True)
    return [Candidate(*row) for row in rows]


def foremost(found: Sequence[Candidate], best: int) -> list[Candidate]:
    """The `best` candidates, and the few that have most of the query's own words."""
    own = heapq.nsmallest(OWN, found, key=lambda one: (-one.first, one.number))
    return list(dict.fromkeys([*found[:best], *own]))


def akin(reader: TermReader, found: Collection[str], limit: int) -> list[int]:
    """The quotes that have most of some stems, in whatever order, by their rarity; at most `limit`, best first."""
    telling = heapq.nlargest(AKIN, sorted(set(found)), key=information)
    summed = _summed(reader, query_weights(reader, telling, pairs=False), AKIN_BUDGET, None)
    numbers: list[int] = summed.numbers[_best(reader, summed, limit)].tolist()
    return numbers


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


def feedback_weights(reader: TermReader, found: Sequence[str], weights: Mapping[str, float]) -> dict[str, float]:
    """What the rarest stems of the best hit count that the query does not have, for less."""
    fresh = sorted({stem for stem in found if "s" + stem not in weights}, key=lambda stem: (-information(stem), stem))
    added = query_weights(reader, fresh[:FEEDBACK_TERMS], pairs=False)
    return {term: FEEDBACK * weight for term, weight in added.items()}


class _Sums(NamedTuple):
    """Quotes, each once, with the sum of the weights of its terms."""

    numbers: Numbers
    sums: Floats


class _Places(threading.local):
    """A place for the sum of each quote. Kept between queries: to touch the memory of a million anew takes 14 ms."""

    def __init__(self) -> None:
        self._places = np.zeros(0)

    def summed(self, numbers: Numbers, weights: Floats) -> tuple[Numbers, Floats]:
        """Each of the numbers once, in the order in which it is met first, with the sum of its weights."""
        highest = int(numbers.max(initial=-1))
        if highest >= len(self._places):
            self._places = np.zeros(1 << highest.bit_length())
        places, turns = self._places, np.arange(len(numbers), dtype=np.float64)
        try:
            np.add.at(places, numbers, weights)
            sums = places[numbers]
            # Of a number that is met several times the first turn is written last, and stays.
            places[numbers[::-1]] = turns[::-1]
            first = np.flatnonzero(places[numbers] == turns)
            places[numbers] = 0.0
        except BaseException:
            self._places = np.zeros(0)
            raise
        return numbers[first], sums[first]


_PLACES: Final = _Places()
_NOTHING: Final = _Sums(np.zeros(0, dtype=np.int64), np.zeros(0))


def _summed(
    reader: TermReader, weights: Mapping[str, float], budget: int, accept: Accept | None, before: _Sums = _NOTHING
) -> _Sums:
    """The sum of the weights that each quote has; what was summed `before` stands first, in its order."""
    terms = list(_affordable(reader, weights, budget))
    lists = list(map(reader.postings, terms))
    each = np.repeat([weights[term] for term in terms], list(map(len, lists)))
    found = _Sums(
        *_PLACES.summed(np.concatenate([before.numbers, *lists]), np.concatenate([before.sums, each])),
    )
    if accept is None:
        return found
    kept = accept(found.numbers)
    kept[: len(before.numbers)] = True
    return _Sums(found.numbers[kept], found.sums[kept])


def _affordable(reader: TermReader, weights: Mapping[str, float], budget: int) -> Iterable[str]:
    """The terms whose postings are read: the rarest, until they are common or the budget is spent."""
    frequencies = reader.frequencies(weights)
    spent = 0
    for read, term in enumerate(sorted(weights, key=lambda term: (frequencies[term], term))):
        share = frequencies[term] / max(1, reader.size)
        if spent + frequencies[term] > budget and read:
            return
        if frequencies[term] > 200 and share > (COMMON if read > 8 else COMMON_SHORT if read > FEW else 1.0):
            return
        spent += frequencies[term]
        yield term


def _best(reader: TermReader, found: _Sums, limit: int) -> Numbers:
    """The places of the `limit` best by their scores, best first."""
    places = np.arange(len(found.sums))
    if len(found.sums) > limit:
        # None is among the best whose score would be below the worst of some `limit` even if it were very short.
        some = np.argpartition(-found.sums, limit - 1)[:limit]
        least = _scores(reader, found, some).min() * _allowance(np.zeros(1))[0]
        places = np.flatnonzero(found.sums >= least)
    scores = _scores(reader, found, places)
    if len(scores) > limit:
        kept = scores >= np.partition(scores, -limit)[-limit]
        places, scores = places[kept], scores[kept]
    best: Numbers = places[np.lexsort((found.numbers[places], -scores))[:limit]]
    return best


def _scores(reader: TermReader, found: _Sums, places: Numbers) -> Floats:
    """What its length leaves of the sum of a quote."""
    scores: Floats = found.sums[places] / _allowance(reader.lengths(found.numbers[places]))
    return scores


def _allowance(lengths: npt.NDArray[Any]) -> Floats:
    """What the sum of a quote of so many terms is divided by."""
    allowance: Floats = 1 + LENGTH * (lengths / 50.0 - 1).clip(-0.9, 8)
    return allowance
