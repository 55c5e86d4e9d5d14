"""Contractions and elisions are opened into the words that they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.contractions import expand


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("won't", "will not"),
        ("can't", "can not"),
        ("don't", "do not"),
        ("dont", "do not"),
        ("youre", "you are"),
        ("thats", "that is"),
        ("im", "im"),
        ("its", "its"),
        ("we're", "we are"),
        ("i'd've", "i would have"),
        ("it's", "it is"),
        ("minister's", "minister"),
        ("ministers'", "ministers"),
        ("qu'il", "qu il"),
        ("l'homme", "l homme"),
        ("dell'arte", "dell arte"),
        ("o'brien", "obrien"),
        ("o'clock", "oclock"),
        ("n't", "n't"),
        ("harbour", "harbour"),
        ("", ""),
    ],
)
def test_a_written_word_stands_for_words(written: str, words: str) -> None:
    assert " ".join(expand(written)) == words


@given(st.text(alphabet="ants'vei", max_size=40))
def test_any_row_of_letters_and_apostrophes_is_opened(word: str) -> None:
    """And no letter is made up but those of the words that endings stand for."""
    assert len("".join(expand(word))) <= len(word) + 4 * word.count("'") + 6
