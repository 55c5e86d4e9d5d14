"""Keys of the API: `api_keys.json` in the instance folder, with a hash of each, and how much its holder may ask."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from search.atomic_file import write_atomically
from search.errors import ConfigError, QueryError
from search.storage.databases.lock import held
from web.accounts.account_file import PRIVATE

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
        self._folder = folder
        self._path = folder / KEY_FILE
        self._known: tuple[tuple[int, int], Mapping[str, ApiKey]] | None = None

    def all(self) -> list[ApiKey]:
        """Return the keys in the order of their names. Raises ConfigError for a file that is none of keys."""
        return [key for _, key in sorted(self._read().items())]

    def holder(self, presented: str) -> ApiKey | None:
        """Return the key that somebody presents; None if it was never given out, or was taken back."""
        if len(presented) > _LONGEST_KEY:
            return None
        # 256 random bits need no slow hash: there is nothing to guess.
        hashed = _hash(presented)
        return next((key for key in self._read().values() if secrets.compare_digest(key.hash, hashed)), None)

    def add(self, name: str, per_minute: int) -> str:
        """Keep a new key for a name, and return it: it is kept nowhere. Raises QueryError for a name that has one, or is none."""
        name = " ".join(name.split())
        if not name or len(name) > _NAME_LENGTH or not name.isprintable():
            raise QueryError(f"A name has to be one line of at most {_NAME_LENGTH} characters.")
        presented = f"qk_{secrets.token_urlsafe(32)}"
        with self._changing() as keys:
            if name in keys:
                raise QueryError(f"{name!r} has a key already: remove it first, which ends it.")
            keys[name] = ApiKey(name, _hash(presented), per_minute, datetime.now(UTC).isoformat(timespec="seconds"))
        return presented

    def remove(self, name: str) -> bool:
        """Take a key back, at once; return whether there was one."""
        with self._changing() as keys:
            return keys.pop(" ".join(name.split()), None) is not None

    @contextmanager
    def _changing(self) -> Iterator[dict[str, ApiKey]]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with held(self._folder / "api_keys.lock", "quotes keys"):
            keys = dict(self._read())
            yield keys
            write_atomically(self._path, json.dumps([asdict(key) for key in keys.values()], indent=1) + "\n", PRIVATE)

    def _read(self) -> Mapping[str, ApiKey]:
        try:
            stat = self._path.stat()
        except OSError:
            return {}
        stamp = (stat.st_mtime_ns, stat.st_ino)
        known = self._known
        if known is None or known[0] != stamp:
            try:
                text = self._path.read_text(encoding="utf-8")
                known = (stamp, {row["name"]: ApiKey(**row) for row in json.loads(text or "[]")})
            except (OSError, ValueError, TypeError, KeyError) as error:
                raise ConfigError(f"{self._path} is no file of keys; move it away, and give out new ones.") from error
            self._known = known
        return known[1]


def _hash(presented: str) -> str:
    return hashlib.sha256(presented.encode("utf-8", "replace")).hexdigest()
