"""Tell whether an English word is ordinary: printed small, so that a capital at the head of a sentence makes it no name."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def ordinary_words() -> frozenset[str]:
    """Return the words, lower case. Learned from articles: `indexer/training/ordinary_words.py`."""
    lines = (resources.files("indexer") / "data" / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
