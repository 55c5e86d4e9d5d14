"""How much of what was typed a quote has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.find.coverage import (
    APART_WORDS,
    AROUND_WEIGHT,
    WINDOW_FACTOR,
    coverage,
    has_phrase,
    has_same_words,
    has_words_apart,
    may_have_phrase,
)
from search.text.analysis import analyse
from search.text.information import information

words = st.lists(st.sampled_from("ferry island harbour sold never the crew".split()), max_size=16).map(" ".join)


@given(words, words)
def test_words_apart_are_those_of_one_window(typed: str, printed: str) -> None:
    """As a search of every window would find them."""
    asked, quote = analyse(typed), analyse(printed)
    wanted = sorted(asked.keys)
    size = WINDOW_FACTOR * len(wanted) + APART_WORDS
    windows = [list(quote.keys[start : start + size]) for start in range(len(quote.keys))]
    naive = len(set(wanted)) > 1 and any(all(w.count(k) >= wanted.count(k) for k in wanted) for w in windows)
    assert has_words_apart(quote, asked) == naive


# Words that make another one of their neighbours, or that one mark makes another one.
TRICKY = (
    "a hundred and two million second first per cent percent 5 10 1,000 am pm p.m. J. K. U.S. $ $5 % - – ' ’s don't can't it's "
    "[ ] [sic] … . , ( ) “ ” plan b I l' qu'il two-thirds honour honor email e-mail sold ferry ferries Müller straße K 中文 и"
).split()
tricky = st.lists(st.tuples(st.sampled_from(TRICKY), st.sampled_from(["", " ", " "])), max_size=12).map(
    lambda pairs: "".join(word + blank for word, blank in pairs)
)


@given(tricky, tricky | st.text(max_size=12), tricky)
def test_what_is_told_without_reading_the_words_is_what_the_words_tell(before: str, typed: str, behind: str) -> None:
    asked = analyse(typed)
    for printed in (typed, f"{before} {typed} {behind}", f"{before}{typed}{behind}"):
        quote = analyse(printed)
        assert has_same_words(quote, asked) == (quote.keys == asked.keys)
        assert has_phrase(quote, asked) == (bool(asked.keys) and f" {asked.key} " in f" {quote.key} ")


plain = st.lists(st.sampled_from([*"sold ferry ferries honour honor a us".split(), "don't"]), max_size=6).map(" ".join)


@given(plain | tricky, plain, tricky)
def test_words_and_their_other_forms_are_told_apart_as_by_reading_all(typed: str, printed: str, behind: str) -> None:
    asked, quote = analyse(typed, "en"), analyse(f"{printed} {behind}", "en")
    assert has_phrase(quote, asked) == (bool(asked.keys) and f" {asked.key} " in f" {quote.key} ")
    size = WINDOW_FACTOR * len(asked.keys) + APART_WORDS
    windows = [list(quote.keys[start : start + size]) for start in range(len(quote.keys))]
    wanted = sorted(asked.keys)
    naive = len(set(wanted)) > 1 and any(all(w.count(k) >= wanted.count(k) for k in wanted) for w in windows)
    assert has_words_apart(quote, asked) == naive


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_text_that_has_a_phrase_is_never_ruled_out(phrase: str, printed: str) -> None:
    text = f"{printed} {phrase} {printed}"
    if has_phrase(analyse(text, "en"), analyse(phrase, "en")) and phrase.isascii() and phrase.isalpha():
        assert may_have_phrase(text, analyse(phrase, "en"))


def test_a_phrase_is_whole_words() -> None:
    assert has_phrase(analyse("We sold the ferry."), analyse("SOLD the “ferry”"))
    assert not has_phrase(analyse("We resold the ferry"), analyse("sold the"))
    assert not has_phrase(analyse("anything"), analyse("…"))


@given(words.filter(bool), words, words)
def test_coverage_is_a_share_and_words_around_add_less_than_words_inside(typed: str, printed: str, near: str) -> None:
    asked = analyse(typed)
    alone = coverage(asked, analyse(printed).all_stems)
    with_near = coverage(asked, analyse(printed).all_stems, analyse(near).all_stems)
    assert 0 <= alone.share <= with_near.share <= 1
    assert alone.telling == with_near.telling


def test_a_word_just_outside_counts_a_quarter() -> None:
    asked = analyse("ferry harbour")
    inside = coverage(asked, analyse("the ferry").all_stems)
    both = coverage(asked, analyse("the ferry").all_stems, analyse("harbour").all_stems)
    assert both.nats - inside.nats == pytest.approx(AROUND_WEIGHT * information(analyse("harbour").stems[0]))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("email office", "We will open an e-mail office"),
        ("co-operative bank", "the cooperative bank"),
        ("Mueller Street", "the bank on Müller Street"),
        ("honour the treaty", "we honor the treaty"),
    ],
)
def test_a_phrase_is_found_in_other_spellings(typed: str, printed: str) -> None:
    assert may_have_phrase(printed, analyse(typed))
    assert has_phrase(analyse(printed), analyse(typed))


def test_a_word_is_there_whatever_mark_stands_before_it_and_its_other_forms_are_not_it() -> None:
    asked = analyse("ferry", "en")
    assert has_phrase(analyse("The island has one ‘ferry’ and no harbour", "en"), asked)
    assert not has_phrase(analyse("The ferries have gone", "en"), asked)


def test_a_word_that_stands_far_off_is_not_the_other_form_of_it_that_stands_near() -> None:
    printed = "Ferries are sold by the crew of this old harbour on the island that has no ferry"
    assert not has_words_apart(analyse(printed, "en"), analyse("ferry sold", "en"))
