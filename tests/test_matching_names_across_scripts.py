"""Two names that can be one person's, as each language writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.matching.names_across_scripts import may_be_one_person


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Joram Halvesk", "یورام هالوسک"),
        ("Joram Halvesk", "يورام هالفيسك"),
        ("Nadim Soravar", "نديم سورافار"),
        ("Pavel Orlin", "پاول اورلین"),
        ("Pavel Orlin", "بافل أورلين"),
        ("Osvald Brekker", "Освальд Бреккер"),
        ("Brekker", "General Osvald Brekker"),
        ("Viktor Amsel", "Victor Amsel"),
        ("Dana Halvesk", "Dany Halveskové"),
    ],
)
def test_one_person(name: str, other: str) -> None:
    assert may_be_one_person(name, other)
    assert may_be_one_person(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Dana Halvesk", "یورام هالوسک"),
        ("Joram Halvesk", "Nadim Soravar"),
        ("Pavel Orlin", "Casimir Orlin"),
        ("Nadim Soravar", "يورام هالفيسك"),
        ("", "Nadim Soravar"),
        ("spokesman", "یورام هالوسک"),
    ],
)
def test_two_people(name: str, other: str) -> None:
    assert not may_be_one_person(name, other)
    assert not may_be_one_person(other, name)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_names_can_be_asked_about_in_either_order(name: str, other: str) -> None:
    assert may_be_one_person(name, other) == may_be_one_person(other, name)
