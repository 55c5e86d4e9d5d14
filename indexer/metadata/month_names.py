"""The number of a month by its printed name, in some forty languages; where two languages disagree, None."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from search.text.folding import normal_form

# Letters from which on the beginning of a name counts as short for it ("Sept", "Janv").
_MIN_PREFIX = 3
# Of three letters or less, only the short forms of these count in a text of unknown language: "pro" is December in Czech,
# "tem" July in Turkish.
_SHORT_FORMS_COUNT = frozenset(("en", "de", "fr", "es", "it", "pt", "nl", "ru", "ar", "fa"))


def month_number(word: str, language: str | None = None) -> int | None:
    """Return 1 to 12 for a month's name or a clear beginning of one; None when it is none, or not the same everywhere.

    `language` (ISO 639-1) decides between languages: "listopada" is October in Croatian and November in Polish.
    """
    word = normal_form("NFC", word.casefold())
    own = _by_language().get(language or "", {}).get(word)
    if own is not None:
        return own
    months = _by_word().get(word, frozenset())
    return next(iter(months)) if len(months) == 1 else None


def jalali_month_number(word: str) -> int | None:
    """Return 1 to 12 for a month of the Persian solar calendar, Farvardin first; None when it is none."""
    return _by_language()["jalali"].get(word)


@cache
def _by_language() -> Mapping[str, Mapping[str, int]]:
    tables: dict[str, dict[str, int]] = {}
    for language, number, word in _names():
        tables.setdefault(language, {})[word] = number
    return tables


@cache
def _by_word() -> Mapping[str, frozenset[int]]:
    """Return the months that a word may mean in any language; a whole name goes before the beginning of another."""
    whole: dict[str, set[int]] = {}
    begun: dict[str, set[int]] = {}
    for language, number, word in _names():
        if language == "jalali":
            continue
        if len(word) > _MIN_PREFIX or language in _SHORT_FORMS_COUNT:
            whole.setdefault(word, set()).add(number)
        shortest = _MIN_PREFIX if language in _SHORT_FORMS_COUNT else _MIN_PREFIX + 1
        for length in range(shortest, len(word)):
            begun.setdefault(word[:length], set()).add(number)
    return {word: frozenset(months) for word, months in (begun | whole).items()}


def _names() -> Iterator[tuple[str, int, str]]:
    """Yield language, number of the month, and a form of its name."""
    folder = files("indexer") / "data"
    for language, months in tomllib.loads((folder / "month_names.toml").read_text("utf-8")).items():
        for number, forms in enumerate(months, 1):
            yield from ((language, number, word) for word in forms.split())
    for language, extra in tomllib.loads((folder / "month_names_extra.toml").read_text("utf-8")).items():
        for number, forms in extra.items():
            words = normal_form("NFC", forms).split()
            yield from ((language, int(number), word) for word in words)
