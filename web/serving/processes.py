"""Several processes that answer at one address, each on a core of its own: begun, watched, ended together."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Final, NoReturn

from search.errors import ConfigError
from web.serving.ending import end, ending_signals

# The folder in which they share their numbers: prometheus_client's own convention.
SHARED_NUMBERS: Final = "PROMETHEUS_MULTIPROC_DIR"
ENDING_SECONDS: Final = (
    60.0  # in which a process ends that was told to: an answer of 30 s, and what is being read is stored
)
SOON_SECONDS: Final = 2.0  # a process that ends sooner after its beginning would only do so again
_log: Final = logging.getLogger("quotes")


def answer_in_processes(count: int, answer: Callable[[int], None], ended: Callable[[int], None]) -> None:
    """Run `answer(0)` to `answer(count - 1)`, each in a process of its own, until SIGTERM, SIGHUP or Ctrl-C, and end them all.

    A process that dies is begun again, after `ended` is told its number; where this process is killed they end by themselves.
    Raises ConfigError where one ends as soon as it begins: the next one would, too.
    """
    alive, beginning = os.pipe()  # nobody writes: it ends with this process
    running = {_begin(number, answer, alive, beginning): (number, time.monotonic()) for number in range(count)}
    ending = threading.Event()

    def pass_on(_signal: int, _frame: FrameType | None) -> None:
        ending.set()
        _tell(running, signal.SIGTERM)

    before = {number: signal.signal(number, pass_on) for number in ending_signals()}
    try:
        while running:
            process, status = os.wait()
            number, began = running.pop(process, (-1, 0.0))
            if number < 0 or ending.is_set():
                continue
            ended(process)
            if time.monotonic() - began < SOON_SECONDS:
                raise ConfigError("A process of the server ended as soon as it began: what it said stands above.")
            _log.error("A process of the server ended (%s) and is begun again.", os.waitstatus_to_exitcode(status))
            running[_begin(number, answer, alive, beginning)] = number, time.monotonic()
            if ending.is_set():  # told while the new one was not among those that are
                _tell(running, signal.SIGTERM)
    finally:
        for told, handler in before.items():
            signal.signal(told, handler)
        _end_all(running)
        os.close(alive)
        os.close(beginning)


def _begin(number: int, answer: Callable[[int], None], alive: int, beginning: int) -> int:
    """Begin a process and return its id."""
    process = os.fork()
    return process or _be_a_child(number, answer, alive, beginning)


def _be_a_child(number: int, answer: Callable[[int], None], alive: int, beginning: int) -> NoReturn:
    code = 1
    try:
        os.close(beginning)
        for told in ending_signals():
            signal.signal(told, end)
        threading.Thread(target=_end_with_parent, args=(alive,), name="parent", daemon=True).start()
        answer(number)
        code = 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    except BaseException:
        _log.exception("A process of the server failed")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        # Whatever the parent has to do at its own end is not this process's to do.
        os._exit(code)


def _end_with_parent(alive: int) -> None:
    os.read(alive, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _tell(running: dict[int, tuple[int, float]], what: signal.Signals) -> None:
    for process in list(running):
        # It may have ended, told by Ctrl-C as this one was, and is then about to be taken from the list.
        with suppress(ProcessLookupError):
            os.kill(process, what)


def _end_all(running: dict[int, tuple[int, float]]) -> None:
    """End what still runs: by SIGTERM, and once `ENDING_SECONDS` have passed by SIGKILL."""
    _tell(running, signal.SIGTERM)
    deadline = time.monotonic() + ENDING_SECONDS
    while running:
        process, _ = os.waitpid(-1, os.WNOHANG)
        running.pop(process, None)
        if not process:
            if time.monotonic() > deadline:
                _tell(running, signal.SIGKILL)
                deadline = float("inf")
            time.sleep(0.05)
