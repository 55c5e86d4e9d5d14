"""Say whether two names can be one person's where each language writes it in its own way: Joram Halvesk, یورام هالوسک.

Weaker than what joins names across documents (`search.names.people`): enough only where the day and the words agree, too.
"""

from __future__ import annotations

from itertools import product
from typing import Final

from rapidfuzz.distance import Levenshtein

from search.names.person_name import parse_name
from search.names.romanisation import consonants

_SHORTEST_SOUND: Final = 3  # consonants of a name of which one may be written otherwise
_LONGEST_ENDING: Final = 2  # consonants of an inflected form: "Powella"
_FIRST_SOUNDS: Final = str.maketrans({"y": "j", "w": "v", "e": "a", "i": "j", "o": "a", "u": "a"})


def sounds_alike(sound: str, other: str) -> bool:
    """Return whether a word, by its consonants, can be a name (`sound`): with an ending, or one sound written otherwise."""
    if sound == other:
        return True
    if len(sound) < _SHORTEST_SOUND:
        return False
    if other.startswith(sound) and len(other) - len(sound) <= _LONGEST_ENDING:
        return True
    return len(sound) > _SHORTEST_SOUND and Levenshtein.distance(sound, other, score_cutoff=1) <= 1


def may_be_one_person(name: str, other: str) -> bool:
    """Return whether two names, in whatever scripts, can be one person's: by the surname, and first names where both have some."""
    ours, theirs = (parse_name(one).core for one in (name, other))
    if not ours or not theirs or not _alike(ours[-1], theirs[-1]):
        return False
    if len(ours) == 1 or len(theirs) == 1:
        return True
    return any(_alike(one, two) for one in ours[:-1] for two in theirs[:-1])


def sounds_of(word: str) -> frozenset[str]:
    """Return the rows of consonants that a folded word may have elsewhere.

    A v is an f in Arabic, and no consonant in Persian; a p is a b in Arabic.
    """
    return frozenset(consonants(one).replace("p", "b") for one in (word, word.replace("v", "f")))


def _alike(word: str, other: str) -> bool:
    pairs = product(*([_begun(sound) for sound in sounds_of(one)] for one in (word, other)))
    return any(sounds_alike(one, two) or sounds_alike(two, one) for one, two in pairs)


def _begun(sound: str) -> str:
    """Consonants with the first letter as the scripts without vowels may have it: یورام for Joram."""
    return sound[:1].translate(_FIRST_SOUNDS) + sound[1:]
