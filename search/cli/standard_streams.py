"""Standard streams that whoever started the process had closed (`quotes find ... >&-`): each leads nowhere, instead of being none."""

from __future__ import annotations

import os
import sys


def open_closed_streams() -> None:
    """Open standard input, output and errors on nothing where they are closed.

    Python has None in their place, which every command would stumble over. And the next file that is opened would be the
    process's standard output: what a library prints would be written into the archive.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is not None:
            continue
        try:
            os.fstat(number)
        except OSError:
            nothing = os.open(os.devnull, os.O_RDWR)
            if nothing != number:
                os.dup2(nothing, number)
                os.close(nothing)
            os.set_inheritable(number, True)
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - a number is no path; it stays open
        else:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
