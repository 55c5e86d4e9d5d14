"""The word lists that attribution reads: reporting verbs, role nouns, titles, first names. Data: lexicon.json."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _lists() -> dict[str, Any]:
    source = files("indexer").joinpath("data", "lexicon.json")
    loaded: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return loaded


@cache
def words(name: str) -> frozenset[str]:
    """The list `name`, lower-case."""
    return frozenset(word.lower() for line in _lists()[name] for word in line.split())


@cache
def foreign_cues() -> frozenset[str]:
    """Reporting words of the other languages, all together: they hardly meet."""
    return frozenset(word for lines in _lists()["foreign_cues"].values() for line in lines for word in line.split())


@cache
def _cue_weights() -> dict[str, float]:
    """What `cue_weight` answers, for the words that report at all."""
    english = {word: 0.35 if word in words("weak_cues") else 1.0 for word in words("cue_verbs")}
    return dict.fromkeys(foreign_cues(), 0.9) | english


def cue_weight(word: str) -> float:
    """How much a lower-case word reports speech, 0 to 1: English verbs fully, ambiguous ones by a third."""
    return _cue_weights().get(word, 0.0)


def gender(first: str) -> int:
    """1 for a man's first name, -1 for a woman's, 0 when not known or both."""
    low = first.lower()
    return (low in words("male")) - (low in words("female"))
