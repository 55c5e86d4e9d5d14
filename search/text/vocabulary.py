"""The stems that an archive has, and those of them that somebody may have meant by a word that it does not have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final, NamedTuple, Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.text.analysis import analyse

MOST_EDITS: Final = 2  # letters put in, left out, exchanged or swapped with the next: more is another word
_FEWEST_LETTERS: Final = 4  # of a stem that is looked for: shorter ones have a neighbour for every letter
_TWO_EDITS_LETTERS: Final = 6  # from which two edits leave most of the word as it is
_MOST_SUGGESTIONS: Final = 5
_SHORTEST_PART: Final = 3  # letters of either half of a word that may have been written apart
_LONGEST_SPLIT: Final = 60  # letters of a word that is tried in parts; each place costs an analysis of the whole


_VOWELS: Final = re.compile("[aeiouy]")
_REPEATED: Final = re.compile(r"(.)\1+")


class Suggestion(NamedTuple):
    """A stem that may have been meant: how many edits it is away, and in how many quotes it stands."""

    stem: str
    edits: int
    quotes: int


class Vocabulary(Protocol):
    """The stems of an archive, wherever they are kept."""

    def quotes(self, stem: str) -> int:
        """Return the number of quotes that a stem stands in; 0 for one that is not there."""

    def near(self, stem: str, first: str, edits: int) -> Mapping[str, int]:
        """Return the stems with a first letter that are at most so many edits (Damerau 1964) away, each with its number of quotes."""


class KeptVocabulary:
    """The stems of an archive with the number of quotes that each stands in, kept in memory."""

    def __init__(self, quotes_of_stem: Mapping[str, int]) -> None:
        self._quotes = quotes_of_stem

    def __len__(self) -> int:
        return len(self._quotes)

    def quotes(self, stem: str) -> int:
        """Return the number of quotes that a stem stands in; 0 for one that is not there."""
        return self._quotes.get(stem, 0)

    def near(self, stem: str, first: str, edits: int) -> dict[str, int]:
        """Return the stems with a first letter that are at most so many edits away, each with its number of quotes."""
        matches = process.extract(
            stem, self.of_like_shape(first, len(stem)), scorer=OSA.distance, score_cutoff=edits, limit=None
        )
        return {other: self._quotes[other] for other, _, _ in matches}

    def of_like_shape(self, first: str, length: int) -> list[str]:
        """Return the stems that begin with a letter and have so many letters, `MOST_EDITS` more or fewer allowed.

        They are a hundredth of the vocabulary, of which alone the edits are counted.
        """
        sizes = range(length - MOST_EDITS, length + MOST_EDITS + 1)
        return [stem for size in sizes for stem in self._by_shape.get((first, size), ())]

    @cached_property
    def _by_shape(self) -> Mapping[tuple[str, int], list[str]]:
        shapes: dict[tuple[str, int], list[str]] = {}
        for stem in self._quotes:
            if stem[:1].isalpha():
                shapes.setdefault((stem[0], len(stem)), []).append(stem)
        return shapes


def spelling_suggestions(word: str, vocabulary: Vocabulary) -> tuple[Suggestion, ...]:
    """Return the stems of an archive that differ from a word's by an edit or two (Damerau 1964), the likeliest first.

    Fewer edits come first, then what has the same consonants, since it is mostly vowels that are mistyped, then what more
    quotes have. A stem may lie nearer to the word than to the word's own stem: "malarkey", "malarky", "malarki". The first letter is kept, which people hardly ever mistype, or
    was swapped or left out. At most five; none for a word of few letters, and none for one that the archive has.
    """
    stems = analyse(word, "en").stems
    if len(stems) != 1 or len(stem := stems[0]) < _FEWEST_LETTERS or not stem.isalpha() or vocabulary.quotes(stem):
        return ()
    most = MOST_EDITS if len(stem) >= _TWO_EDITS_LETTERS else 1
    near: dict[str, int] = {}
    for first, edits in {stem[1]: 1, stem[0]: most}.items():
        near |= vocabulary.near(stem, first, edits)
    suggestions = [
        Suggestion(other, min(OSA.distance(other, stem), OSA.distance(other, word.casefold())), quotes)
        for other, quotes in near.items()
    ]
    sound = _consonants(stem)
    ranked = sorted(suggestions, key=lambda one: (one.edits, _consonants(one.stem) != sound, -one.quotes, one.stem))
    return tuple(ranked[:_MOST_SUGGESTIONS])


def _consonants(stem: str) -> str:
    """The consonants of a stem, each row of one letter once."""
    return _REPEATED.sub(r"\1", _VOWELS.sub("", stem))


def word_splits(word: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of stems that a word may have been put together from: "slime", "ball" of "slimeball".

    Which of them stand side by side in an archive, its term index knows (`search.text.terms.pair_term`).
    """
    if len(word) > _LONGEST_SPLIT:
        return ()
    places = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    pairs = (analyse(f"{word[:place]} {word[place:]}", "en").stems for place in places)
    return tuple(dict.fromkeys((pair[0], pair[1]) for pair in pairs if len(pair) == 2))
