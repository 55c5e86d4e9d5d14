"""What tells a command to end from outside: each ends it in order, as Ctrl-C does, and a reader that went away without a word."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

# A shell reports a command that a signal ended by 128 and the signal's number.
SIGNALLED: Final = 128
READER_GONE: Final = SIGNALLED + 13  # SIGPIPE, which Windows does not have
# By a service manager, a container or `timeout`; by a terminal that is closed, which Windows does not say.
_TOLD_BY: Final = (signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))


@contextmanager
def ending_in_order() -> Iterator[list[int]]:
    """Let SIGTERM and SIGHUP raise KeyboardInterrupt for the time of the block, and list which came.

    Else they end a process where it stands, so that a half-written backup stays behind; and nothing but SIGKILL ends the first
    process of a container, for which the kernel has no default. One that is ignored, as by `nohup`, stays so; a second SIGTERM
    ends whatever does not end by itself.
    """
    if threading.current_thread() is not threading.main_thread():
        yield []
        return
    told: list[int] = []
    before = {number: signal.getsignal(number) for number in _TOLD_BY}

    def tell(number: int, _frame: FrameType | None) -> NoReturn:
        told.append(number)
        for one in _TOLD_BY:
            # A closed terminal tells twice: the kernel does, and the shell.
            signal.signal(one, signal.SIG_DFL if one == signal.SIGTERM else signal.SIG_IGN)
        raise KeyboardInterrupt

    for number, handler in before.items():
        if handler == signal.SIG_DFL:
            signal.signal(number, tell)
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def leave_unread() -> None:
    """Lead standard output and errors nowhere where nobody takes what waits to be written: Python would end with a code of its own, 120."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, stream.fileno())
            os.close(nothing)
