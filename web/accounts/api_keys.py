"""Keys of the API: `api_keys.json` in the instance folder, with a hash of each, and how much its holder may ask."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Final

from search.errors import QueryError
from search.storage.databases.record_file import RecordFile

KEY_FILE: Final = "api_keys.json"
_NAME_LENGTH: Final = 100  # code points
_LONGEST_KEY: Final = 200  # characters that are looked at: a key has 46


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key that was given out: to whom, the SHA-256 of it, requests a minute, and when, UTC."""

    name: str
    hash: str
    per_minute: int
    added: str


class ApiKeys:
    """The keys of the instance in `folder`, read anew whenever the file changes."""

    def __init__(self, folder: Path) -> None:
        self._file = RecordFile(folder / KEY_FILE, ApiKey, attrgetter("name"), "keys")

    def all(self) -> list[ApiKey]:
        """Return the keys in the order of their names. Raises ConfigError for a file that is none of keys."""
        return [key for _, key in sorted(self._file.read().items())]

    def holder(self, presented: str) -> ApiKey | None:
        """Return the key that somebody presents; None if it was never given out, or was taken back."""
        if len(presented) > _LONGEST_KEY:
            return None
        # 256 random bits need no slow hash: there is nothing to guess.
        hashed = _hash(presented)
        return next((key for key in self._file.read().values() if key.hash == hashed), None)

    def add(self, name: str, per_minute: int) -> str:
        """Keep a new key for a name, and return it: it is kept nowhere. Raises QueryError for a name that has one, or is none."""
        name = " ".join(name.split())
        if not name or len(name) > _NAME_LENGTH or not name.isprintable():
            raise QueryError(f"A name has to be one line of at most {_NAME_LENGTH} characters.")
        presented = f"qk_{secrets.token_urlsafe(32)}"
        with self._file.changing("quotes keys") as keys:
            if name in keys:
                raise QueryError(f"{name!r} has a key already: remove it first, which ends it.")
            keys[name] = ApiKey(name, _hash(presented), per_minute, datetime.now(UTC).isoformat(timespec="seconds"))
        return presented

    def remove(self, name: str) -> bool:
        """Take a key back, at once; return whether there was one."""
        with self._file.changing("quotes keys") as keys:
            return keys.pop(" ".join(name.split()), None) is not None


def _hash(presented: str) -> str:
    return hashlib.sha256(presented.encode("utf-8", "replace")).hexdigest()
