"""Numbers in words and digits are one word, and what is no number stays what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.analysis import AnalysedText
from search.text.numerals import fold_numbers, has_ambiguous_point, number_readings, numeral, plain_digits


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
        (".5 percent", "0.5 percent"),
        ("by -.50 (.500)", "by minus 0.5 0.5"),
        ("sec. 5 and end.5 and ...5", "sec 5 and end 5 and 5"),
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


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("2.500 Euro", "de", "2500 euro"),
        ("2,5 Euro", "de", "2.5 euro"),
        ("1.234,56 Euro", "de", "1234.56 euro"),
        ("7.500 euro", "it", "7500 euro"),
        ("3.750 boten", "nl", "3750 boten"),
        ("6.400 kroner", "da", "6400 kroner"),
        ("8.300 lira", "tr", "8300 lira"),
        ("12.500 pesos", "es", "12500 pesos"),
        ("12,500 pesos", "es", "12500 pesos"),
        ("0.500 ships", "de", "0.5 ships"),
        ("12 000 bateaux", "fr", "12000 bateaux"),
        ("12\u202f000,5 bateaux", "fr", "12000.5 bateaux"),
        ("9\u00a0500", "pl", "9500"),
        ("12'000", "de", "12000"),
        ("12\u2019000", "de", "12000"),
        ("2.5 percent", "en", "2.5 percent"),
        ("2,500", "en", "2500"),
        ("in 1990 300 ships", "en", "in 1990 300 ships"),
        ("call 555 123 4567", "en", "call 555 123 4567"),
        ("-5 degrees", "en", "minus 5 degrees"),
        ("\u22120.4 points", "en", "minus 0.4 points"),
        ("(–5)", "en", "minus 5"),
        ("-$5", "en", "minus 5 dollar"),
        ("\u20117 degrees", "en", "minus 7 degrees"),
        ("\uff0d7 градусов", "ru", "minus 7 градусов"),
        ("Су-24 упал", "ru", "су 24 упал"),
        ("ה-7", "he", "ה 7"),
        ("ΑΒ-5", "el", "αβ 5"),
        ("气温-12度", "zh", "气 温 minus 12 度"),
        ("１２，０００円", "ja", "12000 円"),
        ("１２．５", "ja", "12.5"),
        ("5，6", "zh", "5 6"),
        ("10\u201115 ships", "en", "10 15 ships"),
        ("10-15 ships", "en", "10 15 ships"),
        ("10–15 ships", "en", "10 15 ships"),
        ("- 5 ships", "en", "5 ships"),
        ("the covid-19 test", "en", "the covid 19 test"),
    ],
)
def test_the_marks_of_a_number_are_read_by_its_language(text: str, language: str, key: str) -> None:
    assert AnalysedText(text, language).key == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("El puente cuesta 3.400 euros en la ciudad", "3400"),
        ("The rate is 3.400 in the old town", "3.4"),
        ("3.400 lei", "3400"),
    ],
)
def test_the_words_around_a_number_tell_its_language(text: str, key: str) -> None:
    """Three digits behind a point are rarely decimals where nothing shows the language."""
    assert key in AnalysedText(text).keys


@pytest.mark.parametrize(
    ("written", "key", "readings"),
    [("2.500", "2.5", {"2.5", "2500"}), ("2,5", "2.5", {"2.5,"}), ("25", "25", {"25"}), ("0.500", "0.5", {"0.5"})],
)
def test_a_number_has_the_readings_that_its_marks_allow(written: str, key: str, readings: set[str]) -> None:
    assert number_readings(written, key) == readings
    assert has_ambiguous_point(written) == (len(readings) > 1)
