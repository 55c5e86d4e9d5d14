"""What is no sure version, and may be one all the same: by the words asked for, or by another quote and its surroundings.

A person who types three words of a quote means the quote that has them, even when the paper before him prints them in
another form, or one of them just outside the marks (`relevance`). And another translation of what he found may share
hardly a word with it, but is by the same speaker and stands among the same names and things (`kinship`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from search.storage.analysed_quotes import TELLING_NATS, AnalysedQuote
from search.text.analysis import analyse
from search.text.information import information
from search.text.word_families import root

# A word just outside the marks says less than one inside: the reporter's word, not the speaker's.
AROUND = 0.5
# What a quote has to have itself, whatever stands around it.
ITSELF = 0.25
# The words have to stand within so many words, and twice as many as were asked for: a long quote has something of
# everything.
WINDOW = 10


def relevance(text: str, stems: Sequence[str], around: Sequence[str] = (), least: float = 0.0) -> float:
    """The share, 0 to 1, of the information of a query's words that one place of a quote has, and (for half) around it.

    `stems` are those of all words of the quote, `around` of those next to it. Next to a sure version every quote has
    the words around it, which therefore do not count. 0 for a quote that has not a quarter itself, and as soon as the
    share is known to be below `least`.
    """
    asked = _asked(text)
    total = sum(asked.values())
    if not total:
        return 0.0
    anywhere = _worths(asked, stems)
    if sum(anywhere.values()) < ITSELF * total:
        return 0.0
    outside = _worths(asked, around)
    if _together(asked, anywhere, outside) < least * total:
        return 0.0
    return _together(asked, _best_window(asked, stems, WINDOW + 2 * len(asked)), outside) / total


def _together(asked: Mapping[str, float], inside: Mapping[str, float], outside: Mapping[str, float]) -> float:
    """What a quote has of the words that are asked for, and what the words around it add."""
    return sum(max(inside.get(stem, 0.0), AROUND * outside.get(stem, 0.0)) for stem in {*inside, *outside})


def _asked(text: str) -> Mapping[str, float]:
    """What each word of a query is worth, by root."""
    return {root(stem): information(stem) for stem in analyse(text).all_stems}


def kinship(one: AnalysedQuote, other: AnalysedQuote) -> float:
    """How much two quotes say and stand among the same things, 0 to 1: the cosine of their words' information.

    Measured on the owner's five articles, the other translation of an utterance has .19 to .38 and stands first among
    the other quotes of its speaker in other documents; quotes of that speaker about something else have under .15.
    """
    left, right = profile(one), profile(other)
    common = sum(min(worth, right[stem]) for stem, worth in left.items() if stem in right)
    both = math.sqrt(sum(left.values()) * sum(right.values()))
    return common / both if both else 0.0


def profile(quote: AnalysedQuote) -> dict[str, float]:
    """The telling words of a quote, and for half as much those near it, by root."""
    worths: dict[str, float] = {}
    for stems, share in ((quote.stems, 1.0), (quote.around, AROUND)):
        for stem in stems:
            if (worth := information(stem)) > TELLING_NATS:
                family = root(stem)
                worths[family] = max(share * worth, worths.get(family, 0.0))
    return worths


def _best_window(asked: Mapping[str, float], stems: Sequence[str], size: int) -> dict[str, float]:
    """What each asked word is worth in the stretch of `size` words of a text that has the most of them."""
    places = _matches(asked, enumerate(stems))
    best: dict[str, float] = {}
    first = 0
    for last in range(len(places)):
        while places[last][0] - places[first][0] >= size:
            first += 1
        worths: dict[str, float] = {}
        # Never more than `size` steps, whatever the text.
        for _, stem, worth in places[first : last + 1]:
            worths[stem] = max(worth, worths.get(stem, 0.0))
        if sum(worths.values()) > sum(best.values()):
            best = worths
    return best


def _worths(asked: Mapping[str, float], stems: Iterable[str]) -> dict[str, float]:
    """What each asked word is worth in some words, wherever it stands."""
    worths: dict[str, float] = {}
    for _, stem, worth in _matches(asked, enumerate(dict.fromkeys(stems))):
        worths[stem] = max(worth, worths.get(stem, 0.0))
    return worths


def _matches(asked: Mapping[str, float], stems: Iterable[tuple[int, str]]) -> list[tuple[int, str, float]]:
    """The words that are asked for: place, root, and what each is worth as a match: the less telling of the two forms."""
    return [
        (place, family, min(asked[family], information(stem)))
        for place, stem in stems
        if (family := root(stem)) in asked
    ]
