"""Load the words of `search/data/names.toml`: titles, bodies, places, and nouns that name nobody; folded, of all languages."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Final

from search.text.folding import fold

NAMES_FILE: Final = "names.toml"


def name_words(section: str) -> frozenset[str]:
    """Return the folded words of a section, of all languages together."""
    return _sections()[section]


@functools.cache
def listed_words() -> frozenset[str]:
    """Return the folded words of all sections."""
    return frozenset().union(*_sections().values())


@functools.cache
def _sections() -> Mapping[str, frozenset[str]]:
    lists = tomllib.loads((resources.files("search") / "data" / NAMES_FILE).read_text(encoding="utf-8"))
    return {
        section: frozenset(fold(word) for words in languages.values() for word in words)
        for section, languages in lists.items()
    }
