"""Explain a verdict: named contributions in log odds that add up to it, as in splink's waterfall charts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from search.matching import thresholds
from search.matching.compare import brackets_differ, is_stock_phrase
from search.matching.similarity import (
    comparison_vector,
    days_apart,
    days_log_odds,
    in_one_language,
    part_log_odds,
    sigmoid,
    speaker_log_odds,
    whole_log_odds,
)
from search.model import Contribution, Explanation
from search.names.agreement import names_agree
from search.text.analysis import AnalysedText

CERTAIN: Final = 40.0
"""Log odds of what needs no weighing: as a probability exactly 1 in floating point, and still finite."""


class Evidence(StrEnum):
    """What may tell for or against two wordings being one utterance; the value is its name for a person."""

    NO_WORDS = "no words to compare"
    SAME_WORDS = "the same words"
    BRACKETS = "brackets on one side"
    STOCK_PHRASE = "few words, by another speaker"
    CONSTANT = "before anything is known of the words"
    SHARE_IN_ORDER = "share of the longer kept in order"
    SHARE_IN_ANY_FORM = "share of the longer kept in any order and form"
    AMOUNT = "amount that both say, in nats"
    LITTLE_SAID = "little said by both, in nats"
    OTHER_NUMBERS = "numbers that differ"
    SHARE_OF_SHORTER = "share of the shorter kept in order"
    PART_AMOUNT = "amount kept in order, in nats"
    BROKEN = "share kept outside the longest run"
    SPEAKER = "speaker"
    DAYS = "days apart"


def explanation_of(contributions: Sequence[Contribution]) -> Explanation:
    """Return the explanation of the probability that some contributions add up to."""
    return Explanation(tuple(contributions), sigmoid(sum(one.log_odds for one in contributions)))


def log_odds_of(probability: float) -> float:
    """Return the log odds of a probability, at most `CERTAIN` either way."""
    if probability <= 0.0 or probability >= 1.0:
        return math.copysign(CERTAIN, probability - 0.5)
    return max(-CERTAIN, min(CERTAIN, math.log(probability / (1 - probability))))


def explain_match(
    a: AnalysedText,
    b: AnalysedText,
    *,
    a_speaker: str | None = None,
    b_speaker: str | None = None,
    a_published: str | None = None,
    b_published: str | None = None,
) -> Explanation:
    """Return why `verdict` of the same arguments gives the score that it gives.

    Two wordings are judged as a whole and as a part one of the other; the better of the two readings is explained.
    """
    same_speaker = names_agree(a_speaker, b_speaker)
    if a.keys == b.keys:
        return explanation_of(_same_words(a, b, same_speaker))
    left, right = (a, b) if a.text <= b.text else (b, a)
    days = days_apart(a_published, b_published)
    return explanation_of(
        [
            *_words(*in_one_language(left, right)),
            Contribution(
                Evidence.SPEAKER, None if same_speaker is None else float(same_speaker), speaker_log_odds(same_speaker)
            ),
            Contribution(Evidence.DAYS, days, days_log_odds(days)),
        ]
    )


def _same_words(a: AnalysedText, b: AnalysedText, same_speaker: bool | None) -> list[Contribution]:
    if not a.keys:
        return [Contribution(Evidence.NO_WORDS, None, -CERTAIN)]
    same = Contribution(Evidence.SAME_WORDS, len(a.keys), CERTAIN)
    if brackets_differ(a, b):
        odds = log_odds_of(thresholds.BRACKETS_PROBABILITY) - CERTAIN
        return [same, Contribution(Evidence.BRACKETS, None, odds)]
    if is_stock_phrase(a, same_speaker):
        odds = log_odds_of(thresholds.STOCK_PHRASE_PROBABILITY) - CERTAIN
        return [same, Contribution(Evidence.STOCK_PHRASE, a.stem_set.nats, odds)]
    return [same]


def _words(left: AnalysedText, right: AnalysedText) -> list[Contribution]:
    """The evidence of the words, by the better of the two readings."""
    vector = comparison_vector(left, right)
    whole, part = whole_log_odds(vector), part_log_odds(vector)
    if sum(whole) >= sum(part):
        return [
            Contribution(Evidence.CONSTANT, None, whole.constant),
            Contribution(Evidence.SHARE_IN_ORDER, vector.share_of_longer, whole.share_in_order),
            Contribution(Evidence.SHARE_IN_ANY_FORM, vector.share_in_any_form, whole.share_in_any_form),
            Contribution(Evidence.AMOUNT, vector.amount, whole.amount),
            Contribution(Evidence.LITTLE_SAID, vector.amount, whole.little_said),
            Contribution(Evidence.OTHER_NUMBERS, float(vector.numbers), whole.other_numbers),
        ]
    return [
        Contribution(Evidence.SHARE_OF_SHORTER, vector.share_of_shorter, part.share_of_shorter),
        Contribution(Evidence.PART_AMOUNT, vector.in_order, part.amount),
        Contribution(Evidence.BROKEN, vector.broken, part.broken),
    ]
