"""Word families: guessed by rule from what words have in common at the front."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.information import common_stems
from search.text.word_families import family, root


@pytest.mark.parametrize(
    ("one", "other"), [("diplomaci", "diplomat"), ("diplomat", "undiplomat"), ("negoti", "negotiat")]
)
def test_words_of_a_family_have_one_root(one: str, other: str) -> None:
    assert root(one) == root(other)


@pytest.mark.parametrize(("one", "other"), [("nation", "natur"), ("hous", "hors"), ("war", "ward")])
def test_words_that_only_look_alike_have_two(one: str, other: str) -> None:
    assert root(one) != root(other)


def test_a_family_is_of_common_words_without_the_word_itself() -> None:
    assert "diplomat" in family("diplomaci")
    assert "diplomaci" not in family("diplomaci")
    assert family("zyzzyva") == ()


@given(st.text(max_size=40))
def test_a_root_is_never_longer_and_never_less_than_five_letters_of_a_longer_word(stem: str) -> None:
    assert len(root(stem)) <= len(stem)
    assert len(root(stem)) >= min(5, len(stem))


def test_a_family_is_all_common_stems_of_one_root() -> None:
    of_root: dict[str, set[str]] = {}
    for stem in common_stems():
        if len(stem) > 5 and stem.isalpha():
            of_root.setdefault(root(stem), set()).add(stem)
    for stem in [*islice(common_stems(), 0, None, 20), "undiplomat", "mischief", "re"]:
        members = of_root.get(root(stem), set())
        assert set(family(stem)) == (members - {stem} if 1 < len(members) <= 12 else set())
