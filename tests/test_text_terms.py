"""The terms of a text: what the index holds is what a query asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.analysis import analyse
from search.text.terms import index_terms, lookup_stems, pair_term, stem_term
from search.text.tokens import tokens


def test_the_editors_words_are_found_but_not_as_neighbours_of_the_speakers() -> None:
    terms = index_terms(analyse("I told [the minister] so"))
    assert stem_term("minist") in terms
    assert pair_term("the", "minist") not in terms
    assert pair_term("tell", "so") in terms


def test_a_text_of_nothing_but_brackets_is_found_by_its_words() -> None:
    assert stem_term("laugh") in index_terms(analyse("[laughs]"))


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("東京は", ("東京", "京は")),
        ("東", ("東",)),
        ("the 東 wind", ("the", "東", "wind")),
        ("I told [the minister] so", ("i", "tell", "so")),
        ("", ()),
    ],
)
def test_scripts_without_spaces_are_looked_up_in_pairs(text: str, stems: tuple[str, ...]) -> None:
    assert lookup_stems(tokens(text, "en")) == stems


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Wir haben die Verhandlungen nicht gewollt und das ist der Grund", "Verhandlungen"),
        ("Ei hän ole sanonut, että talossa oli tulipalo, kun he lähtivät", "talossa"),
    ],
)
def test_a_text_in_another_language_is_found_by_a_query_too_short_to_show_it(text: str, query: str) -> None:
    """The index holds the stems of both readings."""
    assert analyse(text).language != "en"
    assert set(index_terms(analyse(query))) <= set(index_terms(analyse(text)))


@given(st.text(max_size=200))
def test_a_text_holds_its_own_stems_and_each_term_once(text: str) -> None:
    terms = index_terms(analyse(text))
    assert len(set(terms)) == len(terms)
    assert set(map(stem_term, analyse(text).stems)) <= set(terms)
