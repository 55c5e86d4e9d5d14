"""What a query and its candidates share: each feature says what its name says, and never fails."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.ranking import features as module
from search.ranking.candidates import Candidate
from search.ranking.features import RankingFeatures, ranking_features
from search.term_index.tally import Floats
from search.text.analysis import analyse
from search.text.information import information

QUERY = "the harbour was sold to pay for the new school"
SAME = QUERY
OTHER = "our town will begin to mend its bridges"
SHUFFLED = "to pay for the school the new harbour was sold"
HALF = "the harbour was sold"
REST = "to pay for the new school"


def features(
    query: str, quotes: Sequence[str], groups: Sequence[int] | None = None, *, rare: float = 2.0
) -> RankingFeatures:
    asked = analyse(query).stems
    found = [Candidate(number, 10.0 - number, 5.0) for number in range(len(quotes))]
    rarity = dict.fromkeys(asked, rare)
    return ranking_features(
        asked, rarity, found, [analyse(quote).stems for quote in quotes], groups or list(range(len(quotes)))
    )


def column(values: RankingFeatures, name: str) -> list[float]:
    column: Floats = getattr(values, name)
    return column.tolist()


def test_shares_go_from_all_to_nothing() -> None:
    """The same words have everything, other words nothing."""
    values = features(QUERY, [SAME, OTHER])
    for name in (
        "quote_coverage",
        "ordered_coverage",
        "quote_ordered_coverage",
        "bigram_coverage",
        "longest_run",
        "query_coverage",
        "proximity_coverage",
    ):
        same, other = column(values, name)
        assert math.isclose(same, 1.0, rel_tol=1e-6), name
        assert other < 0.4, name


def test_the_order_of_the_words_counts() -> None:
    """The same words in another order are all there, but not in order."""
    values = features(QUERY, [SAME, SHUFFLED])
    assert math.isclose(*column(values, "query_coverage"))
    for name in ("ordered_coverage", "longest_run", "bigram_coverage", "bigram_share"):
        same, shuffled = column(values, name)
        assert shuffled < same, name


def test_words_far_apart_are_not_near_one_another() -> None:
    """A long quote that has the words here and there is no version of a fragment."""
    far = "harbour " + "nobody said anything about it " * 5 + "sold"
    assert column(features("harbour sold", ["yes the harbour was sold", far]), "proximity_coverage") == [1.0, 0.0]


def test_words_of_like_meaning_count_for_less_than_the_same() -> None:
    """ "start" may stand for "begin"; a word of the same family for another."""
    values = features("let us begin now", ["let us start now", "let us begin now", "let us sing now"])
    kin = column(values, "synonym_coverage")
    assert kin[0] > 0
    assert kin[1:] == [0.0, 0.0]
    assert column(features("diplomacy", ["undiplomatic"]), "synonym_coverage") == [module._SAME_FAMILY]


def test_a_version_is_told_by_what_it_has_and_by_what_it_lacks() -> None:
    """The word itself tells most, one that may stand for it less, and one that has nothing for it tells against it."""
    quotes = ["let us begin now", "let us start now", "let us sing now"]
    same, other, nothing = column(features("let us begin now", quotes, rare=5.0), "log_likelihood_ratio")
    assert same > other > nothing
    assert column(features("harbour", ["museum"]), "log_likelihood_ratio")[0] < 0


def test_a_group_is_told_by_all_its_members() -> None:
    """By what they have together, and by the mean of them."""
    values = features(QUERY, [HALF, REST, OTHER], [1, 1, 2])
    own, together, mean = (
        column(values, name)
        for name in ("log_likelihood_ratio", "group_log_likelihood_ratio", "group_mean_log_likelihood_ratio")
    )
    assert together[0] == together[1] > max(own[:2])
    assert math.isclose(mean[0], (own[0] + own[1]) / 2)
    assert own[2] == together[2] == mean[2]


def test_a_group_has_together_what_its_members_have() -> None:
    """Two halves make a whole, if they are of one group."""
    apart, together = (features(QUERY, [HALF, REST], groups) for groups in ([1, 2], [1, 1]))
    assert max(column(apart, "group_query_coverage")) < 1
    assert np.allclose(column(together, "group_query_coverage"), 1.0)
    assert column(apart, "query_coverage") == column(together, "query_coverage")


def test_the_best_hit_gains_nothing_by_its_own_words() -> None:
    """Feedback adds the words of the best hit, which that one has of course."""
    found = [Candidate(1, 30.0, 6.0), Candidate(2, 8.0, 5.0), Candidate(3, 5.0, 5.0)]
    stems = analyse(QUERY).stems
    values = ranking_features(stems, dict.fromkeys(stems, 1.0), found, [stems] * 3, [1, 2, 3])
    assert column(values, "feedback_score") == [0.5, 0.5, 0.0]


@given(st.text(max_size=80), st.lists(st.text(max_size=80), min_size=1, max_size=5))
def test_no_text_fails(query: str, quotes: list[str]) -> None:
    """Every feature is a number, whatever the texts are."""
    if analyse(query).stems:
        values = features(query, quotes, [0] * len(quotes))
        matrix = values.matrix()
        assert matrix.shape == (len(quotes), len(RankingFeatures._fields))
        assert np.isfinite(matrix).all()
        assert (matrix[:, RankingFeatures._fields.index("query_coverage")] == values.query_coverage).all()


SOME = st.lists(st.sampled_from("harbour town the of bridge".split()), min_size=1, max_size=9)


@given(SOME, st.lists(SOME, min_size=1, max_size=4))
def test_order_is_told_as_the_textbook_tells_it(asked: list[str], quotes: list[list[str]]) -> None:
    """What is shared in order and in one run, by the plain tables of one quote at a time."""
    values = features(" ".join(asked), [" ".join(quote) for quote in quotes])
    stems = analyse(" ".join(asked)).stems
    total = sum(map(information, stems))
    for number, quote in enumerate(quotes):
        theirs = analyse(" ".join(quote)).stems
        best, run = ([[0.0] * (len(theirs) + 1) for _ in range(len(stems) + 1)] for _ in range(2))
        for row, stem in enumerate(stems, 1):
            for place, other in enumerate(theirs, 1):
                run[row][place] = run[row - 1][place - 1] + information(stem) if stem == other else 0.0
                kept = best[row - 1][place - 1] + information(stem) if stem == other else 0.0
                best[row][place] = max(kept, best[row - 1][place], best[row][place - 1])
        assert math.isclose(column(values, "ordered_coverage")[number], best[-1][-1] / total, abs_tol=1e-5)
        assert math.isclose(column(values, "longest_run")[number], max(map(max, run)) / total, abs_tol=1e-5)
