"""Names of any script in Latin letters, and the consonants on which transliterations agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.names.romanisation import consonants, is_latin
from search.text.folding import fold


@pytest.mark.parametrize(
    "words",
    [
        ("Soleimani", "Suleimani", "سلیمانی"),
        ("Qasem", "Ghassem", "Kasem", "قاسم"),
        ("Lavrov", "Лавров"),
        ("Zarif", "ظریف"),
        ("Khamenei", "خامنه‌ای"),
        ("Zhukov", "Жуков"),
        ("Jürgen", "Jurgen"),
    ],
)
def test_transliterations_have_the_same_consonants(words: tuple[str, ...]) -> None:
    assert len({consonants(fold(word)) for word in words}) == 1


@given(st.text(max_size=30))
def test_any_text_has_ascii_consonants_and_a_script(text: str) -> None:
    row = consonants(fold(text))
    assert row.isascii() or row == fold(text)[:1]
    assert is_latin(fold(text)) in (True, False)
    assert not is_latin("лавров")
