"""Scripts that are written without spaces between words: each of their characters is read as a word."""

from __future__ import annotations

import re
from typing import Final

import regex

SPACELESS: Final = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""The characters of these scripts, for a class of a `regex` pattern."""
_SPACELESS: Final = regex.compile(f"[{SPACELESS}]")
# None of these is of those scripts, and `re` finds that out in a third of the time. What is left is three ranges, which take 4 ms to compile
# where they are named themselves.
_MAY_BE_SPACELESS: Final = re.compile("[^\x00-\u0dff\u10a0-\u177f\u1a00-\u2e7f]")


def has_spaceless_script(text: str) -> bool:
    """Return whether any character of a text is of a script that is written without spaces."""
    return not text.isascii() and _MAY_BE_SPACELESS.search(text) is not None and _SPACELESS.search(text) is not None
