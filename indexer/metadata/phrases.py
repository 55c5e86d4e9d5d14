"""Word lists of indexer/data as compiled patterns: TOML files of phrases, one a line, by topic and language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files


def compile_phrases(
    file: str, topic: str, before: str = "", after: str = "", flags: re.RegexFlag = re.IGNORECASE
) -> re.Pattern[str]:
    """Return one pattern for any phrase of a topic, in all languages, between the patterns `before` and `after`.

    `file` is the name of a table in indexer/data, without its ending. A phrase is a regular expression; <name> in it stands
    for any phrase of that other topic.
    """
    return re.compile(f"{before}(?:{_alternatives(file, topic)}){after}", flags)


def phrases(file: str, topic: str) -> tuple[str, ...]:
    """Return the phrases of a topic as they stand in their file, all languages one after another."""
    return tuple(phrase for listed in _table(file)[topic].values() for phrase in listed)


def _alternatives(file: str, topic: str) -> str:
    return "|".join(
        _PLACEHOLDER.sub(lambda name: f"(?:{_alternatives(file, name[1])})", p) for p in phrases(file, topic)
    )


# Not the name of a group, as in (?P<name>...).
_PLACEHOLDER = re.compile(r"(?<!P)<([a-z]+)>")


@cache
def _table(file: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads((files("indexer") / "data" / f"{file}.toml").read_text("utf-8"))
