"""Explanations: the contributions add up to the verdict's log odds, whatever the wordings, speakers and days."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.matching.compare import verdict
from search.matching.explanation import (
    CERTAIN,
    Contribution,
    Evidence,
    Explanation,
    explain_match,
    explanation_of,
    log_odds_of,
)
from search.matching.similarity import sigmoid
from search.text.analysis import analyse

WORDS = st.lists(
    st.sampled_from("the harbour commission will publish every contract 24 42 [note] … not sold selling 港口".split()),
    max_size=20,
).map(" ".join)
SPEAKERS = st.sampled_from([None, "Marta Lind", "Lind", "Jonas Berg", "Jonas Lind"])
DAYS = st.sampled_from([None, "2021-04-25", "2021-04-30", "2022-01-01", "nonsense"])


@given(WORDS | st.text(max_size=60), WORDS, SPEAKERS, SPEAKERS, DAYS, DAYS)
def test_the_contributions_add_up_to_the_verdict(
    one: str, other: str, a_speaker: str | None, b_speaker: str | None, a_day: str | None, b_day: str | None
) -> None:
    a, b = analyse(one), analyse(other)
    known = {"a_speaker": a_speaker, "b_speaker": b_speaker, "a_published": a_day, "b_published": b_day}
    explanation = explain_match(a, b, **known)
    assert explanation.log_odds == pytest.approx(sum(c.log_odds for c in explanation.contributions), abs=1e-9)
    assert explanation.probability == pytest.approx(sigmoid(explanation.log_odds), abs=1e-9)
    # The verdict rounds its score to four digits.
    assert explanation.probability == pytest.approx(verdict(a, b, **known).score, abs=5.1e-5)
    assert all(c.name in set(Evidence) for c in explanation.contributions)
    json.dumps([[c.name, c.value, c.log_odds] for c in explanation.contributions], allow_nan=False)


@given(WORDS, WORDS)
def test_an_explanation_is_the_same_from_both_sides(one: str, other: str) -> None:
    there, back = explain_match(analyse(one), analyse(other)), explain_match(analyse(other), analyse(one))
    assert there.probability == back.probability


LONG = "The harbour commission will publish every contract it has signed since the flood."


@pytest.mark.parametrize(
    ("one", "other", "speakers", "names"),
    [
        (LONG, LONG.upper(), (None, None), [Evidence.SAME_WORDS]),
        (LONG, LONG.replace("flood", "[flood]"), (None, None), [Evidence.SAME_WORDS, Evidence.BRACKETS]),
        ("enough is enough", "Enough is enough!", ("Ann Lee", "Bo Dow"), [Evidence.SAME_WORDS, Evidence.STOCK_PHRASE]),
        ("...", "!", (None, None), [Evidence.NO_WORDS]),
    ],
)
def test_what_needs_no_weighing_is_named(
    one: str, other: str, speakers: tuple[str | None, str | None], names: list[Evidence]
) -> None:
    explanation = explain_match(analyse(one), analyse(other), a_speaker=speakers[0], b_speaker=speakers[1])
    assert [c.name for c in explanation.contributions] == names


def test_a_part_is_explained_as_a_part_and_an_edit_as_a_whole() -> None:
    def names(other: str) -> set[str]:
        return {c.name for c in explain_match(analyse(LONG), analyse(other)).contributions}

    assert Evidence.SHARE_OF_SHORTER in names("every contract it has signed")
    assert Evidence.SHARE_IN_ORDER in names(LONG.replace("flood", "fire"))


def test_speakers_and_days_have_their_share() -> None:
    explanation = explain_match(
        analyse(LONG),
        analyse(LONG.replace("flood", "fire")),
        a_speaker="Marta Lind",
        b_speaker="Jonas Berg",
        a_published="2021-04-25",
        b_published="2021-04-26",
    )
    of = {c.name: c for c in explanation.contributions}
    assert of[Evidence.SPEAKER].log_odds < 0 < of[Evidence.DAYS].log_odds
    assert of[Evidence.SPEAKER].value == 0.0
    assert of[Evidence.DAYS].value == 1


@given(st.floats(0, 1))
def test_log_odds_are_finite_and_turn_back_into_the_probability(probability: float) -> None:
    odds = log_odds_of(probability)
    assert math.isfinite(odds)
    assert abs(odds) <= CERTAIN
    assert sigmoid(odds) == pytest.approx(probability, abs=1e-9)


def test_nothing_adds_up_to_even_odds() -> None:
    assert explanation_of([]) == Explanation((), 0.5)
    assert explanation_of([Contribution("a", 1.0, 2.0), Contribution("b", None, -2.0)]).probability == 0.5
