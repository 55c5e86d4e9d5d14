"""Read the word lists, the table `[words]` of each language's file in `indexer/data/languages/`.

Every list is asked for by its name and is the union over the languages unless one is named: an article of one language
quotes papers and titles of another.
"""

from __future__ import annotations

from functools import cache

from indexer.language_files import language_codes, language_table


def languages_of(name: str) -> tuple[str, ...]:
    """Return the ISO 639 codes of the languages that have a list of this name."""
    return tuple(code for code in language_codes() if name in language_table(code, "words"))


def _printed(name: str, language: str | None) -> list[str]:
    """Return the lists of this name, unsplit. Raises KeyError when there is none: a misspelt name must not pass."""
    codes = languages_of(name) if language is None else (language,)
    if not codes:
        raise KeyError(f"no list {name!r} in any language")
    return [language_table(code, "words")[name] for code in codes]


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


@cache
def joined_phrases(name: str) -> frozenset[str]:
    """Return the phrases of a list that has one a line, of every language, each as its words with a blank between them.

    Raises KeyError when no language has such a list.
    """
    return frozenset(map(" ".join, phrase_list(name)))


@cache
def longest_first(name: str, language: str) -> tuple[str, ...]:
    """Return the words of a list of one language, the longest first, as a pattern of alternatives wants them.

    Raises KeyError when the language has no such list.
    """
    return tuple(sorted(word_list(name, language), key=lambda word: (-len(word), word)))
