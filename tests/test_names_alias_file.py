"""The alias file: what a person wrote down by hand, read under every way to print a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.errors import ConfigError
from search.names.alias_file import ALIAS_FILE, AliasFile, read_aliases


def test_an_instance_without_a_file_has_no_decisions(tmp_path: Path) -> None:
    assert read_aliases(tmp_path) == AliasFile()


def test_what_is_written_is_read_under_every_way_to_print_the_name(tmp_path: Path) -> None:
    (tmp_path / ALIAS_FILE).write_text(
        "# mine\n[[speaker]]\nname = 'Joram Halvesk'\naliases = ['The Old Fox', 'HALVÉSK']\n"
        "[[apart]]\nnames = ['Ann Lee', 'A. Lee']\n",
        encoding="utf-8",
    )
    read = read_aliases(tmp_path)
    assert read.aliases == {
        "joram halvesk": "Joram Halvesk",
        "the old fox": "Joram Halvesk",
        "halvesk": "Joram Halvesk",
    }
    assert read.apart == (frozenset({"ann lee", "a lee"}),)


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
