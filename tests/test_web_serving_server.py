"""Whoever sends half of a request keeps nobody else out, and not for long."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.request import urlopen

import pytest
from page_server import running

import web.serving.server
from search.settings import Settings
from web.serving.server import PatientServer, listening_socket, open_server

may_answer = threading.Event()


def answer(environ: dict[str, str], start: object) -> Iterator[bytes]:
    may_answer.wait(60)
    parts = {"/large": 320, "/middle": 48}.get(environ["PATH_INFO"], 0)
    start("200 OK", [("Content-Length", str(2 + (parts << 16)))])  # type: ignore[operator]
    yield b"ok"
    for _ in range(parts):
        yield bytes(1 << 16)


@pytest.fixture
def served(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[PatientServer]:
    monkeypatch.setattr(web.serving.server, "CONNECTIONS", 40)
    monkeypatch.setattr(web.serving.server, "REQUEST_SECONDS", 1)
    monkeypatch.setattr(web.serving.server, "TAKING_SECONDS", 1)
    monkeypatch.setattr(web.serving.server, "CHECK_SECONDS", 0)
    server = open_server(answer, settings, listening_socket(replace(settings, port=0)))
    may_answer.set()
    with running(server):
        yield server
        may_answer.set()


def opened(server: PatientServer, data: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", int(server.effective_port)), timeout=20)
    client.sendall(data)
    return client


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nContent-Length: 0",
        b"Content-Length: 0\r\nContent-Length: 5",
        b"Content-Length: 0, 5",
        b"Transfer-Encoding : chunked",
    ],
)
def test_a_request_of_two_lengths_is_refused_and_no_other_is_read_out_of_it(
    served: PatientServer, headers: bytes
) -> None:
    second = b"GET /second HTTP/1.1\r\nHost: localhost\r\n\r\n"
    data = b"POST / HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n\r\n0\r\n\r\n" + second
    with opened(served, data) as client, client.makefile("rb") as answers:
        said = answers.read()
    assert said.split(b" ")[1] == b"400"
    assert said.count(b"HTTP/1.") == 1


def test_a_length_beside_chunks_of_an_old_client_is_refused(served: PatientServer) -> None:
    data = b"POST / HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    with opened(served, data) as client, client.makefile("rb") as answers:
        assert answers.read().split(b" ")[1] == b"400"


def asking(served: PatientServer) -> list[object]:
    return [channel for channel in list(served.active_channels.values()) if channel.requests]


def others_are_answered(served: PatientServer, waiting: list[socket.socket], *, times: int) -> None:
    for _ in range(times):
        with urlopen(f"http://127.0.0.1:{served.effective_port}/", timeout=20) as response:
            assert response.read() == b"ok"
    for client in waiting:
        client.close()


def test_half_sent_requests_keep_nobody_out(served: PatientServer) -> None:
    waiting = [opened(served, b"GET / HTTP/1.1\r\nHost: a\r\n") for _ in range(120)]
    others_are_answered(served, waiting, times=20)


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


def test_a_clock_that_was_set_back_gives_a_half_sent_request_no_more_time(served: PatientServer) -> None:
    client = opened(served, b"GET / HTTP/1.1\r\nHost: a\r\n")
    until = time.monotonic() + 60
    while not served.active_channels and time.monotonic() < until:
        time.sleep(0.01)
    (channel,) = list(served.active_channels.values())
    channel.request_since = time.time() + 1_000_000
    served.maintenance(time.time())
    assert channel.request_since <= time.time()
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


def test_who_takes_no_answer_keeps_no_thread(served: PatientServer) -> None:
    """Each thread waited for one connection that never read 20 MB, and nobody was answered any more."""
    waiting = [opened(served, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n") for _ in range(8)]
    with urlopen(f"http://127.0.0.1:{served.effective_port}/", timeout=20) as response:
        assert response.read() == b"ok"
    for client in waiting:
        client.close()


@pytest.mark.parametrize("all_at_once", [False, True])
def test_answers_that_nobody_takes_keep_nobody_out(
    served: PatientServer, monkeypatch: pytest.MonkeyPatch, all_at_once: bool
) -> None:
    """Four hundred connections that took a byte now and then had all places, for as long as they liked.

    Where all of them came before one answer was made, none was seen to take nothing, and nobody was let in later.
    """
    monkeypatch.setattr(web.serving.server, "TAKING_SECONDS", 600)
    if all_at_once:
        may_answer.clear()
    waiting = []
    for _ in range(60):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", int(served.effective_port)))
        client.sendall(b"GET /middle HTTP/1.1\r\nHost: a\r\n\r\n")
        waiting.append(client)
        # One that is taken before its request is there could be told from the others, and lose its place.
        while all_at_once and not served.in_connection_overflow and len(asking(served)) < len(waiting):
            time.sleep(0.001)
    if all_at_once:
        assert served.in_connection_overflow
        may_answer.set()
    others_are_answered(served, waiting, times=5)


def test_a_large_answer_that_is_taken_in_time_comes_whole(served: PatientServer) -> None:
    with urlopen(f"http://127.0.0.1:{served.effective_port}/large", timeout=60) as response:
        assert len(response.read()) == 2 + (320 << 16)
