"""Numbers with their nouns."""

from __future__ import annotations

import pytest

from search.plural import counted, times


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((0, "quote"), "0 quotes"),
        ((1, "quote"), "1 quote"),
        ((2, "quote"), "2 quotes"),
        ((1200, "outlet"), "1,200 outlets"),
        ((1, "copy", "copies"), "1 copy"),
        ((3, "copy", "copies"), "3 copies"),
        ((1, "quote stays", "quotes stay"), "1 quote stays"),
        ((2, "quote stays", "quotes stay"), "2 quotes stay"),
    ],
)
def test_a_number_has_its_noun(words: tuple[int, str], said: str) -> None:
    assert counted(*words) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 times"), (1, "once"), (2, "twice"), (3, "3 times"), (1000, "1,000 times")]
)
def test_how_often(number: int, said: str) -> None:
    assert times(number) == said
