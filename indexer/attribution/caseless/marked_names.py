"""Tell marks around a name from speech in Persian and Arabic, which print names, titles and terms between them: "«نام» وزیر …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.attribution.caseless.words import ARABIC, PERSIAN, fold_letters, folded_list
from indexer.word_lists import word_list

_MOST_WORDS: Final = 5  # of a name: "کنفرانس امنیت و همکاری"
_REACH: Final = 60  # code points beside the marks in which the words that tell are looked for
_ENDS_OF_SPEECH = re.compile("[.!؟?؛:،,…]")
_WORD = re.compile("[^\\W_]+(?:\u200c[^\\W_]+)*")
_CLOSING: Final = "»”\"’'"
_AFTER_CALLED: Final = 3  # words behind the marks, of which one says that somebody calls something so
_BEFORE_SPEECH: Final = folded_list(word_list("caseless_words_before_speech"))
_CALLING: Final = folded_list(word_list("caseless_calling_words"))
_BEFORE_NAMES: Final = folded_list(word_list("caseless_words_before_names"))
_ROLES: Final = PERSIAN["roles"] | ARABIC["roles"]
_CUES: Final = PERSIAN["cues"] | PERSIAN["light_verbs"] | ARABIC["cues"] | ARABIC["participles"]


def is_marked_name(text: str, start: int, end: int, *, is_reported: bool) -> bool:
    """Return whether the few words between the marks at start..end are a name: no clause leads up to them, none calls so.

    `is_reported`: a verb of saying stands in the clause before; then an office behind the name or a noun before it has to
    show that it is one.
    """
    words = text[start:end]
    if len(_WORD.findall(words)) > _MOST_WORDS or _ENDS_OF_SPEECH.search(words):
        return False
    led, before = _words_before(text, start)
    after = _words_after(text, end)
    if led or any(map(_introduces, before[-1:])) or not _CALLING.isdisjoint(after[:_AFTER_CALLED]):
        return False
    return not is_reported or not _ROLES.isdisjoint(after[:1]) or any(map(_names, before[-1:]))


def _words_before(text: str, start: int) -> tuple[bool, Sequence[str]]:
    """Return whether a colon leads up to the marks, and the words before them in their paragraph."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2].rstrip("«“\"‘'\u200f\u200e\xa0 ")
    return before.endswith(":"), [fold_letters(word) for word in _WORD.findall(before)]


def _words_after(text: str, end: int) -> Sequence[str]:
    """Return the words right behind the marks, up to the next mark of any kind."""
    after = text[end : end + _REACH].lstrip(_CLOSING)
    stop = re.search('[«“"\n.!؟?؛:]', after)
    return [fold_letters(word) for word in _WORD.findall(after[: stop.start()] if stop else after)]


def _introduces(word: str) -> bool:
    """Whether the word before the marks leads up to speech: a verb of saying, "that", "calls it"."""
    return word in _BEFORE_SPEECH or word in _CUES or (word[:1] in "وف" and word[1:] in _CUES)


def _names(word: str) -> bool:
    """Whether the word before the marks is a noun or a preposition before a name, "for" and "in" joined to it or not."""
    return word in _BEFORE_NAMES or (word[:1] in "لبو" and word[1:] in _BEFORE_NAMES)
