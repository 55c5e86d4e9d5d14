"""The alias file: a person's decisions, written whole, once, and without losing a comment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.errors import ConfigError, QueryError
from search.names import alias_file
from search.names.alias_file import ALIAS_FILE, AliasFile, merge, read_aliases, rename, split


def test_an_instance_without_a_file_has_no_decisions(tmp_path: Path) -> None:
    assert read_aliases(tmp_path) == AliasFile()


def test_a_merge_is_read_back_under_every_way_to_print_the_name(tmp_path: Path) -> None:
    merge(tmp_path, "Joram Halvesk", ["The Old Fox", "HALVÉSK"])
    aliases = read_aliases(tmp_path).aliases
    assert aliases == {"joram halvesk": "Joram Halvesk", "the old fox": "Joram Halvesk", "halvesk": "Joram Halvesk"}


def test_an_alias_moves_to_whom_it_is_given_last(tmp_path: Path) -> None:
    merge(tmp_path, "Ann Lee", ["The Fox"])
    merge(tmp_path, "Bo Dow", ["The Fox"])
    assert read_aliases(tmp_path).aliases["the fox"] == "Bo Dow"


def test_a_later_decision_undoes_an_earlier_one(tmp_path: Path) -> None:
    split(tmp_path, ["Ann Lee", "A. Lee"])
    assert read_aliases(tmp_path).apart == (frozenset({"ann lee", "a lee"}),)
    merge(tmp_path, "Ann Lee", ["A. Lee"])
    assert read_aliases(tmp_path).apart == ()
    split(tmp_path, ["Ann Lee", "A. Lee"])
    assert "a lee" not in read_aliases(tmp_path).aliases


def test_to_split_twice_is_to_split_once(tmp_path: Path) -> None:
    split(tmp_path, ["Ann Lee", "A. Lee"])
    once = (tmp_path / ALIAS_FILE).read_bytes()
    split(tmp_path, ["A. Lee", "Ann Lee", "Ann Lee"])
    assert (tmp_path / ALIAS_FILE).read_bytes() == once


def test_a_merge_said_twice_changes_nothing(tmp_path: Path) -> None:
    merge(tmp_path, "Ann Lee", ["A. Lee"])
    once = (tmp_path / ALIAS_FILE).read_bytes()
    merge(tmp_path, "Ann Lee", ["A. Lee"])
    assert (tmp_path / ALIAS_FILE).read_bytes() == once


def test_a_rename_is_one_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is killed between two writes would leave a speaker without a name."""
    merge(tmp_path, "Ann Lee", ["The Fox"])
    writes: list[Path] = []
    write = alias_file.write_atomically
    monkeypatch.setattr(alias_file, "write_atomically", lambda path, text: (writes.append(path), write(path, text)))
    rename(tmp_path, "Ann Lee", "Ann Marnholt", ["A. Lee"])
    assert len(writes) == 1
    aliases = read_aliases(tmp_path).aliases
    assert set(aliases.values()) == {"Ann Marnholt"}
    assert set(aliases) == {"ann marnholt", "ann lee", "the fox", "a lee"}


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    merge(tmp_path, "Ann Lee", ["The Fox"])
    before = (tmp_path / ALIAS_FILE).read_bytes()

    def full(descriptor: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        merge(tmp_path, "Bo Dow", ["The Wolf"])
    assert (tmp_path / ALIAS_FILE).read_bytes() == before


def test_a_persons_comments_in_the_file_are_kept(tmp_path: Path) -> None:
    (tmp_path / ALIAS_FILE).write_text("# mine\n[[speaker]]\nname = 'A'  # the first\naliases = []\n", encoding="utf-8")
    merge(tmp_path, "B", ["b"])
    text = (tmp_path / ALIAS_FILE).read_text(encoding="utf-8")
    assert "# mine" in text
    assert "# the first" in text


@pytest.mark.parametrize(
    "text",
    [
        "[[speaker]\n",
        "[[speaker]]\nname = 3\n",
        "[[speaker]]\nname = 'A'\naliases = [1]\n",
        "[[speaker]]\naliases = ['A']\n",
        "[[apart]]\nnames = ['', 'A']\n",
        "speaker = 3\n",
        "apart = ['A', 'B']\n",
        "[speaker]\nname = 'A'\n",
    ],
)
def test_a_broken_file_is_one_sentence_that_names_it(tmp_path: Path, text: str) -> None:
    (tmp_path / ALIAS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=ALIAS_FILE):
        read_aliases(tmp_path)


def test_one_name_cannot_be_told_apart_from_itself(tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        split(tmp_path, ["Ann Lee", "Ann Lee"])
