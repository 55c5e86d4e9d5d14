"""Which database the archive of an instance is in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from search.errors import ConfigError
from search.settings import Settings
from search.storage.database import Database
from search.storage.databases.sqlite_database import ARCHIVE_FILE, SqliteDatabase

_SCHEMES: Final = ("postgresql://", "postgres://")


def open_database(settings: Settings) -> Database:
    """Open the archive of an instance: the server that the setting `archive_url` names, else the file in its folder.

    Raises:
        ConfigError: the setting names no PostgreSQL, or the extra for it is not installed.
        SchemaMismatch, StoreUnavailable: as the database itself.
    """
    if not settings.archive_url:
        return SqliteDatabase(settings.instance / ARCHIVE_FILE)
    return open_postgresql(settings.archive_url, settings.instance)


def open_postgresql(url: str, folder: Path | None = None) -> Database:
    """Open the archive in a server; where the instance in `folder` has an index, an archive has to be there already."""
    if not url.startswith(_SCHEMES):
        raise ConfigError("archive_url is no address of PostgreSQL: write it as postgresql://user@host/database.")
    try:
        from search.storage.databases.postgresql_database import PostgresqlDatabase
    except ImportError as error:
        raise ConfigError("An archive in PostgreSQL needs the extra: pip install 'quotes-engine[postgres]'.") from error
    return PostgresqlDatabase(url, may_be_new=folder is None or not (folder / "index").is_dir())
