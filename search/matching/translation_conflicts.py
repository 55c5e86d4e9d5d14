"""What speaks against one text being the translation of another: a number, a name or a "not" that only one of them has.

A vector knows what a sentence is about better than what it says of it. These rules look at what survives translation:
digits, names, which are at most written in other letters, and whether anything is denied. On 10,200 sentences and their
translations by hand, in 17 languages, they are wrong about some two in a hundred (docs/semantic.md).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from importlib import resources
from typing import Any, Final, NamedTuple

from search.matching.meaning_changes import names_nobody
from search.matching.names_across_scripts import sounds_alike, sounds_of
from search.model import MeaningChange
from search.names.romanisation import is_latin
from search.text.analysis import analyse
from search.text.folding import fold
from search.text.scripts import has_spaceless_script
from search.text.tokens import Token

_READ: Final = 2_000  # code points of a text: its vector is of no more
_SPELLED_OUT: Final = 12  # up to here a number may be a word in the other language, as style books have it
_MAGNITUDES: Final = range(3, 13)  # "2,000,000" is "2 Millionen" elsewhere, "200万", "20 lakh"
_MOST_NAMES: Final = 20  # of a text that are looked for
_SHORTEST_NAME: Final = 4  # letters
_NAMES_ACROSS: Final = 3  # names of which none is found in another script, before that says anything
_NAMES_HIDDEN: Final = 2  # the same where the other shows no names: in German, or where it has none
_COMPARABLE: Final = 1.5  # times as long a text may be for its "not" to be that of the same statement
_DIGITS: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ORDINAL_WORDS: Final = {"first": Decimal(1), "second": Decimal(2)}  # as `search.text.numerals` folds them
_SENTENCE_END: Final = re.compile('[.!?:…"“”„«»‹›(]')
# What is written together with a name in Arabic and Hebrew letters: "and", "in", "to", "the".
_JOINED: Final = re.compile(r"(?:ال|وال|بال|لل|ول|وب|[وفبلكسהושבלמכ])(?=.{3})")


class _Denials(NamedTuple):
    words: frozenset[str]
    half: frozenset[str]
    beginnings: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A text in its language, and what of it survives translation; each part is found when it is first asked for."""

    text: str
    language: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Return the words of its beginning."""
        return analyse(self.text[:_READ], self.language).tokens

    @cached_property
    def numbers(self) -> Mapping[Decimal, bool]:
        """Return the numbers that can be read, each with whether it is written in digits."""
        found: dict[Decimal, bool] = {}
        for token in self.tokens:
            if token.key in _ORDINAL_WORDS:
                found.setdefault(_ORDINAL_WORDS[token.key], False)
            for digits in _DIGITS.findall(token.key):
                number = Decimal(digits)
                found[number] = found.get(number, False) or any(map(str.isdecimal, token.text))
        return found

    @cached_property
    def capitals(self) -> tuple[str, ...]:
        """Return the folded words that are names or parts of some; none where capitals do not show them."""
        if self.language == "de" or 2 * sum(token.capital for token in self.tokens) > len(self.tokens):
            return ()  # every noun has a capital there, most words in a headline
        return tuple(dict.fromkeys(token.key for token in self._capitals()))[:_MOST_NAMES]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return those of them that keep their sound in translation."""
        return tuple(name for name in self.capitals if name not in _translated())

    @cached_property
    def keys(self) -> frozenset[str]:
        """Return the folded words, and their beginnings, in which an inflected name is found."""
        keys = {token.key for token in self.tokens}
        return frozenset(keys | {key[:5] for key in keys if len(key) > 5})

    @cached_property
    def sounds(self) -> frozenset[str]:
        """Return the consonants of all words, with and without what may be joined to them, by which names are found."""
        words = {token.key for token in self.tokens if not token.key[0].isdecimal()}
        bare = {word[joined.end() :] for word in words if not is_latin(word) and (joined := _JOINED.match(word))}
        return frozenset().union(*(sounds_of(word) for word in words | bare if word))

    @cached_property
    def denies(self) -> bool | None:
        """Return whether it denies something; None where it may, or where the language's words are not known."""
        known = _denials().get(self.language)
        if known is None:
            return None
        keys = {token.key for token in self.tokens}
        if keys & known.words:
            return True
        beginning = known.beginnings and any(key.startswith(known.beginnings) for key in keys)
        if beginning and self.language != "en":
            return True
        return None if beginning or keys & known.half else False

    @cached_property
    def is_latin(self) -> bool:
        """Return whether it is written in Latin letters, so far as its first words show."""
        return any(is_latin(token.key) and token.key.isalpha() for token in self.tokens[:3])

    @property
    def shows_sounds(self) -> bool:
        """Return whether its letters show how a name sounds: those of Chinese and Japanese do not."""
        return not has_spaceless_script(self.text[:_READ])

    def _capitals(self) -> Iterator[Token]:
        before: Token | None = None
        for token in self.tokens:
            opens = before is None or _SENTENCE_END.search(self.text, before.end, token.start) is not None
            before = token
            if opens or not token.capital or len(token.key) < _SHORTEST_NAME or not token.key.isalpha():
                continue
            if not names_nobody(token.key):
                yield token


def translation_conflicts(asked: Statement, theirs: Statement) -> tuple[MeaningChange, ...]:
    """Return what of `asked` cannot have become `theirs` in translation; empty where nothing speaks against it.

    `theirs` may say more than `asked`, and have other numbers and names besides.
    """
    conflicts = []
    if _denied(asked, theirs):
        conflicts.append(MeaningChange.NEGATION)
    if missing_numbers(asked, theirs):
        conflicts.append(MeaningChange.NUMBER)
    if _names_differ(asked, theirs):
        conflicts.append(MeaningChange.NAME)
    return tuple(conflicts)


def has_other_names(asked: Statement, theirs: Statement) -> bool:
    """Return whether a text of the same language has names in place of some of those that were typed."""
    return bool(_not_named(asked.capitals, theirs)) and bool(_not_named(theirs.capitals, asked))


def missing_numbers(asked: Statement, theirs: Statement) -> list[Decimal]:
    """Return the numbers that `asked` has in digits and `theirs` in no way that can be read.

    Up to twelve they may be words of a language whose number words are not known here, so that they count in English alone.
    """
    in_words = theirs.language != "en" or not asked.shows_sounds
    least = _SPELLED_OUT if in_words else 1
    return [
        number
        for number, in_digits in asked.numbers.items()
        if in_digits and number > least and not _is_among(number, theirs.numbers)
    ]


def _not_named(names: Collection[str], theirs: Statement) -> list[str]:
    return [name for name in names if not _is_named(name, theirs)]


def _is_among(number: Decimal, numbers: Collection[Decimal]) -> bool:
    """Whether a number is among some, written otherwise: in millions, as an hour of the afternoon, as the end of a year."""
    if number in numbers:
        return True
    if any(number * 10**power in numbers or number / 10**power in numbers for power in _MAGNITUDES):
        return True
    if number != int(number):
        return False
    hours = {number - 12} if 12 < number <= 24 else {number + 12} if number <= 12 else set()
    if hours & set(numbers):
        return True
    ends = number < 100 and any(other > 1000 and other % 100 == number for other in numbers)
    return ends or (number > 1000 and number % 100 in numbers)


def _names_differ(asked: Statement, theirs: Statement) -> bool:
    """Whether none of the names of one is in the other, which has others instead.

    English names are known from words that are translated, those of other languages are not: they count where English ones
    stand in their place.
    """
    if not asked.shows_sounds or not theirs.shows_sounds:
        return False
    english, other = (asked, theirs) if asked.language == "en" else (theirs, asked)
    names = english.names
    if english.language != "en" or not names or any(_is_named(name, other) for name in names):
        return False
    if not other.is_latin:
        short = english is asked or len(theirs.text) <= _COMPARABLE * len(asked.text)
        return len(names) >= _NAMES_ACROSS and short
    if other.names and not any(_is_named(name, english) for name in other.names):
        return True
    return english is asked and len(names) >= _NAMES_HIDDEN


def _is_named(name: str, theirs: Statement) -> bool:
    if name in theirs.keys or (len(name) >= 5 and name[:5] in theirs.keys):
        return True
    sounds = sounds_of(name)
    return bool(sounds & theirs.sounds) or any(sounds_alike(one, two) for one in sounds for two in theirs.sounds)


def _denied(asked: Statement, theirs: Statement) -> bool:
    if asked.denies is None or theirs.denies is None or asked.denies == theirs.denies:
        return False
    # In a longer text a "not" may stand with anything.
    longer, shorter = (theirs, asked) if theirs.denies else (asked, theirs)
    return len(longer.text) <= _COMPARABLE * len(shorter.text)


def _words(file: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("search") / "data" / file).read_text(encoding="utf-8"))


@functools.cache
def _translated() -> frozenset[str]:
    return frozenset(word for words in _words("translated_names.toml").values() for word in words.split())


@functools.cache
def _denials() -> Mapping[str, _Denials]:
    def folded(words: str) -> frozenset[str]:
        return frozenset(map(fold, words.split()))

    return {
        language: _Denials(
            folded(lists["words"]), folded(lists.get("half", "")), tuple(folded(lists.get("beginnings", "")))
        )
        for language, lists in _words("denials.toml").items()
    }
