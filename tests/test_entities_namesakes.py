"""Namesakes told apart by first names, titles and kin."""

from __future__ import annotations

import pytest

from indexer.entities.mention_detection import find_mentions
from indexer.entities.namesakes import is_introduced_as_kin, kin_gender, offices_of, one_letter_apart
from indexer.quotations.outline import build_outline
from search.names.given_names import Gender


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("lee", "leo", True),
        ("wimes", "wines", True),
        ("mclenny", "mclenney", True),
        ("cole", "park", False),
        ("a", "a", False),
    ],
)
def test_one_letter_apart(one: str, other: str, same: bool) -> None:
    assert one_letter_apart(one, other) is same
    assert one_letter_apart(other, one) is same


@pytest.mark.parametrize(
    ("text", "is_kin", "gender"),
    [
        ("His daughter, Ada Lind, left.", True, Gender.FEMALE),
        ("It was seen by her husband Bo Lind.", True, Gender.MALE),
        ("Then first lady Ada Lind left.", True, Gender.UNKNOWN),
        ("Ada Lind, his wife, left.", True, Gender.UNKNOWN),
        ("Ada Lind, the mayor's eldest daughter, left.", True, Gender.UNKNOWN),
        ("Bo Lind, brother of the mayor, left.", False, Gender.UNKNOWN),
        ("Bo Lind, a baker, left.", False, Gender.UNKNOWN),
        ("After his wife, a friend of Bo Lind left.", False, Gender.UNKNOWN),
    ],
)
def test_who_is_introduced_as_kin(text: str, is_kin: bool, gender: Gender) -> None:
    outline = build_outline(text, [])
    (name,) = [mention for mention in find_mentions(outline) if mention.head.endswith("Lind")]
    assert is_introduced_as_kin(outline, name) is is_kin
    assert kin_gender(outline, name) is gender


def test_plain_titles_are_no_offices() -> None:
    assert offices_of("Mr.") == frozenset()
    assert offices_of("Foreign Minister") == {"minister"}
    assert "senator" in offices_of("Sen.")
