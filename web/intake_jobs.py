"""What people add in the browser: read in the background, one job after another, each with a file that says how far it is.

The file outlives the page that is reloaded, and the server that is stopped: a job that was interrupted says so, and goes on
where it stopped when somebody asks for it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import queue
import re
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import IO, Any, Final, Protocol

from indexer.intake import IntakeProgress, IntakeRequest, take_in
from search.atomic_file import write_atomically
from search.errors import QueryError, QuoteNotFound, QuotesError
from search.files.plain_file import read_plain_file
from search.message import Message
from search.settings import Settings
from search.storage.store import Store
from search.text.folding import normal_form
from web.language.formats import comma_list
from web.language.messages import ngettext

JOB_FOLDER: Final = "jobs"
UPLOAD_FOLDER: Final = "uploads"
MOST_FILES: Final = 200  # of one job; the command takes folders
MOST_ADDRESSES: Final = 500
_JOB_BYTES: Final = 20_000_000  # of a job's file: 500 addresses, and 1,000 sentences of what was skipped
SKIPS_KEPT: Final = 1_000  # of one job, each a sentence; the number of all is kept
WAITING_JOBS: Final = 20
NAME_BYTES: Final = 150  # of a file's name on disk, of 255 that there may be
WRITES_APART: Final = 0.5  # seconds between two words on how far a job is
CLOSE_SECONDS: Final = 30.0  # in which the documents that are being read are stored
ENDED: Final = ("done", "stopped", "failed", "interrupted")
_ID: Final = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")
_log: Final = logging.getLogger("quotes")


class Upload(Protocol):
    """A file as a form sends it."""

    filename: str | None

    def save(self, dst: Any) -> None:
        """Write its bytes."""

    def close(self) -> None:
        """Let go of the file that its bytes came in."""


@dataclass(frozen=True, slots=True)
class IntakeJob:
    """Something that was asked to be read, and how far it is.

    state     waiting, running, done, stopped, failed or interrupted
    skipped   (place, reason) of what was not read, at most `SKIPS_KEPT`; `skips` counts all
    waiting   for whom it waits who is writing now; `trouble` is why it failed
    """

    id: str
    person: str
    asked: str
    request: IntakeRequest
    state: str = "waiting"
    ended: str = ""
    documents: int = 0
    quotes: int = 0
    unchanged: int = 0
    deleted: int = 0
    skips: int = 0
    skipped: tuple[tuple[str, str], ...] = field(default=())
    waiting: str = ""
    trouble: str = ""

    @property
    def has_ended(self) -> bool:
        """Return whether nothing will change any more unless somebody asks for it."""
        return self.state in ENDED


class IntakeJobs:
    """The jobs of one instance, and the thread that does those of this process."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings, self._store = settings, store
        self._folder = settings.instance / JOB_FOLDER
        self._queue: queue.Queue[str | None] = queue.Queue()
        self._mine: dict[str, IO[str]] = {}  # locks of jobs that are waiting or running here
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def close(self) -> None:
        """End the job that is being done, as interrupted, and take no other: the store is closed next."""
        with self._lock:
            self._is_closed = True
            self._queue.put(None)
            thread = self._thread
        if thread is not None:
            thread.join(CLOSE_SECONDS)

    def submit(self, person: str, addresses: Sequence[str], feeds: Sequence[str], uploads: Sequence[Upload]) -> str:
        """Keep the files, and read them and the addresses as soon as it is their turn; returns the id of the job.

        Raises:
            QueryError: there is nothing to read, or more than one job takes.
        """
        uploads = [upload for upload in uploads if upload.filename]
        if not (addresses or feeds or uploads):
            raise QueryError(Message("There is nothing to add: choose files, or type addresses."))
        if len(uploads) > MOST_FILES or len(addresses) + len(feeds) > MOST_ADDRESSES:
            raise QueryError(
                Message(
                    "At most %(files)s files and %(addresses)s addresses are read at once; `quotes index` takes any number.",
                    files=MOST_FILES,
                    addresses=MOST_ADDRESSES,
                )
            )
        now = datetime.now(UTC)
        id_ = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
        folder = self._settings.instance / UPLOAD_FOLDER / id_
        paths = []
        for upload in uploads:
            folder.mkdir(parents=True, exist_ok=True)
            names = chain([""], (f"{number}-" for number in count(2)))
            path = next(
                path for before in names if not (path := folder / kept_name(before + _last_part(upload))).exists()
            )
            upload.save(path)
            upload.close()
            paths.append(str(path))
        request = IntakeRequest(tuple(paths), tuple(addresses), tuple(feeds))
        self._begin(IntakeJob(id_, person, now.isoformat(timespec="seconds"), request))
        return id_

    def go_on(self, job_id: str) -> None:
        """Read on where a job ended before it was done: what was stored is not read again.

        Raises:
            QuoteNotFound: there is no such job.
            QueryError: it has not ended, or is done.
        """
        job = self.get(job_id)
        if not job.has_ended or job.state == "done":
            raise QueryError(Message("This job has nothing left to do."))
        self._begin(IntakeJob(job.id, job.person, job.asked, job.request))

    def stop(self, job_id: str) -> None:
        """Let a job end after the documents that it is at, whichever process does it."""
        self._stop_file(job_id).touch()

    def get(self, job_id: str) -> IntakeJob:
        """Return a job as it is now. Raises QuoteNotFound where there is none of that id, or its file is damaged."""
        path = self._folder / f"{job_id}.json"
        try:
            if not _ID.fullmatch(job_id):
                raise FileNotFoundError(job_id)
            row = json.loads(read_plain_file(path, _JOB_BYTES))
            request = IntakeRequest(**{name: tuple(paths) for name, paths in row.pop("request").items()})
            skipped = tuple((place, reason) for place, reason in row.pop("skipped"))
            job = IntakeJob(request=request, skipped=skipped, **row)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise QuoteNotFound(Message("There is no such job in this archive.")) from error
        return job if job.has_ended or self._is_held(job_id) else replace(job, state="interrupted")

    def latest(self, limit: int) -> list[IntakeJob]:
        """Return the last `limit` jobs, the newest first."""
        names = sorted((path.stem for path in self._folder.glob("*.json")), reverse=True)
        found = []
        for name in names[:limit]:
            with contextlib.suppress(QuoteNotFound):
                found.append(self.get(name))
        return found

    # -- inside

    def _begin(self, job: IntakeJob) -> None:
        with self._lock:
            if self._is_closed or len(self._mine) >= WAITING_JOBS:
                raise QueryError(Message("Too many jobs are waiting already: try again when some are done."))
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = (self._folder / f"{job.id}.lock").open("w", encoding="ascii")
            try:
                # Dies with its process, so that an interrupted job is known as such.
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                lock.close()
                raise QueryError(Message("This job is running.")) from error
            self._mine[job.id] = lock
            self._stop_file(job.id).unlink(missing_ok=True)
            self._write(job)
            self._queue.put(job.id)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="intake", daemon=True)
                self._thread.start()

    def _stop_file(self, job_id: str) -> Path:
        """The file that is there once somebody wants a job to end."""
        return self._folder / f"{job_id}.stop"

    def _is_held(self, job_id: str) -> bool:
        if job_id in self._mine:
            return True
        try:
            with (self._folder / f"{job_id}.lock").open(encoding="ascii") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

    def _work(self) -> None:
        while (job_id := self._queue.get()) is not None and not self._is_closed:
            try:
                self._do(self.get(job_id))
            except Exception:
                # Nobody is there to be told but the log: the next job must be done all the same.
                _log.exception("A job could not be done: %s", job_id)
            finally:
                self._mine.pop(job_id).close()

    def _do(self, job: IntakeJob) -> None:
        running = replace(job, state="running")
        self._write(running)
        written = time.monotonic()

        def report(progress: IntakeProgress) -> bool:
            nonlocal running, written
            running = _with_progress(running, progress)
            if time.monotonic() - written > WRITES_APART:
                written = time.monotonic()
                self._write(running)
            return not self._is_closed and not self._stop_file(job.id).exists()

        state, trouble = "failed", str(Message("Something went wrong on our side; the server’s log says what."))
        try:
            running = _with_progress(running, take_in(job.request, self._settings, self._store, report))
            state = "interrupted" if self._is_closed else "stopped" if self._stop_file(job.id).exists() else "done"
            trouble = ""
        except QuotesError as error:
            trouble = str(error)
        finally:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self._write(replace(running, state=state, trouble=trouble, waiting="", ended=now))

    def _write(self, job: IntakeJob) -> None:
        write_atomically(self._folder / f"{job.id}.json", json.dumps(asdict(job), ensure_ascii=False))


def _last_part(upload: Upload) -> str:
    return (upload.filename or "").replace("\\", "/").rpartition("/")[2]


def kept_name(given: str) -> str:
    """Return a name under which an uploaded file can be kept: no folder, no control, no beginning dot, not too long.

    Its ending stays, by which its reader is chosen.
    """
    name = normal_form("NFC", given.replace("\\", "/").rpartition("/")[2])
    name = "".join(c for c in name if c.isprintable()).strip().lstrip(".-")
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if dot and len(ending) < 12 else (name, "")
    room = NAME_BYTES - len(ending.encode("utf-8", "replace"))
    return (stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") or "document") + ending


def job_summary(job: IntakeJob) -> str:
    """Return what a job has read so far, in half a sentence."""
    parts = [
        ngettext("%(num)s new document", "%(num)s new documents", job.documents),
        ngettext("%(num)s quote", "%(num)s quotes", job.quotes),
    ]
    if job.unchanged:
        parts.append(ngettext("%(num)s known already", "%(num)s known already", job.unchanged))
    if job.deleted:
        parts.append(
            ngettext("%(num)s deleted before and left out", "%(num)s deleted before and left out", job.deleted)
        )
    if job.skips:
        parts.append(ngettext("%(num)s skipped", "%(num)s skipped", job.skips))
    return comma_list(parts)


def _with_progress(job: IntakeJob, progress: IntakeProgress) -> IntakeJob:
    return replace(
        job,
        documents=progress.documents,
        quotes=progress.quotes,
        unchanged=progress.unchanged,
        deleted=progress.deleted,
        skips=len(progress.skipped),
        skipped=tuple(_places(progress)),
        waiting=progress.waiting,
    )


def _places(progress: IntakeProgress) -> Iterator[tuple[str, str]]:
    for skip in progress.skipped[:SKIPS_KEPT]:
        # Of an uploaded file its name alone: where this instance lies is nobody's concern.
        place = skip.path.rpartition("/")[2] if f"/{UPLOAD_FOLDER}/" in skip.path else skip.path
        yield place, skip.reason
