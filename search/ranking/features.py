"""What a query and its candidates share, as numbers: one row a candidate, one column a feature.

Most are shares between 0 and 1 of what the query says, weighed by information (a fixed table) or by rarity (in this
archive). A candidate is also seen together with the others of its version group: what one translation says with other
words than the query, another says with the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from search.ranking.candidates import Candidate
from search.ranking.translation_table import kindred
from search.text.information import information
from search.text.word_families import root

NAMES: Final = (
    "echo",  # what the terms of the best hit add
    "theirs",  # the share of the quote's information that the query has
    "ordered",  # the query's share in order
    "their_ordered",  # the quote's share in order
    "pairs",  # the share of pairs of neighbours, by information
    "stretch",  # the share of the longest unbroken stretch
    "length",  # the logarithm of the lengths' ratio
    "other_length",  # its absolute value
    "rare",  # the query's share, by rarity
    "neighbours",  # the share of pairs of neighbours, each counted once
    "near",  # the share of pairs that stand within four words of one another in both
    "kin",  # what words of like meaning or of the same family add to the query's share, by rarity
    "group_rare",  # what the group's members together have of the query, by rarity
    "group_kin",  # what words of like meaning add to it
    "group_pairs",  # what the members together have of the pairs of neighbours, by rarity
    "group_first",  # the mean of the members' scores, of the four best
    "group_echo",  # the mean of what the best hit's terms add
    "group_ordered",  # the mean of the query's share in order
    "told",  # how much likelier the quote is to be so if it is a version than if it is not: the sum, in nats
    "group_told",  # the same of what the group's members have together
    "group_told_mean",  # the mean of the members
)
LONGEST: Final = 400  # stems of a text that are looked at
_FAMILY: Final = 0.4  # what a word of the same family counts, next to the word itself
_KEPT: Final = 0.7  # how often a version has the very word: from .85 for common ones to .6 for rare ones
_NOTHING: Final = 0.1  # how often nothing stands for a word that was not kept, at least
_MOST: Final = 9.0  # nats that a word tells at most
_APART: Final = 4  # words
_MEMBERS: Final = 4  # of a group, the best: more copies of one wording say no more
_LITTLE: Final = 0.01  # nats: what stands below the line is never nothing
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.signedinteger[Any]]


class _Asked(NamedTuple):
    """The query's side, computed once. Each of its different stems has a number.

    places      the numbers of its stems, in order
    numbers     the number of each stem
    worth       the information of each
    rare        the rarity of each
    pairs       those of neighbours
    near        those that stand near together
    lost        for each the logarithm of how much likelier a version is than any other quote to have nothing for it
    kin         the numbers of other stems that may stand for some of the query
    stands      for each such stem those that it may stand for
    roots       for the roots of the query's stems, their numbers
    """

    places: Sequence[int]
    numbers: Mapping[str, int]
    worth: Floats
    rare: Floats
    pairs: _Pairs
    near: _Pairs
    lost: Floats
    kin: Mapping[str, int]
    stands: _Stands
    roots: Mapping[str, int]


class _Stands(NamedTuple):
    """What may stand for what, sorted by the number of the stem that stands for one of the query.

    kin         the number of that stem
    number      the number of the query's stem
    how_much    how often it does, 0 to 1
    likelier    how much likelier a version is to have it there than any other quote
    """

    kin: Places
    number: Places
    how_much: Floats
    likelier: Floats


class _Pairs(NamedTuple):
    """Pairs of stems of a query, given by their numbers, each once; `place` says for each two stems which pair they are.

    It is -1 for two that are none.
    """

    left: Places
    right: Places
    place: Places

    def worth(self, each: Floats) -> Floats:
        """What each pair is worth when its stems are worth so much each."""
        worth: Floats = each[self.left] + each[self.right]
        return worth


class _Quotes(NamedTuple):
    """The candidates' side.

    places      for each word of each quote the number of its stem in the query, -1 for another; filled up with -1
    stems       for each quote and each stem of the query, whether the quote has it
    kin         the same with how much it has of it: all, or a word that is like it
    told        the logarithm of how much likelier a version is than any other quote to have what it has for the stem
    said        how much each quote says in all
    common      how much those of its words say that the query has, too
    lengths     how many words each has
    """

    places: Places
    stems: Floats
    kin: Floats
    told: Floats
    said: Floats
    common: Floats
    lengths: Places


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
    read = _read(query, [quote[:LONGEST] for quote in quotes])
    all_rare = query.rare.sum()
    beside = _has(read.places, query.pairs, 1)
    pair_worth, pair_rare, near = (
        query.pairs.worth(query.worth),
        query.pairs.worth(query.rare),
        query.near.worth(query.rare),
    )
    first, echo = _terms(found)
    best = max(float(first.max()), _LITTLE)
    ordered, stretch = _in_order(query, read.places)
    whole = query.worth[list(query.places)].sum()
    ratio = np.log((read.lengths + 1) / (len(query.places) + 1))
    together = _pooled(groups, read.stems, read.kin, read.told, beside, first, echo, ordered / whole)
    stems_of_all, kin_of_all, told_of_all, pairs_of_all, mean_first, mean_echo, mean_ordered, mean_told = together
    has, has_all = read.stems @ query.rare, stems_of_all @ query.rare
    return np.column_stack(
        [
            echo / best,
            read.common / read.said.clip(_LITTLE),
            ordered / whole,
            ordered / read.said.clip(_LITTLE),
            beside @ pair_worth / max(_LITTLE, pair_worth.sum()),
            stretch / whole,
            ratio,
            np.abs(ratio),
            has / all_rare,
            beside.sum(axis=1) / max(1, len(pair_worth)),
            _has(read.places, query.near, _APART) @ near / max(_LITTLE, near.sum()),
            (read.kin @ query.rare - has) / all_rare,
            has_all / all_rare,
            (kin_of_all @ query.rare - has_all) / all_rare,
            pairs_of_all @ pair_rare / max(_LITTLE, pair_rare.sum()),
            mean_first / best,
            mean_echo / best,
            mean_ordered,
            read.told.sum(axis=1),
            told_of_all.sum(axis=1),
            mean_told,
        ]
    )


def _asked(stems: Sequence[str], rarity: Mapping[str, float]) -> _Asked:
    numbers = {stem: number for number, stem in enumerate(dict.fromkeys(stems))}
    worth = np.array([information(stem) for stem in numbers])
    rare = np.array([rarity[stem] for stem in numbers])
    places = [numbers[stem] for stem in stems]
    kin: dict[str, int] = {}
    stands: list[tuple[int, int, float, float]] = []
    lost = np.zeros(len(numbers))
    for stem, number in numbers.items():
        others = kindred(stem)
        some = sum(others.values())
        changed = (1 - _KEPT) * min(1.0, (1 - _NOTHING) / max(some, _LITTLE))
        lost[number] = math.log((1 - _KEPT) * max(_NOTHING, 1 - some))
        for other, often in others.items():
            stands.append(
                (kin.setdefault(other, len(kin)), number, often, changed * often * math.exp(information(other)))
            )
    columns = np.array(sorted(stands), dtype=np.float64).reshape(-1, 4).T
    return _Asked(
        places,
        numbers,
        worth,
        rare,
        _pairs(places, 1, len(numbers)),
        _pairs(places, _APART - 1, len(numbers)),
        lost,
        kin,
        _Stands(columns[0].astype(np.int64), columns[1].astype(np.int64), columns[2], columns[3]),
        {root(stem): number for stem, number in numbers.items()},
    )


def _pairs(places: Sequence[int], apart: int, stems: int) -> _Pairs:
    """The pairs that stand at most so many words apart, of a query of so many different stems."""
    found = dict.fromkeys(pair for step in range(1, apart + 1) for pair in zip(places, places[step:], strict=False))
    left, right = np.array(list(found), dtype=np.int64).reshape(-1, 2).T
    place = np.full((stems, stems), -1)
    place[left, right] = np.arange(len(found))
    return _Pairs(left, right, place)


def _read(query: _Asked, quotes: Sequence[Sequence[str]]) -> _Quotes:
    lengths = np.array([len(quote) for quote in quotes])
    rows = np.repeat(np.arange(len(quotes)), lengths)
    words = list(chain.from_iterable(quotes))
    known = np.fromiter(map(query.numbers.get, words, repeat(-1)), np.int64, len(words))
    places = np.full((len(quotes), int(lengths.max())), -1, np.int16)
    places[np.arange(places.shape[1]) < lengths[:, None]] = known
    stems = np.zeros((len(quotes), len(query.worth)))
    stems[rows[known >= 0], known[known >= 0]] = 1.0
    like = np.fromiter(map(query.roots.get, map(root, words), repeat(-1)), np.int64, len(words))
    kin = np.zeros_like(stems)
    kin[rows[like >= 0], like[like >= 0]] = _FAMILY
    told = np.exp(query.lost) + stems * (_KEPT * np.exp(query.rare.clip(max=_MOST)))
    other = np.fromiter(map(query.kin.get, words, repeat(-1)), np.int64, len(words))
    row, other = np.divmod(np.unique((rows * len(query.kin) + other)[other >= 0]), max(1, len(query.kin)))
    start, end = np.searchsorted(query.stands.kin, other), np.searchsorted(query.stands.kin, other, "right")
    row, each = np.repeat(row, end - start), _ranges(start, end)
    place = (row, query.stands.number[each])
    np.maximum.at(kin, place, query.stands.how_much[each])
    np.add.at(told, place, query.stands.likelier[each])
    worth = np.fromiter(map(information, words), np.float64, len(words))
    said, common = (np.bincount(rows, each, len(quotes)).astype(np.float64) for each in (worth, worth * (known >= 0)))
    return _Quotes(places, stems, np.maximum(stems, kin), np.log(told), said, common, lengths)


def _ranges(start: Places, end: Places) -> Places:
    """The whole numbers of each of some ranges, one range after the other."""
    lengths = end - start
    before = np.cumsum(lengths) - lengths
    found: Places = np.arange(lengths.sum()) + np.repeat(start - before, lengths)
    return found


def _has(places: Places, pairs: _Pairs, apart: int) -> Floats:
    """For each quote and each pair of places, whether the quote has them in that order, at most so many words apart."""
    found = np.zeros((len(places), len(pairs.left)))
    for step in range(1, apart + 1):
        left, right = places[:, :-step], places[:, step:]
        rows, columns = np.nonzero((left >= 0) & (right >= 0))
        pair = pairs.place[left[rows, columns], right[rows, columns]]
        found[rows[pair >= 0], pair[pair >= 0]] = 1.0
    return found


def _in_order(query: _Asked, places: Places) -> tuple[Floats, Floats]:
    """For each quote, the most information that it shares with the query in order, and in one unbroken stretch.

    Both are the usual tables of longest common subsequences and substrings, row by row, for all quotes at once.
    """
    best, run, longest = (np.zeros((places.shape[0], places.shape[1] + 1), np.float32) for _ in range(3))
    worths = query.worth.astype(np.float32)
    for place in query.places:
        worth = worths[place]
        there = places == place
        run[:, 1:] = (run[:, :-1] + worth) * there
        np.maximum(longest, run, out=longest)
        best[:, 1:] = np.maximum(best[:, 1:], best[:, :-1] + worth * there)
        np.maximum.accumulate(best, axis=1, out=best)
    return best[:, -1].astype(np.float64), longest.max(axis=1).astype(np.float64)


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
    groups: Sequence[int],
    stems: Floats,
    kin: Floats,
    told: Floats,
    pairs: Floats,
    first: Floats,
    echo: Floats,
    ordered: Floats,
) -> tuple[Floats, ...]:
    """The same for the group of each candidate: what its members have together, and their means."""
    _, group, size = np.unique(np.array(groups), return_inverse=True, return_counts=True)
    # Those of one group side by side, the best by the query's own terms first.
    order = np.lexsort((-first, group))
    starts = np.concatenate([[0], np.cumsum(size)[:-1]])
    best = [np.maximum.reduceat(part[order], starts)[group] for part in (stems, kin, told, pairs)]
    means = [(np.bincount(group, each) / size)[group] for each in (echo, ordered, told.sum(axis=1))]
    high = order[np.arange(len(order)) - np.repeat(starts, size) < _MEMBERS]
    mean_first = (np.bincount(group[high], first[high]) / size.clip(max=_MEMBERS))[group]
    return *best, mean_first, *means
