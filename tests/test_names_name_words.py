"""The words that names are told by."""

from __future__ import annotations

import pytest

from search.names.name_words import name_words


@pytest.mark.parametrize(
    ("section", "word"), [("titles", "sen"), ("titles", "außenminister"), ("bodies", "university"), ("and", "und")]
)
def test_words_are_folded_and_of_all_languages(section: str, word: str) -> None:
    assert word.replace("ß", "ss") in name_words(section)


def test_a_section_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(KeyError):
        name_words("nothing")
