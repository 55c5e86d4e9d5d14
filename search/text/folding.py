"""Fold a word: case, accents, width, invisible characters and letter variants do not make another word."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

import regex

INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
"""Soft hyphens, joiners, marks of direction, the Arabic tatweel: characters that a reader cannot see, for a class."""
APOSTROPHES: Final = "'’ʼ‘＇`´′‛ʹʻˈꞌ՚׳‵"
"""Whatever is typed for an apostrophe, for a class: keyboards have an accent where the mark should be."""
_INVISIBLE: Final = regex.compile(f"[{INVISIBLE}]")
_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")
# Combining marks of Latin, Hebrew and Arabic.
_ACCENTS: Final = regex.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed]")
# Letters that Unicode does not take apart, and the Arabic and Persian ways to write one letter.
_VARIANTS: Final = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ß": "ss",
    "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ۀ": "ه", "ؤ": "و",
    "ё": "е",
})  # fmt: skip

# Marks on one letter beyond those that UAX #15 has programs keep (section 13, "Stream-Safe Text Format"); no language sets more than a few.
# The two of half width are no marks until NFKC makes them so.
_MOST_MARKS: Final = 30
_PILED_MARKS: Final = regex.compile(rf"([\p{{M}}\uff9e\uff9f]{{{_MOST_MARKS}}})[\p{{M}}\uff9e\uff9f]++")

# Anything but ASCII, and the quotation marks and dashes of print, which are left as they are.
_FOLDED_OTHERWISE: Final = re.compile("[^\\x00-\x7f‘’“”–—]")


def fold(word: str) -> str:
    """Return a word without case, accents, width, invisible characters and letter variants."""
    if word.isascii() or not _FOLDED_OTHERWISE.search(word):
        return word.casefold()
    word = without_invisible(word).casefold()
    return _ACCENTS.sub("", normal_form("NFD", word)).translate(_VARIANTS)


def without_invisible(word: str) -> str:
    """Return a word in Unicode's compatibility form (NFKC) without the characters that nobody sees."""
    return normal_form("NFKC", _INVISIBLE.sub("", word))


def normal_form(form: Literal["NFC", "NFD", "NFKC"], text: str) -> str:
    """Return a text in one of Unicode's forms; of more marks on one letter than any language sets the first 30 stay.

    Python sorts the marks of a letter by insertion, in which nothing interrupts it: 20,000 of two kinds by turns take 1.2 s,
    two million hours.
    """
    return unicodedata.normalize(form, _PILED_MARKS.sub(r"\1", text) if len(text) > _MOST_MARKS else text)


def plain_apostrophes(word: str) -> str:
    """Return a word with each kind of apostrophe as the typewriter's."""
    return word if word.isascii() and word.isalpha() else _APOSTROPHE.sub("'", word)
