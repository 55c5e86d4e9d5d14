"""Words that say the opposite of one another."""

from __future__ import annotations

import pytest

from search.matching.opposite_words import are_opposite, differ_in_certainty, has_hedge
from search.text.analysis import analyse


@pytest.mark.parametrize(
    ("ours", "theirs", "language", "expected"),
    [
        ("winners", "losers", "en", True),
        ("more", "fewer", "en", True),
        ("more or less", "less", "en", False),
        ("more", "more", "en", False),
        ("mehr", "weniger", "de", True),
        ("plus", "moins", "fr", True),
        ("بیشتر", "کمتر", "fa", True),
        ("more", "less", "xx", False),
        ("", "less", "en", False),
    ],
)
def test_opposites_are_told_in_whatever_form_and_in_both_directions(
    ours: str, theirs: str, language: str, expected: bool
) -> None:
    left, right = (analyse(text, language if language != "xx" else "en").word_stems for text in (ours, theirs))
    assert are_opposite(left, right, language) is expected
    assert are_opposite(right, left, language) is expected


def test_what_is_certain_is_not_what_is_open_and_a_hedge_leaves_it_open() -> None:
    assert differ_in_certainty(["will"], ["might"], "en")
    assert not differ_in_certainty(["will"], ["would"], "en")
    assert has_hedge(["we", "perhap"], "en") == has_hedge(analyse("we perhaps").word_stems, "en") is True
    assert not has_hedge(["we"], "en")
