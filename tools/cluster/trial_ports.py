"""Ports of this machine for servers of trials, each given to one process at a time, and the end of those servers when a trial is ended."""

from __future__ import annotations

import signal
import socket
import threading
from typing import Final

from missing import MissingHere

_CLAIMS: Final[dict[int, int]] = {}  # by port the file of its claim, which is open until this process ends


def free_port(ports: range) -> int:
    """Return one of some ports that nobody listens on, claimed by this process until it ends.

    Between the look and the server's own listening lie seconds, in which another trial that starts must not be given the same
    port; so that each is claimed by a name that Linux gives to one process at a time, and takes back however that ends.

    Raises:
        MissingHere: none is free.
    """
    for port in ports:
        if port in _CLAIMS:
            continue
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0quotes-trial-{port}")
            with socket.socket() as trial:
                # As servers do: a connection that has just ended is in nobody's way.
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
            continue
        _CLAIMS[port] = claim.detach()
        return port
    raise MissingHere("No port is free here.")


def end_in_order() -> None:
    """Let SIGTERM and SIGHUP end this process as Ctrl-C does, so that its servers, processes of their own, end with it.

    Left alone where the program has told already what such a signal does, and in other threads than the first.
    """
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, signal.default_int_handler)
