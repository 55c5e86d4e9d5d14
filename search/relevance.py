"""How much of what was asked stands in one place of a quote, or around it, in whatever form and order.

For what is no sure version: a person who types three words of a quote means the quote that has them, even when the paper
before him prints them in another form, or prints one of them just outside the marks.
"""

from __future__ import annotations

from collections.abc import Mapping

from search.evidence import words_of
from search.derivation import root
from search.information import information
from search.model import Quote

# A word just outside the marks says less than one inside: the reporter's word, not the speaker's.
AROUND = 0.5
# The words have to stand within so many words, and twice as many as were asked for: a long quote has something of
# everything.
WINDOW = 10


def relevance(text: str, quote: Quote) -> float:
    """The share, 0 to 1, of the information of a query's words that one place of a quote and its surroundings have."""
    asked: dict[str, float] = {}
    for word in words_of(text):
        asked[root(word.stem)] = information(word.stem)
    total = sum(asked.values())
    if not total:
        return 0.0
    inside = _best_window(asked, quote.text, WINDOW + 2 * len(asked))
    around = _worths(asked, f"{quote.before} {quote.after}")
    return sum(max(inside.get(stem, 0.0), AROUND * around.get(stem, 0.0)) for stem in asked) / total


def _best_window(asked: Mapping[str, float], text: str, size: int) -> dict[str, float]:
    """What each asked word is worth in the stretch of `size` words of a text that has the most of them."""
    places = [(index, *found) for index, found in enumerate(_matches(asked, text)) if found[1]]
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


def _worths(asked: Mapping[str, float], text: str) -> dict[str, float]:
    worths: dict[str, float] = {}
    for stem, worth in _matches(asked, text):
        worths[stem] = max(worth, worths.get(stem, 0.0))
    return worths


def _matches(asked: Mapping[str, float], text: str) -> list[tuple[str, float]]:
    """For each word of a text its root, and what it is worth as a match: the less telling of the two forms."""
    return [
        (stem, min(asked[stem], information(word.stem)) if stem in asked else 0.0)
        for word in words_of(text)
        for stem in [root(word.stem)]
    ]
