"""Cut a text into words, for the index, the query and the difference alike: what counts as the same word.

`tokens` keeps offsets into the original (code points, half-open), so that a page can show what stood there. Two
folded forms: `key` (marks, case, accents, contractions and number words folded) says "the same word"; `stem` says "a
form of the same word". Every step is linear in the text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Final, NamedTuple

import regex

from search.text.folding import APOSTROPHES, INVISIBLE, fold
from search.text.language import DEFAULT_LANGUAGE, detect_language
from search.text.numerals import CURRENCIES, UNKNOWN_LANGUAGE, Numeral, fold_numbers, has_ambiguous_point
from search.text.scripts import SPACELESS
from search.text.words import WrittenWord, read_word


class Token(NamedTuple):
    """A word of a text.

    start, end  where it stands; the two words of an opened contraction ("don't") stand at the same place
    text        the characters that stand there
    key         the folded word; equal keys are the same word
    stem        the word without its endings
    bracketed   it stands in an editor's [brackets]
    gap         an ellipsis stands before it
    spaceless   one character of a script that is written without spaces
    capital     it begins with a capital letter
    """

    start: int
    end: int
    text: str
    key: str
    stem: str
    bracketed: bool = False
    gap: bool = False
    spaceless: bool = False
    capital: bool = False


_LONGEST_NOTE: Final = 400  # code points within which an editor's bracket has to be closed again
_LATIN: Final = "A-Za-zªµºÀ-ÖØ-öø-\u024f"
_BLANKS: Final = " \u00a0\u2009\u202f"  # that group the thousands of many languages
# Groups of three digits, so that neither a year before a number ("in 1990 300 people") nor a telephone number is one.
_GROUPED: Final = rf"[0-9]{{1,3}}(?:[{_BLANKS}{APOSTROPHES}][0-9]{{3}})++(?![{_BLANKS}]?[0-9])(?:[.,][0-9]++)?"
# "U.S.", "p.m.", "J. K.": letters that belong together.
_DOTTED: Final = (
    rf"(?<![{_LATIN}0-9.])(?:[{_LATIN}](?:\.[{_LATIN}])++(?:\.(?!\.)|(?![{_LATIN}0-9]))|[A-Z]\.(?:\ [A-Z]\.(?!\.))++)"
    rf"(?:[{APOSTROPHES}]s(?![{_LATIN}]))?"
)
# A minus stands right before its number and after no word, number or dash: "10-15" and "- 5 people" have none.
_DASHES: Final = "‐‑‒–—−﹣－-"
_AFTER_NO_MINUS: Final = rf".,%$€£)\]{APOSTROPHES}{_DASHES}"
_MINUS: Final = rf"(?<![{_LATIN}0-9{_AFTER_NO_MINUS}])[‐‑‒–−-](?=[$€£]?\.?[0-9])"
# ".5" is a half, where no word, number or mark stands right before the point: "end.5", "1..5", "sec. 5" have none.
_POINT_FIRST: Final = rf"(?<![{_LATIN}0-9.,)\]])\.(?=[0-9])"
_WIDE_COMMA: Final = r"，(?=\p{Nd}{3}(?!\p{Nd}))"  # "5，6" are two numbers
# In other scripts, too: "Су-24" and "ה-7" have none; Chinese and its like put no blank before one.
_MINUS_OF_ANY_SCRIPT: Final = (
    rf"(?<![[\p{{L}}\p{{M}}\p{{N}}--[{SPACELESS}]]{_AFTER_NO_MINUS}])[‐‑‒–−﹣－-](?=[$€£]?\.?\p{{Nd}})"
)
_LETTER: Final = rf"[\p{{L}}\p{{M}}\p{{N}}{INVISIBLE}--[{SPACELESS}]]"


@functools.cache
def _pieces_of_any_script() -> regex.Pattern[str]:
    """What a text is cut into; compiled when the first text needs it, since it takes 6 ms of a cold command."""
    return regex.compile(
        rf"(?P<spaceless>[{SPACELESS}])"
        rf"|(?P<dotted>{_DOTTED})"
        rf"|(?P<number>(?:{_GROUPED}|(?:{_POINT_FIRST})?\p{{Nd}}++(?:(?:[.,٫٬．]|{_WIDE_COMMA})\p{{Nd}}++)*+)(?:[\p{{L}}\p{{M}}--[{SPACELESS}]]++)?)"
        rf"|(?P<word>(?:\[\p{{L}}{{1,12}}\](?=\p{{L}}))?{_LETTER}++(?:[{APOSTROPHES}]{_LETTER}++)*+"
        rf"(?:(?<=\p{{L}})\[\p{{L}}{{1,6}}\])?)"
        r"|(?P<gap>…|\.(?:\s?\.)+)"
        r"|(?P<bracket>[\[\]［］])"
        rf"|(?P<minus>{_MINUS_OF_ANY_SCRIPT})"
        rf"|(?P<sign>[%{''.join(CURRENCIES)}])",
        regex.V1,
    )


@functools.cache
def _pieces_of_latin() -> re.Pattern[str]:
    """The same for a text in Latin letters and common punctuation alone, which most are: `re` takes a third of the time."""
    return re.compile(
        rf"(?P<dotted>{_DOTTED})"
        rf"|(?P<word>[{_LATIN}][{_LATIN}0-9]*+(?:[{APOSTROPHES}][{_LATIN}0-9]++)*+(?:(?<=[{_LATIN}])\[[{_LATIN}]{{1,6}}\])?)"
        rf"|(?P<number>(?:{_GROUPED}|(?:{_POINT_FIRST})?[0-9]++(?:[.,][0-9]++)*+)(?:[{_LATIN}]++)?)"
        r"|(?P<gap>…|\.(?:\s?\.)+)"
        rf"|(?P<opened>\[[{_LATIN}]{{1,12}}\][{_LATIN}]++(?:[{APOSTROPHES}][{_LATIN}]++)*+)"
        r"|(?P<bracket>[\[\]])"
        rf"|(?P<minus>{_MINUS})"
        rf"|(?P<sign>[%{''.join(CURRENCIES)}])"
    )


_EXOTIC: Final = re.compile("[^\\x00-\xac\xae-\u024f\u2010-\u2029\u20ac]|[²³¹¼-¾]")
# Anything but Latin letters, spaces and common marks: it takes `tokens` to read it.
_NOT_PLAIN: Final = re.compile(rf"[^\x00-\xac\xae-\u024f\u2010-\u2029]|[\[\]\d²³¹¼-¾%{''.join(CURRENCIES)}]")
_GAP: Final = re.compile(r"…|\.\s?\.")  # of an ellipsis
_made: Final = tuple.__new__  # a named tuple in half the time that its own class takes
_PLAIN_WORDS: Final = re.compile(rf"{_DOTTED}|[{_LATIN}]++(?:[{APOSTROPHES}][{_LATIN}]++)*+")


def tokens(text: str, language: str) -> tuple[Token, ...]:
    """Return the words of a text in order; `language` (ISO 639-1) chooses the stemmer."""
    plain = _plain_tokens(text, language)
    return tuple(fold_numbers(text, list(_pieces(text, language)))) if plain is None else plain


def _plain_tokens(text: str, language: str) -> tuple[Token, ...] | None:
    """The words of a text as `plain_words` reads it, with where they stand: a third of the time that `_pieces` takes."""
    if _NOT_PLAIN.search(text) or _GAP.search(text):
        return None
    pieces = list(_PLAIN_WORDS.finditer(text))
    words = [read_word(piece.group(), language) for piece in pieces]
    if _need_neighbours(words):
        return None
    found: list[Token] = []
    for piece, word in zip(pieces, words, strict=True):
        surface = piece.group()
        start, end = piece.span()
        capital = surface[0].isupper()
        for key, stem in zip(word.keys, word.stems, strict=True):
            found.append(_made(Token, (start, end, surface, key, stem, False, False, False, capital)))
    return tuple(found)


def plain_words(text: str, language: str) -> tuple[WrittenWord, ...] | None:
    """Return the written words of a text of nothing but words, as most are; None for another, which needs `tokens`.

    Five times as fast as `tokens`: no offsets, and each written word is looked up as a whole.
    """
    if _NOT_PLAIN.search(text):
        return None
    words = tuple(map(read_word, _PLAIN_WORDS.findall(text), repeat(language)))
    return None if _need_neighbours(words) else words


def _need_neighbours(words: Iterable[WrittenWord]) -> bool:
    """Whether any of these is read otherwise beside the others than alone, as "twenty five" and "per cent" are."""
    number_open = False
    for word in words:
        if word.needs_neighbours or (word.is_number and number_open):
            return True
        number_open = word.opens_number
    return False


def _pieces(text: str, language: str) -> Iterator[tuple[Token, Numeral | None]]:
    """The words of a text before its numbers are put together."""
    depth, gap, note_end, minus = 0, False, -1, None
    number_language = language
    if language == DEFAULT_LANGUAGE and has_ambiguous_point(text):
        # For the stems it takes a text that is surely not English; for "3.400 euros" the likeliest language will do.
        number_language = detect_language(text) or UNKNOWN_LANGUAGE
    pattern = _pieces_of_any_script() if _EXOTIC.search(text) else _pieces_of_latin()
    for piece in pattern.finditer(text):
        kind, start, end = piece.lastgroup, piece.start(), piece.end()
        surface = piece.group()
        if kind == "gap":
            gap = True
        elif kind == "bracket":
            opens = surface in "[［"
            # A bracket that is never closed is a slip of the pen, not an editor's note.
            depth = int(opens and text.find("]" if surface == "[" else "］", end, end + _LONGEST_NOTE) >= 0)
            note_end = -1 if opens else end
        elif kind == "minus":
            minus = start
        elif kind == "spaceless":
            key = fold(surface) or surface
            yield Token(start, end, surface, key, key, bool(depth), gap, True), None
            gap = False
        elif kind == "sign":
            if minus is not None:
                yield _minus(text, minus, start), None
                minus = None
            name = "percent" if surface == "%" else CURRENCIES[surface]
            yield Token(start, end, surface, name, name, bool(depth), gap), ("sign", name, surface)
            gap = False
        elif start == note_end + 1 and surface == "s" and text[note_end] in APOSTROPHES:
            continue  # [the minister]'s
        else:
            capital = surface[0].isupper()
            if minus is not None:
                # Both stand where the whole of "-5" stands, so that none of the two is ever shown alone.
                yield _minus(text, minus, end)._replace(bracketed=bool(depth), gap=gap), None
                start, surface, gap, minus = minus, text[minus:end], False, None
            read = f"0{piece.group()}" if piece.group()[0] == "." else piece.group()
            for word in read_word(read, number_language if kind == "number" else language).words:
                yield Token(start, end, surface, word.key, word.stem, bool(depth), gap, False, capital), word.number
                gap = False


def _minus(text: str, start: int, end: int) -> Token:
    """The sign before a number as the word that it is read as."""
    return Token(start, end, text[start:end], "minus", "minus")
