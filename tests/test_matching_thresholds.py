"""The thresholds of the verdict stand in an order without which it would contradict itself."""

from __future__ import annotations

from itertools import pairwise

from search.matching import thresholds


def test_probabilities_stand_in_their_order() -> None:
    assert (
        0
        < thresholds.POSSIBLE_PROBABILITY
        < thresholds.UTTERANCE_PROBABILITY
        < thresholds.STOCK_PHRASE_PROBABILITY
        < thresholds.BRACKETS_PROBABILITY
        < 1
    )


def test_more_days_apart_never_tell_for_one_utterance() -> None:
    days, odds = zip(*thresholds.DAYS_APART, strict=True)
    assert all(a < b for a, b in pairwise(days))
    assert all(a > b for a, b in pairwise((*odds, thresholds.LONG_AFTER)))


def test_numbers_that_differ_tell_more_against_than_one_too_many() -> None:
    assert list(thresholds.OTHER_NUMBERS) == sorted(thresholds.OTHER_NUMBERS)
