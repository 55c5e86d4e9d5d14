"""Vectors of what came (the setting `semantic`), without anybody's asking: at once where that is soon done, else in the background.

In the background means by `quotes embed` in a process of its own, of low priority, so that neither a reader's answer nor the
next run waits for it. One such process works at a time, and the next goes on where one was ended.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from search.cli import complain
from search.errors import StoreUnavailable
from search.plural import counted
from search.progress import Progress, silent

if TYPE_CHECKING:
    from search.storage.store import Store

WAITED_SECONDS: Final = (
    5.0  # for vectors at the end of a run: some 3,000 quotes of the fast languages, 200 of the others
)
WATCH_SECONDS: Final = 10.0  # between two looks of a server at what came
_NICE: Final = 10  # how much a process in the background gives way, as nice(1) does by default
_COMMAND: Final = "from search.cli import quotes; quotes()"


def embed_what_came(store: Store, progress: Progress = silent) -> None:
    """Make the vectors that are missing for some seconds, and the rest in the background; nothing where the setting is off.

    A sentence on standard error says that there is a rest.
    """
    if not store.vectors.behind():
        return
    try:
        store.vectors.embed(progress, wait=False, seconds=WAITED_SECONDS)
    except StoreUnavailable:
        pass  # another run is at it, and comes to what is new
    else:
        if store.vectors.behind():
            start_embedding(store.folder)
    if left := store.vectors.behind():
        complain(
            f"{counted(left, 'quote is', 'quotes are')} still without a vector: they are made in the background, "
            "`quotes status` says how far, `quotes embed` waits for them."
        )


def start_embedding(folder: Path) -> subprocess.Popen[bytes]:
    """Start `quotes embed` for an instance; the process outlives this one, and ends when all vectors are made."""
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND, "--instance", str(folder), "embed"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
    return process


class EmbeddingWatch:
    """Looks now and then whether something came, as long as a server runs, and has its vectors made in the background."""

    def __init__(self, store: Store, seconds: float = WATCH_SECONDS) -> None:
        self._store = store
        self._seconds = seconds
        self._ended = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._tried: tuple[int, int] | None = None
        self._thread = threading.Thread(target=self._watch, name="embedding", daemon=True)

    def __enter__(self) -> EmbeddingWatch:
        if self._store.vectors.is_on:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()

    def _watch(self) -> None:
        while not self._ended.is_set():
            self._look()
            self._ended.wait(self._seconds)

    def _look(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        state = self._store.vectors.behind(), self._store.vectors.position
        # What came to nothing once is tried again when something has changed.
        if state[0] and state != self._tried:
            self._tried = state
            self._process = start_embedding(self._store.folder)
