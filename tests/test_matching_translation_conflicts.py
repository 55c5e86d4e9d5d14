"""What cannot be a translation: another number, another name, a "not" that only one of the two has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.matching.translation_conflicts import Statement, has_other_names, missing_numbers, translation_conflicts
from search.model import MeaningChange

FERRY = "The old ferry Ravna was sold in 1999 for 77 crowns, Odvar Lind told Marit Hauge"


def conflicts(asked: str, theirs: str, language: str = "de", *, of: str = "en") -> list[str]:
    return [str(one) for one in translation_conflicts(Statement(asked, of), Statement(theirs, language))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die alte Fähre Ravna wurde 1999 für 77 Kronen verkauft, sagte Odvar Lind zu Marit Hauge"),
        ("fr", "Le vieux bac Ravna a été vendu en 1999 pour 77 couronnes, a dit Odvar Lind à Marit Hauge"),
        ("ru", "Старый паром «Равна» был продан в 1999 году за 77 крон, сказал Одвар Линд Марит Хауге"),
        ("fa", "کشتی قدیمی راونا در سال ۱۹۹۹ به قیمت ۷۷ کرون فروخته شد، اودوار لیند به ماریت هاوگه گفت"),
        ("ar", "بيعت العبّارة القديمة رافنا عام ١٩٩٩ مقابل ٧٧ كرونة، قال أودفار ليند لماريت هاوغه"),
        ("zh", "老渡轮拉夫纳号于1999年以77克朗售出，奥德瓦尔·林德对玛丽特·豪格说"),
    ],
)
def test_a_translation_conflicts_in_nothing_either_way(language: str, text: str) -> None:
    assert conflicts(FERRY, text, language) == []
    assert conflicts(text, FERRY, "en", of=language) == []


@pytest.mark.parametrize(
    ("asked", "theirs", "language"),
    [
        ("Die Fähre wurde 1999 verkauft, alle 77 Boote auch", "The ferry was sold, and all of the boats with it", "en"),
        ("Die Fähre wurde 1998 verkauft", "The ferry was sold in 1999", "en"),
        ("3 Schiffe liegen im Hafen", "Two ships lie in the harbour", "en"),
        ("The bridge cost 2.5 million", "Die Brücke hat 3,5 Millionen gekostet", "de"),
        ("Some 300 people came", "Etwa 30 Leute sind gekommen", "de"),
    ],
)
def test_another_number_is_a_conflict(asked: str, theirs: str, language: str) -> None:
    assert conflicts(asked, theirs, language, of="de" if language == "en" else "en") == ["number"]


@pytest.mark.parametrize(
    ("asked", "theirs", "language"),
    [
        ("The bridge cost 2,500,000 crowns", "Die Brücke hat 2,5 Millionen Kronen gekostet", "de"),
        ("The bridge cost 2 million crowns", "这座桥花了200万克朗", "zh"),
        ("It begins at 7 p.m.", "Cela commence à 19 heures", "fr"),
        ("The war of 1950-53 is over", "La guerre de 1950-1953 est finie", "fr"),
        ("Only 5 of the boats came back", "Nur fünf der Boote sind zurück", "de"),
        ("The 21st boat has come", "Das 21. Boot ist da", "de"),
    ],
)
def test_the_same_number_may_be_written_otherwise(asked: str, theirs: str, language: str) -> None:
    assert conflicts(asked, theirs, language) == []


@pytest.mark.parametrize(
    ("asked", "theirs", "language"),
    [
        ("The old pier will never be sold", "Die alte Mole wird verkauft", "de"),
        ("The old pier will be sold", "Die alte Mole wird niemals verkauft", "de"),
        ("We did not know of the letter", "ما از نامه خبر داشتیم", "fa"),
        ("We knew of the letter", "از نامه خبر نداشتیم", "fa"),
        ("The minister read the letter", "Le ministre n'a pas lu la lettre", "fr"),
        ("The minister read the letter", "لم يقرأ الوزير الرسالة", "ar"),
    ],
)
def test_a_denial_of_one_alone_is_a_conflict(asked: str, theirs: str, language: str) -> None:
    assert conflicts(asked, theirs, language) == ["negation"]


@pytest.mark.parametrize(
    ("asked", "theirs", "language"),
    [
        ("The pier is unsold", "Die Mole ist nicht verkauft", "de"),
        ("He refused to read it", "Il n'a pas voulu le lire", "fr"),
        ("The pier will never be sold", "Staré molo bude prodáno", "cs"),
        (
            "The pier is sold",
            "Die Mole ist verkauft. Das hat mir niemand gesagt, und ich habe es lange nicht geglaubt",
            "de",
        ),
    ],
)
def test_where_a_denial_cannot_be_told_it_is_none(asked: str, theirs: str, language: str) -> None:
    assert conflicts(asked, theirs, language) == []


@pytest.mark.parametrize(
    ("asked", "theirs", "language"),
    [
        ("We told Odvar Lind of it", "Nous en avons parlé à Marit Hauge", "fr"),
        ("Mit Odvar Lind und mit Marit Hauge ist zu reden", "It is for us to talk to Rosa Brekke", "en"),
        ("Yesterday we asked Odvar Lind and then Marit Hauge as well", "Мы спросили Петра Орлова и Инну Белову", "ru"),
    ],
)
def test_other_names_in_their_place_are_a_conflict(asked: str, theirs: str, language: str) -> None:
    of = "de" if language == "en" else "en"
    expected = [] if of == "de" else ["name"]  # German capitals show no names
    assert conflicts(asked, theirs, language, of=of) == expected


def test_names_are_found_behind_what_is_joined_to_them() -> None:
    assert conflicts("Yesterday we asked Odvar and then Marit and Ravna", "سألنا وأودفار ولماريت وبرافنا", "ar") == []


def test_names_that_every_language_has_a_word_for_need_not_be_there() -> None:
    assert (
        conflicts("On Monday the Germans asked the Supreme Court", "Lundi, les Allemands ont saisi la justice", "fr")
        == []
    )


def test_in_one_language_a_name_stands_for_another_or_is_left_out() -> None:
    typed = Statement("We told Odvar Lind that the Germans had come", "en")
    assert has_other_names(typed, Statement("We told Marit Hauge that the Germans had come", "en"))
    assert has_other_names(typed, Statement("We told Odvar Lind that the French had come", "en"))
    assert not has_other_names(typed, Statement("We told him that the Germans had come", "en"))
    assert not has_other_names(typed, Statement("We told Odvar Lind and Marit Hauge that the Germans had come", "en"))


LANGUAGES = ["en", "de", "fr", "fa", "zh", "xx"]


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_any_text_can_be_asked_and_nothing_conflicts_with_itself(one: str, other: str, left: str, right: str) -> None:
    translation_conflicts(Statement(one, left), Statement(other, right))
    assert translation_conflicts(Statement(one, left), Statement(one, left)) == ()
    assert not has_other_names(Statement(one, left), Statement(one, left))


@given(st.integers(13, 10**9))
def test_a_number_is_found_in_any_digits_and_another_is_not(number: int) -> None:
    asked = Statement(f"there were {number} boats", "en")
    persian = "".join(chr(ord("۰") + int(digit)) for digit in str(number))
    assert missing_numbers(asked, Statement(f"{persian} قایق بود", "fa")) == []
    assert missing_numbers(asked, Statement(f"{number + 1_000_000_007} قایق بود", "fa")) == [number]


def test_the_kinds_are_those_of_changes_of_meaning() -> None:
    found = translation_conflicts(
        Statement("We never sold 77 of them to Odvar Lind", "en"), Statement("On les a tous vendus à Marit Hauge", "fr")
    )
    assert found == (MeaningChange.NEGATION, MeaningChange.NUMBER, MeaningChange.NAME)
