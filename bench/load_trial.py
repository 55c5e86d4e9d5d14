"""How `quotes serve` bears many readers: `python bench/load_trial.py INSTANCE [--clients 8 50 200] [--processes 2] [--writer FILE]`.

Starts the server on loopback with the settings of the instance, asks it by so many clients at once, each of which asks
again as soon as it is answered, for `--seconds` each, and compares every answer with that of one quiet client before. With
`--writer` a file is indexed meanwhile, so that answers may grow and are not compared. Prints a line each: requests a
second, p50, p95 and p99 in ms, p99 / p50, wrong answers, and the peak memory of the server.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")
WORDS = ("we will build the wall", "climate change", "health care", "terrorist attack", "the economy", "lock her up")


def ask(port: int, path: str) -> tuple[int, str]:
    """Return the status of an answer of the API, and what it found, without the time that it took."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = json.loads(response.read())
        body.pop("took_ms", None)
        return response.status, json.dumps(body, sort_keys=True)
    finally:
        connection.close()


class Client(threading.Thread):
    """Asks until it is told to end; keeps how long each answer took, and how many were not those of a quiet server."""

    def __init__(self, port: int, right: dict[str, str], first: int, stop: threading.Event, *, compares: bool) -> None:
        super().__init__(daemon=True)
        self.seconds: list[float] = []
        self.wrong = 0
        self._port, self._right, self._stop_asked, self._compares = port, right, stop, compares
        self._paths = list(right)[first % len(right) :] + list(right)[: first % len(right)]

    def run(self) -> None:
        """Ask one path after the other."""
        while not self._stop_asked.is_set():
            for path in self._paths:
                began = time.perf_counter()
                try:
                    status, body = ask(self._port, path)
                except (OSError, ValueError):
                    status, body = 0, ""
                self.seconds.append(time.perf_counter() - began)
                self.wrong += status != 200 or (self._compares and body != self._right[path])
                if self._stop_asked.is_set():
                    return


def peak_memory(pid: int) -> int:
    """Return the most megabytes that a process and its children have had in memory, what they share counted for each."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    found = [Path(f"/proc/{process}/status").read_text(encoding="utf-8") for process in (pid, *children)]
    return sum(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) for status in found) // 1024  # type: ignore[index]


def trial(port: int, pid: int, right: dict[str, str], clients: int, seconds: float, *, compares: bool) -> str:
    """Return the line of one trial."""
    stop = threading.Event()
    crowd = [Client(port, right, number, stop, compares=compares) for number in range(clients)]
    for client in crowd:
        client.start()
    time.sleep(seconds)
    stop.set()
    for client in crowd:
        client.join(120)
    times = sorted(second * 1000 for client in crowd for second in client.seconds)
    p50, p95, p99 = (times[min(int(len(times) * share), len(times) - 1)] for share in (0.5, 0.95, 0.99))
    wrong = sum(client.wrong for client in crowd)
    return (
        f"{clients:7} {len(times) / seconds:7.1f} {p50:8.0f} {p95:8.0f} {p99:8.0f} {p99 / p50:8.2f} {wrong:6}"
        f" {peak_memory(pid):6} MB"
    )


def main() -> int:
    """Start a server, try it, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instance")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 50, 200])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--processes", type=int, default=1, help="of the server")
    parser.add_argument("--writer", help="a file that is indexed meanwhile")
    given = parser.parse_args()
    program = [str(Path(sys.executable).with_name("quotes")), "--instance", given.instance]
    server = subprocess.Popen(
        [*program, "serve", "--port", "0", "--processes", str(given.processes)], stderr=subprocess.PIPE, text=True
    )
    assert server.stderr is not None
    try:
        found = ADDRESS.search(server.stderr.readline())
        assert found is not None
        port = int(found[1])
        right = {path: ask(port, path)[1] for path in (f"/api/v1/quotes?q={quote(words)}" for words in WORDS)}
        writer = (
            subprocess.Popen([*program, "index", given.writer], stderr=subprocess.DEVNULL) if given.writer else None
        )
        print("clients   a sec.   p50 ms   p95 ms   p99 ms  p99/p50  wrong   peak")
        for clients in given.clients:
            print(trial(port, server.pid, right, clients, given.seconds, compares=writer is None), flush=True)
        if writer is not None:
            writer.terminate()
            writer.wait()
    finally:
        server.terminate()
    return server.wait(30)


if __name__ == "__main__":
    sys.exit(main())
