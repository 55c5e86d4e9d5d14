"""What the tests of a cluster's faults share: an archive on it, quotes in it, and a wire that can be cut."""

from __future__ import annotations

import socket
import socketserver
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from search.errors import StoreUnavailable
from search.model import Quote
from search.settings import load
from search.storage.store import Store

WORDS = "bridge river storm harbour council vote strike winter ferry tunnel budget letter minister mayor".split()
SECONDS = 120  # for which a server may take to notice what happens to it


def system(*command: str) -> None:
    """Run a command that only root may run; the test is skipped where it cannot be."""
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"{command[0]} cannot be used here: {error}.")


def comes(what: Callable[[], bool]) -> bool:
    """Wait until something has come about, and return whether it has."""
    end = time.monotonic() + SECONDS
    while not (found := what()) and time.monotonic() < end:
        time.sleep(0.5)
    return found


def opened(folder: Path, urls: str, alias: str, replicas: int = 1) -> Store:
    environ = {
        "QUOTES_ENGINE": "opensearch",
        "QUOTES_OPENSEARCH_URL": urls,
        "QUOTES_OPENSEARCH_ALIAS": alias,
        "QUOTES_OPENSEARCH_SHARDS": "2",
        "QUOTES_OPENSEARCH_REPLICAS": str(replicas),
    }
    return Store(load({"instance": folder}, environ=environ))


def said(number: int) -> Quote:
    words = " ".join(WORDS[(number + step * (1 + number // 7)) % len(WORDS)] for step in range(4))
    return Quote(f"q{number}", f"d{number}", f"Number{number} of the {words} was never asked about it")


def stored(store: Store, numbers: range) -> None:
    """Store quotes, and make them findable if that can be done."""
    store.add_quotes([said(number) for number in numbers])
    with suppress(StoreUnavailable):
        store.catch_up()


def all_are_found_once(store: Store, numbers: range) -> bool:
    """Whether each quote stands in the index once, and no other."""
    store.catch_up()
    with store.reading() as reader:
        held = reader.postings("sask").tolist()
    return len(held) == len(set(held)) == len(numbers) and store.behind() == 0


@contextmanager
def cable(port: int, host: str = "127.0.0.1") -> Iterator[tuple[int, threading.Event]]:
    """A port here that leads to one of a host while it is not cut."""
    cut = threading.Event()

    class Wire(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError), socket.create_connection((host, port)) as onwards:
                back = threading.Thread(target=carry, args=(onwards, self.request), daemon=True)
                back.start()
                carry(self.request, onwards)
                back.join()

    def carry(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while (data := source.recv(65_536)) and not cut.is_set():
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def verify_request(self, *_: object) -> bool:
            return not cut.is_set()

    with Server(("127.0.0.1", 0), Wire) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1], cut
        server.shutdown()
        thread.join()
