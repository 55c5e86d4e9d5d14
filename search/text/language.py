"""Guess the language of a text: by its script, then by its commonest words (`search/data/function_words.toml`).

The one detector of the project: the readers record a document's language by it, and index and query choose the stemmer by
it, so that they agree. No model, nothing to load; why so, with figures: docs/design.md, "Dependencies".
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from importlib import resources
from typing import Final, NamedTuple

import regex

from search.text.information import stems_below

LETTERS_FILE: Final = "language_letters.toml"
DEFAULT_LANGUAGE: Final = "en"
"""The language that words are read as when the text does not show another."""
_SAMPLE: Final = 2_000  # code points that are looked at: a language does not change after that, and this is 1 ms
_SHORT_SAMPLE: Final = 600  # the same to choose a stemmer, for each quote
_FEWEST_LETTERS: Final = 6  # of a script: fewer show no language
_LEAST_VOTES: Final = 1.0  # a word of one language alone, or as much of words that several share
_LEAST_SHARE: Final = 0.03  # votes a word of running text: a third of the one word in ten that any list makes up
# To take a text for another language than English costs the query its stems: two words, and one vote more than English.
_FEWEST_FOREIGN: Final = 2
_FOREIGN_LEAD: Final = 0.5
_LETTER_VOTE: Final = 0.5  # a letter that one language of a script has: two are as good as a word
_OWN_WORD_VOTE: Final = 2.0  # a word that the neighbours of a language have not says more than one that the lists share
_COMMON_NATS: Final = 5.5  # one word in some five thousand

_SCRIPTS: Final = re.compile(
    "(?P<kana>[\u3040-\u30ff]+)|(?P<hangul>[\uac00-\ud7af]+)|(?P<han>[\u4e00-\u9fff]+)|(?P<cyrillic>[\u0400-\u04ff]+)"
    "|(?P<arabic>[\u0600-\u06ff]+)|(?P<hebrew>[\u0590-\u05ff]+)|(?P<greek>[\u0370-\u03ff]+)|(?P<devanagari>[\u0900-\u097f]+)"
    "|(?P<bengali>[\u0980-\u09ff]+)|(?P<tamil>[\u0b80-\u0bff]+)|(?P<thai>[\u0e00-\u0e7f]+)|(?P<georgian>[\u10a0-\u10ff]+)"
    "|(?P<armenian>[\u0530-\u058f]+)|(?P<amharic>[\u1200-\u137f]+)|(?P<latin>[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+)"
)
_ONE_LANGUAGE: Final = {
    "hangul": "ko", "hebrew": "he", "greek": "el", "devanagari": "hi", "bengali": "bn", "tamil": "ta", "thai": "th",
    "georgian": "ka", "armenian": "hy", "amharic": "am",
}  # fmt: skip
# By `regex`, which compiles it in .4 ms: `re` takes 10, and searches a quote in four fifths of the 3 us that this takes.
_OTHER_SCRIPT: Final = regex.compile("[\u0370-\u1dff\u2e80-\ud7af]")
_WORD: Final = re.compile(r"[^\W\d_]+")


class _Votes(NamedTuple):
    """The words of a script: for each the languages that it speaks for, with its weight, and those no English word is."""

    of_word: Mapping[str, Sequence[tuple[str, float]]]
    foreign: frozenset[str]


@functools.cache
def _votes() -> Mapping[str, _Votes]:
    data = (resources.files("search") / "data" / "function_words.toml").read_text(encoding="utf-8")
    common_english = _common_english()
    return {script: _votes_of(lists, common_english) for script, lists in tomllib.loads(data).items()}


def _votes_of(lists: Mapping[str, str], common_english: Collection[str]) -> _Votes:
    """A word that five languages share says a fifth for each of them."""
    shared = Counter(word for words in lists.values() for word in set(words.split()))
    of_word: dict[str, list[tuple[str, float]]] = {}
    for language, words in lists.items():
        for word in set(words.split()):
            of_word.setdefault(word, []).append((language, 1.0 / shared[word]))
    english = {*lists.get(DEFAULT_LANGUAGE, "").split(), *common_english}
    return _Votes(of_word, frozenset(of_word) - english)


def _common_english() -> frozenset[str]:
    """Words of any language that English news has so often that they show no other: "me", "do", "on"."""
    return stems_below(_COMMON_NATS)


@functools.cache
def known_languages() -> frozenset[str]:
    """Return the codes (ISO 639-1) of all languages that can be told."""
    by_words = (language for votes in _votes().values() for some in votes.of_word.values() for language, _ in some)
    return frozenset({*by_words, *_ONE_LANGUAGE.values(), "ja", "zh"})


def detect_language(text: str) -> str | None:
    """Return the code (ISO 639-1) of a text's language, or None when it is too short or in a language not known here."""
    sample = text[:_SAMPLE]
    letters = _letters_by_script(sample)
    if not letters:
        return None
    # A Japanese character says as much as two Latin letters, and a page may be full of foreign names.
    japanese = letters["kana"] + letters["han"]
    if letters["kana"] >= _FEWEST_LETTERS and letters["kana"] * 10 > japanese and japanese * 2 > letters["latin"]:
        return "ja"
    script, count = letters.most_common(1)[0]
    if count < _FEWEST_LETTERS:
        return None
    if script == "han":
        return "zh"
    return _ONE_LANGUAGE.get(script) or _by_words(_WORD.findall(sample.casefold()), script)


def guess_language(text: str) -> str:
    """Return the language that the words of a text are read as; English when they do not surely show another.

    Most texts are English and have less than two words of another language, which is known at a fraction of the cost of
    `detect_language`; every candidate of a query passes here.
    """
    sample = text[:_SHORT_SAMPLE]
    if not sample.isascii() and _OTHER_SCRIPT.search(sample):
        return detect_language(sample) or DEFAULT_LANGUAGE
    votes = _votes()["latin"]
    words = sample.casefold().split()
    if len(votes.foreign.intersection(words)) < _FEWEST_FOREIGN:
        return DEFAULT_LANGUAGE
    counts = _counted(_WORD.findall(sample.casefold()), votes)
    language = max(counts, key=lambda code: (counts[code], code))
    return language if counts[language] > counts.get(DEFAULT_LANGUAGE, 0.0) + _FOREIGN_LEAD else DEFAULT_LANGUAGE


def language_among(text: str, languages: Collection[str]) -> str:
    """Return the language of a text out of some, by its script, its commonest words and its letters.

    An archive has few languages, so that words which are too few to tell one of forty may tell one of these. Where nothing
    tells, English if it may be, else the first in the order of the alphabet that is written so; `guess_language` where none is.
    """
    sample = text[:_SHORT_SAMPLE]
    runs = _letters_by_script(sample)
    script = runs.most_common(1)[0][0] if runs else "latin"
    scores: dict[str, float] = {}
    if script in _votes():
        words = _WORD.findall(sample.casefold())
        counts = defaultdict(float, _counted(words, _votes()[script]))
        own_words = _own_words(script)
        for word in words:
            if word in own_words:
                counts[own_words[word]] += _OWN_WORD_VOTE
        letters = _own_letters().get(script, {})
        for language in _written_in(script).intersection(languages):
            own = sum(sample.count(letter) for letter in letters.get(language, ""))
            scores[language] = counts[language] + _LETTER_VOTE * own
    detected = detect_language(sample)
    if detected is not None and detected in languages:
        scores.setdefault(detected, _LEAST_VOTES)
    if not scores:
        return guess_language(text)
    return max(sorted(scores), key=lambda code: (scores[code], code == DEFAULT_LANGUAGE))


def _letters_by_script(sample: str) -> Counter[str]:
    """Count the letters of each script."""
    letters: Counter[str] = Counter()
    for run in _SCRIPTS.finditer(sample):
        letters[str(run.lastgroup)] += run.end() - run.start()
    return letters


@functools.cache
def _own_letters() -> Mapping[str, Mapping[str, str]]:
    data = (resources.files("search") / "data" / LETTERS_FILE).read_text(encoding="utf-8")
    return {script: letters for script, letters in tomllib.loads(data).items() if script != "words"}


@functools.cache
def _own_words(script: str) -> Mapping[str, str]:
    """The words that one language of a script has and its neighbours have not, each with the language."""
    data = (resources.files("search") / "data" / LETTERS_FILE).read_text(encoding="utf-8")
    lists: Mapping[str, str] = tomllib.loads(data)["words"].get(script, {})
    holders = Counter(word for words in lists.values() for word in set(words.split()))
    return {word: language for language, words in lists.items() for word in words.split() if holders[word] == 1}


@functools.cache
def _written_in(script: str) -> frozenset[str]:
    of_votes = {language for some in _votes()[script].of_word.values() for language, _ in some}
    return frozenset({*of_votes, *_own_letters().get(script, {})})


def _by_words(words: Sequence[str], script: str) -> str | None:
    counts = _counted(words, _votes()[script])
    if not counts:
        return None
    language = max(counts, key=lambda code: counts[code])
    return language if counts[language] >= max(_LEAST_VOTES, _LEAST_SHARE * len(words)) else None


def _counted(words: Sequence[str], votes: _Votes) -> dict[str, float]:
    """The votes of some words by language."""
    counts: dict[str, float] = {}
    for word in words:
        for language, weight in votes.of_word.get(word, ()):
            counts[language] = counts.get(language, 0.0) + weight
    return counts
