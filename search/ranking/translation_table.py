"""Look up which words may stand for one another in two wordings of one utterance: begin and start, agreement and covenant.

A table of translation probabilities as in IBM model 1 (Brown et al. 1993), used to rank as Berger and Lafferty (1999) do.
Learned from translations of the same texts (`search/data/README.md`, `search.training.translation_table`). Helps to order
answers, and is never evidence that two wordings are the same.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources

_NONE: Mapping[str, float] = {}


def translations(stem: str) -> Mapping[str, float]:
    """Return the stems that may stand for a stem, each with its probability when the stem itself is not kept."""
    return _table().get(stem, _NONE)


@functools.cache
def _table() -> dict[str, dict[str, float]]:
    lines = (resources.files("search") / "data" / "translation_table.tsv").read_text(encoding="utf-8").splitlines()
    table: dict[str, dict[str, float]] = {}
    for line in lines:
        stem, other, probability = line.split("\t")
        table.setdefault(stem, {})[other] = float(probability)
    return table
