"""What may have been meant by a word that an archive does not have."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from search.text.vocabulary import MOST_EDITS, KeptVocabulary, Suggestion, spelling_suggestions, word_splits

HARBOUR = KeptVocabulary(
    {"harbor": 7, "malarkey": 2, "barber": 4, "witch": 9, "which": 400, "ferri": 3, "slime": 1, "ball": 8}
)


def test_the_likeliest_comes_first() -> None:
    assert spelling_suggestions("whitch", HARBOUR) == (Suggestion("which", 1, 400), Suggestion("witch", 1, 9))
    assert [one.stem for one in spelling_suggestions("malarky", HARBOUR)] == ["malarkey"]
    assert [one.stem for one in spelling_suggestions("ahrbor", HARBOUR)] == ["harbor"]


def test_of_equal_edits_the_same_consonants_come_first() -> None:
    near = KeptVocabulary({"malaki": 50, "malarkey": 1, "malaria": 9})
    assert [one.stem for one in spelling_suggestions("malarky", near)] == ["malarkey", "malaki", "malaria"]


def test_nothing_is_suggested_for_a_word_that_is_there_or_that_is_too_short() -> None:
    assert spelling_suggestions("harbours", HARBOUR) == ()
    assert spelling_suggestions("bal", HARBOUR) == ()
    assert spelling_suggestions("two words", HARBOUR) == ()
    assert spelling_suggestions("", HARBOUR) == ()


def test_a_word_may_have_been_put_together() -> None:
    assert ("slime", "ball") in word_splits("slimeball")
    assert word_splits("ball") == ()


@given(st.text(max_size=30))
def test_every_suggestion_is_of_the_vocabulary_and_near(word: str) -> None:
    for one in spelling_suggestions(word, HARBOUR):
        assert HARBOUR.quotes(one.stem) == one.quotes > 0
        assert 1 <= one.edits <= MOST_EDITS


def test_a_large_vocabulary_is_looked_through_by_first_letter_and_length() -> None:
    letters = string.ascii_lowercase
    words = {f"{a}{b}{c}{d}tion": 1 for a in letters for b in letters for c in letters for d in "aeiou"}
    vocabulary = KeptVocabulary(words)
    spelling_suggestions("mation", vocabulary)  # the first asks for the shapes
    assert len(vocabulary.of_like_shape("m", 8)) < len(vocabulary) / 20
