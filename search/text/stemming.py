"""Stem a word: Snowball's stemmers, after a table of irregular and antiquated English forms."""

from __future__ import annotations

import functools
import threading
from importlib import resources
from typing import Final

import Stemmer

from search.text.folding import fold, normal_form

_ALGORITHMS: Final = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian", "nb": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
# The script says the stemmer, whatever the language of the text around the word.
_BY_SCRIPT: Final = (("\u0370", "\u03ff", "el"), ("\u0400", "\u052f", "ru"), ("\u0900", "\u097f", "hi"))
_OF_THREAD: Final = threading.local()


def stem(word: str, language: str) -> str:
    """Return the folded stem of a lower-case word that still has its accents, which some stemmers need.

    `language` is an ISO 639-1 code; the words of a language without a stemmer are only folded.
    """
    for first, last, script in _BY_SCRIPT:
        if first <= word[:1] <= last:
            language = script
    if language == "en":
        word = _base_form(fold(word))
    stemmer = _stemmer(language)
    if stemmer is None or not word[:1].isalpha():
        return fold(word)
    return fold(stemmer.stemWord(normal_form("NFC", word))) or fold(word)


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    """This thread's stemmer: one may not be used by two threads at once."""
    known: dict[str, Stemmer.Stemmer | None] = _OF_THREAD.__dict__
    if language not in known:
        algorithm = _ALGORITHMS.get(language)
        # Without a cache of its own (0): each word is remembered by `search.text.words`.
        known[language] = Stemmer.Stemmer(algorithm, 0) if algorithm in Stemmer.algorithms() else None
    return known[language]


@functools.cache
def _irregular_forms() -> dict[str, str]:
    lines = (resources.files("search") / "data" / "irregular_forms.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def _base_form(word: str) -> str:
    """An irregular or antiquated English form as the word it is a form of: went, go; saith, say; cometh, come."""
    base = _irregular_forms().get(word)
    if base is None and len(word) > 6 and word.endswith("eth"):
        return word[:-3]
    return base or word
