"""A disk that is full and a network that is cut, as the system has them: a small file system, and a network namespace."""

from __future__ import annotations

import itertools
import os
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from faulty_cluster import all_are_found_once, cable, comes, opened, said, stored, system

from search.errors import StoreUnavailable
from search.find.find import find
from search.model import Query
from search.term_index.opensearch import server as server_module
from web.app import create_app

pytestmark = pytest.mark.cluster
DISK_MB = 400


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of some hundred MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    system("mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder))
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def wired() -> Iterator[tuple[str, str, Callable[[str], None]]]:
    """A network namespace behind one wire: its name, the address in it, and what sets the wire "up" or "down"."""
    name = f"quotes{os.getpid() % 10_000}"
    near, far, net = f"{name}a", f"{name}b", f"10.213.{os.getpid() % 250}"
    # First and last: without the wire's own route nothing for these addresses may take another way, off this machine.
    nowhere = ("blackhole", f"{net}.0/24", "metric", "9999")
    system("ip", "route", "add", *nowhere)
    try:
        system("ip", "netns", "add", name)
        system("ip", "link", "add", near, "type", "veth", "peer", "name", far, "netns", name)
        system("ip", "addr", "add", f"{net}.1/24", "dev", near)
        system("ip", "link", "set", near, "up")
        inside = ("ip", "netns", "exec", name, "ip")
        for command in (f"addr add {net}.2/24 dev {far}", f"link set {far} up", "link set lo up"):
            system(*inside, *command.split())
        # At its far end, so that the route to it stays and what is sent vanishes.
        yield name, f"{net}.2", lambda state: system(*inside, "link", "set", far, state)
    finally:
        subprocess.run(["ip", "netns", "del", name], check=False)
        subprocess.run(["ip", "route", "del", *nowhere], check=False)


def test_a_node_whose_disk_is_full_goes_on_reading_and_catches_up_once_there_is_room(
    small_disk: Path, tmp_path: Path
) -> None:
    """OpenSearch itself blocks what is written, by how much is free, and lets it in again."""
    from opensearch_nodes import OpensearchNodes

    with OpensearchNodes(small_disk) as nodes, opened(tmp_path, nodes.urls[0], "full", replicas=0) as store:
        levels = {"low": "150mb", "high": "120mb", "flood_stage": "100mb"}
        watched = {f"cluster.routing.allocation.disk.watermark.{level}": size for level, size in levels.items()}
        watched |= {"cluster.routing.allocation.disk.threshold_enabled": "true", "cluster.info.update.interval": "10s"}
        nodes.ask("PUT", "/_cluster/settings", {"transient": watched})
        stored(store, range(50))
        free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
        (small_disk / "filling").write_bytes(bytes(free - 40 * 2**20))
        count = itertools.count(50)

        def is_refused() -> bool:
            store.add_quotes([said(next(count))])
            try:
                store.catch_up()
            except StoreUnavailable as why:
                return "writing is blocked there, as it is when a disk is nearly full" in str(why)
            return False

        assert comes(is_refused)
        assert find(store, Query("Number7 of the")).total_quotes
        assert store.behind()
        (small_disk / "filling").unlink()
        total = next(count)

        def is_caught_up() -> bool:
            with suppress(StoreUnavailable):
                return all_are_found_once(store, range(total))
            return False

        assert comes(is_caught_up)


def test_a_network_that_swallows_all_is_a_sentence_and_what_came_meanwhile_is_caught_up(
    wired: tuple[str, str, Callable[[str], None]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told that a connection has ended: what is sent vanishes, at rest and in the middle of an update."""
    from opensearch_nodes import OpensearchNodes

    monkeypatch.setattr(server_module, "TIMEOUT_SECONDS", 3)
    name, host, set_wire = wired
    with (
        tempfile.TemporaryDirectory() as folder,
        OpensearchNodes(Path(folder), host=host, namespace=name) as nodes,
        cable(int(nodes.urls[0].rpartition(":")[2]), host) as (port, _),
        opened(tmp_path, f"http://127.0.0.1:{port}", "wire", replicas=0) as store,
    ):
        stored(store, range(50))
        client = create_app(store._settings, store).test_client()
        set_wire("down")
        stored(store, range(50, 80))
        with pytest.raises(StoreUnavailable, match=r"^The search index on OpenSearch does not answer"):
            find(store, Query("Number7 of the"))
        answer = client.get("/healthz")
        assert (answer.status_code, answer.get_json()["failing"], store.count_quotes()) == (503, ["index"], 80)
        set_wire("up")
        assert comes(lambda: client.get("/healthz").status_code == 200)
        assert all_are_found_once(store, range(80))
        writer = threading.Thread(target=stored, args=(store, range(80, 400)))
        writer.start()
        set_wire("down")
        writer.join()
        set_wire("up")
        assert comes(lambda: client.get("/healthz").status_code == 200)
        assert all_are_found_once(store, range(400))
