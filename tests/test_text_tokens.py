"""Words with their places: offsets give the words back, brackets and gaps are remembered, everything is linear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.tokens import plain_words, tokens


def test_a_sign_before_a_sum_is_read_after_it() -> None:
    """As it is spoken."""
    assert [word.stem for word in tokens("$2.6 million", "en")] == [w.stem for w in tokens("2,600,000 dollars", "en")]


def test_brackets_are_remembered() -> None:
    """A bracket that is never closed is a slip of the pen."""
    assert [word.key for word in tokens("I told [the minister]'s man", "en") if word.bracketed] == ["the", "minister"]
    assert not any(word.bracketed for word in tokens("I told [the minister so", "en"))


def test_an_ellipsis_is_a_gap_before_the_next_word() -> None:
    """Dots in a row, spaced or not, and the one character are the same."""
    for dots in ("...", "…", ". . ."):
        assert [word.gap for word in tokens(f"we {dots} go", "en")] == [False, True]


def test_scripts_without_spaces_are_read_character_by_character() -> None:
    assert [word.spaceless for word in tokens("東京 is", "en")] == [True, True, False]


def test_a_capital_is_remembered() -> None:
    assert [word.capital for word in tokens("the Bay", "en")] == [False, True]


@given(st.text(max_size=300))
def test_offsets_give_the_words_back(text: str) -> None:
    """Any text at all is legal, and every word says where it stands."""
    last = 0
    for word in tokens(text, "en"):
        assert 0 <= word.start < word.end <= len(text)
        assert word.start >= last - 300
        assert text[word.start : word.end] == word.text
        assert word.key
        assert word.stem
        last = word.start


@pytest.mark.parametrize(
    "piece", ["[", "one hundred ", "'", "1,", "a'", ". ", "\u0301", "[a", "[a]a'", "東", "$", "per cent "]
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    """A hundred thousand marks; that it takes linear time is measured by bench/linear.py."""
    text = piece * (100_000 // len(piece))
    words = tokens(text, "en")
    assert len(words) <= len(text)


COUNTED = [
    "two",
    "hundred",
    "and",
    "a",
    "thousand",
    "twenty",
    "-",
    ",",
    "five",
    "million",
    "per",
    "cent",
    "boats",
    "one's",
]


@given(st.text(max_size=200) | st.lists(st.sampled_from(COUNTED), max_size=12).map(" ".join))
def test_the_fast_way_reads_the_same_words_or_none(text: str) -> None:
    """`plain_words` has the keys and stems of `tokens`, or leaves the text to it."""
    words = plain_words(text, "en")
    if words is not None:
        slow = tokens(text, "en")
        assert [key for word in words for key in word.keys] == [word.key for word in slow]
        assert [stem for word in words for stem in word.stems] == [word.stem for word in slow]


SPELLED = [*COUNTED, "Ann’s", "don't", "U.S.", "J. K.", ".", "“", "”", "Ferry", "naïve"]


@given(st.lists(st.sampled_from(SPELLED), max_size=12).map(" ".join))
def test_words_beside_what_takes_the_slow_way_are_those_of_the_fast_one(text: str) -> None:
    """The sign of a percentage in another sentence makes the same words be read the slow way."""
    beside = tokens(f"{text} ; %", "en")[:-1]
    assert tokens(text, "en") == beside


@pytest.mark.parametrize("text", ["two hundred", "the [minister]", "90 per cent", "3 ships", "東京", "50%"])
def test_what_depends_on_its_neighbours_is_left_to_the_slow_way(text: str) -> None:
    assert plain_words(text, "en") is None
