"""Who wrote it, out of by-lines and of what stands where an author should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.metadata.bylines import (
    author_names,
    author_rank,
    bounded_byline,
    is_account,
    is_bare_name,
    names_in_byline,
)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Lena Brandt", ["Lena Brandt"]),
        ("By Lena Brandt and Amir Rahimi (AFP)", ["Lena Brandt", "Amir Rahimi"]),
        ("Von Lena Brandt und Jörg Müller", ["Lena Brandt", "Jörg Müller"]),
        ("Par Élise Martin et Jean-Luc Roux", ["Élise Martin", "Jean-Luc Roux"]),
        ("Por María López y Juan Díaz", ["María López", "Juan Díaz"]),
        ("Автор: Анна Иванова", ["Анна Иванова"]),
        ("김민수 기자", ["김민수"]),
        ("Martin Luther King, Jr.", ["Martin Luther King, Jr"]),
        ("Story by Lena Brandt; Amir Rahimi | Dana Osei", ["Lena Brandt", "Amir Rahimi", "Dana Osei"]),
        ("Lena Brandt is a reporter in Geneva", ["Lena Brandt"]),
        ("Lena Brandt lena@courier.example", ["Lena Brandt"]),
        ("By admin", []),
        ("Our correspondent", []),
        ("Staff reporter", []),
        ("Unsere Redaktion", []),
        ("Please enter your name", []),
        ("https://courier.example/lena", []),
        ("2024", []),
        ("", []),
    ],
)
def test_names_in_a_byline(line: str, names: list[str]) -> None:
    assert names_in_byline(line) == names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Lena Brandt", "LENA BRANDT", "By Lena Brandt"], ("Lena Brandt",)),
        # Beside a name, the account that posted the page did not write it.
        (["lbrandt", "Lena Brandt"], ("Lena Brandt",)),
        (["lbrandt"], ("lbrandt",)),
    ],
)
def test_each_author_once(lines: list[str], names: tuple[str, ...]) -> None:
    assert author_names(lines) == names


def test_only_data_may_name_a_staff() -> None:
    assert author_names(["Courier staff reporter"], roles=True) == ("Courier staff reporter",)
    assert author_names(["Courier staff reporter"]) == ()


@pytest.mark.parametrize(
    ("authors", "rank"),
    [(("Lena Brandt",), 3), (("Harbour Courier",), 2), (("harbourcourier.com",), 2), (("lbrandt",), 1), ((), 0)],
)
def test_a_person_says_more_than_the_outlet_and_that_more_than_an_account(authors: tuple[str, ...], rank: int) -> None:
    assert author_rank(authors, "Harbour Courier") == rank


@pytest.mark.parametrize(
    ("line", "bare"),
    [("Lena Brandt", True), ("Jean-Luc van Roux", False), ("Lena", False), ("The talks have failed", False), ("LENA BRANDT", True), ("Lena Brandt said no", False)],
)  # fmt: skip
def test_a_line_that_is_a_name_and_nothing_else(line: str, bare: bool) -> None:
    assert is_bare_name(line) is bare


def test_accounts_and_long_lines() -> None:
    assert is_account("desk2")
    assert not is_account("Cher")
    assert bounded_byline(" By  Lena ") == "By Lena"
    assert bounded_byline("x" * 121) is None


@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_lines_have_names_or_none(lines: list[str]) -> None:
    names = author_names(lines)
    assert len(names) == len(set(names))
    assert all(len(name) <= 60 for name in names)
