"""One line of strangers' words, with nothing in it that a program would obey."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.plain_line import plain_line


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_that_a_program_would_obey_comes_through(text: str) -> None:
    line = plain_line(text)
    assert line.splitlines() in ([], [line])
    assert not [c for c in line if unicodedata.category(c) in ("Cc", "Cs") or c in "\u202e\u2066\ufeff\ufffe\uffff"]
    assert plain_line(line) == line
    line.encode("utf-8")


@pytest.mark.parametrize("text", ["می‌خواهیم", "שלום\u200f!", "naïve — “yes”", "a\u200db"])
def test_joiners_and_direction_marks_stay(text: str) -> None:
    assert plain_line(text) == text


def test_breaks_of_every_kind_become_a_space() -> None:
    assert plain_line("a\r\nb\u2028c\x85d\x0be\x1cf\t g") == "a b c d e f g"
