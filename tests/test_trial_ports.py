"""Trials that start at once get ports of their own, and one that is ended takes its servers with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parent.parent / "tools" / "cluster"
FIVE = """
from trial_ports import free_port
print([free_port(range({first}, {first} + 60)) for _ in range(5)], flush=True)
input()
"""
SERVING = """
import signal, subprocess, sys
from trial_ports import end_in_order
# Whoever runs the tests may have told them to go on when a terminal closes.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
end_in_order()
server = subprocess.Popen(["sleep", "60"], start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
try:
    print(server.pid, flush=True)
    sys.stdin.read()
finally:
    server.kill()
    server.wait()
"""
POSTGRESQL = """
import sys
from postgresql_server import PostgresqlServer
with PostgresqlServer(in_memory=True) as server:
    print(server.port, flush=True)
    sys.stdin.read()
"""
SECONDS = 60  # for which a trial may take to end
FIRST = (
    10_000 + os.getpid() % 100 * 200
)  # of ports that nothing of ours listens on, and that no other run of these tests takes


def started(program: str) -> subprocess.Popen[str]:
    """Start a trial of its own."""
    environ = os.environ | {"PYTHONPATH": str(TOOLS)}
    return subprocess.Popen(
        [sys.executable, "-c", program], env=environ, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def said(trial: subprocess.Popen[str]) -> str:
    assert trial.stdout is not None
    return trial.stdout.readline().strip()


def test_no_two_trials_are_given_one_port() -> None:
    """Though nobody listens on any of them yet."""
    trials = [started(FIVE.format(first=FIRST)) for _ in range(3)]
    given = [port for trial in trials for port in said(trial).strip("[]").split(", ")]
    for trial in trials:
        trial.communicate("\n")
    assert len(given) == len(set(given)) == 15


def test_a_port_is_free_again_after_its_trial_was_killed() -> None:
    trial = started(FIVE.format(first=FIRST + 100))
    given = said(trial)
    trial.kill()
    trial.communicate(timeout=SECONDS)
    other = started(FIVE.format(first=FIRST + 100))
    assert said(other) == given
    other.communicate("\n")


def test_where_somebody_listens_is_not_given() -> None:
    from trial_ports import free_port

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert free_port(range(port, port + 20)) != port


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_trial_that_is_ended_ends_its_servers(number: signal.Signals) -> None:
    trial = started(SERVING)
    server = int(said(trial))
    trial.send_signal(number)
    trial.communicate(timeout=SECONDS)
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


@pytest.mark.cluster
def test_postgresql_ends_with_its_trial() -> None:
    trial = started(POSTGRESQL)
    port = said(trial)
    if not port:
        pytest.skip("There is no PostgreSQL here.")
    socket.create_connection(("127.0.0.1", int(port))).close()
    trial.terminate()
    trial.communicate(timeout=SECONDS)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(port)))
