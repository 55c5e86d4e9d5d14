"""Numbers in words and digits are one word, and what is no number stays what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.analysis import AnalysedText
from search.text.numerals import fold_numbers, numeral, plain_digits


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("twenty-two million people", "22000000 people"),
        ("22 million people", "22000000 people"),
        ("90 per cent", "90 percent"),
        ("90%", "90 percent"),
        ("two hundred and five", "205"),
        ("two hundred two hundred", "202 100"),
        ("a thousand", "1000"),
        ("1,000", "1000"),
        ("1,000.50", "1000.5"),
        ("1.000.000", "1000000"),
        ("3.5 billion", "3500000000"),
        ("$2.6m", "2600000 dollar"),
        ("$2.6 million dollars", "2600000 dollars"),
        ("£5", "5 pound"),
        ("the 21st", "the 21th"),
        ("nine/11", "9 11"),
        ("two, three", "2 3"),
        ("two three", "2 3"),
        ("one and two", "1 and 2"),
        ("hundred and one", "101"),
        ("per capita", "per capita"),
        ("a b52 bomber", "a b52 bomber"),
        ("٣ ships", "3 ships"),
        ("forty five thousand and six", "45006"),
    ],
)
def test_a_number_has_one_key(text: str, key: str) -> None:
    assert AnalysedText(text, "en").key == key


@pytest.mark.parametrize(("one", "other"), [("9 million", "90 million"), ("nine, eleven", "911"), ("1.5", "15")])
def test_other_numbers_have_other_keys(one: str, other: str) -> None:
    assert AnalysedText(one, "en").key != AnalysedText(other, "en").key


@given(st.integers(0, 10**15))
def test_grouped_thousands_are_the_same_number(number: int) -> None:
    assert plain_digits(f"{number:,}") == str(number)


def test_a_word_that_is_no_number_has_no_part_in_one() -> None:
    assert numeral("harbour") is None
    assert numeral("3x") == ("digits", "3", "x")
    assert fold_numbers("", []) == []
