"""Bounds of many pairs at once: those that are told pair by pair, and never below what two wordings really have in common."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.matching.many_bounds import most_log_odds
from search.matching.similarity import similarity, similarity_bound
from search.text.analysis import analyse

WORDS = st.sampled_from(
    "the ferry ferries harbour harbours winter of and asked nobody [sic] 300 12% denied denial government governed".split()
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join) | st.text(max_size=30), min_size=2, max_size=6)


def probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


@given(TEXTS)
def test_a_bound_is_that_of_each_pair_by_itself(texts: list[str]) -> None:
    analysed = [analyse(text) for text in texts]
    pairs = [(one, other) for one in range(len(texts)) for other in range(len(texts))]
    for (one, other), most in zip(pairs, most_log_odds(analysed, pairs).tolist(), strict=True):
        assert probability(most) >= similarity(analysed[one], analysed[other])
        if most < math.inf:
            assert probability(most) == pytest.approx(similarity_bound(analysed[one], analysed[other]))


def test_what_has_nothing_in_common_is_far_and_what_is_the_same_is_near() -> None:
    texts = [
        analyse(text) for text in ("Nobody asked the ferrymen of Marnholt.", "The harbour froze early that winter.")
    ]
    far, near = most_log_odds(texts, [(0, 1), (0, 0)]).tolist()
    assert far < -3 < near


def test_brackets_and_other_languages_are_left_to_whoever_looks_at_the_pair() -> None:
    texts = [
        analyse(text)
        for text in (
            "Nobody asked the ferrymen.",
            "Nobody [there] asked the ferrymen.",
            "Niemand hat die Fährleute gefragt, und sie wurden nicht gehört.",
        )
    ]
    assert most_log_odds(texts, [(0, 1), (0, 2)]).tolist() == [math.inf, math.inf]


def test_no_pair_has_no_bound() -> None:
    assert most_log_odds([], []).tolist() == []
