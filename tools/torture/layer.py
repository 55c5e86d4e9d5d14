"""The layer of `layer.c` from Python: compiled, loaded into a new start of this program, and armed in a forked child."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from enum import IntEnum
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).with_name("layer.c")
_VARIABLE: Final = "TORTURE_LAYER"  # where a start of this program that has the layer finds it


class LayerFault(IntEnum):
    """What the layer does at a call that writes; the numbers are those of `layer.c`."""

    NOTHING = 0
    KILL = 1  # ends the process before it
    TEAR = 2  # ends the process when half of it is written
    FULL = 3  # says that the disk is full, from there on
    BROKEN = 4  # says that the disk cannot write, once


def start_with_layer(folder: Path) -> None:
    """Start this program again with the layer loaded, which is compiled into `folder`; returns when it is loaded already.

    Raises:
        OSError, subprocess.CalledProcessError: there is no C compiler, or it does not compile.
    """
    if _VARIABLE in os.environ:
        return
    built = folder / "layer.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", str(built), str(SOURCE), "-ldl", "-lpthread"], check=True)
    # One thread of numpy's: a forked child has no other, and would wait for them.
    environment = os.environ | {"LD_PRELOAD": str(built), _VARIABLE: str(built), "OPENBLAS_NUM_THREADS": "1"}
    os.execve(sys.executable, [sys.executable, *sys.argv], environment)


def folder_of_layer() -> Path | None:
    """Return the folder that the layer was compiled into by the start before this one; None if this is the first."""
    built = os.environ.get(_VARIABLE)
    return Path(built).parent if built else None


def arm(folder: Path, fault: LayerFault = LayerFault.NOTHING, at: int = 0, log: int = -1) -> None:
    """Count the calls that write below `folder`, meet `fault` at the call of number `at`, and write all down to the file `log`."""
    _library().torture_arm(str(folder).encode(), int(fault), ctypes.c_long(at), log)


def calls_counted() -> int:
    """Return how many calls have written since `arm`."""
    count = _library().torture_count
    count.restype = ctypes.c_long
    return int(count())


def turn_clock(seconds: int) -> None:
    """Let the clock of this process be so many seconds ahead of the true time, or behind where it is negative."""
    _library().torture_clock(ctypes.c_long(seconds))


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(os.environ[_VARIABLE])
