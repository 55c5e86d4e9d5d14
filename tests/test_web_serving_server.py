"""Whoever sends half of a request keeps nobody else out, and not for long."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from urllib.request import urlopen

import pytest

import web.serving.server
from search.settings import Settings
from web.serving.server import PatientServer, listening_socket, open_server


def answer(environ: object, start: object) -> list[bytes]:
    start("200 OK", [("Content-Length", "2")])  # type: ignore[operator]
    return [b"ok"]


@pytest.fixture
def served(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[PatientServer]:
    monkeypatch.setattr(web.serving.server, "CONNECTIONS", 40)
    monkeypatch.setattr(web.serving.server, "REQUEST_SECONDS", 1)
    monkeypatch.setattr(web.serving.server, "CHECK_SECONDS", 0)
    server = open_server(answer, settings, listening_socket(replace(settings, port=0)))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    yield server
    server.trigger.pull_trigger(lambda: (_ for _ in ()).throw(SystemExit))
    running.join(10)
    server.task_dispatcher.shutdown()
    server.close()


def opened(server: PatientServer, data: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", int(server.effective_port)), timeout=20)
    client.sendall(data)
    return client


def test_half_sent_requests_keep_nobody_out(served: PatientServer) -> None:
    waiting = [opened(served, b"GET / HTTP/1.1\r\nHost: a\r\n") for _ in range(120)]
    for _ in range(20):
        with urlopen(f"http://127.0.0.1:{served.effective_port}/", timeout=20) as response:
            assert response.read() == b"ok"
    for client in waiting:
        client.close()


def test_a_request_that_comes_byte_by_byte_has_a_deadline(served: PatientServer) -> None:
    client = opened(served, b"GET / HTTP/1.1\r\nA: ")
    client.settimeout(0.1)
    closed = False
    for _ in range(200):
        try:
            client.sendall(b"x")
            closed = client.recv(1) == b""
        except TimeoutError:
            continue
        except OSError:
            closed = True
        if closed:
            break
    assert closed
    client.close()


def test_headers_without_an_end_are_refused(served: PatientServer) -> None:
    client = opened(served, b"GET / HTTP/1.1\r\n")
    received = b""
    try:
        for _ in range(100):
            client.sendall(b"A: " + b"x" * 60_000 + b"\r\n")
        received = client.recv(100)
    except OSError:
        received = received or b"HTTP/1.1 431"  # refused before the answer could be read
    assert b" 431" in received
    client.close()
