"""A receiver of webhooks on this machine."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

Taken = list[tuple[str, dict[str, str], bytes]]


class _Receiver(http.server.BaseHTTPRequestHandler):
    taken: Taken

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response({"/broken": 500, "/moved": 302}.get(self.path, 204))
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        self.taken.append((self.path, {}, b""))

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def listening() -> Iterator[tuple[str, Taken]]:
    """The address of a receiver on this machine, and what it was sent."""
    taken: Taken = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Receiver", (_Receiver,), {"taken": taken}))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", taken
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
