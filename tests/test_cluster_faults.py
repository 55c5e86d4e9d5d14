"""Whatever happens to the cluster of the index: what was stored is kept, is found once, and is caught up by itself."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from faulty_cluster import all_are_found_once, cable, opened, said, stored

from search.errors import StoreUnavailable
from search.find.find import find
from search.model import Query
from search.term_index.opensearch import server as server_module
from web.app import create_app

if TYPE_CHECKING:
    from opensearch_nodes import OpensearchNodes

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def three() -> Iterator[OpensearchNodes]:
    """A cluster of three nodes, which are killed one at a time."""
    from missing import MissingHere
    from opensearch_nodes import OpensearchNodes

    with tempfile.TemporaryDirectory() as folder:
        try:
            with OpensearchNodes(Path(folder), 3) as nodes:
                yield nodes
        except MissingHere as why:
            pytest.skip(str(why))


def test_a_node_that_is_killed_while_writing_and_reading_costs_nothing(three: OpensearchNodes, tmp_path: Path) -> None:
    """Its shards are on another node as well: what is asked meanwhile is answered, or refused in a sentence, and never wrong."""
    with opened(tmp_path, ",".join(three.urls), "killed") as store:
        stored(store, range(30))
        three.wait_for_green()
        done, trouble = threading.Event(), []

        def read() -> None:
            while not done.is_set():
                with suppress(StoreUnavailable):
                    answer = find(store, Query("Number7 of the"))
                    if [quote.id for u in answer.utterances for v in u.versions for quote in v.quotes][:1] != ["q7"]:
                        trouble.append(answer)

        reader = threading.Thread(target=read)
        reader.start()
        for batch in range(1, 7):
            if batch == 3:
                three.kill(2)
            stored(store, range(30 * batch, 30 * (batch + 1)))
        done.set()
        reader.join()
        assert trouble == []
        assert all_are_found_once(store, range(210))
        three.start(2)
        three.wait_for_green()
        assert all_are_found_once(store, range(210))


def test_a_part_that_is_on_no_node_is_named_and_is_back_with_its_node(three: OpensearchNodes, tmp_path: Path) -> None:
    """Without copies a killed node takes its shards along: no answer is given out of the rest."""
    with opened(tmp_path, ",".join(three.urls[:1]), "alone", replicas=0) as store:
        stored(store, range(60))
        three.wait_for_green()
        (index,) = three.ask("GET", "/_alias/alone")
        shards = three.ask("GET", f"/{index}/_search_shards")["shards"]
        names = [next(iter(three.ask("GET", "/_nodes/_local", node=node)["nodes"])) for node in range(3)]
        victim = max(names.index(copies[0]["node"]) for copies in shards)
        assert victim, "the shards of one index are spread over nodes"
        client = create_app(store._settings, store).test_client()
        three.kill(victim)
        three.wait_until_gone(2)
        answer = client.get("/healthz")
        assert answer.status_code == 503
        assert answer.get_json()["failing"] == ["index"]
        assert "shard" in answer.text
        assert "127.0.0.1" not in answer.text
        stored(store, range(60, 80))
        three.start(victim)
        three.wait_for_green()
        assert client.get("/healthz").status_code == 200
        assert all_are_found_once(store, range(80))


def test_a_cable_that_is_cut_is_a_sentence_and_what_came_meanwhile_is_caught_up(
    opensearch: OpensearchNodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut at rest, and in the middle of what is written."""
    monkeypatch.setattr(server_module, "TIMEOUT_SECONDS", 5)
    with (
        cable(int(opensearch.urls[0].rpartition(":")[2])) as (port, cut),
        opened(tmp_path, f"http://127.0.0.1:{port}", "cable", replicas=0) as store,
    ):
        stored(store, range(50))
        client = create_app(store._settings, store).test_client()
        cut.set()
        stored(store, range(50, 100))
        with pytest.raises(StoreUnavailable, match=r"^The search index on OpenSearch does not answer"):
            find(store, Query("Number7 of the"))
        assert (client.get("/healthz").status_code, store.count_quotes()) == (503, 100)
        cut.clear()
        assert all_are_found_once(store, range(100))
        writer = threading.Thread(target=stored, args=(store, range(100, 400)))
        writer.start()
        cut.set()
        writer.join()
        cut.clear()
        assert all_are_found_once(store, range(store.count_quotes()))
        assert store.count_quotes() == 400


def test_a_full_disk_loses_nothing_and_reading_goes_on(opensearch: OpensearchNodes, tmp_path: Path) -> None:
    """OpenSearch blocks writing before a disk is full, index by index."""
    with opened(tmp_path, opensearch.urls[0], "disk", replicas=0) as store:
        stored(store, range(50))
        block = {"index.blocks.read_only_allow_delete": True}
        opensearch.ask("PUT", "/disk-1/_settings", block)
        store.add_quotes([said(number) for number in range(50, 70)])
        with pytest.raises(StoreUnavailable, match="writing is blocked there, as it is when a disk is nearly full"):
            store.catch_up()
        answer = find(store, Query("Number7 of the"))
        assert answer.total_quotes
        assert store.behind() == 20
        opensearch.ask("PUT", "/disk-1/_settings", {"index.blocks.read_only_allow_delete": None})
        assert all_are_found_once(store, range(70))
