"""Read and write `speakers.toml` in the instance folder: what a person has decided about who is who.

It is read again as soon as it changes, and keeps a person's comments:

    [[speaker]]
    name = "Mohammad Javad Zarif"
    aliases = ["FM Zarif", "M. J. Zarif"]

    [[apart]]
    names = ["Ann Lee", "A. Lee"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import tomlkit
import tomlkit.exceptions

from search.atomic_file import write_atomically
from search.errors import ConfigError, QueryError
from search.names.person_name import folded_name

ALIAS_FILE: Final = "speakers.toml"
_HEADER: Final = "# Who is who. Edit it by hand or with `quotes speakers`; it is read anew whenever it changes.\n"


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
        for alias in [name, *entry.get("aliases", [])]:
            aliases[folded_name(_text(alias, folder))] = name
    apart = [
        frozenset(folded_name(_text(name, folder)) for name in entry.get("names", []))
        for entry in _entries(document, "apart", folder)
    ]
    return AliasFile(aliases, tuple(apart))


def merge(folder: Path, name: str, aliases: Iterable[str]) -> None:
    """Write down that `aliases` all mean `name`.

    Raises:
        ConfigError: the file cannot be understood.
    """
    document = _parsed(folder / ALIAS_FILE)
    _merge(document, name, aliases)
    write_atomically(folder / ALIAS_FILE, tomlkit.dumps(document))


def split(folder: Path, names: Sequence[str]) -> None:
    """Write down that `names` are different people; once, however often it is said.

    Raises:
        QueryError: there are not two different names.
        ConfigError: the file cannot be understood.
    """
    different = list(dict.fromkeys(names))
    if len(different) < 2:
        raise QueryError("Two different names are needed to tell people apart.")
    document = _parsed(folder / ALIAS_FILE)
    for entry in document.get("speaker", []):
        if entry.get("name") in different:
            kept = [alias for alias in entry.get("aliases", []) if alias not in different]
            if kept != list(entry.get("aliases", [])):
                entry["aliases"] = kept
    if not any(set(different) <= set(entry.get("names", [])) for entry in document.get("apart", [])):
        entry = tomlkit.table()
        entry["names"] = different
        _tables(document, "apart").append(entry)
    write_atomically(folder / ALIAS_FILE, tomlkit.dumps(document))


def rename(folder: Path, old: str, new: str, names: Iterable[str]) -> None:
    """Write down that the speaker called `old`, with all its `names`, is to be called `new`.

    In one write: a run that is killed leaves the file as it was or as it is to be.

    Raises:
        ConfigError: the file cannot be understood.
    """
    document = _parsed(folder / ALIAS_FILE)
    entries = document.get("speaker", [])
    aliases = [alias for entry in entries if entry.get("name") == old for alias in entry.get("aliases", [])]
    if any(entry.get("name") == old for entry in entries):
        _keep(document, "speaker", [entry for entry in entries if entry.get("name") != old])
    _merge(document, new, [old, *aliases, *names])
    write_atomically(folder / ALIAS_FILE, tomlkit.dumps(document))


def _merge(document: tomlkit.TOMLDocument, name: str, aliases: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(alias for alias in aliases if alias != name))
    for entry in document.get("speaker", []):
        others = [alias for alias in entry.get("aliases", []) if alias not in wanted]
        if entry.get("name") != name and others != list(entry.get("aliases", [])):
            entry["aliases"] = others
    entry = next((e for e in document.get("speaker", []) if e.get("name") == name), None)
    if entry is None:
        entry = tomlkit.table()
        entry["name"] = name
        entry["aliases"] = []
        _tables(document, "speaker").append(entry)
    own = list(entry.get("aliases", []))
    entry["aliases"] = [*own, *(alias for alias in wanted if alias not in own)]
    _drop_apart(document, {name, *wanted})


def _drop_apart(document: tomlkit.TOMLDocument, joined_names: set[str]) -> None:
    """A later decision to put names together undoes an earlier one to keep them apart."""
    kept = [entry for entry in document.get("apart", []) if not len(joined_names & set(entry.get("names", []))) > 1]
    if len(kept) != len(document.get("apart", [])):
        _keep(document, "apart", kept)


def _keep(document: tomlkit.TOMLDocument, key: str, entries: Sequence[Any]) -> None:
    """Leave only these tables; with none left, not even the key, which TOML could only write as an empty array."""
    document.remove(key)
    for entry in entries:
        _tables(document, key).append(entry)


def _tables(document: tomlkit.TOMLDocument, key: str) -> Any:
    if key not in document:
        document[key] = tomlkit.aot()
    return document[key]


def _entries(document: tomlkit.TOMLDocument, key: str, folder: Path) -> Sequence[Any]:
    entries = document.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise ConfigError(f"{folder / ALIAS_FILE}: `{key}` has to be tables, each under [[{key}]].")
    return entries


def _parsed(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return tomlkit.parse(_HEADER)
    except (tomlkit.exceptions.TOMLKitError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path} cannot be understood: {error}. Mend the file, or move it away.") from error


def _text(value: object, folder: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(f"{folder / ALIAS_FILE}: every name has to be a text that is not empty.")
    return value
