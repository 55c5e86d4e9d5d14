"""What a word is worth: as a report of speech, and as a first name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.lexicon import ANY_CUE, PLAIN_CUE, Gender, cue_weight, first_name_gender, gender_shown


@pytest.mark.parametrize(
    ("word", "plain", "cue"),
    [
        ("said", True, True), ("tweeted", True, True), ("found", False, True), ("reads", True, True),
        ("bridge", False, False), ("", False, False), ("Said", False, False),
        ("sagte", True, True), ("déclaré", True, True), ("dijo", True, True), ("заявил", True, True), ("قال", True, True),
    ],
)  # fmt: skip
def test_reporting_words_weigh_more_than_doubtful_ones_and_others_nothing(word: str, plain: bool, cue: bool) -> None:
    assert (cue_weight(word) >= PLAIN_CUE) is plain
    assert (cue_weight(word) >= ANY_CUE) is cue


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Susan", Gender.FEMALE), ("robert", Gender.MALE), ("Alex", Gender.UNKNOWN), ("Kim", Gender.UNKNOWN),
        ("Zzyzx", Gender.UNKNOWN), ("", Gender.UNKNOWN),
    ],
)  # fmt: skip
def test_first_names_show_a_gender_unless_both_have_them(name: str, gender: Gender) -> None:
    assert first_name_gender(name) is gender


def test_opposite_genders_are_each_others_negative() -> None:
    assert -Gender.MALE == Gender.FEMALE
    assert gender_shown(male=True, female=True) is gender_shown(male=False, female=False) is Gender.UNKNOWN


@given(st.text(max_size=20))
def test_a_weight_is_a_share(word: str) -> None:
    assert 0.0 <= cue_weight(word) <= 1.0
