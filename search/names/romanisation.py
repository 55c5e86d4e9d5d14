"""Write names of any script in Latin letters, and reduce them to what transliterations agree on: their consonants.

AnyAscii gives each letter of Arabic, Persian, Cyrillic and other scripts a Latin one. Those scripts write few vowels or
none, and each newspaper has its own for them, so that only the row of consonants can be compared: قاسم سلیمانی, Qasem
Soleimani and Ghassem Suleimani are all `ksm slmn`.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from anyascii import anyascii

from search.text.folding import fold

# Ways to write one sound, longest first: ق is q and gh, ж zh and j, ظ dh and z.
_SAME_SOUNDS: Final = (
    ("shch", "sc"), ("sch", "sc"), ("tch", "c"), ("kh", "k"), ("gh", "k"), ("zh", "j"), ("dj", "j"), ("dh", "z"), ("th", "t"),
    ("ph", "f"), ("ck", "k"), ("ch", "#"), ("ce", "se"), ("ci", "si"), ("c", "k"), ("#", "c"), ("q", "k"), ("x", "ks"),
)  # fmt: skip
_SILENT: Final = re.compile(r"(?<!^)[aeiouywvh]|[^a-z]")
_DOUBLED: Final = re.compile(r"(.)\1+")


@functools.lru_cache(maxsize=50_000)
def consonants(word: str) -> str:
    """Return the row of consonants of a folded word, romanised; a vowel, y, w or v only where it is the first letter."""
    latin = word if word.isascii() else fold(anyascii(word)).replace("'", "")
    for written, sound in _SAME_SOUNDS:
        latin = latin.replace(written, sound)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", latin)) or latin[:1]


def is_latin(word: str) -> bool:
    """Return whether a folded word is written in Latin letters (its first letter, for that matter)."""
    return word.isascii() or word[:1] < "\u0370"  # where Greek begins; Cyrillic, Arabic and the others come behind it
