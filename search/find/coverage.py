"""Tell how much of what was typed a quote has: all of it, all its words apart, or how many nats of it in one place.

A person who types three words of a quote means the quote that has them, even when the paper before him prints them in
another form, or one of them just outside the marks.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final, NamedTuple

from search.memo import SelfFillingTable
from search.text.analysis import AnalysedText, analyse
from search.text.folding import fold
from search.text.information import information
from search.text.numerals import UNITS_OF_MEASURE
from search.text.word_families import root
from search.text.words import read_word

WINDOW_FACTOR: Final = 2
"""Words of one place of a quote, for each word typed: a long quote has something of everything somewhere."""
APART_WORDS: Final = 4
"""Words that may stand between those typed, over the number of them, where all of them are there."""
AROUND_WEIGHT: Final = 0.25
"""What a word just outside the marks counts, next to one inside: it is the reporter's word, not the speaker's."""
BEGINNING_LETTERS: Final = 4  # of a word: all spellings of "colour" have them
FORM_LETTERS: Final = 3  # of a word, with which its other forms begin
_WRITTEN_UMLAUT: Final = re.compile("[aou]e")
TELLING_WORD_NATS: Final = 3.0
"""From which a word tells what is spoken of: it leaves out the 60 commonest of English."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one place of a quote has of the words typed.

    nats     their information, in whatever form they stand there; words around the quote count `AROUND_WEIGHT` of it
    share    of the information of all words typed, 0 to 1
    telling  how many of them tell what is spoken of (`TELLING_WORD_NATS`), the quote's own alone
    """

    nats: float
    share: float
    telling: int


def has_same_words(quote: AnalysedText, asked: AnalysedText) -> bool:
    """Return whether a quote has the words typed and no others, marks, case and spacing aside."""
    if _told_by_stems(quote, asked) and len(quote.stems) != len(asked.stems):
        return False
    return quote.keys == asked.keys


def has_phrase(quote: AnalysedText, phrase: AnalysedText) -> bool:
    """Return whether a quote holds the words of a phrase side by side, marks, case and spacing aside.

    Most quotes are told by their stems, or by what is printed: to read the words of one takes ten times as long.
    """
    if _told_by_stems(quote, phrase):
        if f"\n{_joined(phrase.stems)}\n" not in f"\n{_joined(quote.stems)}\n":
            return False
        if len(phrase.stems) == 1 and (told := _has_word(quote, phrase)) is not None:
            return told
        printed = _as_typed(phrase.text, phrase.language)
        if printed is not None and printed.search(quote.text.casefold()):
            return True
    return bool(phrase.key) and f" {phrase.key} " in f" {quote.key} "


def _has_word(quote: AnalysedText, asked: AnalysedText) -> bool | None:
    """Whether a quote has the one word typed, told by what is printed; None where that leaves some of its stem unaccounted for."""
    printed = _forms_as_printed(asked.text, asked.language)
    if printed is None:
        return None
    forms = [read_word(word, quote.language) for word in printed.findall(quote.text.casefold())]
    keys = [word.keys for word in forms if word.stems == tuple(asked.stems) and not word.is_number]
    if tuple(asked.keys) in keys:
        return True
    return False if len(keys) == quote.stems.count(asked.stems[0]) else None


@functools.lru_cache(maxsize=64)
def _forms_as_printed(text: str, language: str) -> re.Pattern[str] | None:
    """A pattern of the words that begin as one that was typed, in lower case: its other forms are mostly among them.

    None where the word is no plain one (`_as_typed`), or stands for two.
    """
    words = text.casefold().split()
    if len(words) != 1 or _as_typed(text, language) is None or len(read_word(words[0], language).keys) != 1:
        return None
    return re.compile(rf"(?:^|(?<=[\s\"“(])){words[0][:FORM_LETTERS]}[^\W\d_]*(?=$|[\s,;:!?\"”.)])")


def _told_by_stems(quote: AnalysedText, asked: AnalysedText) -> bool:
    """Whether each word typed has a stem that is the same in the quote: a unit behind a number has itself ("am" of "10 am")."""
    return (
        quote.language == asked.language
        and asked.is_plain
        and quote.is_plain
        and UNITS_OF_MEASURE.isdisjoint(asked.keys)
    )


def _joined(stems: Sequence[str]) -> str:
    return "\n".join(stems)  # no stem has the end of a line in it


@functools.lru_cache(maxsize=64)
def _as_typed(text: str, language: str) -> re.Pattern[str] | None:
    """A pattern of words as they were typed, in lower case, that a text of the same language has only if it has the words.

    None where a word's neighbours may make another one of it: a number, or a letter that may be one of an abbreviation.
    """
    words = text.casefold().split()
    if not words or not all(word.isalpha() and len(word) > 1 for word in words):
        return None
    read = [read_word(word, language) for word in words]
    if any(word.is_number or word.opens_number or word.needs_neighbours for word in read):
        return None
    return re.compile(rf"(?:^|[\s\"“(]){' '.join(words)}(?=$|[\s,;:!?\"”.)])")


def may_have_phrase(text: str, phrase: AnalysedText) -> bool:
    """Return whether a text may hold all words of a phrase: says yes too often, but costs next to nothing.

    Words are looked for by their beginnings, since the other spelling of a word differs behind these: "honour", "e-mail",
    "Müller" and "Mueller".
    """
    folded = fold(text).replace("-", "")
    beginnings = _beginnings(phrase.folded_words)
    # Most texts lack the first, which is told in a third of the time that `all` takes.
    return not beginnings or (beginnings[0] in folded and all(beginning in folded for beginning in beginnings))


@functools.lru_cache(maxsize=64)
def _beginnings(words: tuple[str, ...]) -> tuple[str, ...]:
    """The first letters of folded words, the longest word first, which most texts lack."""
    return tuple(_beginning(word) for word in sorted(words, key=len, reverse=True))


def _beginning(word: str) -> str:
    """The first letters of a folded word, up to a vowel that may be written as an umlaut."""
    beginning = word.replace("-", "")[:BEGINNING_LETTERS]
    umlaut = _WRITTEN_UMLAUT.search(word)
    return beginning[: umlaut.start() + 1] if umlaut else beginning


def has_words_apart(quote: AnalysedText, asked: AnalysedText) -> bool:
    """Return whether one place of a quote has every word typed, as often as typed, whatever stands between them.

    Linear in the quote.
    """
    size = WINDOW_FACTOR * len(asked.keys) + APART_WORDS
    if _told_by_stems(quote, asked) and not _has_within(asked.stems, quote.stems, size):
        return False
    if len(set(asked.keys)) < 2:
        return False
    return _has_printed_once(quote, asked) or _has_within(asked.keys, quote.keys, size)


def _has_printed_once(quote: AnalysedText, asked: AnalysedText) -> bool:
    """Whether each word typed is printed in a quote whose stems have it but once, so that it is the word that they have there.

    Says no too often. To read the words of a quote takes three times as long.
    """
    stems = asked.stems
    if not _told_by_stems(quote, asked) or len(set(stems)) < len(stems):
        return False
    printed = _each_as_typed(asked.text, asked.language)
    if len(printed) != len(stems) or any(quote.stems.count(stem) != 1 for stem in stems):
        return False
    text = quote.text.casefold()
    return all(word.search(text) for word in printed)


@functools.lru_cache(maxsize=64)
def _each_as_typed(text: str, language: str) -> tuple[re.Pattern[str], ...]:
    """The pattern of each word that was typed (`_as_typed`); none where one of them has none, or stands for two words."""
    patterns = [_as_typed(word, language) for word in text.split() if len(read_word(word, language).keys) == 1]
    kept = tuple(pattern for pattern in patterns if pattern is not None)
    return kept if len(kept) == len(text.split()) else ()


def _has_within(asked: Sequence[str], words: Sequence[str], size: int) -> bool:
    """Whether a stretch of so many words has all that are asked for, as often."""
    wanted = Counter(asked)
    places = [(place, word) for place, word in enumerate(words) if word in wanted]
    missing = Counter(wanted)
    first = 0
    for place, word in places:
        missing[word] -= 1
        while place - places[first][0] >= size:
            missing[places[first][1]] += 1
            first += 1
        if max(missing.values()) <= 0:
            return True
    return False


def coverage(asked: AnalysedText, stems: Sequence[str], around: Iterable[str] = (), *, least: float = 0.0) -> Coverage:
    """Return what the best place of a quote has of the words typed.

    `stems` are those of all words of the quote in order, `around` those of the words next to it in its document. Nothing is
    returned of a quote that has less than `least` nats of them in all.
    """
    typed = _typed(asked)
    total = typed.nats
    places = _matches(typed, stems)
    anywhere = _worths(places)
    # Most candidates have too little of the words anywhere to be worth a look at each of their places.
    if sum(anywhere.values()) < least or not total:
        return Coverage(0.0, 0.0, 0)
    size = WINDOW_FACTOR * max(len(asked.all_stems), 1)
    is_one = not places or places[-1].place - places[0].place < size
    inside = anywhere if is_one else _best_window(places, size)
    outside = _worths(_matches(typed, around))
    nats = sum(inside.values()) + sum(AROUND_WEIGHT * nats for family, nats in outside.items() if family not in inside)
    telling = sum(nats > TELLING_WORD_NATS for nats in inside.values())
    return Coverage(nats, min(1.0, nats / total), telling)


def shared_words(text: str, asked: str) -> list[tuple[int, int]]:
    """Return where the telling words of a text stand that were asked for, in whatever form: code points, half-open, in order.

    "$500bn" is none of them for who asked for "$50 billion", though both have dollars.
    """
    telling = {root(stem) for stem in analyse(asked).all_stems if information(stem) > TELLING_WORD_NATS}
    places: list[tuple[int, int]] = []
    words = analyse(text).tokens if telling else ()
    others = [word for word in words if word.key[0].isdecimal() and root(word.stem) not in telling]
    beside = {place for word in others for place in range(word.start, word.end)}
    for word in words:
        # Both words of an opened contraction stand at one place.
        if root(word.stem) in telling and word.start not in beside and (not places or word.start >= places[-1][1]):
            places.append((word.start, word.end))
    return places


class _Typed(NamedTuple):
    """The words that were typed: what all of them are worth, in nats, and of each stem what it is worth as a match.

    A match has the family of the word and the less telling of the two forms, in nats; a stem that nobody typed has none.
    """

    nats: float
    matches: Callable[[str], tuple[str, float] | None]


@functools.lru_cache(maxsize=64)
def _typed(asked: AnalysedText) -> _Typed:
    worth = {root(stem): information(stem) for stem in asked.all_stems}

    def match(stem: str) -> tuple[str, float] | None:
        own = root(stem)
        return (own, min(worth[own], information(stem))) if own in worth else None

    # The candidates of one query have the same few hundred words over and over.
    return _Typed(sum(worth.values()), SelfFillingTable(match, 10_000).__getitem__)


class _Place(NamedTuple):
    """A word of a quote that was typed, in whatever form: where it stands, its family, and what it is worth as a match, in nats."""

    place: int
    family: str
    nats: float


def _matches(typed: _Typed, stems: Iterable[str]) -> list[_Place]:
    """The words that were typed, each worth the less telling of the two forms."""
    found = list(map(typed.matches, stems))
    return [_Place(place, *match) for place, match in compress(enumerate(found), found) if match]


def _worths(places: Sequence[_Place]) -> dict[str, float]:
    """What each word family typed is worth at some places, in nats."""
    worths: dict[str, float] = {}
    for _, family, nats in places:
        worths[family] = max(nats, worths.get(family, 0.0))
    return worths


def _best_window(places: Sequence[_Place], size: int) -> dict[str, float]:
    """What each word family typed is worth in the stretch of `size` words that has most of them, in nats."""
    best: dict[str, float] = {}
    most = 0.0
    first = 0
    for last in range(len(places)):
        while places[last].place - places[first].place >= size:
            first += 1
        # Never more than `size` steps, whatever the text.
        worths = _worths(places[first : last + 1])
        if (nats := sum(worths.values())) > most:
            best, most = worths, nats
    return best
