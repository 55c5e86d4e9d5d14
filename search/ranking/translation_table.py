"""Look up which words may stand for one another in two wordings of one utterance: begin and start, agreement and covenant.

A table of translation probabilities as in IBM model 1 (Brown et al. 1993), used to rank as Berger and Lafferty (1999) do.
Learned from translations of the same texts (`search/data/README.md`, `search.training.translation_table`). Helps to order
answers, and is never evidence that two wordings are the same.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from importlib import resources

_REMEMBERED = 10_000  # stems: the table has 5,000


@functools.lru_cache(_REMEMBERED)
def translations(stem: str) -> Mapping[str, float]:
    """Return the stems that may stand for a stem, each with its probability when the stem itself is not kept."""
    begins = stem + "\t"
    lines = _lines()
    found: dict[str, float] = {}
    for place in range(bisect_left(lines, begins), len(lines)):
        if not lines[place].startswith(begins):
            break
        _, other, probability = lines[place].split("\t")
        found[other] = float(probability)
    return found


@functools.cache
def _lines() -> Sequence[str]:
    """The table in the order of its stems: a query asks for a dozen of them, and to read all takes 20 ms of a cold command."""
    return sorted(
        (resources.files("search") / "data" / "translation_table.tsv").read_text(encoding="utf-8").splitlines()
    )
