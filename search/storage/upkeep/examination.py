"""Looks at all of an instance: what is wrong with it, and what to do about each."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from search.errors import ConfigError, DiskFull, ForeignFile, NotPermitted, SchemaMismatch, StoreError, StoreUnavailable
from search.files.links import refuse_links
from search.files.plain_file import open_plain_file, read_plain_file
from search.files.toml_file import read_toml
from search.names.alias_file import read_aliases
from search.plural import counted
from search.progress import Progress, silent
from search.settings import Settings
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.databases.lock import held
from search.storage.databases.opening import open_database
from search.storage.databases.sqlite_database import ARCHIVE_FILE
from search.storage.indexing.index_place import index_place
from search.storage.indexing.other_index import other_index_found
from search.storage.status import archive_is_lost
from search.storage.upkeep.archive_faults import archive_faults
from search.storage.upkeep.derived_faults import derived_faults, vector_faults
from search.storage.upkeep.fault import MAY_BE_WHOLE, PERMIT, RESTORE, Fault, index_fault, some_of

OUTLETS_FILE: Final = "outlets.toml"
_FILE_BYTES: Final = 20_000_000  # of a table of outlets, or a card of a page: more is none of ours
PAGES: Final = "pages"  # of an instance: the pages as they were fetched
_OTHER_VERSION: Final = "Nothing is wrong with it: open it with the version of this program that made it."
_MEND: Final = "Mend the file, or bring it back from a backup."


def examine(settings: Settings, progress: Progress = silent) -> Iterator[Fault]:
    """Yield what is wrong with an instance; nothing for one that is whole. It changes nothing, and others may read and write."""
    folder = settings.instance
    path = folder / ARCHIVE_FILE
    if not settings.archive_url and archive_is_lost(folder):
        yield Fault("archive", f"{path} is gone or empty, of which there is an index.", RESTORE)
        return
    if not settings.archive_url and not path.exists():
        yield Fault(
            "archive", f"There is none in {folder}.", "`quotes index` makes one, `quotes restore` brings one back."
        )
        return
    try:
        refuse_links(folder)
    except StoreUnavailable as error:
        yield Fault(
            "files", str(error), "Only plain files and folders belong there; a link may lead to the whole folder."
        )
        return
    is_written = _is_written(folder)
    yield from _file_faults(folder)
    try:
        database = open_database(settings)
    except StoreError as error:
        yield Fault("archive", str(error), _remedy_of(error))
        return
    with closing(database):
        faults = list(_guarded(archive_faults(database)))
        yield from faults
        if any(fault.part == "archive" for fault in faults):
            yield Fault("index", "It was not compared with the archive, which is damaged.", "Mend the archive first.")
            return
        yield from _guarded(_last_changes_faults(database))
        yield from _guarded(vector_faults(settings.instance / "semantic", database))
        yield from _guarded(_index_faults(settings, database, is_written=is_written, progress=progress))


def _last_changes_faults(database: Database) -> Iterator[Fault]:
    """Yield that an index had more than its archive: an answer says so once, and nothing shows it any more."""
    if (day := other_index_found(database)) is not None:
        yield Fault(
            "archive",
            f"On {day} its search index was not of it: an older copy had been restored, or the last changes been lost.",
            "If nobody restored a copy, index again what came last. `quotes rebuild` forgets this.",
        )


def _remedy_of(error: StoreError) -> str:
    """Return what to do with an archive that is not opened: a backup helps only where it is damaged."""
    if isinstance(error, ForeignFile):
        return "Move that file to where it belongs; if there was an archive in its place, bring it back from a backup with `quotes restore`."
    if isinstance(error, NotPermitted):
        return PERMIT
    if isinstance(error, DiskFull):
        return MAY_BE_WHOLE
    return _OTHER_VERSION if isinstance(error, SchemaMismatch) else RESTORE


def _guarded(faults: Iterator[Fault]) -> Iterator[Fault]:
    """Yield faults, and that the archive could not be read on as the last of them."""
    try:
        yield from faults
    except StoreUnavailable as error:
        yield Fault("archive", str(error), _remedy_of(error))


def _index_faults(settings: Settings, database: Database, *, is_written: bool, progress: Progress) -> Iterator[Fault]:
    index = index_place(settings)
    if not index.exists():
        if stored := Archive(database).count_quotes():
            yield Fault("index", f"There is none of {counted(stored, 'stored quote')}.", "Run `quotes status`.")
        return
    said: list[Fault] = []
    try:
        for fault in derived_faults(index, database, is_written=is_written, progress=progress):
            said.append(fault)
            yield fault
        if not is_written and (left := index.left_over()):
            what = f"{counted(len(left), 'index', 'indexes')} that nobody uses: {some_of(list(map(str, left)))}."
            yield Fault(
                "index",
                f"A rebuild that was killed left {what}",
                "The next command that writes removes them.",
            )
    except StoreUnavailable as error:
        # Which of the indexes are left over cannot be told for the same reason.
        if (fault := index_fault(error)) not in said:
            yield fault
    except PermissionError as error:
        yield Fault("index", f"{error.filename} cannot be read: {error.strerror}.", PERMIT)
    finally:
        index.close()


def _file_faults(folder: Path) -> Iterator[Fault]:
    """Yield what is wrong with the files that people write, and with pages as they were fetched."""
    try:
        read_aliases(folder)
    except ConfigError as error:
        yield Fault("files", str(error), _MEND)
    try:
        outlets = folder / OUTLETS_FILE
        if outlets.exists():
            read_toml(outlets, _FILE_BYTES)
    except (OSError, ValueError) as error:
        yield Fault("files", f"{outlets} cannot be understood: {error}.", _MEND)
    damaged = [path.relative_to(folder) for path in sorted(folder.glob(f"{PAGES}/*/*")) if not _is_whole(path)]
    if damaged:
        yield Fault(
            "files",
            f"{counted(len(damaged), 'page')} as fetched cannot be read: {some_of(damaged)}.",
            "Bring them back from a backup, or fetch their addresses again.",
        )


def _is_whole(page: Path) -> bool:
    try:
        if page.suffix == ".json":
            json.loads(read_plain_file(page, _FILE_BYTES))
        elif page.suffix == ".gz":
            with open_plain_file(page) as packed, gzip.open(packed) as file:
                while file.read(1 << 20):
                    pass
    except (OSError, EOFError, ValueError, RecursionError, zlib.error):
        return False
    return True


def _is_written(folder: Path) -> bool:
    """Return whether a run is writing to an instance; where none can, as on a read-only disk, none is."""
    lock = folder / "lock"
    try:
        # Who holds it is written in it; only what a killed run may have left is tried, since trying keeps others out.
        if not lock.stat().st_size:
            return False
        with held(lock, "quotes doctor"):
            return False
    except FileNotFoundError:
        return False
    except StoreUnavailable:
        return True
