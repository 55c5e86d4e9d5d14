"""Searches that are saved under a name, each with how far it has been followed: the file `watches.json` of an instance.

Only its owner can read it, since it holds the secrets by which receivers of webhooks know that a message is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Final

from search.storage.databases.record_file import RecordFile

SAVED_FILE: Final = "watches.json"


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


def saved_searches(folder: Path) -> RecordFile[SavedSearch]:
    """Return the file of saved searches of an instance."""
    return RecordFile(folder / SAVED_FILE, SavedSearch, attrgetter("name"), "saved searches")
