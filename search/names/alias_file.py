"""Read `speakers.toml` in the instance folder: what a person wrote down by hand about who is who.

It is read again as soon as it changes. Corrections of names (`search.corrections.decided_names`) count on top of it.

    [[speaker]]
    name = "Mohammad Javad Zarif"
    aliases = ["FM Zarif", "M. J. Zarif"]

    [[apart]]
    names = ["Ann Lee", "A. Lee"]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from search.errors import ConfigError
from search.files.toml_file import read_toml
from search.names.person_name import folded_name

ALIAS_FILE: Final = "speakers.toml"
_MOST_BYTES: Final = 20_000_000  # of an alias file: 200,000 people


@dataclass(frozen=True, slots=True)
class AliasFile:
    """What a person has decided: names and their aliases, and names that are different people."""

    aliases: Mapping[str, str] = field(default_factory=dict)  # folded alias -> name
    apart: tuple[frozenset[str], ...] = ()  # folded names


def read_aliases(folder: Path) -> AliasFile:
    """Return the decisions of an instance; none where it has no alias file.

    Raises:
        ConfigError: the file cannot be understood; the message names it.
    """
    document = _parsed(folder / ALIAS_FILE)
    aliases: dict[str, str] = {}
    for entry in _entries(document, "speaker", folder):
        name = _text(entry.get("name"), folder)
        for alias in [name, *_texts(entry, "aliases", folder)]:
            aliases[folded_name(alias)] = name
    apart = [
        frozenset(folded_name(name) for name in _texts(entry, "names", folder))
        for entry in _entries(document, "apart", folder)
    ]
    return AliasFile(aliases, tuple(apart))


def file_changed(folder: Path) -> int:
    """Return when the alias file of an instance was last changed, in nanoseconds; 0 where it has none."""
    try:
        return (folder / ALIAS_FILE).stat().st_mtime_ns
    except OSError:
        return 0


def _entries(document: Mapping[str, Any], key: str, folder: Path) -> Sequence[Any]:
    entries = document.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise ConfigError(f"{folder / ALIAS_FILE}: `{key}` has to be tables, each under [[{key}]].")
    return entries


def _parsed(path: Path) -> Mapping[str, Any]:
    try:
        return read_toml(path, _MOST_BYTES)
    except FileNotFoundError:
        return {}
    except (ValueError, OSError) as error:
        raise ConfigError(f"{path} cannot be understood: {error}. Mend the file, or move it away.") from error


def _texts(entry: Mapping[str, Any], key: str, folder: Path) -> list[str]:
    values = entry.get(key, [])
    if not isinstance(values, list):
        raise ConfigError(f"{folder / ALIAS_FILE}: `{key}` has to be a list of names.")
    return [_text(value, folder) for value in values]


def _text(value: object, folder: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(f"{folder / ALIAS_FILE}: every name has to be a text that is not empty.")
    return value
