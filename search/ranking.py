"""The order of the answers: candidates read and ranked anew by what they share with the query, then by version group.

A group stands where its members together put it, and brings those along that share no rare word with the query. The
weights were learned by logistic regression on translated news and scripture (docs/versions.md, "The order").
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from search.candidates import Read, candidates
from search.information import information
from search.normalise import stems_of
from search.stores import Numbers, TermReader

READ: Final = 25  # candidates that are read
POOL: Final = 100  # candidates that are ranked at all
SHORT: Final = 8  # words: a shorter query is ranked by its terms alone, which does as well
TOGETHER: Final = 0.3  # how much the other members of a group tell about its best
MEMBERS: Final = 4  # members that tell
Accept = Callable[[Numbers], npt.NDArray[np.bool_]]

# One row a feature: what it counts, and what it counts more for each e-fold of the query's length.
_WEIGHTS: Final = (
    (3.137, 0.087),  # the score of the terms, next to the best
    (3.203, -0.533),  # its logarithm
    (-9.859, 5.651),  # one over the rank
    (2.922, 0.874),  # the share of the query's information that the quote has
    (1.186, 0.941),  # the share of the quote's information that the query has
    (-1.819, -0.743),  # the share of the poorer of the two
    (-1.057, 3.454),  # the query's share in order
    (-2.986, 1.434),  # the quote's share in order
    (-0.991, 0.115),  # the logarithm of what both have, in nats
    (10.869, -6.954),  # the share of pairs of neighbours
    (-3.937, 1.271),  # the share of the longest unbroken stretch
    (1.177, -0.577),  # the logarithm of the lengths' ratio
    (1.769, -1.343),  # its absolute value
)
_CONSTANT: Final = -11.04
_LITTLE: Final = 0.01  # nats: what stands below the line is never nothing
LONGEST: Final = 400  # stems of a text that are looked at


def ranked(
    reader: TermReader,
    text: str,
    *,
    read: Read,
    limit: int = 20,
    language: str | None = None,
    accept: Accept | None = None,
    groups: Callable[[Collection[int]], Mapping[int, int]] | None = None,
    members: Callable[[Collection[int]], Mapping[int, int]] | None = None,
) -> list[tuple[int, float]]:
    """Numbers of quotes, the likeliest versions of `text` first, with a score between 0 and 1; group by group.

    `groups` gives the version group of each quote, `members` the quotes of groups, each with its group; without them
    quotes stand alone.
    """
    found = candidates(reader, text, limit=max(limit, POOL), language=language, accept=accept, read=read)
    own = _scores(text, found, read, language)
    if groups is None or members is None or not own:
        return sorted(own.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    of = groups(own)
    inside: dict[int, list[int]] = {}
    for number in own:
        inside.setdefault(of[number], []).append(number)
    values = {group: _together([own[number] for number in some]) for group, some in inside.items()}
    order = sorted(values, key=lambda group: (-values[group], group))
    _bring_along(order[:limit], inside, own, accept, members)
    answer: list[tuple[int, float]] = []
    for group in order:
        ahead = sorted(inside[group], key=lambda number: (-own.get(number, 0.0), number))
        answer += [(number, own.get(number, values[group] * 0.5)) for number in ahead]
        if len(answer) >= limit:
            break
    return answer[:limit]


def _bring_along(
    order: Sequence[int],
    inside: dict[int, list[int]],
    own: Mapping[int, float],
    accept: Accept | None,
    members: Callable[[Collection[int]], Mapping[int, int]],
) -> None:
    """Add to the groups those members that were not found by their words, as far as the filter lets them."""
    of = members(order)
    fresh = np.array([number for number in of if number not in own], dtype=np.int64)
    if accept is not None and len(fresh):
        fresh = fresh[accept(fresh)]
    for number in fresh.tolist():
        inside[of[number]].append(number)


def _together(scores: Sequence[float]) -> float:
    """The value of a group: its best member's score, tempered by the mean of its best few."""
    best = sorted(scores, reverse=True)[:MEMBERS]
    return (1 - TOGETHER) * best[0] + TOGETHER * sum(best) / len(best)


def _scores(text: str, found: Sequence[tuple[int, float]], read: Read, language: str | None) -> dict[int, float]:
    """A score between 0 and 1 for each candidate."""
    if not found:
        return {}
    query = stems_of(text, language)
    best = max(found[0][1], 1e-9)
    if len(query) < SHORT:
        return {number: 0.95 * score / best for number, score in found}
    first = found[:READ]
    length = math.log(max(1, len(text.split())))
    weights = [weight + more * length for weight, more in _WEIGHTS]
    asked = _asked(query[:LONGEST])
    scores: dict[int, float] = {}
    for rank, ((number, score), quote) in enumerate(zip(first, read([n for n, _ in first]), strict=True), 1):
        features = (score / best, math.log(score + 1e-9), 1 / rank, *_features(asked, quote[:LONGEST]))
        value = _CONSTANT + sum(map(operator.mul, features, weights))
        scores[number] = 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))
    lowest = min(scores.values())
    return scores | {number: lowest * score / best for number, score in found[READ:]}


class _Asked(NamedTuple):
    """The query's side of the features, computed once.

    worth       the information of each stem
    until       how much the stems before each place say together
    pairs       the information of each pair of neighbours
    """

    stems: Sequence[str]
    worth: Mapping[str, float]
    until: Sequence[float]
    pairs: Mapping[tuple[str, str], float]


def _asked(query: Sequence[str]) -> _Asked:
    worth = {stem: information(stem) for stem in query}
    until = list(accumulate((worth[stem] for stem in query), initial=0.0))
    return _Asked(query, worth, until, {pair: worth[pair[0]] + worth[pair[1]] for pair in pairwise(query)})


def _features(asked: _Asked, quote: Sequence[str]) -> tuple[float, ...]:
    """What a query and a quote share, by their stems."""
    until, there = asked.until, set(quote)
    ours, theirs = sum(asked.worth.values()), max(_LITTLE, sum(map(information, there)))
    both = sum(worth for stem, worth in asked.worth.items() if stem in there)
    in_order = longest = 0.0
    for step in LCSseq.opcodes(asked.stems, quote):
        if step.tag == "equal":
            worth = until[step.src_end] - until[step.src_start]
            in_order += worth
            longest = max(longest, worth)
    whole, other = until[-1], max(_LITTLE, sum(map(information, quote)))
    shared = sum(map(asked.pairs.__getitem__, asked.pairs.keys() & set(pairwise(quote))))
    ratio = math.log((len(quote) + 1) / (len(asked.stems) + 1))
    return (
        both / ours,
        both / theirs,
        both / min(ours, theirs),
        in_order / whole,
        in_order / other,
        math.log1p(both),
        shared / sum(asked.pairs.values()),
        longest / whole,
        ratio,
        abs(ratio),
    )
