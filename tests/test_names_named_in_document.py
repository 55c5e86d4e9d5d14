"""Whom a bare surname means in its own document: the only person there of that surname, else nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.names.named_in_document import MeantName, bare_surname, named_in_document
from search.names.people import NameCount

KNOWN = [NameCount("Xelda Lind", 9, 4), NameCount("Anna Berg Lind", 1, 1), NameCount("Anna Rask Lind", 5, 5)]


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Lind", "Lind"), ("Mr. Lind", "Lind"), ("Lind herself", "Lind"), ("Lind’s", "Lind"), ("Marta Lind", None), ("", None),
        ("NASA", None), ("the mayor", None), ("Washington", None), ("Pope Francis", None), ("Lind and Berg", None),
        ("Democrats", None), ("Lind Jr.", None), ("Police", None),
    ],
)  # fmt: skip
def test_a_name_that_is_nothing_but_a_surname(name: str, surname: str | None) -> None:
    assert bare_surname(name) == surname


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("The mayor, Peter Lind, came. Lind spoke.", "Peter Lind"),
        ("It was Peter J. Lind of Northport. Peter Lind left.", "Peter J. Lind"),
        ("So said Mayor Peter Lind. “Yes,” Lind said.", "Peter Lind"),
        ("The envoy to the Northern Union Peter Lind came.", "Peter Lind"),
        ("The envoy Xelda Lind came.", "Xelda Lind"),  # a first name of no list, that the archive knows
        ("The clerk, Sen. Will Lind, came.", "Will Lind"),
        ("“Will Lind resign?” people asked.", None),
        ("The envoy Zelmo Lind came.", None),
        ("Peter Lind and Mary Lind came.", None),
        ("President Lind came. For Lind it was late. Old Lind slept.", None),
        ("It was in Anna Berg Lind’s list.", None),  # two names that a page ran together
        ("It was Anna Rask Lind’s list.", "Anna Rask Lind"),
        ("It happened in San Peter Lind.", None),
        ("He went to Peter. Lind spoke.", None),
        ("Peter\nLind", None),
        ("", None),
    ],
)
def test_who_alone_is_named_in_full_is_meant(text: str, full: str | None) -> None:
    meant = named_in_document("Lind", "Lind", text, KNOWN)
    assert (meant and meant.name) == full
    if meant is not None:
        assert meant.why == f"its document names {full}"
        assert 0.9 < meant.chance < 1


@pytest.mark.parametrize(
    ("name", "mention", "full"),
    [
        ("Lind", "Ms. Lind", "Mary Lind"),
        ("Lind", "Mr. Lind", "Peter Lind"),
        ("Lind herself", None, "Mary Lind"),
        ("Lind", "Lind", None),
        ("Lind", "the governor", None),
    ],
)
def test_a_title_tells_a_man_from_a_woman(name: str, mention: str | None, full: str | None) -> None:
    meant = named_in_document(name, mention, "Peter Lind and Mary Lind came.", ())
    assert (meant and meant.name) == full


def test_another_of_the_surname_whom_the_text_calls_by_a_title_is_not_the_one_named_in_full() -> None:
    assert named_in_document("Lind", "he", "Mr. Lind spoke. His wife, Mary Lind, listened.", ()) is None
    known = [NameCount("Peter Lind", 90, 90), NameCount("Mary Lind", 1, 1)]
    assert named_in_document("Lind", "he", "President Lind spoke. Mary Lind listened.", known) is None
    assert named_in_document("Lind", "she", "Ms. Lind spoke. Mary Lind has a show.", known) is not None


def test_a_surname_that_is_a_first_name_in_the_text_is_nobody_without_a_title() -> None:
    text = "Megan Kelly came, and Kelly Rask too."
    assert named_in_document("Kelly", "Kelly", text, ()) is None
    assert named_in_document("Kelly", "Mr. Kelly", "John Kelly came, and Kelly Rask too.", ()) is not None


@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=400))
def test_any_text_is_read(name: str, mention: str, text: str) -> None:
    meant = named_in_document(name, mention, f"{text} {name} {text}", [NameCount(mention, 1, 1)])
    assert meant is None or isinstance(meant, MeantName)
