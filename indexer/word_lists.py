"""Read the word lists of `indexer/data/lexicon.toml`, which are kept by language.

Every list is asked for by its name and is the union over the languages unless one is named: an article of one language
quotes papers and titles of another.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LEXICON_FILE = "lexicon.toml"


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    """Return every list as it is printed in the file, by language and name."""
    source = files("indexer").joinpath("data", LEXICON_FILE)
    return tomllib.loads(source.read_text(encoding="utf-8"))


def languages_of(name: str) -> tuple[str, ...]:
    """Return the ISO 639 codes of the languages that have a list of this name, in the order of the file."""
    return tuple(code for code, lists in _lexicon().items() if name in lists)


def _printed(name: str, language: str | None) -> list[str]:
    """Return the lists of this name, unsplit. Raises KeyError when there is none: a misspelt name must not pass."""
    codes = languages_of(name) if language is None else (language,)
    if not codes:
        raise KeyError(f"no list {name!r} in {LEXICON_FILE}")
    return [_lexicon()[code][name] for code in codes]


@cache
def word_list(name: str, language: str | None = None) -> frozenset[str]:
    """Return the words of a list as they are printed there; of every language, or of one.

    Raises KeyError when no language, or not this one, has such a list.
    """
    return frozenset(word for printed in _printed(name, language) for word in printed.split())


@cache
def phrase_list(name: str, language: str | None = None) -> frozenset[tuple[str, ...]]:
    """Return the phrases of a list that has one a line, each as the tuple of its words.

    Raises KeyError when no language, or not this one, has such a list.
    """
    lines = (line for printed in _printed(name, language) for line in printed.splitlines())
    return frozenset(tuple(line.split()) for line in lines if line.strip())
