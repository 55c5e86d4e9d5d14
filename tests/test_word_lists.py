"""The word lists: every one that the code asks for is there, by language, and a misspelt name does not pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer.language_files import language_codes, language_table
from indexer.word_lists import languages_of, phrase_list, word_list

CODE = Path(__file__).parents[1] / "indexer"
ASKED = sorted(
    {
        (kind, name)
        for module in CODE.rglob("*.py")
        for kind, name in re.findall(
            r'\b(word_list|phrase_list|longest_first)\(["\'](\w+)["\']', module.read_text("utf-8")
        )
    }
)


@pytest.mark.parametrize(("kind", "name"), ASKED)
def test_every_list_that_is_asked_for_has_entries(kind: str, name: str) -> None:
    assert (phrase_list if kind == "phrase_list" else word_list)(name)


def test_every_list_of_the_file_is_asked_for() -> None:
    listed = {name for code in language_codes() for name in language_table(code, "words")}
    assert listed == {name for _, name in ASKED}


@pytest.mark.parametrize("name", ["cue_verb", "", "en"])
def test_a_list_that_is_not_there_is_an_error(name: str) -> None:
    with pytest.raises(KeyError):
        word_list(name)
    with pytest.raises(KeyError):
        phrase_list(name)


def test_a_list_of_one_language_and_of_all() -> None:
    assert "sagte" in word_list("cue_verbs", "de")
    assert "sagte" not in word_list("cue_verbs", "en")
    assert word_list("cue_verbs") == frozenset().union(*(word_list("cue_verbs", c) for c in languages_of("cue_verbs")))
    with pytest.raises(KeyError):
        word_list("places", "de")


def test_a_phrase_keeps_its_words_together() -> None:
    assert ("hong", "kong") in phrase_list("places")
    assert ("according", "to") in phrase_list("relay_phrases")


def test_words_are_small_and_stand_once_in_their_list() -> None:
    for name, printed in [pair for code in language_codes() for pair in language_table(code, "words").items()]:
        words = printed.splitlines() if ("phrase_list", name) in ASKED else printed.split()
        assert len(words) == len(set(words)), name
        assert name == "abbreviations" or printed == printed.lower(), name
