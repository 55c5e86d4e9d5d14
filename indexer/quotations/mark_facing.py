"""Read the quotation marks of a paragraph: which glyph each is, and whether it may open and may close.

What stands beside a mark decides, each script by its own habits. The pairs are made in `quotation_marks`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from indexer.word_lists import word_list


class MarkFamily(IntEnum):
    """The glyphs that may pair with each other; French and German papers use the same angles the other way round."""

    DOUBLE = 0
    ANGLE = 1
    CORNER = 2
    SINGLE = 3
    SINGLE_ANGLE = 4


# Names of their own for the loops below: an enum's member is looked up at each use, and there is a use a mark.
_DOUBLE, _SINGLE = MarkFamily.DOUBLE, MarkFamily.SINGLE

# Runs of apostrophes are one match, so that '' (wire copy's double mark) and ''' (a single and a double) can be told.
# The class comes first, so that the scan leaps from mark to mark instead of trying every branch at every letter.
_MARK = re.compile(
    r"['’‘`´,\"＂“”„‟«»〝〞〟「」『』｢｣﹁﹂﹃﹄‚‛‹›״׳](?:(?<=')'+|(?<=’)’+|(?<=‘)‘+|(?<=`)`+|(?<=´)´+|(?<=,),(?=\w)|(?<!,))"
)
_ELISION = re.compile(rf"(?:{'|'.join(sorted(word_list('elisions')))})\b|\d\ds?\b", re.IGNORECASE)  # also: the ’90s
FAMILY_OF_GLYPH = {
    **dict.fromkeys('"＂“”„‟〝〞〟״', MarkFamily.DOUBLE),
    **dict.fromkeys("«»", MarkFamily.ANGLE),
    **dict.fromkeys("「」『』｢｣﹁﹂﹃﹄", MarkFamily.CORNER),
    **dict.fromkeys("'‘’‚‛`´׳", MarkFamily.SINGLE),
    **dict.fromkeys("‹›", MarkFamily.SINGLE_ANGLE),
}
_BEFORE_OPENING = frozenset("([{<>—–-/:;,=\"“„«‘'‚‹|*_…\u200e\u200f\u202a\u202b\u2066\u2067¡¿")
_AFTER_CLOSING = frozenset(".,;:!?)]}<>—–-/\"”“»’'›…|*_،؛؟。、")
# Chinese, Japanese, Korean, Thai, Arabic and other letters without capitals stand beside marks without a blank; there a
# straight mark is neither an apostrophe nor inches, and opens or closes by what is open before it.
_FIRST_CASELESS = "\u0600"
_CASELESS_CATEGORIES = frozenset(("Lo", "Lm", "Mn", "Mc"))
_CASELESS_OPENS_AFTER = frozenset("：（［｛〈《【〔『「—…")
_CASELESS_PUNCTUATION = frozenset("：，。、；！？（）［］【】〈〉《》〔〕．～")
_CASELESS_CLOSES_BEFORE = frozenset("，。、；！？：）］｝〉》】〕")
_INCHES, _MAX_INCHES = re.compile(r"(?<![A-Za-z\d])\d{1,3}$"), 4  # 55"电视 opens nothing, MP4"格式" does
_TURNED = frozenset("\"＂”'’")
_HEBREW = re.compile("[\u05d0-\u05ea]")
# Words of one letter that Hebrew writes to the next word, "in", "the", "that": three of them at most stand before a mark.
_HEBREW_PREFIXES = frozenset("משהוכלב")
_MAX_HEBREW_PREFIXES = 3


@dataclass(slots=True)
class Mark:
    """One quotation mark: its half-open span in code points and which way it may face."""

    start: int
    end: int
    glyph: str
    family: MarkFamily
    opener: bool
    closer: bool
    weak: bool = False  # a closing apostrophe that may as well be a plural's possessive
    doubtful: bool = False  # opens only where nothing of its family is open, and only if it is closed


def read_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield the marks of one paragraph, runs of apostrophes taken apart, each with the ways it may face."""
    for match in _MARK.finditer(text, start, end):
        at, stop = match.span()
        run = match.group()
        if run[0] not in "'’‘`´":
            yield _facing(text, at, stop, '"' if run == ",," else run, start, end)
            continue
        sizes = _sizes(text, at, stop, start)
        for size in sizes:
            yield _facing(text, at, at + size, run[0] * size, start, end)
            at += size


def _sizes(text: str, at: int, stop: int, start: int) -> Sequence[int]:
    """Return how a run of apostrophes divides into marks: two are a double mark, three a double around a single."""
    length = stop - at
    if length == 3:
        opening = at == start or text[at - 1].isspace() or text[at - 1] in "([—–"
        return (2, 1) if opening else (1, 2)
    return (2,) * (length // 2) + (1,) * (length % 2)


def _facing(text: str, at: int, stop: int, glyph: str, start: int, end: int) -> Mark:
    """Decide from the characters around it whether a mark may open and may close."""
    before = text[at - 1] if at > start else " "
    after = text[stop] if stop < end else " "
    double = len(glyph) == 2
    family = _DOUBLE if double else FAMILY_OF_GLYPH[glyph]
    space_before, space_after = before.isspace(), after.isspace()
    opener = (space_before or before in _BEFORE_OPENING) and not space_after
    closer = not space_before and (space_after or after in _AFTER_CLOSING or not after.isalnum() or before in ",.?!…")
    mark = Mark(at, stop, '"' if double else glyph, family, opener, closer)
    if family == _SINGLE:
        _apostrophe(text, mark, before, after, end)
    elif family == _DOUBLE:
        if before == "=":  # the value of an attribute in left-over mark-up
            mark.opener = False
        if double and glyph in ("’’", "´´"):
            mark.glyph = "”"
        elif double and glyph in ("‘‘", "``"):
            mark.glyph = "“"
    if glyph in _TURNED and (_is_caseless(before) or _is_caseless(after)):
        _among_caseless_letters(text, mark, before, after)
    elif glyph in ('"', "״") and _HEBREW.match(before) and _HEBREW.match(after):
        _gershayim(text, mark, start, end)
    return mark


def _is_caseless(character: str) -> bool:
    """Whether a character is a letter or a full-width mark of a script without capitals; Hebrew has rules of its own."""
    if character < _FIRST_CASELESS:
        return False
    return unicodedata.category(character) in _CASELESS_CATEGORIES or character in _CASELESS_PUNCTUATION


def _among_caseless_letters(text: str, mark: Mark, before: str, after: str) -> None:
    """Let a mark without a blank on either side open and close: 他说"好"，그는"다리"며."""
    if before.isspace() or after.isspace():
        return
    opens, closes = before in _CASELESS_OPENS_AFTER, after in _CASELESS_CLOSES_BEFORE
    mark.opener = not closes and not _INCHES.search(text, max(0, mark.start - _MAX_INCHES), mark.start)
    mark.closer = not opens
    mark.doubtful = mark.opener and mark.closer


def _gershayim(text: str, mark: Mark, start: int, end: int) -> None:
    """Tell the mark of an abbreviation (צה"ל) from one that opens after a prefix (ב"הארץ").

    An abbreviation has it before its last letter, so that two letters have to follow and nothing but prefixes go before.
    """
    first = mark.start
    while first > start and mark.start - first <= _MAX_HEBREW_PREFIXES and _HEBREW.match(text, first - 1):
        first -= 1
    head = text[first : mark.start]
    opens = (
        len(head) <= _MAX_HEBREW_PREFIXES
        and _HEBREW_PREFIXES.issuperset(head)
        and mark.end + 1 < end
        and _HEBREW.match(text, mark.end + 1) is not None
    )
    mark.opener, mark.closer, mark.doubtful = opens, False, True


def _apostrophe(text: str, mark: Mark, before: str, after: str, end: int) -> None:
    """Tell single marks from apostrophes: elisions never open, a plural's possessive closes only weakly."""
    inside_word = before.isalnum() and after.isalnum()
    if mark.glyph == "׳":
        mark.weak = mark.closer
        mark.opener = mark.opener and not inside_word
        return
    if inside_word:
        mark.opener = mark.closer = False
        return
    if mark.glyph in "’´" and not (before.isspace() and after.isupper()):
        mark.opener = False
    if mark.opener and mark.glyph != "‘" and _ELISION.match(text, mark.end):
        mark.opener = False
    if mark.glyph in "‘‚`":
        mark.closer = mark.closer and not mark.opener and mark.glyph != "‚"
    follows = text[mark.end + 1] if mark.end + 1 < end else " "
    # "the dogs' bowls", "the Marx' films": after these letters a possessive looks like a closing mark.
    mark.weak = mark.closer and before in "sSzxn" and after.isspace() and follows.isalnum()
    mark.weak = mark.weak or (mark.closer and _HEBREW.match(before) is not None)  # a geresh, as in "פרופ' לביא"
