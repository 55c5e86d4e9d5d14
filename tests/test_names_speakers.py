"""Who is who across documents: names join when only one person can be meant, and a person's word comes first."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import ConfigError, QueryError
from search.names.speakers import FILE, AliasFile, Speakers, joined, last_word, merge, read, rename, split

NOBODY = AliasFile()


def speakers(*names: str, decided: AliasFile = NOBODY) -> dict[str, str | None]:
    who = Speakers(decided, lambda last: {name: 1 for name in names if last_word(name) == last})
    return {name: who.of(name) for name in names}


def test_a_surname_and_a_shorter_name_belong_to_the_only_full_name() -> None:
    assert set(speakers("Halvesk", "Joram Halvesk", "J. Halvesk", "Joram Piet Halvesk", "Mr. Halvesk").values()) == {
        "Joram Piet Halvesk"
    }


def test_a_fuller_name_that_hardly_anybody_prints_names_nobody() -> None:
    found = joined({"Lenka Morau": 12, "Historikerin Lenka Morau": 1, "Morau": 40}, NOBODY)
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
    decided = read(tmp_path)
    found = speakers("Halvesk", "Joram Halvesk", "Dana Halvesk", "The Old Fox", decided=decided)
    assert found["Halvesk"] == found["The Old Fox"] == "Joram Halvesk"
    split(tmp_path, ["Joram Halvesk", "J. Halvesk"])
    assert speakers("J. Halvesk", "Joram Halvesk", decided=read(tmp_path))["J. Halvesk"] == "J. Halvesk"
    merge(tmp_path, "Joram Halvesk", ["J. Halvesk"])
    assert speakers("J. Halvesk", "Joram Halvesk", decided=read(tmp_path))["J. Halvesk"] == "Joram Halvesk"
    rename(tmp_path, "Joram Halvesk", "Joram Piet Halvesk", [])
    assert speakers("The Old Fox", "Joram Halvesk", decided=read(tmp_path)) == {
        "The Old Fox": "Joram Piet Halvesk",
        "Joram Halvesk": "Joram Piet Halvesk",
    }


def test_a_persons_comments_in_the_file_are_kept(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("# mine\n[[speaker]]\nname = 'A'  # the first\naliases = []\n", encoding="utf-8")
    merge(tmp_path, "B", ["b"])
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "# mine" in text
    assert "# the first" in text


@pytest.mark.parametrize(
    "text", ["[[speaker]\n", "[[speaker]]\nname = 3\n", "[[speaker]]\nname = 'A'\naliases = [1]\n"]
)
def test_a_broken_file_is_one_sentence_that_names_it(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=FILE):
        read(tmp_path)


def test_one_name_cannot_be_told_apart_from_itself(tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        split(tmp_path, ["Ann Lee", "Ann Lee"])


NAMES = st.lists(
    st.sampled_from("Ann Lee|A. Lee|Lee|Bo Lee|Ann M. Lee|Mr Lee|Ann|Lee Ann|É. Lee".split("|")) | st.text(max_size=12)
)


@given(NAMES, st.randoms())
def test_the_order_of_the_names_does_not_matter(names: list[str], chance: st.DataObject) -> None:
    shuffled = list(names)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert joined(dict.fromkeys(names, 1), NOBODY) == joined(dict.fromkeys(shuffled, 1), NOBODY)


@given(NAMES)
def test_every_name_has_a_speaker_that_is_its_own(names: list[str]) -> None:
    found = joined(dict.fromkeys(names, 1), NOBODY)
    assert set(found) == set(names)
    assert all(found[speaker] == speaker for speaker in found.values())
