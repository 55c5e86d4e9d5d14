"""The learned part of choosing blocks: two passes of a logistic rule, whose numbers are in data/block_classifier.json.

The first pass looks at each block; the second sees what the first thought of the blocks around it, so that a paragraph
among paragraphs is kept and a stray one is not. How the numbers were learned: docs/reading.md, indexer/training/block_classifier.py.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from itertools import accumulate

# A block is kept from here on; one with quotation marks between kept ones earlier, since a lost quote never comes back.
KEEP_PROBABILITY, KEEP_QUOTE_PROBABILITY = 0.4, 0.2


@cache
def _weights() -> tuple[dict[str, float], dict[str, float]]:
    text = files("indexer").joinpath("data/block_classifier.json").read_text("utf-8")
    model = json.loads(text)
    return model["first"], model["second"]


def keep_probabilities(rows: list[dict[str, float]], lengths: list[int]) -> list[float]:
    """Return for each block the probability (0 to 1) that it is part of the article, from its features and its length."""
    first, second = _weights()
    guess = [_logistic(_sum(row, first)) if row else 0.0 for row in rows]
    around = neighbour_features(guess, lengths)
    return [
        _logistic(_sum(row, second) + _sum(more, second)) if row else 0.0
        for row, more in zip(rows, around, strict=True)
    ]


def neighbour_features(guess: list[float], lengths: list[int]) -> list[dict[str, float]]:
    """Return for each block the first pass's probabilities of the blocks around it, as features of the second."""
    size = len(guess)
    padded = [0.0, 0.0, *guess, 0.0, 0.0]
    weighted = [chance * length for chance, length in zip(guess, lengths, strict=True)]
    letters, likely = [0, *accumulate(lengths)], [0.0, *accumulate(weighted)]
    above, below = _running_most(guess), _running_most(guess[::-1])[::-1]
    rows = []
    for index, chance in enumerate(guess):
        low, high = max(0, index - 4), min(size, index + 5)
        total = letters[high] - letters[low] - lengths[index]
        near = likely[high] - likely[low] - weighted[index]
        bounded = min(max(chance, 1e-4), 1 - 1e-4)
        rows.append(
            {
                "p_before": padded[index + 1],
                "p_before_2": padded[index],
                "p_after": padded[index + 3],
                "p_after_2": padded[index + 4],
                "p_around": near / max(1, total),
                "p_both": min(padded[index + 1], padded[index + 3]),
                "p_above": above[index],
                "p_below": below[index],
                "p_own": math.log(bounded / (1 - bounded)) / 5,
            }
        )
    return rows


def _running_most(values: list[float]) -> list[float]:
    """The greatest value before each place."""
    found, most = [], 0.0
    for value in values:
        found.append(most)
        most = max(most, value)
    return found


def _sum(row: dict[str, float], weights: dict[str, float]) -> float:
    """The features times their weights; those that nobody has learned count nothing."""
    known = weights.get
    return sum([value * known(name, 0.0) for name, value in row.items() if value])


def _logistic(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
