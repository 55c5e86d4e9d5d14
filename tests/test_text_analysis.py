"""A text analysed once: its parts agree with one another, and what is the same to a reader has one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.analysis import AnalysedText, analyse, stored
from search.text.terms import lookup_stems
from search.text.tokens import tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“We won’t go,”", '"we WON\'T go"'),
        ("We won't go", "we will not go"),
        ("it's a naïve café", "It is a naive cafe"),
        ("well\u00adknown\u200b", "wellknown"),
        ("[T]he plan", "the plan"),
        ("ｆｕｌｌ width", "full width"),
        ("كتاب ي", "کتاب ی"),
        ("n’est pas", "N'EST PAS"),
    ],
)
def test_same_words_have_one_key(one: str, other: str) -> None:
    """Marks, case, accents, contractions and letter variants do not make other words."""
    assert analyse(one).key == analyse(other).key


@pytest.mark.parametrize(
    ("one", "other"), [("we will go", "we will not go"), ("May", "Mary"), ("go home", "went home")]
)
def test_other_words_have_other_keys(one: str, other: str) -> None:
    """What is folded never swallows a difference of meaning."""
    assert analyse(one).key != analyse(other).key


def test_the_editors_words_are_words_that_say_nothing() -> None:
    text = analyse("I told [the minister] so")
    assert text.stems == ("i", "tell", "so")
    assert text.all_stems == ("i", "tell", "the", "minist", "so")
    assert text.weight == pytest.approx(analyse("I told so").weight)
    assert text.has_brackets
    assert not text.is_plain


def test_forms_of_a_word_share_its_stem() -> None:
    for group in ("negotiated negotiating negotiates", "went goes gone", "saith says said"):
        assert len(set(analyse(group).stems)) == 1


def test_a_text_is_stemmed_as_of_its_language_or_as_of_another() -> None:
    text = analyse("Wir haben die Verhandlungen nicht gewollt")
    assert text.language == "de"
    assert "verhandl" in text.stems
    english = text.read_as("en")
    assert english.language == "en"
    assert "verhandlungen" in english.stems
    assert english.key == text.key
    assert analyse("Verhandlungen", "de").stems == ("verhandl",)


def test_a_text_is_analysed_once_and_a_long_one_is_not_kept() -> None:
    assert analyse("the harbour") is analyse("the harbour") is analyse("the harbour", "en")
    assert analyse("the harbour", "de") is analyse("the harbour").read_as("de")
    long = "harbour " * 3_000
    assert analyse(long) is not analyse(long)
    assert analyse(long).key == analyse(long).key


def test_stems_that_were_kept_are_not_read_again() -> None:
    # Words that no other test has: what was read before is kept, too.
    assert stored("unheardof", ["kept", "stems"]).stems == ["kept", "stems"]
    assert stored("unheardlike", ["kept"]).all_stems == ["kept"]
    assert stored("[unheardmore]", ["kept"]).all_stems == analyse("unheardmore").stems


@given(st.text(max_size=200))
def test_the_fast_way_is_the_same_way(text: str) -> None:
    """Keys and stems are those of the tokens, whichever way they were found."""
    analysed, words = AnalysedText(text, "en"), tokens(text, "en")
    assert analysed.keys == tuple(word.key for word in words)
    assert tuple(analysed.stems) == lookup_stems(words)
    if analysed.is_plain:
        assert tuple(analysed.all_stems) == tuple(word.stem for word in words)


@given(st.text(max_size=200))
def test_case_and_space_never_matter(text: str) -> None:
    """The key of a text is that of its words, whatever stands between them."""
    assert AnalysedText("  " + text + "\n").key == AnalysedText(text).key


@given(st.text(max_size=200))
def test_the_set_of_stems_says_as_much_as_the_words(text: str) -> None:
    analysed = AnalysedText(text)
    assert analysed.stem_set.stems == set(analysed.all_stems)
    assert analysed.stem_set.nats >= analysed.weight - 1e-9 or not analysed.is_plain
