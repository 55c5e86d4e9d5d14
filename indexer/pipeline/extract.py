"""Reading and extracting, in this process or spread over several, in the order of the files.

Small files are handed to a worker whole; of large ones this process reads the documents and hands them out in parts.
What comes back is the same, in the same order, whatever the number of workers.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from indexer.attribution.attribute import attribute
from indexer.pipeline import read as reading
from indexer.pipeline.read import ReadOptions, files, read_file
from search.errors import ReadError
from search.model import Attribution, Document, Skip

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

SMALL = 4_000_000  # bytes: a larger file is read here, so that no worker has to send all of it back at once
TOGETHER = 8  # files, or documents, in one task


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document with the attributions found in it; `place` is its number within its file."""

    document: Document
    attributions: tuple[Attribution, ...]
    place: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """A file has been read to its end; `stamp` tells this state of it from another, "" if it should be read again."""

    path: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is as it was when it was last read to its end."""

    path: str


Item = Extracted | Skip | Done | Unread


def extract(
    paths: Iterable[str],
    options: ReadOptions,
    *,
    jobs: int = 1,
    known: Callable[[str, str], bool] = lambda path, stamp: False,
    opened: Callable[[IO[bytes]], None] = lambda stream: None,
) -> Iterator[Item]:
    """The documents at the paths with their attributions, file by file, each file closed by a `Done`.

    `known` says of a path and its stamp whether it need not be read again; `opened` is given the stream of each file that
    this process reads. Raises ReadError if a worker dies, which is
    what running out of memory looks like.
    """
    if jobs <= 1:
        for found in _to_read(paths, options, known):
            yield from [found] if isinstance(found, Skip | Unread) else to_be_read_again(_whole(found, options, opened))
        return
    # Imported only here, since one process, the common case, should not pay for them.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker) as pool:
        try:
            yield from to_be_read_again(_in_order(_tasks(paths, options, known, opened), pool, jobs * 3))
        except BrokenProcessPool as error:
            raise ReadError(
                "A worker process died, out of memory perhaps; what was stored is kept: try fewer --jobs."
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def attributed(document: Document | Skip, place: int) -> Extracted | Skip:
    """A document with its attributions, or why it has none."""
    if isinstance(document, Skip):
        return document
    try:
        return Extracted(document, attribute(document), place)
    except reading.UNFORESEEN as error:
        return Skip(document.path, reading.fault(error))


def to_be_read_again(items: Iterable[Item]) -> Iterator[Item]:
    """The items, where a file with a Skip has no stamp: what could not be read is said again the next time."""
    whole = True
    for item in items:
        if isinstance(item, Done):
            yield item if whole else Done(item.path, "")
            whole = True
        else:
            whole = whole and not isinstance(item, Skip)
            yield item


def stamp(path: str, options: ReadOptions) -> str:
    """What tells one state of a file, read in one way, from another; "" for what has no state, as standard input."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return ""
    how = (options.outlet, options.date, sorted(options.fields.items()))
    return f"{found.st_size}-{found.st_mtime_ns}-{how}"


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker is asked for: some files, or some documents with the place of the first in its file."""

    files: tuple[str, ...] = ()
    documents: tuple[Document | Skip, ...] = ()
    place: int = 0


def _to_read(
    paths: Iterable[str], options: ReadOptions, known: Callable[[str, str], bool]
) -> Iterator[str | Skip | Unread]:
    for found in files(paths):
        if isinstance(found, str) and (state := stamp(found, options)) and known(found, state):
            yield Unread(found)
        else:
            yield found


def _whole(
    path: str, options: ReadOptions, opened: Callable[[IO[bytes]], None] = lambda stream: None
) -> Iterator[Item]:
    state = stamp(path, options)
    for place, item in enumerate(read_file(path, options, opened)):
        yield attributed(item, place)
    yield Done(path, state)


def _tasks(
    paths: Iterable[str],
    options: ReadOptions,
    known: Callable[[str, str], bool],
    opened: Callable[[IO[bytes]], None],
) -> Iterator[tuple[_Task, ReadOptions] | Item]:
    """Tasks for the workers, and what needs none, in order."""
    small: list[str] = []
    for found in _to_read(paths, options, known):
        if isinstance(found, str) and _is_small(found):
            small.append(found)
            if len(small) == TOGETHER:
                yield _Task(files=tuple(small)), options
                small = []
            continue
        if small:
            yield _Task(files=tuple(small)), options
            small = []
        if isinstance(found, str):
            yield from _parts(found, options, opened)
        else:
            yield found
    if small:
        yield _Task(files=tuple(small)), options


def _parts(
    path: str, options: ReadOptions, opened: Callable[[IO[bytes]], None]
) -> Iterator[tuple[_Task, ReadOptions] | Item]:
    state = stamp(path, options)
    stream = read_file(path, options, opened)
    place = 0
    while part := tuple(islice(stream, TOGETHER)):
        yield _Task(documents=part, place=place), options
        place += len(part)
    yield Done(path, state)


def _is_small(path: str) -> bool:
    try:
        return path != "-" and Path(path).stat().st_size <= SMALL
    except (OSError, ValueError):
        return True


def _in_order(
    tasks: Iterable[tuple[_Task, ReadOptions] | Item], pool: ProcessPoolExecutor, most: int
) -> Iterator[Item]:
    """The workers' answers in the order of the tasks, with never more than `most` of them waiting."""
    waiting: deque[Future[list[Item]] | Item] = deque()
    for task in tasks:
        waiting.append(pool.submit(_work, *task) if isinstance(task, tuple) else task)
        while len(waiting) >= most:
            yield from _answer(waiting.popleft())
    while waiting:
        yield from _answer(waiting.popleft())


def _answer(waiting: Future[list[Item]] | Item) -> Iterable[Item]:
    return [waiting] if isinstance(waiting, Item) else waiting.result()


def _work(task: _Task, options: ReadOptions) -> list[Item]:
    found: list[Item] = [item for path in task.files for item in _whole(path, options)]
    return found + [attributed(document, place) for place, document in enumerate(task.documents, task.place)]


def _start_worker() -> None:
    """A worker leaves Ctrl-C to its parent, and does not outlive it, even a killed one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
