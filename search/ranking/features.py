"""Tell in numbers what a query and each of its candidates share: the features by which the answers are ordered.

Most are shares between 0 and 1 of the query's information: its coverage, as learning to rank calls it. They are weighed
by information (a fixed table) or by rarity (in this archive). A candidate is also seen together with the others of its
version group: what one translation says with other words than the query, another says with the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from search.ranking.candidates import Candidate
from search.ranking.translation_table import translations
from search.term_index.tally import Floats
from search.text.information import information
from search.text.word_families import root

Places = npt.NDArray[np.signedinteger[Any]]

MOST_STEMS: Final = 400  # of a text that are looked at; the tables of `_in_order` grow with both texts
_SAME_FAMILY: Final = 0.4  # of a word's rarity that another word of its family counts
_KEPT: Final = 0.7  # how often a version has the very word: from .85 for common ones to .6 for rare ones
_NOTHING: Final = 0.1  # how often nothing stands for a word that was not kept, at least
_MOST_TOLD: Final = 9.0  # nats that a word tells at most: one rare word is no proof
_PROXIMITY: Final = 4  # words within which two stand near one another
_MEMBERS: Final = 4  # of a group, the best: more copies of one wording say no more
_LEAST: Final = 0.01  # nats: no share is taken of less


class RankingFeatures(NamedTuple):
    """The features of some candidates, each a row `(candidates,)` float64. `_fields` is the one list of their names.

    feedback_score                    what the terms of the best hit add to the score, by the best score
    quote_coverage                    the share of the quote's information that the query has
    ordered_coverage                  the share of the query's information that the quote has in order
    quote_ordered_coverage            the share of the quote's information that the query has in order
    bigram_coverage                   the share of the query's pairs of neighbours, by information
    longest_run                       the share of the query in the longest unbroken run
    log_length_ratio                  the logarithm of the lengths' ratio, quote to query
    absolute_log_length_ratio         its absolute value
    query_coverage                    the share of the query's stems, by rarity
    bigram_share                      the share of the query's pairs of neighbours, each counted once
    proximity_coverage                the share of its pairs within four words of one another in both, by rarity
    synonym_coverage                  what words of like meaning or of one family add to `query_coverage`
    group_query_coverage              `query_coverage` of what the group's members have together
    group_synonym_coverage            `synonym_coverage` of it
    group_bigram_coverage             its share of the pairs of neighbours, by rarity
    group_score                       the mean of the four best members' scores by the query's own terms, by the best score
    group_feedback_score              the mean of the members' `feedback_score`
    group_ordered_coverage            the mean of the members' `ordered_coverage`
    log_likelihood_ratio              how much likelier a version is to be so than any other quote: the sum over stems, nats
    group_log_likelihood_ratio        the same of what the group's members have together
    group_mean_log_likelihood_ratio   the mean of the members'
    """

    feedback_score: Floats
    quote_coverage: Floats
    ordered_coverage: Floats
    quote_ordered_coverage: Floats
    bigram_coverage: Floats
    longest_run: Floats
    log_length_ratio: Floats
    absolute_log_length_ratio: Floats
    query_coverage: Floats
    bigram_share: Floats
    proximity_coverage: Floats
    synonym_coverage: Floats
    group_query_coverage: Floats
    group_synonym_coverage: Floats
    group_bigram_coverage: Floats
    group_score: Floats
    group_feedback_score: Floats
    group_ordered_coverage: Floats
    log_likelihood_ratio: Floats
    group_log_likelihood_ratio: Floats
    group_mean_log_likelihood_ratio: Floats

    def matrix(self) -> Floats:
        """Return the features as `(candidates, 21)` float64, one column each in the order of `_fields`."""
        return np.column_stack(self)


class _Query(NamedTuple):
    """The query's side, computed once. Each of its different stems has a number.

    places       the numbers of its stems, in order
    numbers      the number of each stem
    nats         the information of each, by number
    rarity       the rarity of each in this archive, nats
    bigrams      the pairs of neighbours
    near_pairs   those that stand near together
    absent       for each stem the logarithm of how much likelier a version is than any other quote to have nothing for it
    synonyms     the numbers of other stems that may stand for some of the query
    links        for each such stem those that it may stand for
    roots        for the roots of the query's stems, their numbers
    """

    places: Sequence[int]
    numbers: Mapping[str, int]
    nats: Floats
    rarity: Floats
    bigrams: _Pairs
    near_pairs: _Pairs
    absent: Floats
    synonyms: Mapping[str, int]
    links: _SynonymLinks
    roots: Mapping[str, int]


class _SynonymLinks(NamedTuple):
    """What may stand for what, sorted by the number of the stem that stands for one of the query.

    synonym      the number of that stem
    number       the number of the query's stem
    probability  how often it does when the stem itself is not kept, 0 to 1
    ratio        how much likelier a version is to have it there than any other quote
    """

    synonym: Places
    number: Places
    probability: Floats
    ratio: Floats


class _Pairs(NamedTuple):
    """Pairs of stems of a query, given by their numbers, each once; `place` says for each two stems which pair they are.

    It is -1 for two that are none.
    """

    left: Places
    right: Places
    place: Places

    def sums(self, each: Floats) -> Floats:
        """Return what each pair is worth when its stems are worth so much each."""
        sums: Floats = each[self.left] + each[self.right]
        return sums


class _Quotes(NamedTuple):
    """The candidates' side.

    places      (quotes, longest) for each word the number of its stem in the query, -1 for another; filled up with -1
    stems       (quotes, stems) whether the quote has each stem of the query
    synonyms    (quotes, stems) how much it has of it: all, or a word that is like it
    ratios      (quotes, stems) log of how much likelier a version is than any other quote to have what it has for the stem
    nats        (quotes,) how much each quote says in all
    common      (quotes,) how much those of its words say that the query has, too
    lengths     (quotes,) how many words each has
    """

    places: Places
    stems: Floats
    synonyms: Floats
    ratios: Floats
    nats: Floats
    common: Floats
    lengths: Places


class _Groups(NamedTuple):
    """What the members of each candidate's version group have together, and the means of theirs."""

    stems: Floats
    synonyms: Floats
    ratios: Floats
    bigrams: Floats
    score: Floats
    feedback: Floats
    ordered: Floats
    log_likelihood_ratio: Floats


def ranking_features(
    query_stems: Sequence[str],
    rarity: Mapping[str, float],
    candidates: Sequence[Candidate],
    quotes: Sequence[Sequence[str]],
    groups: Sequence[int],
) -> RankingFeatures:
    """Return the features of some candidates for a query, given by its stems and the rarity of each in nats.

    `quotes` are the stems of the candidates, `groups` their version groups. The query has a stem, and there is a
    candidate.
    """
    query = _read_query(query_stems[:MOST_STEMS], rarity)
    read = _read_quotes(query, [quote[:MOST_STEMS] for quote in quotes])
    bigrams = _pairs_present(read.places, query.bigrams, 1)
    near_pairs = _pairs_present(read.places, query.near_pairs, _PROXIMITY)
    own_score, feedback = _scores_apart(candidates)
    best_score = max(float(own_score.max()), _LEAST)
    in_order, longest_run = _in_order(query, read.places)
    query_nats = query.nats[list(query.places)].sum()
    quote_nats = read.nats.clip(_LEAST)
    query_rarity = query.rarity.sum()
    length_ratio = np.log((read.lengths + 1) / (len(query.places) + 1))
    group = _pooled(groups, read, bigrams, own_score, feedback, in_order / query_nats)
    covered, group_covered = read.stems @ query.rarity, group.stems @ query.rarity
    bigram_nats, bigram_rarity = query.bigrams.sums(query.nats), query.bigrams.sums(query.rarity)
    near_rarity = query.near_pairs.sums(query.rarity)
    return RankingFeatures(
        feedback_score=feedback / best_score,
        quote_coverage=read.common / quote_nats,
        ordered_coverage=in_order / query_nats,
        quote_ordered_coverage=in_order / quote_nats,
        bigram_coverage=bigrams @ bigram_nats / max(_LEAST, bigram_nats.sum()),
        longest_run=longest_run / query_nats,
        log_length_ratio=length_ratio,
        absolute_log_length_ratio=np.abs(length_ratio),
        query_coverage=covered / query_rarity,
        bigram_share=bigrams.sum(axis=1) / max(1, len(bigram_nats)),
        proximity_coverage=near_pairs @ near_rarity / max(_LEAST, near_rarity.sum()),
        synonym_coverage=(read.synonyms @ query.rarity - covered) / query_rarity,
        group_query_coverage=group_covered / query_rarity,
        group_synonym_coverage=(group.synonyms @ query.rarity - group_covered) / query_rarity,
        group_bigram_coverage=group.bigrams @ bigram_rarity / max(_LEAST, bigram_rarity.sum()),
        group_score=group.score / best_score,
        group_feedback_score=group.feedback / best_score,
        group_ordered_coverage=group.ordered,
        log_likelihood_ratio=read.ratios.sum(axis=1),
        group_log_likelihood_ratio=group.ratios.sum(axis=1),
        group_mean_log_likelihood_ratio=group.log_likelihood_ratio,
    )


def _read_query(stems: Sequence[str], rarity: Mapping[str, float]) -> _Query:
    numbers = {stem: number for number, stem in enumerate(dict.fromkeys(stems))}
    places = [numbers[stem] for stem in stems]
    synonyms: dict[str, int] = {}
    links: list[tuple[int, int, float, float]] = []
    absent = np.zeros(len(numbers))
    for stem, number in numbers.items():
        others = translations(stem)
        known = sum(others.values())
        changed = (1 - _KEPT) * min(1.0, (1 - _NOTHING) / max(known, _LEAST))
        absent[number] = math.log((1 - _KEPT) * max(_NOTHING, 1 - known))
        for other, probability in others.items():
            ratio = changed * probability * math.exp(information(other))
            links.append((synonyms.setdefault(other, len(synonyms)), number, probability, ratio))
    columns = np.array(list(chain.from_iterable(sorted(links)))).reshape(-1, 4).T
    return _Query(
        places,
        numbers,
        np.array([information(stem) for stem in numbers]),
        np.array([rarity[stem] for stem in numbers]),
        _pairs_within(places, 1, len(numbers)),
        _pairs_within(places, _PROXIMITY - 1, len(numbers)),
        absent,
        synonyms,
        _SynonymLinks(columns[0].astype(np.int64), columns[1].astype(np.int64), columns[2], columns[3]),
        {root(stem): number for stem, number in numbers.items()},
    )


def _pairs_within(places: Sequence[int], apart: int, stems: int) -> _Pairs:
    """The pairs that stand at most so many words apart, of a query of so many different stems."""
    pairs = dict.fromkeys(pair for step in range(1, apart + 1) for pair in zip(places, places[step:], strict=False))
    left, right = np.array(list(pairs), dtype=np.int64).reshape(-1, 2).T
    place = np.full((stems, stems), -1)
    place[left, right] = np.arange(len(pairs))
    return _Pairs(left, right, place)


def _read_quotes(query: _Query, quotes: Sequence[Sequence[str]]) -> _Quotes:
    lengths = np.array([len(quote) for quote in quotes])
    rows = np.repeat(np.arange(len(quotes)), lengths)
    words = list(chain.from_iterable(quotes))
    known = np.fromiter(map(query.numbers.get, words, repeat(-1)), np.int64, len(words))
    places = np.full((len(quotes), int(lengths.max())), -1, np.int16)
    places[np.arange(places.shape[1]) < lengths[:, None]] = known
    stems = np.zeros((len(quotes), len(query.nats)))
    stems[rows[known >= 0], known[known >= 0]] = 1.0
    of_family = np.fromiter(map(query.roots.get, map(root, words), repeat(-1)), np.int64, len(words))
    synonyms = np.zeros_like(stems)
    synonyms[rows[of_family >= 0], of_family[of_family >= 0]] = _SAME_FAMILY
    ratios = np.exp(query.absent) + stems * (_KEPT * np.exp(query.rarity.clip(max=_MOST_TOLD)))
    other = np.fromiter(map(query.synonyms.get, words, repeat(-1)), np.int64, len(words))
    # Each synonym counts once in a quote, however often it stands there.
    places_of_synonyms = np.sort((rows * len(query.synonyms) + other)[other >= 0])
    # Not `np.unique`, which imports numpy's masked arrays first: 10 ms of a cold command.
    fresh = np.diff(places_of_synonyms, prepend=-1) > 0
    row, other = np.divmod(places_of_synonyms[fresh], max(1, len(query.synonyms)))
    links = query.links
    start, end = np.searchsorted(links.synonym, other), np.searchsorted(links.synonym, other, "right")
    row, each = np.repeat(row, end - start), _ranges(start, end)
    place = (row, links.number[each])
    np.maximum.at(synonyms, place, links.probability[each])
    np.add.at(ratios, place, links.ratio[each])
    nats = np.fromiter(map(information, words), np.float64, len(words))
    total, common = (np.bincount(rows, each, len(quotes)).astype(np.float64) for each in (nats, nats * (known >= 0)))
    return _Quotes(places, stems, np.maximum(stems, synonyms), np.log(ratios), total, common, lengths)


def _ranges(start: Places, end: Places) -> Places:
    """The whole numbers of each of some ranges, one range after the other."""
    lengths = end - start
    before = np.cumsum(lengths) - lengths
    ranges: Places = np.arange(lengths.sum()) + np.repeat(start - before, lengths)
    return ranges


def _pairs_present(places: Places, pairs: _Pairs, apart: int) -> Floats:
    """For each quote and each pair, whether the quote has the two in that order, at most so many words apart."""
    present = np.zeros((len(places), len(pairs.left)))
    for step in range(1, apart + 1):
        left, right = places[:, :-step], places[:, step:]
        rows, columns = np.nonzero((left >= 0) & (right >= 0))
        pair = pairs.place[left[rows, columns], right[rows, columns]]
        present[rows[pair >= 0], pair[pair >= 0]] = 1.0
    return present


def _in_order(query: _Query, places: Places) -> tuple[Floats, Floats]:
    """For each quote, the most information that it shares with the query in order, and in one unbroken run.

    Both are the usual tables of longest common subsequences and substrings, row by row, for all quotes at once.
    """
    # Of the words that the query has, too, which are few: each in its turn downwards, with whether it stands right behind the last.
    rows, columns = np.nonzero(places >= 0)
    counts = np.bincount(rows, minlength=len(places))
    turns = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    shared = np.full((int(counts.max()), len(places)), -1, places.dtype)
    shared[turns, rows] = places[rows, columns]
    beside = np.zeros(shared.shape, np.float32)
    beside[turns[1:], rows[1:]] = (columns[1:] == columns[:-1] + 1) & (rows[1:] == rows[:-1])
    best, run, longest = (np.zeros((len(shared) + 1, len(places)), np.float32) for _ in range(3))
    worths = query.nats.astype(np.float32)
    for place in query.places:
        worth = worths[place]
        there = shared == place
        run[1:] = (run[:-1] * beside + worth) * there
        np.maximum(longest, run, out=longest)
        best[1:] = np.maximum(best[1:], best[:-1] + worth * there)
        np.maximum.accumulate(best, axis=0, out=best)
    return best[-1].astype(np.float64), longest.max(axis=0).astype(np.float64)


def _scores_apart(candidates: Sequence[Candidate]) -> tuple[Floats, Floats]:
    """The score of each candidate by the query's own terms, and what those of the best hit add to it.

    The best hit has all of its own terms, which tells nothing: it is given as much as the one that is most like it.
    """
    own_score = np.array([one.own_score for one in candidates])
    feedback = np.array([one.score for one in candidates]) - own_score
    best = int(np.argmax(own_score))
    others = np.delete(feedback, best)
    feedback[best] = others.max() if len(others) else 0.0
    return own_score, feedback


def _pooled(
    groups: Sequence[int], read: _Quotes, bigrams: Floats, own_score: Floats, feedback: Floats, ordered: Floats
) -> _Groups:
    """The same for the group of each candidate: what its members have together, and their means."""
    numbers = {one: number for number, one in enumerate(dict.fromkeys(groups))}
    group = np.array([numbers[one] for one in groups])
    size = np.bincount(group)
    # Those of one group side by side, the best by the query's own terms first.
    order = np.lexsort((-own_score, group))
    starts = np.concatenate([[0], np.cumsum(size)[:-1]])
    parts = (read.stems, read.synonyms, read.ratios, bigrams)
    stems, synonyms, ratios, together = (np.maximum.reduceat(part[order], starts)[group] for part in parts)
    mean_feedback, mean_ordered, mean_ratio = (
        (np.bincount(group, each) / size)[group] for each in (feedback, ordered, read.ratios.sum(axis=1))
    )
    high = order[np.arange(len(order)) - np.repeat(starts, size) < _MEMBERS]
    mean_score = (np.bincount(group[high], own_score[high]) / size.clip(max=_MEMBERS))[group]
    return _Groups(stems, synonyms, ratios, together, mean_score, mean_feedback, mean_ordered, mean_ratio)
