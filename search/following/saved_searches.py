"""Searches that are saved under a name, each with how far it has been followed: the file `watches.json` of an instance.

Only its owner can read it, since it holds the secrets by which receivers of webhooks know that a message is ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from search.atomic_file import write_atomically
from search.errors import ConfigError
from search.storage.databases.lock import held

SAVED_FILE: Final = "watches.json"
_PRIVATE: Final = 0o600  # its owner alone may read and write it
_LOCK_FILE: Final = "watches.lock"
_MOST_BYTES: Final = 5_000_000  # a file of some thousand searches has one


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name, what is done with news of it, and the number of the newest quote that it has told of.

    command   run with the news on its standard input; empty for none
    webhook   the address that news are sent to, signed with `secret`; empty for none
    """

    name: str
    query: str
    command: str = ""
    webhook: str = ""
    secret: str = ""
    seen: int = 0


@contextmanager
def saved_searches(folder: Path, purpose: str) -> Iterator[dict[str, SavedSearch]]:
    """Give the saved searches of an instance by name, for one run at a time; what is changed in them is kept at the end.

    Raises:
        ConfigError: the file is not one of saved searches.
        StoreUnavailable: another run has them, or the folder cannot be written to.
    """
    with held(folder / _LOCK_FILE, purpose):
        searches = read_saved_searches(folder)
        before = dict(searches)
        try:
            yield searches
        finally:
            if searches != before:
                write_saved_searches(folder, searches)


def read_saved_searches(folder: Path) -> dict[str, SavedSearch]:
    """Return the saved searches of an instance by name. Raises ConfigError where the file is not one of saved searches."""
    path = folder / SAVED_FILE
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError
        rows = json.loads(path.read_text(encoding="utf-8") or "[]")
        return {search.name: search for search in map(_saved_search, rows)}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, RecursionError) as error:
        raise ConfigError(f"{path} is no file of saved searches: mend it, or move it away.") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error


def write_saved_searches(folder: Path, searches: Mapping[str, SavedSearch]) -> None:
    """Write the saved searches of an instance, all of them or none. Raises ConfigError where they cannot be written."""
    path = folder / SAVED_FILE
    rows = [asdict(search) for search in searches.values()]
    try:
        write_atomically(path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n", _PRIVATE)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}.") from error


def _saved_search(row: Any) -> SavedSearch:
    """Return the search of a row. Raises ValueError or TypeError for what is none."""
    search = SavedSearch(**row)
    for field in fields(SavedSearch):
        if type(getattr(search, field.name)) is not (int if field.name == "seen" else str):
            raise ValueError(field.name)
    return search
