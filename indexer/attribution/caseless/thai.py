"""The subject of a Thai reporting clause: right before its verb, a title and a name of two words at most."""

from __future__ import annotations

from typing import Final

from indexer.attribution.caseless.beside_marks import ClauseReader
from indexer.attribution.caseless.words import Subject
from indexer.word_lists import longest_first

_CUES: Final = longest_first("cues_before_marks", "th")
_HONORIFICS: Final = longest_first("caseless_honorifics", "th")
_ROLES: Final = longest_first("caseless_roles", "th")
_PRONOUNS: Final = longest_first("caseless_pronouns", "th")
_ADVERBS: Final = longest_first("caseless_adverbs", "th")
_NAME_WORDS, _LONGEST_NAME = 2, 40  # words, characters


def thai_subject(before: str, after: str) -> Subject | None:
    """Return the subject right before the verb of saying that ends a clause before the marks or opens the one behind them."""
    for clause in (before.rstrip(" :,"), _up_to_cue(after.lstrip(" ,"))):
        cue = next((word for word in _CUES if clause.endswith(word)), None)
        if cue is not None:
            return _described(clause.removesuffix(cue).rstrip(), cue)
    return None


def _up_to_cue(clause: str) -> str:
    """Return a clause behind the marks up to its first verb of saying; "" where none stands within a name's length."""
    ends = [at + len(word) for word in _CUES if 0 <= (at := clause.find(word)) <= _LONGEST_NAME]
    return clause[: min(ends)] if ends else ""


def _described(phrase: str, cue: str) -> Subject:
    while (adverb := next((word for word in _ADVERBS if phrase.endswith(word)), None)) is not None:
        phrase = phrase.removesuffix(adverb).rstrip()
    words = phrase.split()
    for at in range(len(words) - 1, max(-1, len(words) - 4), -1):
        word = words[at]
        if word.startswith(_PRONOUNS) and at == len(words) - 1:
            return Subject("", cue)
        title = next((each for each in _HONORIFICS if word.startswith(each)), None)
        role = next((each for each in _ROLES if word.startswith(each)), None)
        if role is None and title is not None:
            named = " ".join([word.removeprefix(title), *words[at + 1 :]]).split()
            return Subject(" ".join(named[:_NAME_WORDS]), cue)
        if role is not None:
            return Subject(" ".join(words[at:]), cue, is_name=False)
    name = " ".join(words[-_NAME_WORDS:])
    return Subject(name, cue) if 1 < len(name) <= _LONGEST_NAME else Subject("", cue)


THAI: Final = ClauseReader(thai_subject)
