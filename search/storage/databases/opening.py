"""Which database the archive of an instance is in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from search.errors import ConfigError, StoreUnavailable
from search.files.links import refuse_links
from search.settings import Settings
from search.storage.database import Database
from search.storage.databases.sqlite_database import ARCHIVE_FILE, SqliteDatabase

COPYING: Final = "copying"  # of `meta`: what an archive is the unfinished copy of
_SCHEMES: Final = ("postgresql://", "postgres://")


def is_server(place: str) -> bool:
    """Return whether a place is the address of a PostgreSQL, and not a folder."""
    return place.startswith(_SCHEMES)


def open_database(settings: Settings, *, is_copy: bool = False) -> Database:
    """Open the archive of an instance: the server that the setting `archive_url` names, else the file in its folder.

    Whoever writes a copy (`is_copy`) may open one that is not whole yet, or an empty one beside an index.

    Raises:
        ConfigError: the setting names no PostgreSQL, or the extra for it is not installed.
        SchemaMismatch: as the database itself.
        StoreUnavailable: as the database itself, or a part of the folder is a symbolic link.
    """
    refuse_links(settings.instance)
    if not settings.archive_url:
        opened: Database = SqliteDatabase(settings.instance / ARCHIVE_FILE)
    else:
        opened = open_postgresql(settings.archive_url, None if is_copy else settings.instance)
    if not is_copy and (source := opened.meta(COPYING)) is not None:
        opened.close()
        raise StoreUnavailable(
            f"{opened.name} is a copy of {source} that is not whole yet: run the same `quotes copy` again, which goes on with it."
        )
    return opened


def open_postgresql(url: str, folder: Path | None = None) -> Database:
    """Open the archive in a server; where the instance in `folder` has an index, an archive has to be there already."""
    if not is_server(url):
        raise ConfigError("archive_url is no address of PostgreSQL: write it as postgresql://user@host/database.")
    try:
        from search.storage.databases.postgresql_database import PostgresqlDatabase
    except ImportError as error:
        raise ConfigError("An archive in PostgreSQL needs the extra: pip install 'quotes-engine[postgres]'.") from error
    return PostgresqlDatabase(url, may_be_new=folder is None or not (folder / "index").is_dir())
