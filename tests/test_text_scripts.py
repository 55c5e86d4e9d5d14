"""Scripts without spaces: none of their characters is missed by the short way."""

from __future__ import annotations

import pytest
import regex

from search.text.scripts import SPACELESS, has_spaceless_script


@pytest.mark.parametrize(
    ("text", "spaceless"),
    [
        ("東京", True),
        ("สวัสดี", True),
        ("မြန်မာ", True),
        ("the 東 wind", True),
        ("서울", False),
        ("Москва", False),
        ("", False),
    ],
)
def test_a_text_with_one_such_character_has_the_script(text: str, spaceless: bool) -> None:
    assert has_spaceless_script(text) is spaceless


def test_the_short_way_misses_no_character() -> None:
    """Of all that there are."""
    pattern = regex.compile(f"[{SPACELESS}]")
    missed = [
        code for code in range(0x80, 0x110000) if has_spaceless_script(chr(code)) != bool(pattern.search(chr(code)))
    ]
    assert missed == []
