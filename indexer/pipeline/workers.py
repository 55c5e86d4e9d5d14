"""Many files, one process or several, in the order of the files.

Small files are handed to a worker whole; of large ones this process reads the documents and hands them out in batches.
The answers are the same, in the same order, whatever the number of workers.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from indexer.input.input_file import ReadOptions
from indexer.pipeline.extract import (
    extract_file,
    file_stamp,
    files_to_read,
    not_watched,
    nothing_known,
    unstamped_after_skips,
    with_attributions,
)
from indexer.pipeline.items import FileDone, PipelineItem
from indexer.pipeline.read import printable, read_file
from search.errors import ReadError
from search.model import Document, Skip

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

# Bytes. A larger file is read here, so that no worker has to send all of it back at once.
SMALL_FILE_BYTES = 4_000_000
# Files, or documents, in one task: enough that handing it over (about 1 ms) costs nothing beside reading it.
ITEMS_PER_TASK = 8
# Tasks begun and not yet handed on, for each worker: none waits for work, and memory is bounded.
_TASKS_PER_WORKER = 3


def extract_files(
    paths: Iterable[str],
    options: ReadOptions,
    *,
    jobs: int = 1,
    known: Callable[[str, str], bool] = nothing_known,
    opened: Callable[[IO[bytes]], None] = not_watched,
) -> Iterator[PipelineItem]:
    """Yield the documents at the paths with their attributions, file by file, each file closed by a `FileDone`.

    `known` says of a path and its stamp whether it need not be read again; `opened` is given the stream of each file that
    this process reads.

    Raises:
        ReadError: a worker died, which is what running out of memory looks like.
    """
    if jobs > 1:
        yield from _extract_in_workers(paths, options, jobs, known, opened)
        return
    for path in files_to_read(paths, options, known):
        yield from unstamped_after_skips(extract_file(path, options, opened)) if isinstance(path, str) else [path]


def _extract_in_workers(
    paths: Iterable[str],
    options: ReadOptions,
    jobs: int,
    known: Callable[[str, str], bool],
    opened: Callable[[IO[bytes]], None],
) -> Iterator[PipelineItem]:
    # Imported only here, since one process, the common case, should not pay for them.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker) as pool:
        try:
            tasks = _tasks(paths, options, known, opened)
            yield from unstamped_after_skips(_in_order(tasks, options, pool, jobs * _TASKS_PER_WORKER))
        except BrokenProcessPool as error:
            raise ReadError(
                "A worker process died, out of memory perhaps; what was stored is kept: try fewer --jobs."
            ) from error
        except BaseException:
            # Nobody waits for what they still read, which may take minutes.
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Task:
    """The work for one worker: some files, or some documents with the place of the first in its file."""

    files: tuple[str, ...] = ()
    documents: tuple[Document | Skip, ...] = ()
    place: int = 0


def _tasks(
    paths: Iterable[str],
    options: ReadOptions,
    known: Callable[[str, str], bool],
    opened: Callable[[IO[bytes]], None],
) -> Iterator[_Task | PipelineItem]:
    """Yield tasks for the workers, and the items that need none, in the order of the files."""
    small: list[str] = []
    for path in files_to_read(paths, options, known):
        if isinstance(path, str) and _is_small(path):
            small.append(path)
            if len(small) == ITEMS_PER_TASK:
                yield _Task(files=tuple(small))
                small = []
            continue
        if small:
            yield _Task(files=tuple(small))
            small = []
        if isinstance(path, str):
            yield from _batches(path, options, opened)
        else:
            yield path
    if small:
        yield _Task(files=tuple(small))


def _batches(path: str, options: ReadOptions, opened: Callable[[IO[bytes]], None]) -> Iterator[_Task | PipelineItem]:
    stamp = file_stamp(path, options)
    documents = read_file(path, options, opened)
    place = 0
    while batch := tuple(islice(documents, ITEMS_PER_TASK)):
        yield _Task(documents=batch, place=place)
        place += len(batch)
    yield FileDone(printable(path), stamp)


def _is_small(path: str) -> bool:
    try:
        return path != "-" and Path(path).stat().st_size <= SMALL_FILE_BYTES
    except (OSError, ValueError):
        return True


def _in_order(
    tasks: Iterable[_Task | PipelineItem], options: ReadOptions, pool: ProcessPoolExecutor, max_waiting: int
) -> Iterator[PipelineItem]:
    """Yield the workers' answers in the order of the tasks, with never more than `max_waiting` of them begun."""
    waiting: deque[Future[list[PipelineItem]] | PipelineItem] = deque()
    for task in tasks:
        waiting.append(_submitted(pool, task, options) if isinstance(task, _Task) else task)
        while len(waiting) >= max_waiting:
            yield from _answer(waiting.popleft())
    while waiting:
        yield from _answer(waiting.popleft())


def _submitted(pool: ProcessPoolExecutor, task: _Task, options: ReadOptions) -> Future[list[PipelineItem]]:
    """Hand a task to the workers, of which that may begin one: with Ctrl-C held back, that ends Python in it with a traceback.

    It has no handler of its own before it has been imported. What is held back comes once the worker is begun.
    """
    with _held_back():
        return pool.submit(_work, task, options)


@contextmanager
def _held_back() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # it lets SIGINT through when it begins
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _answer(waiting: Future[list[PipelineItem]] | PipelineItem) -> Iterable[PipelineItem]:
    return [waiting] if isinstance(waiting, PipelineItem) else waiting.result()


def _work(task: _Task, options: ReadOptions) -> list[PipelineItem]:
    """Do one task, in a worker."""
    items: list[PipelineItem] = [item for path in task.files for item in extract_file(path, options)]
    return items + [with_attributions(document, place) for place, document in enumerate(task.documents, task.place)]


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and do not outlive it, even when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
