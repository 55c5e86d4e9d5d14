"""Starts OpenSearch nodes on loopback, each a process of its own that can be killed; their packages come from Maven Central."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Final

from missing import MissingHere
from trial_ports import end_in_order, free_port

HEAP_MB: Final = 512  # of each node
START_SECONDS: Final = 90
RESOLVE_SECONDS: Final = 300
_MAIN: Final = "org.codelibs.opensearch.runner.OpenSearchRunner"
_HTTP_PORTS: Final = range(9201, 9300)  # those that the runner takes
_TRANSPORT_PORTS: Final = range(9301, 9400)
_LIBRARIES: Final = Path(__file__).resolve().parents[2] / ".venv" / "opensearch"
_LOG: Final = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


def libraries() -> Path:
    """Return the folder of OpenSearch's packages, fetched if it is not there.

    Raises:
        MissingHere: there is no Java or Maven, or the packages cannot be had.
    """
    missing = [name for name, command in (("Java 17", "java"), ("Maven", "mvn")) if shutil.which(command) is None]
    if missing:
        raise MissingHere(f"OpenSearch needs {' and '.join(missing)}, which this machine does not have.")
    done = _LIBRARIES / "all-fetched"
    pom = Path(__file__).with_name("pom.xml")
    if not done.exists() or done.stat().st_mtime < pom.stat().st_mtime:
        shutil.rmtree(_LIBRARIES, ignore_errors=True)
        command = [
            "mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies",
            f"-DoutputDirectory={_LIBRARIES}", "-Dmdep.useBaseVersion=true",
        ]  # fmt: skip
        try:
            subprocess.run(
                command, check=True, timeout=RESOLVE_SECONDS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise MissingHere("OpenSearch's packages cannot be had from Maven Central here.") from error
        done.touch()
    return _LIBRARIES


class OpensearchNodes:
    """Some nodes of one cluster, with their data in a folder. Use it with `with`: they end with it.

    `namespace` is a network namespace that they are started in, and `host` the address there at which they are asked.
    """

    def __init__(self, folder: Path, count: int = 1, *, host: str = "127.0.0.1", namespace: str | None = None) -> None:
        self._folder = folder
        self._host = host
        self._inside = ["ip", "netns", "exec", namespace] if namespace is not None else []
        self._libraries = libraries()
        self._http = [free_port(_HTTP_PORTS) for _ in range(count)]
        self._transport = [free_port(_TRANSPORT_PORTS) for _ in range(count)]
        self._processes: list[subprocess.Popen[bytes] | None] = [None] * count

    @property
    def urls(self) -> list[str]:
        """Return the address of each node."""
        return [f"http://{self._host}:{port}" for port in self._http]

    def __enter__(self) -> OpensearchNodes:
        try:
            end_in_order()
            for node in range(len(self._processes)):
                self.start(node)
            self.wait_for_green()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for node in range(len(self._processes)):
            self._signal(node, signal.SIGTERM)
        for node in range(len(self._processes)):
            self._wait(node)

    def start(self, node: int) -> None:
        """Start a node, or start it again on its data; `wait_for_green` waits for it."""
        home = self._folder / f"node-{node}"
        settings = home / "node_1" / "config"
        settings.mkdir(parents=True, exist_ok=True)
        peers = json.dumps([f"127.0.0.1:{port}" for port in self._transport])
        (settings / "opensearch.yml").write_text(
            "network.host: 127.0.0.1\n"
            f"http.host: {self._host}\n"
            f"transport.port: {self._transport[node]}\n"
            f"cluster.initial_cluster_manager_nodes: {peers}\n"
            f"discovery.seed_hosts: {peers}\n"
            # A machine may be fuller than is good for a real node.
            "cluster.routing.allocation.disk.threshold_enabled: false\n"
            # Found out soon that a killed node is gone, and its shards taken over at once.
            "cluster.fault_detection.leader_check.interval: 500ms\n"
            "cluster.fault_detection.follower_check.interval: 500ms\n",
            encoding="utf-8",
        )
        (settings / "log4j2.properties").write_text(_LOG, encoding="utf-8")
        with (home / "log").open("ab") as log:
            self._processes[node] = subprocess.Popen(
                [
                    *self._inside, "java", f"-Xms{HEAP_MB}m", f"-Xmx{HEAP_MB}m", "-cp", f"{self._libraries}/*", _MAIN, "-basePath", str(home),
                    "-numOfNode", "1", "-clusterName", "quotes-trial", "-baseHttpPort", str(self._http[node] - 1),
                ],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self, node: int) -> None:
        """Kill a node at once, as a power cut does."""
        self._signal(node, signal.SIGKILL)
        self._wait(node)

    def pause(self, node: int) -> None:
        """Let a node fall silent, with its connections open."""
        self._signal(node, signal.SIGSTOP)

    def go_on(self, node: int) -> None:
        """Let a silent node speak again."""
        self._signal(node, signal.SIGCONT)

    def ask(self, method: str, path: str, body: object = None, node: int = 0, *, seconds: float = 30) -> Any:
        """Return the JSON that a node answers, within so many seconds."""
        request = urllib.request.Request(
            self.urls[node] + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return json.load(answer)

    def wait_for_green(self, node: int = 0) -> None:
        """Wait until all nodes are there and all shards are on as many as they should be.

        Raises:
            MissingHere: that does not come about.
        """
        end = time.monotonic() + START_SECONDS
        running = sum(process is not None for process in self._processes)
        while time.monotonic() < end:
            with contextlib.suppress(OSError, ValueError):
                path = f"/_cluster/health?wait_for_status=green&wait_for_nodes={running}&timeout=5s"
                if not self.ask("GET", path, node=node)["timed_out"]:
                    # A node joins before it listens.
                    for each, process in enumerate(self._processes):
                        if process is not None:
                            self.ask("GET", "/", node=each)
                    return
            if any(process is not None and process.poll() is not None for process in self._processes):
                break
            time.sleep(0.3)
        raise MissingHere(f"OpenSearch does not start here: see {self._folder}/node-*/log.")

    def wait_until_gone(self, left: int) -> None:
        """Wait until the others have noticed which nodes are gone.

        Raises:
            MissingHere: that does not come about.
        """
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.ask("GET", "/_cluster/health")["number_of_nodes"] == left:
                return
            time.sleep(0.2)
        raise MissingHere("The other nodes of OpenSearch do not notice that one is gone.")

    def _signal(self, node: int, number: int) -> None:
        process = self._processes[node]
        if process is not None and process.poll() is None:
            os.killpg(process.pid, number)

    def _wait(self, node: int) -> None:
        process, self._processes[node] = self._processes[node], None
        if process is not None:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
