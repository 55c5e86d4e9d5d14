"""What a query and its candidates share, as numbers: one row a candidate, one column a feature.

Most are shares between 0 and 1 of what the query says, weighed by information (a fixed table) or by rarity (in this
archive). A candidate is also seen together with the others of its version group: what one translation says with other
words than the query, another says with the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from search.candidates import Candidate
from search.derivation import root
from search.information import information
from search.kindred import kindred

NAMES: Final = (
    "first",  # the logarithm of the score of the query's own terms
    "echo",  # what the terms of the best hit add
    "ours",  # the share of the query's information that the quote has
    "theirs",  # the share of the quote's information that the query has
    "ordered",  # the query's share in order
    "their_ordered",  # the quote's share in order
    "amount",  # the logarithm of what both have, in nats
    "pairs",  # the share of pairs of neighbours, by information
    "stretch",  # the share of the longest unbroken stretch
    "length",  # the logarithm of the lengths' ratio
    "other_length",  # its absolute value
    "rare",  # the query's share, by rarity
    "window",  # the most that stands within a stretch of the query's length, of its rarity
    "neighbours",  # the share of pairs of neighbours, each counted once
    "near",  # the share of pairs that stand within four words of one another in both
    "kin",  # what words of like meaning or of the same family add to the query's share, by rarity
    "group_rare",  # what the group's members together have of the query, by rarity
    "group_kin",  # what words of like meaning add to it
    "group_pairs",  # what the members together have of the pairs of neighbours, by rarity
    "group_size",  # the logarithm of the number of members read
    "group_first",  # the mean of the members' scores, of the four best
    "group_echo",  # the mean of what the best hit's terms add
    "group_ordered",  # the mean of the query's share in order
)
LONGEST: Final = 400  # stems of a text that are looked at
_FAMILY: Final = 0.4  # what a word of the same family counts, next to the word itself
_APART: Final = 4  # words
_MEMBERS: Final = 4  # of a group, the best: more copies of one wording say no more
_LITTLE: Final = 0.01  # nats: what stands below the line is never nothing
Floats = npt.NDArray[np.float64]


class _Asked(NamedTuple):
    """The query's side, computed once.

    stems       in order
    worth       the information of each stem
    until       how much the stems before each place say together
    pairs       the information of each pair of neighbours
    near        the rarity of each pair that stands near together
    kin         for other stems, the places of those of the query that they are like, and how much
    roots       for the roots of the query's stems, their places
    """

    stems: Sequence[str]
    worth: Mapping[str, float]
    until: Sequence[float]
    pairs: Mapping[tuple[str, str], float]
    near: Mapping[tuple[str, str], float]
    kin: Mapping[str, Sequence[tuple[int, float]]]
    roots: Mapping[str, int]


def table(
    asked: Sequence[str],
    rarity: Mapping[str, float],
    found: Sequence[Candidate],
    quotes: Sequence[Sequence[str]],
    groups: Sequence[int],
) -> Floats:
    """The features of some candidates for a query, given by its stems; `rarity` is that of each of them.

    `quotes` are the stems of the candidates, `groups` their version groups. The query has a stem, and there is a
    candidate.
    """
    query = _asked(asked[:LONGEST], rarity)
    rare = np.array([rarity[stem] for stem in query.worth])
    pair_rare = np.array([rarity[left] + rarity[right] for left, right in query.pairs] or [_LITTLE])
    own, exact, like, pairs = [], [], [], []
    for quote in quotes:
        words = quote[:LONGEST]
        there, beside = set(words), set(pairwise(words))
        own.append(_own(query, words, there, beside))
        exact.append([stem in there for stem in query.worth])
        like.append(_like(query, there, exact[-1]))
        pairs.append([pair in beside for pair in query.pairs] or [False])
    stems, kin, neighbours = np.array(exact, dtype=np.float64), np.array(like), np.array(pairs, dtype=np.float64)
    first, echo = _terms(found)
    best, all_rare, all_pairs = max(float(first.max()), _LITTLE), rare.sum(), pair_rare.sum()
    shared = np.array(own)
    together = _pooled(groups, stems, kin, neighbours, first, echo, shared[:, 2])
    stems_of_all, kin_of_all, pairs_of_all, size, mean_first, mean_echo, mean_ordered = together
    has, has_all = stems @ rare, stems_of_all @ rare
    return np.column_stack(
        [
            np.log1p(first),
            echo / best,
            shared,
            has / all_rare,
            _windows(query, rarity, quotes) / all_rare,
            neighbours.mean(axis=1),
            _near(query, quotes),
            (kin @ rare - has) / all_rare,
            has_all / all_rare,
            (kin_of_all @ rare - has_all) / all_rare,
            pairs_of_all @ pair_rare / all_pairs,
            np.log(size),
            mean_first / best,
            mean_echo / best,
            mean_ordered,
        ]
    )


def _asked(stems: Sequence[str], rarity: Mapping[str, float]) -> _Asked:
    worth = {stem: information(stem) for stem in stems}
    near = {
        (left, right): rarity[left] + rarity[right]
        for apart in range(1, _APART)
        for left, right in zip(stems, stems[apart:], strict=False)
    }
    kin: dict[str, list[tuple[int, float]]] = {}
    for place, stem in enumerate(worth):
        for other, how_much in kindred(stem).items():
            kin.setdefault(other, []).append((place, how_much))
    return _Asked(
        stems,
        worth,
        list(accumulate((worth[stem] for stem in stems), initial=0.0)),
        {pair: worth[pair[0]] + worth[pair[1]] for pair in pairwise(stems)},
        near,
        kin,
        {root(stem): place for place, stem in enumerate(worth)},
    )


def _own(query: _Asked, quote: Sequence[str], there: set[str], beside: set[tuple[str, str]]) -> tuple[float, ...]:
    """What the query and one quote share, by information: the features from "ours" to "other_length"."""
    until = query.until
    ours, theirs = sum(query.worth.values()), max(_LITTLE, sum(map(information, there)))
    both = sum(worth for stem, worth in query.worth.items() if stem in there)
    in_order = longest = 0.0
    for step in LCSseq.opcodes(query.stems, quote):
        if step.tag == "equal":
            worth = until[step.src_end] - until[step.src_start]
            in_order += worth
            longest = max(longest, worth)
    whole, other = until[-1], max(_LITTLE, sum(map(information, quote)))
    shared = sum(map(query.pairs.__getitem__, query.pairs.keys() & beside))
    ratio = math.log((len(quote) + 1) / (len(query.stems) + 1))
    return (
        both / ours,
        both / theirs,
        in_order / whole,
        in_order / other,
        math.log1p(both),
        shared / max(_LITTLE, sum(query.pairs.values())),
        longest / whole,
        ratio,
        abs(ratio),
    )


def _like(query: _Asked, there: set[str], exact: Sequence[bool]) -> list[float]:
    """How much of each of the query's stems a quote has: all of it, or a word that is like it."""
    found = [float(known) for known in exact]
    for stem in query.kin.keys() & there:
        for place, how_much in query.kin[stem]:
            found[place] = max(found[place], how_much)
    for stem in there:
        family = query.roots.get(root(stem))
        if family is not None:
            found[family] = max(found[family], _FAMILY)
    return found


def _windows(query: _Asked, rarity: Mapping[str, float], quotes: Sequence[Sequence[str]]) -> Floats:
    """For each quote, the most of the query's rarity that stands within half as many words again as the query has."""
    width = int(1.5 * len(query.stems)) + 3
    found = []
    for quote in quotes:
        words = quote[:LONGEST]
        last: dict[str, int] = {}
        inside: list[tuple[int, str]] = []
        now = most = 0.0
        start = 0
        for place, stem in enumerate(words):
            if stem not in query.worth:
                continue
            inside.append((place, stem))
            if stem not in last:
                now += rarity[stem]
            last[stem] = place
            while inside[start][0] <= place - width:
                gone, old = inside[start]
                if last.get(old) == gone:
                    del last[old]
                    now -= rarity[old]
                start += 1
            most = max(most, now)
        found.append(most)
    return np.array(found)


def _near(query: _Asked, quotes: Sequence[Sequence[str]]) -> Floats:
    """For each quote, the share of the pairs that stand near together in the query and in it."""
    total = max(_LITTLE, sum(query.near.values()))
    shares = []
    for quote in quotes:
        words = quote[:LONGEST]
        beside = {pair for apart in range(1, _APART + 1) for pair in zip(words, words[apart:], strict=False)}
        shares.append(sum(map(query.near.__getitem__, query.near.keys() & beside)) / total)
    return np.array(shares)


def _terms(found: Sequence[Candidate]) -> tuple[Floats, Floats]:
    """The score of each candidate by the query's own terms, and what those of the best hit add to it.

    The best hit has all of its own terms, which tells nothing: it is given as much as the one that is most like it.
    """
    first = np.array([one.first for one in found])
    echo = np.array([one.score for one in found]) - first
    best = int(np.argmax(first))
    others = np.delete(echo, best)
    echo[best] = others.max() if len(others) else 0.0
    return first, echo


def _pooled(
    groups: Sequence[int], stems: Floats, kin: Floats, pairs: Floats, first: Floats, echo: Floats, ordered: Floats
) -> tuple[Floats, ...]:
    """The same for the group of each candidate: what its members have together, their number, and their means."""
    stems, kin, pairs, first, echo, ordered = (part.copy() for part in (stems, kin, pairs, first, echo, ordered))
    size = np.ones(len(groups))
    places: dict[int, list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    for some in places.values():
        if len(some) > 1:
            for part in (stems, kin, pairs):
                part[some] = part[some].max(axis=0)
            size[some] = len(some)
            first[some] = np.sort(first[some])[-_MEMBERS:].mean()
            echo[some] = echo[some].mean()
            ordered[some] = ordered[some].mean()
    return stems, kin, pairs, size, first, echo, ordered
