"""One run of a command in a child of its own, in which something may go wrong, and what came of it."""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from layer import LayerFault, arm, calls_counted, turn_clock

PATIENCE: Final = 120.0  # seconds after which a child is ended, and that it hung is a find
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended.

    code     its exit code; None where it was killed
    stdout   what it printed
    stderr   what it complained of
    calls    how many of its calls wrote to the instance; 0 where it was killed
    hung     whether it had to be ended since it did not end
    """

    code: int | None
    stdout: str = ""
    stderr: str = ""
    calls: int = 0
    hung: bool = False

    def fault(self) -> str | None:
        """Return what no run may do, whatever happens to it: a traceback, more than a sentence, an odd code, to hang."""
        if self.hung:
            return "it hung"
        if "Traceback" in self.stderr:
            return (
                f"traceback: {self.stderr.strip()}"
                if "TORTURE_ALL" in os.environ
                else f"traceback: {self.stderr.strip().splitlines()[-1]}"
            )
        if self.code not in (None, 0, 1, 2):
            return f"exit code {self.code}: {self.stderr.strip()[-200:]}"
        if self.code == 2 and len(self.stderr.strip().splitlines()) != 1:
            return f"no single sentence: {self.stderr.strip()[:300]!r}"
        return None


@dataclass(frozen=True, slots=True)
class Trial:
    """A run of `quotes --instance INSTANCE WORDS`, and what goes wrong in it.

    fault, at    what the layer does, at which of the calls that write
    watched      the folder whose writes count, if it is another than the instance
    clock        seconds that the clock is wrong by
    log          an open file that takes all that is written
    kill_after   seconds after which the process is killed
    """

    instance: Path
    words: Sequence[str]
    fault: LayerFault = LayerFault.NOTHING
    at: int = 0
    watched: Path | None = None
    clock: int = 0
    log: int = -1
    kill_after: float | None = None

    def command(self) -> tuple[int, str, str, int]:
        """Run the command in this process, and return its exit code, what it printed, and how many of its calls wrote."""
        from search.cli import quotes

        turn_clock(self.clock)
        arm(self.watched or self.instance, self.fault, self.at, self.log)
        out, complaints = io.StringIO(), io.StringIO()
        code = 0
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(complaints):
            try:
                quotes.main(["--instance", str(self.instance), *self.words])
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else 1
            except BaseException:
                traceback.print_exc()
                code = 1
        return code, out.getvalue(), complaints.getvalue(), calls_counted()


def run_command(instance: Path, words: Sequence[str]) -> Outcome:
    """Run a command to which nothing happens."""
    return run_trial(Trial(instance, words))


def run_trial(trial: Trial) -> Outcome:
    """Run a command in a child, and return how it ended."""
    return run_together([trial])[0]


def run_together(trials: Sequence[Trial]) -> list[Outcome]:
    """Run some commands at once, each in a child, and return how they ended, in their order."""
    with contextlib.ExitStack() as children:
        started = [children.enter_context(_child(trial.command)) for trial in trials]
        for trial, (process, _) in zip(trials, started, strict=True):
            if trial.kill_after is not None:
                time.sleep(trial.kill_after)
                os.kill(process, signal.SIGKILL)
        return [_outcome(*answer()) for _, answer in started]


def run_beside(trial: Trial, readers: Sequence[Callable[[], list[str]]]) -> tuple[Outcome, list[str]]:
    """Run a command, and at the same time some functions, each in a child; returns how it ended and all that they found."""
    with contextlib.ExitStack() as children:
        _, answer = children.enter_context(_child(trial.command))
        reading = [children.enter_context(_child(reader)) for reader in readers]
        found: list[str] = []
        for _, finish in reading:
            lines, hung = finish()
            found += lines if lines is not None else ["a reader hung" if hung else "a reader died"]
        return _outcome(*answer()), found


def _outcome(found: tuple[int, str, str, int] | None, hung: bool) -> Outcome:
    return Outcome(None, hung=hung) if found is None else Outcome(*found)


def in_child(work: Callable[[], T]) -> T:
    """Return what some work comes to in a child, so that nothing of it stays open here. Raises RuntimeError where it fails."""

    def guarded() -> tuple[bool, Any]:
        try:
            return True, work()
        except BaseException:
            return False, traceback.format_exc()

    with _child(guarded) as (_, answer):
        found, hung = answer()
    if found is None:
        raise RuntimeError("it hung" if hung else "it was killed")
    done, value = found
    if not done:
        raise RuntimeError(value)
    result: T = value
    return result


@contextmanager
def _child(work: Callable[[], T]) -> Iterator[tuple[int, Callable[[], tuple[T | None, bool]]]]:
    """Give a child's number, and a function that waits for what its work came to: None where it was killed."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.setsid()
        os.close(reading)
        # What multiprocessing's tracker notes of the semaphores of a process that was killed is no complaint of the command's.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with contextlib.suppress(BaseException):
            os.nice(5)
            data = pickle.dumps(work())
            while data:
                data = data[os.write(writing, data) :]
        os._exit(0)
    os.close(writing)

    def answer() -> tuple[T | None, bool]:
        data, until = b"", time.monotonic() + PATIENCE
        os.set_blocking(reading, False)
        while time.monotonic() < until:
            try:
                piece = os.read(reading, 1 << 16)
            except BlockingIOError:
                time.sleep(0.002)
                continue
            if not piece:
                break
            data += piece
        else:
            return None, True
        return (pickle.loads(data) if data else None), False

    try:
        yield process, answer
    finally:
        os.close(reading)
        # The group of this child alone: it may have workers of its own.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)
        os.waitpid(process, 0)
        sys.stdout.flush()
