"""What a word is worth as a report of speech."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.lexicon import ANY_CUE, PLAIN_CUE, cue_weight


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


@given(st.text(max_size=20))
def test_a_weight_is_a_share(word: str) -> None:
    assert 0.0 <= cue_weight(word) <= 1.0
