"""End a process that answers when it is told to, however far it has come.

An exception that a signal's handler raises while C code imports a module is lost there: one of twenty processes that were told
to end as they began went on for good.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Final, NoReturn

_told: Final = threading.Event()


def ending_signals() -> list[signal.Signals]:
    """Return the signals by which this process is told to end; a closed terminal is none where `nohup` has it ignored."""
    hung_up = [signal.SIGHUP] if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN else []
    return [signal.SIGTERM, signal.SIGINT, *hung_up]


def end(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Raise SystemExit, as the handler of a signal, and remember that this process was told."""
    _told.set()
    raise SystemExit(0)


def end_if_told() -> None:
    """Raise SystemExit where `end` did so already, and nobody took it."""
    if _told.is_set():
        raise SystemExit(0)
