"""Folding: what a reader takes for the same letter is one."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.input.encoding import clean_text
from search.text.folding import fold, normal_form, plain_apostrophes, without_invisible


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Café", "cafe"),
        ("NAÏVE", "naive"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("ｆｕｌｌ", "full"),
        ("well\u00adknown\u200b", "wellknown"),
        ("ﬁne", "fine"),
        ("İstanbul", "istanbul"),
        ("كتاب", "کتاب"),
        ("أحمد", "احمد"),
        ("ёлка", "елка"),
        ("שָׁלוֹם", "שלום"),
        ("東京", "東京"),
    ],
)
def test_case_accents_width_and_variants_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=100))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(fold(fold(text)))


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_ascii_is_only_lowered(text: str) -> None:
    assert fold(text) == text.lower()


def test_invisible_characters_go_and_the_others_stay() -> None:
    assert without_invisible("a\u200db\ufeffc") == "abc"
    assert without_invisible("²") == "2"


def test_every_kind_of_apostrophe_is_the_typewriters() -> None:
    assert plain_apostrophes("a’b‘cʼd`e´f′g＇h") == "a'b'c'd'e'f'g'h"


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
@pytest.mark.parametrize("marks", ["\u0301\u0323", "\uff9e\u0301", "\u0f73\u0f71"])
def test_of_marks_without_an_end_on_one_letter_the_first_are_kept(
    form: Literal["NFC", "NFD", "NFKC"], marks: str
) -> None:
    # A hundred, since two million take hours where all are kept, in which no alarm and no other thread comes in.
    text = normal_form(form, "a" + marks * 100 + "b")
    assert text[-1:] == "b"
    assert len(text) < 100


def test_marks_that_a_language_sets_are_all_kept() -> None:
    assert clean_text("a" + "\u0323\u0301" * 15 + "b") == unicodedata.normalize("NFC", "a" + "\u0323\u0301" * 15 + "b")
    assert len(clean_text("“a" + "\u0301\u0323" * 100 + "” she said")) < 50
