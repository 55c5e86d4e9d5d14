"""Ask the word lists how much a word reports speech."""

from __future__ import annotations

from functools import cache

from indexer.word_lists import languages_of, word_list

# How much a listed word reports speech, before anything is learned: an ambiguous English verb ("found") does so about
# once in three; the lists of other languages were not counted on marked articles, so they are trusted a little less.
_ENGLISH_WEIGHT, _WEAK_WEIGHT, _FOREIGN_WEIGHT = 1.0, 0.35, 0.9
# From so much on a word is taken for a plain cue (the listed verbs but the ambiguous), and from so much for one at all.
PLAIN_CUE, ANY_CUE = 0.9, 0.3


@cache
def _cue_weights() -> dict[str, float]:
    """Return `cue_weight` for the words that report at all. English overrules: "dice" is Spanish, and no English cue."""
    weak = word_list("weak_cue_verbs", "en")
    foreign = (word for code in languages_of("cue_verbs") if code != "en" for word in word_list("cue_verbs", code))
    english = {word: _WEAK_WEIGHT if word in weak else _ENGLISH_WEIGHT for word in word_list("cue_verbs", "en")}
    return dict.fromkeys(foreign, _FOREIGN_WEIGHT) | english


def cue_weight(word: str) -> float:
    """Return how much a lower-case word reports speech, 0 to 1; 0 for a word of no list."""
    return _cue_weights().get(word, 0.0)
