"""Takes a copy of all that cannot be made anew of an instance, while others read and write, and brings it back."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from search.atomic_file import make_folder, sync_path
from search.errors import QuotesError, ReadError, StoreUnavailable
from search.files.links import refuse_links
from search.progress import Progress, silent
from search.settings import Settings
from search.storage.databases.lock import held
from search.storage.databases.sqlite_database import ARCHIVE_FILE, SqliteDatabase
from search.storage.migrate import newest_format
from search.storage.status import archive_is_lost
from search.storage.store import Store
from search.storage.upkeep.archive_faults import archive_faults
from search.storage.upkeep.backup_file import (
    KEPT_FOLDERS,
    PEOPLES_FILES,
    Manifest,
    manifest_of,
    read_members,
    write_members,
)

_PEOPLES_BYTES = 20_000_000  # of a file that people write by hand
_UNPACKED = (
    ".restoring-"  # how the names of folders begin in which a backup is unpacked, before anything is put in place
)


@dataclass(frozen=True, slots=True)
class BackupReport:
    """How much a backup holds; `corrections` are all, those that were taken back too, `bytes` is the size of its file."""

    documents: int
    quotes: int
    corrections: int
    bytes: int


def back_up(settings: Settings, path: Path, progress: Progress = silent) -> BackupReport:
    """Write a backup of an instance to `path`, and read it again; the file is there whole or not at all.

    The archive is that of one moment, whoever writes meanwhile.

    Raises:
        ReadError: `path` is there already or cannot be written to, or what was written cannot be read again.
        StoreUnavailable: there is no archive, or it is damaged.
    """
    folder = settings.instance
    _refuse_server(settings, "keep the server with pg_dump or pg_basebackup.")
    if archive_is_lost(folder) or not (folder / ARCHIVE_FILE).exists():
        raise StoreUnavailable(f"There is no archive in {folder}.")
    _refuse_existing(path)
    copy = path.with_name(f".{secrets.token_hex(8)}.sqlite3")  # never longer than a name may be
    packed = copy.with_suffix(".zip")
    try:
        with _said(path):
            refuse_links(folder)
            others = _other_files(folder)
            _refuse_endless(others, path.parent)
            # SQLite says of a folder that cannot be written to that the archive cannot be read.
            copy.touch(exist_ok=False)
            with closing(SqliteDatabase(folder / ARCHIVE_FILE)) as database:
                database.copy_to(copy)
            progress("copied", 1, 3)
            manifest, corrections = _checked_archive(copy, "The archive is damaged")
            sources = {ARCHIVE_FILE: copy, **others}
            with packed.open("xb") as file:
                write_members(file, sources, manifest)
                file.flush()
                os.fsync(file.fileno())
            progress("packed", 2, 3)
            written = read_members(packed)
            _refuse_existing(path)
            packed.rename(path)
            sync_path(path.parent)
    finally:
        for left in (copy, packed, *copy.parent.glob(f"{copy.name}-*")):
            with suppress(OSError):  # what was never made cannot be taken away
                left.unlink()
    return BackupReport(written.documents, written.quotes, corrections, path.stat().st_size)


def bring_back(settings: Settings, path: Path, progress: Progress = silent) -> BackupReport:
    """Put what a backup holds into an instance folder that has no archive, and make its index.

    All of it is checked before anything is put in place, the archive last of all: a run that is killed leaves a folder
    without an archive, and can be repeated.

    Raises:
        ReadError: the backup is damaged, or made by a newer version of this program.
        StoreUnavailable: the folder has an archive, or other files that the backup has otherwise.
    """
    folder = settings.instance
    _refuse_server(settings, "bring it back without QUOTES_ARCHIVE_URL, then `quotes copy --to` the server.")
    manifest = manifest_of(path)
    if manifest.format > newest_format():
        raise ReadError(
            f"{path} was made by a newer version of this program (format {manifest.format}; this one reads up to "
            f"{newest_format()}): use that version."
        )
    try:
        make_folder(folder)
    except OSError as error:
        raise StoreUnavailable(f"{folder} cannot be used as the instance folder: {error.strerror}.") from error
    refuse_links(folder)
    with held(folder / "lock", "quotes restore"):
        for left in folder.glob(f"{_UNPACKED}*"):
            shutil.rmtree(left, ignore_errors=True)
        _refuse_archive(folder)
        needed, free = sum(m.bytes for m in manifest.files.values()), shutil.disk_usage(folder).free
        if needed > free:
            raise StoreUnavailable(f"{needed:,} bytes are needed in {folder}, and {free:,} are free.")
        unpacked = folder / f"{_UNPACKED}{secrets.token_hex(4)}"
        try:
            with _said(folder):
                unpacked.mkdir()
                read_members(path, unpacked)
                progress("unpacked", 1, 3)
                found, corrections = _checked_archive(unpacked / ARCHIVE_FILE, f"{path} is damaged")
                if (found.documents, found.quotes, found.decisions) != (
                    manifest.documents, manifest.quotes, manifest.decisions,
                ):  # fmt: skip
                    raise ReadError(
                        f"{path} is damaged: it does not hold as much as it says. Nothing was brought back."
                    )
                _put_in_place(unpacked, folder, list(manifest.files))
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
    with Store(settings) as store:
        store.catch_up(progress)
    return BackupReport(found.documents, found.quotes, corrections, path.stat().st_size)


def _refuse_server(settings: Settings, advice: str) -> None:
    if settings.archive_url:
        raise StoreUnavailable(f"This archive is in PostgreSQL, and a backup is of one in a folder: {advice}")


def _put_in_place(unpacked: Path, folder: Path, names: list[str]) -> None:
    """Move what was unpacked to where it belongs, each file on the disk before its name leads to it, the archive last."""
    differing = [name for name in names if (folder / name).exists() and not _is_same(folder / name, unpacked / name)]
    if differing:
        raise StoreUnavailable(
            f"{folder} has another {differing[0]} than the backup: move it away, or choose another folder with --instance."
        )
    for name in sorted(names, key=lambda one: one == ARCHIVE_FILE):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        sync_path(unpacked / name)
        (unpacked / name).replace(target)
        sync_path(target.parent)


def _is_same(there: Path, unpacked: Path) -> bool:
    """Return whether a file is as the backup has it; what is no plain file is not read."""
    if not there.is_file() or there.stat().st_size != unpacked.stat().st_size:
        return False
    return there.read_bytes() == unpacked.read_bytes()


def _checked_archive(path: Path, sentence: str) -> tuple[Manifest, int]:
    """Return what an archive holds, and how many corrections, once it is known to be whole; it is of the newest format then."""
    with closing(SqliteDatabase(path)) as database:
        if fault := next(archive_faults(database), None):
            raise StoreUnavailable(f"{sentence}. {fault.fault} Nothing was written; `quotes doctor` says more.")
        counts = [database.value(f"SELECT count(*) FROM {table}") for table in ("documents", "quotes", "decisions")]
        # Not in the manifest, which an older version of this program would not read with one field more.
        corrections = int(database.value("SELECT count(*) FROM corrections"))
        # As an archive has it; a copy has the mode that SQLite begins with.
        database.value("PRAGMA journal_mode = WAL")
    return Manifest(newest_format(), datetime.now(UTC).isoformat(timespec="seconds"), *counts), corrections


def _other_files(folder: Path) -> dict[str, Path]:
    """Return what people wrote and what was fetched, by the names of a backup."""
    kept = (path for name in KEPT_FOLDERS for path in sorted((folder / name).rglob("*")))
    found = [*(folder / name for name in PEOPLES_FILES), *(path for path in kept if not path.name.startswith("."))]
    return {path.relative_to(folder).as_posix(): path for path in found if path.is_file() and not path.is_symlink()}


def _refuse_endless(files: Mapping[str, Path], target: Path) -> None:
    """Refuse files of which a stranger says that they have a terabyte, of which the disk holds nothing: to pack them takes hours."""
    sizes = {name: path.stat().st_size for name, path in files.items()}
    for name in PEOPLES_FILES:
        if sizes.get(name, 0) > _PEOPLES_BYTES:
            raise StoreUnavailable(
                f"{files[name]} is larger than {_PEOPLES_BYTES // 1_000_000} MB, which no such file is."
            )
    if (needed := sum(sizes.values())) > (free := shutil.disk_usage(target).free):
        raise StoreUnavailable(f"{needed:,} bytes are to be packed into {target}, and {free:,} are free.")


def _refuse_existing(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise ReadError(f"{path} is there already, and is not written over: choose another name.")


def _refuse_archive(folder: Path) -> None:
    # The files beside it, too: SQLite would take the log of another archive for that of this one.
    if there := sorted(folder.glob(f"{ARCHIVE_FILE}*")):
        raise StoreUnavailable(
            f"{folder} holds an archive already ({there[0].name}), which is not written over: move it away, or choose "
            "another folder with --instance."
        )


@contextmanager
def _said(where: Path) -> Iterator[None]:
    """Turn what the disk refuses into one sentence."""
    try:
        yield
    except QuotesError:
        raise
    except OSError as error:
        raise StoreUnavailable(f"{where} cannot be written: {error.strerror or error}. Nothing was changed.") from error
