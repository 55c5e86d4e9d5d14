"""Read one written word: the words that it stands for, each with its key, its stem, and its part in a number."""

from __future__ import annotations

import functools
from typing import Final, NamedTuple

from search.text.contractions import expand
from search.text.folding import fold, plain_apostrophes, without_invisible
from search.text.numerals import Numeral, numeral
from search.text.stemming import stem

LONGEST_WORD: Final = 48  # code points of a word that count; what is longer than any word is noise
_CACHED_WORDS: Final = 100_000  # some 50 MB at the most


class Word(NamedTuple):
    """One word: equal keys are the same word, equal stems are forms of one. `number`: its part in a number, if any."""

    key: str
    stem: str
    number: Numeral | None


class WrittenWord(NamedTuple):
    """What stands between two spaces.

    words              the words that it stands for: two for an opened contraction
    keys, stems        theirs, when the word means the same wherever it stands
    is_number          it is a number word
    opens_number       a number word after it may belong to it: after "two", "hundred and", "a"
    needs_neighbours   its meaning depends on the words beside it: "per cent"
    """

    words: tuple[Word, ...]
    keys: tuple[str, ...]
    stems: tuple[str, ...]
    is_number: bool = False
    opens_number: bool = False
    needs_neighbours: bool = False


@functools.lru_cache(maxsize=_CACHED_WORDS)
def read_word(surface: str, language: str) -> WrittenWord:
    """Return a written word as the words that it stands for, read as of a language (ISO 639-1)."""
    words = _words(surface, language)
    keys = tuple(word.key for word in words)
    numbers = [word.number for word in words if word.number is not None]
    if "per" in keys or "cent" in keys or (numbers and len(words) > 1):
        return WrittenWord(words, (), (), needs_neighbours=True)
    if numbers:
        return WrittenWord(words, (numbers[0][1],), (numbers[0][1],), is_number=True, opens_number=True)
    opens_number = bool(keys) and keys[-1] in ("a", "and")
    return WrittenWord(words, keys, tuple(word.stem for word in words), opens_number=opens_number)


def _words(surface: str, language: str) -> tuple[Word, ...]:
    # An editor's brackets inside a word, "[T]he", are no part of it.
    plain = surface.replace("[", "").replace("]", "")
    if not plain.isascii():
        plain = without_invisible(plain)
    plain = plain_apostrophes(plain[:LONGEST_WORD]).casefold()
    words = []
    for word in expand(plain):
        key = fold(word).replace("'", "")
        if key:
            words.append(Word(key, stem(word.replace("'", ""), language) or key, numeral(key)))
    return tuple(words)
