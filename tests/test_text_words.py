"""One written word read: keys, stems, and whether it belongs to a number."""

from __future__ import annotations

import pytest

from search.text.words import LONGEST_WORD, read_word


@pytest.mark.parametrize(
    ("surface", "keys", "stems"),
    [
        ("Won’t", ("will", "not"), ("will", "not")),
        ("[T]he", ("the",), ("the",)),
        ("Negotiated", ("negotiated",), ("negoti",)),
        ("two", ("2",), ("2",)),
        ("\u200b", (), ()),
    ],
)
def test_a_word_has_keys_and_stems(surface: str, keys: tuple[str, ...], stems: tuple[str, ...]) -> None:
    word = read_word(surface, "en")
    assert (word.keys, word.stems) == (keys, stems)


def test_words_that_take_part_in_a_number_say_so() -> None:
    assert read_word("two", "en").is_number
    assert read_word("and", "en").opens_number
    assert not read_word("harbour", "en").opens_number
    assert read_word("cent", "en").needs_neighbours
    assert read_word("one's", "en").is_number


def test_noise_longer_than_any_word_is_cut() -> None:
    assert read_word("x" * 1000, "en").keys == ("x" * LONGEST_WORD,)
