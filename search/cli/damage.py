"""What a command stumbled over where nothing of the kind was foreseen: a damaged archive is said, and not what it made of the code."""

from __future__ import annotations

from contextlib import closing
from typing import Final

from search.errors import StoreUnavailable
from search.settings import Settings

# What a value of another type, or a text that another program wrote, raises in the middle of the code that reads it.
MADE_BY_DAMAGE: Final = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError)


def refuse_damage(settings: Settings, error: Exception) -> None:
    """Raise StoreUnavailable, by the first fault that the doctor finds in the archive, where it has one; `error` is what happened.

    To ask each value for its type wherever it is read would take from each find what is needed once in an archive's life.
    """
    from search.storage.databases.opening import open_database
    from search.storage.databases.sqlite_database import ARCHIVE_FILE
    from search.storage.upkeep.archive_faults import archive_faults

    if not (settings.archive_url or (settings.instance / ARCHIVE_FILE).exists()):
        return  # it would be made
    with closing(open_database(settings)) as database:
        if fault := next(archive_faults(database), None):
            raise StoreUnavailable(
                f"The archive in {database.name} is damaged. {fault.fault} {fault.remedy}"
            ) from error
