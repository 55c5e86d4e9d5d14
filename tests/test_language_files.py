"""The files of the languages: each is read, and holds nothing but what the loader's docstring names."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from indexer.language_files import LANGUAGES_FOLDER, language_codes, language_table

TABLES = {"grammar", "words", "denials"}


@pytest.mark.parametrize("code", language_codes())
def test_a_file_has_only_the_tables_that_are_documented(code: str) -> None:
    text = files("indexer").joinpath("data", LANGUAGES_FOLDER, f"{code}.toml").read_text("utf-8")
    assert tomllib.loads(text).keys() <= TABLES


def test_english_comes_first_and_a_missing_table_is_empty() -> None:
    assert language_codes()[0] == "en"
    assert language_table("mul", "denials") == {}


def test_a_language_without_a_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        language_table("xx", "words")
