"""What the quotes of an index have of some weighted terms: the sum of the weights, less what their length leaves of it.

An engine that gives its postings at once is tallied here, in numpy; one on other hosts does it where its postings are.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from search.term_index import Numbers

LENGTH_WEIGHT: Final = 0.25  # how much the length of a quote tells against it (b of BM25)
USUAL_LENGTH: Final = 50.0  # terms of a quote
LEAST_EXCESS, MOST_EXCESS = -0.9, 8.0  # of a length over the usual one, in usual ones, that makes a difference

_SAMPLE: Final = 1_024  # sums by which it is guessed how high the best are
_TERMS_SHARED: Final = 8  # that a good candidate has with a query, or more

Floats = npt.NDArray[np.float64]
Accept = Callable[["Numbers"], npt.NDArray[np.bool_]]
"""Which of some quotes pass a filter."""


class Tally(Protocol):
    """The quotes that have one of some weighted terms and pass a filter, with their scores."""

    def best(self, limit: int) -> Numbers:
        """Return the numbers of the `limit` quotes with the highest scores, best first; of equals the lower number first."""

    def scores(self, numbers: Numbers) -> Floats:
        """Return the scores of quotes that `best` gave, of this tally or of one that it was added to; 0 without a term."""

    def added(self, weights: Mapping[str, float]) -> Tally:
        """Return the tally of these terms and of others, in the order in which their weights are summed."""


def allowance(lengths: npt.NDArray[Any]) -> Floats:
    """Return what the sum of a quote of so many terms is divided by, `(n,) float64`."""
    allowed: Floats = 1 + LENGTH_WEIGHT * (lengths / USUAL_LENGTH - 1).clip(LEAST_EXCESS, MOST_EXCESS)
    return allowed


class PostingsReader(Protocol):
    """What gives the postings of several terms at once."""

    def postings_of(self, terms: Sequence[str]) -> tuple[Numbers, list[int]]:
        """Return the numbers of the quotes of each of some terms, `(n,) int64`, one after the other, and how many each has."""

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return with how many terms each of these quotes was added."""


class _Places(threading.local):
    """A place for the sum of each quote. Kept between queries: to touch the memory of a million anew takes 14 ms."""

    def __init__(self) -> None:
        self._places = np.zeros(0)

    def summed(self, known: Numbers, sums: Floats, numbers: Numbers, weights: Floats) -> Floats:
        """Return the sums of the known numbers and, behind them, of others that weights are added to.

        A number may stand there several times: each time with its whole sum.
        """
        everyone = np.concatenate([known, numbers])
        places = self._enough(everyone)
        try:
            places[known] = sums
            np.add.at(places, numbers, weights)
            summed: Floats = places[everyone]
            places[everyone] = 0.0
        except BaseException:
            self._places = np.zeros(0)
            raise
        return summed

    def first_of_each(self, numbers: Numbers) -> Numbers:
        """Return where each of the numbers is met first."""
        places, turns = self._enough(numbers), np.arange(len(numbers), dtype=np.float64)
        # Of a number that is met several times the first turn is written last, and stays.
        places[numbers[::-1]] = turns[::-1]
        first = np.flatnonzero(places[numbers] == turns)
        places[numbers] = 0.0
        return first

    def _enough(self, numbers: Numbers) -> Floats:
        highest = int(numbers.max(initial=-1))
        if highest >= len(self._places):
            self._places = np.zeros(1 << highest.bit_length())
        return self._places


_PLACES: Final = _Places()


class PostingsTally:
    """A tally of the postings that a reader gives. What was summed before stands first in it, in its order.

    A quote stands in it once for each of its terms: to tell them apart takes as long as to sum them, and only few are looked at.
    """

    def __init__(
        self,
        reader: PostingsReader,
        weights: Mapping[str, float],
        accept: Accept | None,
        before: PostingsTally | None = None,
    ) -> None:
        self._reader = reader
        self._accept = accept
        numbers, counts = reader.postings_of(list(weights))
        each = np.repeat(np.array(list(weights.values()), dtype=np.float64), counts)
        known, sums = (before._numbers, before._sums) if before is not None else (numbers[:0], each[:0])
        if accept is not None:
            kept = accept(numbers)
            numbers, each = numbers[kept], each[kept]
        # A quote stands once among those of a term, which of a word like "the" are half of an archive.
        self._stand_once = before is None and len(counts) == 1
        self._sums: Floats = each if self._stand_once else _PLACES.summed(known, sums, numbers, each)
        self._numbers: Numbers = np.concatenate([known, numbers])
        # Where the quotes stand that were given out.
        self._place: dict[int, int] = before._place if before is not None else {}

    def added(self, weights: Mapping[str, float]) -> PostingsTally:
        """Return the tally of these terms and of others."""
        return PostingsTally(self._reader, weights, self._accept, self)

    def best(self, limit: int) -> Numbers:
        """Return the numbers of the `limit` quotes with the highest scores, best first."""
        places = self._some(limit)
        if len(places) >= limit:
            # None is among the best whose score would be below the worst of some `limit` even if it were very short;
            # a hair less, since what is divided and multiplied again may come out above itself.
            some = places[np.argpartition(-self._sums[places], limit - 1)[:limit]]
            least = self._scores_at(some).min() * allowance(np.zeros(1))[0] * (1 - 1e-12)
            places = self._distinct(np.flatnonzero(self._sums >= least))
        scores = self._scores_at(places)
        if len(scores) > limit:
            kept = scores >= np.partition(scores, -limit)[-limit]
            places, scores = places[kept], scores[kept]
        best = places[np.lexsort((self._numbers[places], -scores))[:limit]]
        numbers: Numbers = self._numbers[best]
        self._place.update(zip(numbers.tolist(), best.tolist(), strict=True))
        return numbers

    def _some(self, limit: int) -> Numbers:
        """Return where different quotes of high sums stand, at least `limit` where there are so many."""
        total, sample = len(self._sums), self._sums[:: max(1, len(self._sums) // _SAMPLE)]
        wanted = _TERMS_SHARED * limit
        while wanted < total:
            turn = min(len(sample), wanted * len(sample) // total + 1)
            found = self._distinct(np.flatnonzero(self._sums >= np.partition(sample, -turn)[-turn]))
            if len(found) >= limit:
                return found
            wanted *= 4
        return self._distinct(np.arange(total))

    def _distinct(self, places: Numbers) -> Numbers:
        """Return the first place of each quote that stands at one of some places."""
        if self._stand_once:
            return places
        return places[_PLACES.first_of_each(self._numbers[places])]

    def scores(self, numbers: Numbers) -> Floats:
        """Return the scores of quotes that were given out; 0 for one that another tally found."""
        places = np.array([self._place[number] for number in numbers.tolist()], dtype=np.int64)
        known = places < len(self._numbers)
        scores = np.zeros(len(places))
        scores[known] = self._scores_at(places[known])
        return scores

    def _scores_at(self, places: Numbers) -> Floats:
        scores: Floats = self._sums[places] / allowance(self._reader.lengths(self._numbers[places]))
        return scores
