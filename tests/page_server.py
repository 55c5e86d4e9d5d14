"""A server of the page, run in a thread by tests and ended as it must be: by its own thread, which waits on its sockets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from waitress.wasyncore import close_all

from web.serving.server import PatientServer


@contextmanager
def running(server: PatientServer) -> Iterator[PatientServer]:
    """Serve until the block ends; the loop ends with its last socket."""
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        pulled = threading.Event()

        def close() -> None:
            # An earlier byte may wake the loop for this: what it closes is what the puller has yet to write its own byte to.
            pulled.wait()
            for channel in list(server.active_channels.values()):
                channel.handle_close()  # a thread may be waiting for this connection
            close_all(server._map, ignore_all=True)

        server.trigger.pull_trigger(close)
        pulled.set()
        thread.join(10)
        server.task_dispatcher.shutdown()
        assert not thread.is_alive()
