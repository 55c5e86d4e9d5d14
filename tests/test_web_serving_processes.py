"""Several processes at one address: all answer, one that is killed is begun again, and they end together."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from search.errors import ConfigError
from search.settings import Settings
from web.serving.processes import _tell, answer_in_processes

PATIENCE = 60  # seconds, after which something that is waited for does not come


@pytest.fixture
def served(sample_settings: Settings) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`quotes serve` with three processes, public, and its address."""
    command = [sys.executable, "-c", "from search.cli import quotes; quotes()"]
    process = subprocess.Popen(
        [*command, "--instance", str(sample_settings.instance), "serve", "--port", "0", "--processes", "3", "--public"],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"QUOTES_REQUESTS_PER_MINUTE": "400", "QUOTES_METRICS": "true"},
    )
    assert process.stderr is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
    assert found is not None
    yield process, found[0]
    process.kill()
    process.wait()
    process.stderr.close()


def children(process: subprocess.Popen[str]) -> set[int]:
    tasks = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return {int(child) for child in tasks.read_text(encoding="ascii").split()}


def comes(what: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not what() and time.monotonic() < deadline:
        time.sleep(0.02)
    return what()


def ask(address: str) -> int:
    try:
        with urlopen(address, timeout=PATIENCE) as response:
            response.read()
            return int(response.status)
    except HTTPError as error:
        return error.code


def test_all_of_them_answer_and_count_together(served: tuple[subprocess.Popen[str], str]) -> None:
    process, url = served
    assert comes(lambda: len(children(process)) == 3)
    with ThreadPoolExecutor(8) as clients:
        statuses = list(clients.map(ask, [f"{url}/api/v1/quotes?q=harbour"] * 300))
        assert set(statuses) == {200}
        with urlopen(f"{url}/metrics", timeout=PATIENCE) as response:
            numbers = response.read().decode()
        counted = re.search(r'quotes_request_seconds_count\{[^}]*view="api.quotes"[^}]*\} (\S+)', numbers)
        assert counted is not None
        assert float(counted[1]) == 300
        # Each of the three would let 400 pass. Where two count at the same moment, one of them may be lost.
        refused = list(clients.map(ask, [f"{url}/api/v1/quotes?q=harbour"] * 200)).count(429)
    assert 80 <= refused <= 101


def test_one_that_is_killed_is_begun_again(served: tuple[subprocess.Popen[str], str]) -> None:
    process, url = served
    assert comes(lambda: ask(f"{url}/healthz") == 200)
    time.sleep(2.1)  # one that ends within two seconds of its beginning is a fault of its own
    before = children(process)
    killed = min(before)
    os.kill(killed, signal.SIGKILL)
    assert comes(lambda: len(children(process)) == 3 and killed not in children(process))
    assert {ask(f"{url}/healthz") for _ in range(30)} == {200}


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_none_is_left(served: tuple[subprocess.Popen[str], str], how: signal.Signals) -> None:
    process, url = served
    assert ask(f"{url}/healthz") == 200
    assert comes(lambda: len(children(process)) == 3)
    workers = children(process)
    process.send_signal(how)
    assert process.wait(PATIENCE) == (-signal.SIGKILL if how == signal.SIGKILL else 0)
    assert comes(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def test_one_that_has_ended_by_itself_need_not_be_told() -> None:
    """Ctrl-C reaches all of them: one is gone before the first of them passes it on."""
    process = os.fork()
    if not process:
        os._exit(0)
    os.waitpid(process, 0)
    _tell({process: (0, 0.0)}, signal.SIGTERM)


def test_what_ends_as_it_begins_ends_all(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A second of two that goes on would be left behind."""

    def answer(number: int) -> None:
        if number:
            (tmp_path / "pid").write_text(json.dumps(os.getpid()), encoding="ascii")
            time.sleep(PATIENCE)
        while not (tmp_path / "pid").exists():
            time.sleep(0.01)
        raise SystemExit(3)

    with pytest.raises(ConfigError, match="ended as soon as it began"):
        answer_in_processes(2, answer, lambda _: None)
    assert not Path(f"/proc/{json.loads((tmp_path / 'pid').read_text(encoding='ascii'))}").exists()
