"""Remember that the index which was found was not of this archive, since the index that is made in its place no longer shows it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Final

from search.storage.database import Database

OTHER_INDEX: Final = (
    "The search index is not of this archive, of which an older copy may have been restored, or the last changes been lost: "
    "it is made anew."
)
_KEY: Final = "other_index_found"  # the day, "" once it is forgotten
_log: Final = logging.getLogger("quotes")


def note_other_index(database: Database) -> None:
    """Keep the day on which an index was not of this archive, and log it. Opens a transaction."""
    _log.warning(OTHER_INDEX)
    with database.transaction():
        database.set_meta(_KEY, f"{datetime.now(UTC):%Y-%m-%d}")


def other_index_found(database: Database) -> str | None:
    """Return the last day (ISO 8601, UTC) on which an index was not of this archive; None where none was, or it is forgotten."""
    return database.meta(_KEY) or None


def forget_other_index(database: Database) -> None:
    """Remove the day that was kept. Opens a transaction where there is something to forget."""
    if other_index_found(database):
        with database.transaction():
            database.set_meta(_KEY, "")
