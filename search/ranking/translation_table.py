"""Which words may stand for one another in two wordings of one utterance: begin and start, agreement and covenant.

Learned from translations of the same texts (`search/data/README.md`). Helps to order answers, and is never evidence that
two wordings are the same.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources

_NONE: Mapping[str, float] = {}


def kindred(stem: str) -> Mapping[str, float]:
    """The stems that may stand for a stem, each with how often it does when the stem itself is not kept, 0 to 1."""
    return _table().get(stem, _NONE)


@functools.cache
def _table() -> dict[str, dict[str, float]]:
    lines = (resources.files("search") / "data" / "translation_table.tsv").read_text(encoding="utf-8").splitlines()
    found: dict[str, dict[str, float]] = {}
    for line in lines:
        stem, other, often = line.split("\t")
        found.setdefault(stem, {})[other] = float(often)
    return found
