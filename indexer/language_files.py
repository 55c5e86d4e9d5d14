"""Read what the program knows of each language: one file a language, `indexer/data/languages/<ISO 639 code>.toml`.

To add a language, write its file; every table may be missing. A file has

    [grammar]    how its sentences are printed
        speech_after_dash    true where a dash at the head of a paragraph opens speech
        words_before_cue     may stand between that dash or a comma and the verb of saying: "se ptá", "a déclaré"
        neighbours           languages that a short text of this one may be taken for
    [words]      lists that count in a text of whatever language, by the names that `indexer.word_lists` asks for; those that
                 begin with `caseless_` are read for scripts without capitals alone (`indexer/attribution/caseless/`)
    [reporting]  how its clauses say who speaks: verbs, articles, pronouns, roles; see `indexer/attribution/reporting/grammar.py`
    [denials]    how the language says that words were not said; see `indexer/attribution/clauses/denials.py`

`mul.toml` has what is of no one language, as the particles inside a name; first names stand in `search/data/given_names.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES_FOLDER = "languages"


@cache
def language_codes() -> tuple[str, ...]:
    """Return the codes of all languages that have a file, English first and the others by the alphabet."""
    folder = files("indexer").joinpath("data", LANGUAGES_FOLDER)
    codes = sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml"))
    return tuple(sorted(codes, key=lambda code: code != "en"))


@cache
def language_table(code: str, table: str) -> dict[str, Any]:
    """Return one table of a language's file, empty when the file has none. Raises FileNotFoundError for no file."""
    source = files("indexer").joinpath("data", LANGUAGES_FOLDER, f"{code}.toml")
    found: dict[str, Any] = _parsed(source.read_text(encoding="utf-8")).get(table, {})
    return found


@cache
def _parsed(text: str) -> dict[str, Any]:
    return tomllib.loads(text)
