"""The people of an authority file: their names in all scripts, ids, and offices with the days on which they held them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Office:
    """An office that somebody held, `[start, end)` in ISO days or years; None where it is not known, or goes on."""

    role: str
    place: str = ""
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """What one entry of a file says of somebody: `id` is the QID where there is one, else the file's own."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()


class Authority(Protocol):
    """What is asked of an authority that was imported."""

    def ids_of(self, name: str) -> frozenset[str]:
        """Return the ids of those whom it calls by a name, case and accents aside."""

    def names_of(self, id_: str) -> list[str]:
        """Return all names of an id."""
