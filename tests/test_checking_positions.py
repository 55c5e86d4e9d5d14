"""Lines and columns of quotations in a file with markup, which the text as it was read no longer has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.checking.positions import SourceText
from search.checking.report import Position


@pytest.mark.parametrize(
    ("source", "passage", "expected"),
    [
        ("He said “we sold it”.", "we sold it", Position(1, 10, 1, 20)),
        ("One\nline “and *then* another\none”.", "and then another one", Position(2, 7, 3, 4)),
        ("<p>She said <q>we <b>never</b> sold it</q></p>", "we never sold it", Position(1, 16, 1, 39)),
        ("«بله، فروختیم»", "بله، فروختیم", Position(1, 2, 1, 14)),
    ],
)
def test_a_passage_is_found_in_its_file(source: str, passage: str, expected: Position) -> None:
    assert SourceText(source).find(passage) == expected


def test_the_same_words_twice_are_found_one_after_the_other() -> None:
    text = SourceText("“No more ferries”, he said.\n“No more ferries”, she said.")
    found = [text.find("No more ferries"), text.find("No more ferries")]
    assert [place.line for place in found if place] == [1, 2]


def test_words_that_are_nowhere_have_no_position() -> None:
    assert SourceText("He said nothing.").find("we sold it") is None


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text_is_taken_and_a_position_lies_within_it(source: str, passage: str) -> None:
    place = SourceText(source).find(passage)
    if place is not None:
        lines = source.split("\n")
        assert 1 <= place.line <= place.end_line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
