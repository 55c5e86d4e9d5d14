"""Names of people: taken apart in one place, and never taken for one another's by a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.names.agreement import names_agree
from search.names.given_names import Gender, spelling
from search.names.person_name import (
    can_be_surname,
    fits,
    folded_name,
    has_all_words,
    last_word,
    parse_name,
    titled_gender,
)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Foreign Minister Ann Lee", "ann lee"),
        ("Prime Minister Lee", "lee"),
        ("Ann Lee Jr.", "ann lee"),
        ("Lee, who chairs the board", "lee"),
        ("Bundeskanzler Olaf Marnholt", "olaf marnholt"),
        ("Señora Anna Sóto", "anna soto"),
        ("O’Brien’s", "o brien"),
        ("the president", "the president"),
        ("Jean-Luc Morau", "jean luc morau"),
        ("Mr. Lee last week", "lee"),
        ("Ann Lee Wednesday", "ann lee"),
        ("Ann Lee Despite Berg", "ann lee"),
        ("Lee Slams Berg", "lee"),
        ("Harbour Today", "harbour today"),
        ("the late Ann Lee", "ann lee"),
        ("Harbour Department", "harbour department"),
        ("Department of Harbour", "harbour department"),
        ("U.S. Department of the Harbour and Tides", "harbour and tides department"),
        ("Norvik Department of Harbours", "norvik department of harbours"),
        ("Department of Harbour officials", "department of harbour officials"),
        ("Harbour News Senior Contributor Ann Lind", "ann lind"),
        ("Moon Jae-in", "moon jae in"),
        ("President Bashar al-Lind", "bashar lind"),
        ("Nouri al Lind", "nouri lind"),
        ("El-Lind", "lind"),
        ("Al Lind", "al lind"),
        ("Hosni el", "hosni el"),
        ("", ""),
        ("...", ""),
    ],
)
def test_titles_and_suffixes_are_no_part_of_a_name(name: str, core: str) -> None:
    """Unless there is nothing else."""
    assert " ".join(parse_name(name).core) == core
    assert last_word(name) == (core.split() or [""])[-1]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Foreign Minister Marta Lind", "Lind", True),
        ("Prime Minister Lee", "Ann Lee", True),
        ("J. Lind", "Jane Lind", True),
        ("Jane M. Lind", "Jane Mary Lind", True),
        ("Muhammad Karim Sadeghi", "Mohammad Sadeghi", True),
        ("Xi", "Xi Jinping", True),
        ("Bashar al-Lind", "Bashar Lind", True),
        ("Al-Lind", "Bashar Lind", True),
        ("Lind, Marta", "Lind", True),
        ("Mr. Berg", "Marta Lind", False),
        ("Marta Lind", "Marta Berg", False),
        ("Marta Lind", "Jonas Lind", None),
        ("Bill Marnholt", "William Marnholt", None),
        ("Joan Lee", "Joanna Lee", None),
        ("A. Hussein", "B. Hossein", None),
        (None, "Lind", None),
        ("Lind", "", None),
        ("...", "Lind", None),
    ],
)
def test_two_names_agree_disagree_or_nobody_knows(one: str | None, other: str | None, agree: bool | None) -> None:
    assert names_agree(one, other) is agree
    assert names_agree(other, one) is agree


@pytest.mark.parametrize(
    ("short", "full", "fit"),
    [
        ("lee", "ann lee", True),
        ("a lee", "ann lee", True),
        ("mohammad zarif", "muhammad javad zarif", True),
        ("ann lee", "lee", False),
        ("lee ann", "ann lee", False),
        ("bo lee", "ann lee", False),
        ("a a lee", "ann lee mary", False),
        ("", "lee", False),
    ],
)
def test_a_shorter_name_fits_a_fuller_one(short: str, full: str, fit: bool) -> None:
    assert fits(short.split(), full.split()) is fit


@pytest.mark.parametrize(
    ("name", "wanted", "has"),
    [
        ("Javad Zarif", "zarif", True),
        ("Javad Zarif", "ZARIF javad", True),
        ("Javad Zarif", "zari", False),
        ("The Daily Courier", "courier", True),
        ("Javad Zarif", "", False),
        ("", "zarif", False),
    ],
)
def test_a_person_names_another_by_some_of_his_words(name: str, wanted: str, has: bool) -> None:
    assert has_all_words(name, wanted) is has


@pytest.mark.parametrize(
    ("name", "can"),
    [("Lee", True), ("police", False), ("Ministry", False), ("the Post", False), ("", False), ("李", False)],
)
def test_bodies_and_small_letters_are_nobodys_surname(name: str, can: bool) -> None:
    assert can_be_surname(name) is can


def test_spellings_of_one_sound_are_one() -> None:
    assert spelling("muhammad") == spelling("mohammad") == spelling("mohamad")
    assert spelling("hussein") == spelling("hossein")
    assert spelling("lee") != spelling("lind")


NAMES = st.sampled_from(
    "Ann Lee|A. Lee|Lee|Bo Lee|Ann M. Lee|Mr Lee|Ann|Lee Ann|É. Lee|Muhammad Lee".split("|")
) | st.text(max_size=12)


@given(NAMES, NAMES)
def test_agreement_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert names_agree(one, other) is names_agree(other, one)


@given(NAMES)
def test_a_name_agrees_with_itself_however_it_is_printed(name: str) -> None:
    assert names_agree(name, name.upper().lower()) in (True, None) or not name.isascii()
    assert folded_name(name) == folded_name(f" {name} ") or len(name) > 190


@pytest.mark.parametrize(
    "name", ["he", "the minister", "Officials", "Spokesman", "a spokesman for Marta Lind", "the rally"]
)
def test_a_pronoun_or_a_role_is_nobody_s_name(name: str) -> None:
    assert names_agree(name, "Jonas Hale") is None
    assert names_agree("Jonas Hale", name) is None


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Ms. Lind", Gender.FEMALE), ("Mr. Lind", Gender.MALE), ("Lind herself", Gender.FEMALE), ("Frau Lind", Gender.FEMALE),
        ("Lind himself", Gender.MALE), ("Lind", Gender.UNKNOWN), ("Sen. Lind", Gender.UNKNOWN), ("", Gender.UNKNOWN),
    ],
)  # fmt: skip
def test_titles_and_stress_show_a_gender(name: str, gender: Gender) -> None:
    assert titled_gender(name) is gender
