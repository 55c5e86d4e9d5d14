"""First names: equal, transliterated otherwise, or one short for the other."""

from __future__ import annotations

import pytest

from search.names import given_names
from search.names.given_names import (
    Gender,
    Likeness,
    first_name_gender,
    first_names,
    gender_shown,
    given_names_fit,
    is_first_name,
    likeness,
    signs_asked,
    signs_of,
    spelling,
)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("marta", "marta", Likeness.SAME),
        ("mohammed", "muhammad", Likeness.SAME),
        ("qassem", "ghasem", Likeness.SAME),
        ("dmitri", "dmitriy", Likeness.SAME),
        ("chuck", "charles", Likeness.NICKNAME),
        ("bill", "will", Likeness.NICKNAME),
        ("pepe", "jose", Likeness.NICKNAME),
        ("саша", "александр", Likeness.NICKNAME),
        ("j", "jane", Likeness.INITIAL),
        ("قاسم", "qasem", Likeness.SCRIPT),
        ("joan", "john", None),
        ("j", "marta", None),
        ("حسن", "qasem", None),
    ],
)
def test_how_first_names_are_alike(one: str, other: str, alike: Likeness | None) -> None:
    assert likeness(one, other) is likeness(other, one) is alike


@pytest.mark.parametrize(
    ("shorter", "fuller", "fits"),
    [
        ("george", "george w", True),
        ("george w", "george h w", False),
        ("javad", "mohammad javad", True),
        ("donald j", "donald john", True),
        ("hillary rodham", "hillary diane rodham", True),
        ("hillary d", "hillary rodham", False),
        ("jay", "otto j", False),
        ("chuck", "charles e", True),
        ("j", "jane", True),
        ("j", "otto jane", False),
        ("", "jane", False),
    ],
)
def test_rows_of_first_names(shorter: str, fuller: str, fits: bool) -> None:
    assert (given_names_fit(shorter.split(), fuller.split()) is not None) is fits


def test_a_double_letter_is_one() -> None:
    assert spelling("qassem") == spelling("qasem")


def test_first_names_are_listed_small_with_accents_and_without() -> None:
    assert all(map(is_first_name, ("Peter", "PETER", "peter")))
    assert not is_first_name("Senate")
    assert "peter" in first_names("male") - first_names("female")
    assert all(name == name.lower() for name in first_names("male") | first_names("female"))


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Susan", Gender.FEMALE), ("robert", Gender.MALE), ("Alex", Gender.UNKNOWN), ("Kim", Gender.UNKNOWN),
        ("Zzyzx", Gender.UNKNOWN), ("", Gender.UNKNOWN),
    ],
)  # fmt: skip
def test_first_names_show_a_gender_unless_both_have_them(name: str, gender: Gender) -> None:
    assert first_name_gender(name) is gender


def test_opposite_genders_are_each_others_negative() -> None:
    assert -Gender.MALE == Gender.FEMALE
    assert gender_shown(male=True, female=True) is gender_shown(male=False, female=False) is Gender.UNKNOWN


def test_first_names_that_are_alike_have_a_sign_in_common_and_few_others_have() -> None:
    """Each name was compared with all of its surname: 4,000 people called Lee took half a minute."""
    lists = {name for kind in ("spellings", "short_forms") for name in given_names._full_names(kind)}
    words = [*sorted(lists)[::7], "j", "a", "м", "джон", "john", "jon", "иван", "ivan", "محمد", "muhammad", "zyrk"]
    asked = {word: signs_asked(word) for word in words}
    had = {word: signs_of(word) for word in words}
    pairs = [(one, other) for one in words for other in words]
    met = {(one, other) for one, other in pairs if not asked[one].isdisjoint(had[other])}
    alike = {(one, other) for one, other in pairs if likeness(one, other) is not None}
    assert alike <= met
    assert len(alike) > len(words)
    assert len(met) < len(pairs) / 10
