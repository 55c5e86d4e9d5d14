"""Read one written word: the words that it stands for, each with its key, its stem, and its part in a number."""

from __future__ import annotations

import functools
import re
from typing import Final, NamedTuple

from search.text.contractions import expand
from search.text.folding import APOSTROPHES, fold, plain_apostrophes, without_invisible
from search.text.numerals import Numeral, numeral, ordinal
from search.text.spellings import compound_parts, fold_spelling, fold_written_umlauts
from search.text.stemming import stem

LONGEST_WORD: Final = 48  # code points of a word that count; what is longer than any word is noise
_GROUPING: Final = re.compile(rf"[\s{APOSTROPHES}](?=\d{{3}})")
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
        kind, digits, _suffix = numbers[0]
        key = ordinal(digits) if kind == "ordinal" else digits
        return WrittenWord(words, (key,), (key,), is_number=True, opens_number=kind != "ordinal")
    opens_number = bool(keys) and keys[-1] in ("a", "and")
    return WrittenWord(words, keys, tuple(word.stem for word in words), opens_number=opens_number)


def _words(surface: str, language: str) -> tuple[Word, ...]:
    # Before NFKC, which takes an accent that stands for an apostrophe for a blank and an accent.
    plain = plain_apostrophes(surface)
    # An editor's brackets inside a word, "[T]he", are no part of it.
    plain = plain.replace("[", "").replace("]", "")
    if not plain.isascii():
        plain = without_invisible(plain)
    plain = plain[:LONGEST_WORD].casefold()
    if plain[:1].isdecimal():
        return _digits(_GROUPING.sub("", plain), language)
    if "." in plain:
        letters = plain.removesuffix("'s").replace(".", "").replace(" ", "")
        return (Word(fold(letters), fold(letters), None),)
    return tuple(word for part in expand(plain) for word in _read(part, language))


def _digits(plain: str, language: str) -> tuple[Word, ...]:
    key = fold(plain)
    return (Word(key, key, numeral(key, language)),) if key else ()


def _read(plain: str, language: str) -> tuple[Word, ...]:
    """The words of one that is no contraction: two for a compound that is written apart, too."""
    key, bare = fold(plain).replace("'", ""), plain.replace("'", "")
    if not key:
        return ()
    if language == "en":
        parts = compound_parts(fold_spelling(key))
        return tuple(Word(part, stem(part, language) or part, numeral(part)) for part in parts)
    if language == "de":
        # Snowball takes the umlauts off itself, at the end.
        key = bare = fold_written_umlauts(key)
    return (Word(key, stem(bare, language) or key, numeral(key, language)),)
