"""Who is who across documents: names join when only one person can be meant, and a person's word comes first."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.names.alias_file import AliasFile, merge, read_aliases, rename, split
from search.names.clusters import Speakers, join_names
from search.names.person_name import last_word

NOBODY = AliasFile()


def speakers(*names: str, decided: AliasFile = NOBODY) -> dict[str, str | None]:
    who = Speakers(decided, lambda last: {name: 1 for name in names if last_word(name) == last})
    return {name: who.of(name) for name in names}


def test_a_surname_and_a_shorter_name_belong_to_the_only_full_name() -> None:
    assert set(speakers("Halvesk", "Joram Halvesk", "J. Halvesk", "Joram Piet Halvesk", "Mr. Halvesk").values()) == {
        "Joram Piet Halvesk"
    }


def test_a_fuller_name_that_hardly_anybody_prints_names_nobody() -> None:
    found = join_names({"Lenka Morau": 12, "Historikerin Lenka Morau": 1, "Morau": 40}, NOBODY)
    assert set(found.values()) == {"Lenka Morau"}


def test_a_surname_that_two_people_have_stays_alone() -> None:
    found = speakers("Halvesk", "Joram Halvesk", "Dana Halvesk")
    assert found["Halvesk"] == "Halvesk"
    assert found["Joram Halvesk"] != found["Dana Halvesk"]


def test_an_initial_that_two_people_have_stays_alone() -> None:
    assert speakers("J. Lee", "Joan Lee", "John Lee")["J. Lee"] == "J. Lee"


def test_spellings_of_one_name_join() -> None:
    assert len(set(speakers("Muhammad Karim Sadeghi", "Mohammad Karim Sadeghi").values())) == 1


def test_a_title_is_no_part_of_a_name() -> None:
    assert speakers("Foreign Minister Ann Lee", "Ann Lee")["Foreign Minister Ann Lee"] == "Ann Lee"


@pytest.mark.parametrize("name", ["police", "the ministry", "Ministry", "spokesman"])
def test_a_body_or_a_role_is_nobodys_surname(name: str) -> None:
    assert speakers(name, "Marnholt " + name.rsplit(maxsplit=1)[-1].title())[name] == name


def test_what_a_person_wrote_comes_first(tmp_path: Path) -> None:
    merge(tmp_path, "Joram Halvesk", ["The Old Fox", "Halvesk"])
    decided = read_aliases(tmp_path)
    found = speakers("Halvesk", "Joram Halvesk", "Dana Halvesk", "The Old Fox", decided=decided)
    assert found["Halvesk"] == found["The Old Fox"] == "Joram Halvesk"
    split(tmp_path, ["Joram Halvesk", "J. Halvesk"])
    assert speakers("J. Halvesk", "Joram Halvesk", decided=read_aliases(tmp_path))["J. Halvesk"] == "J. Halvesk"
    merge(tmp_path, "Joram Halvesk", ["J. Halvesk"])
    assert speakers("J. Halvesk", "Joram Halvesk", decided=read_aliases(tmp_path))["J. Halvesk"] == "Joram Halvesk"
    rename(tmp_path, "Joram Halvesk", "Joram Piet Halvesk", [])
    assert speakers("The Old Fox", "Joram Halvesk", decided=read_aliases(tmp_path)) == {
        "The Old Fox": "Joram Piet Halvesk",
        "Joram Halvesk": "Joram Piet Halvesk",
    }


def test_a_filter_means_every_name_of_whom_it_may_mean() -> None:
    names = ["Joram Halvesk", "Halvesk", "Dana Marnholt"]
    who = Speakers(NOBODY, lambda last: {name: 1 for name in names if last_word(name) == last})
    assert who.meant("joram", names) == ["Joram Halvesk", "Halvesk"]
    assert who.meant("", names) == []
    assert sorted(who.names("Joram Halvesk")) == ["Halvesk", "Joram Halvesk"]


NAMES = st.lists(
    st.sampled_from("Ann Lee|A. Lee|Lee|Bo Lee|Ann M. Lee|Mr Lee|Ann|Lee Ann|É. Lee".split("|")) | st.text(max_size=12)
)


@given(NAMES, st.randoms())
def test_the_order_of_the_names_does_not_matter(names: list[str], chance: st.DataObject) -> None:
    shuffled = list(names)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert join_names(dict.fromkeys(names, 1), NOBODY) == join_names(dict.fromkeys(shuffled, 1), NOBODY)


@given(NAMES)
def test_every_name_has_a_speaker_that_is_its_own(names: list[str]) -> None:
    found = join_names(dict.fromkeys(names, 1), NOBODY)
    assert set(found) == set(names)
    assert all(found[speaker] == speaker for speaker in found.values())
