"""What only an index on a cluster can meet: updates that break off, writers that fall silent, rebuilds by other hosts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from search.errors import StoreUnavailable
from search.term_index import IndexedQuote, opensearch_index
from search.term_index.memory_index import MemoryIndex
from search.term_index.opensearch import cluster_snapshot, cluster_tally
from search.term_index.opensearch.alias import OpensearchAlias
from search.term_index.opensearch.server import OpensearchServer
from search.term_index.opensearch_index import OpensearchIndex

if TYPE_CHECKING:
    from opensearch_nodes import OpensearchNodes

pytestmark = pytest.mark.cluster
_COUNT = itertools.count(1)


@pytest.fixture
def server(opensearch: OpensearchNodes) -> Iterator[OpensearchServer]:
    opened = OpensearchServer(opensearch.urls[0])
    yield opened
    opened.close()


@pytest.fixture
def name(server: OpensearchServer) -> str:
    """The name of an index with one quote."""
    found = f"writers-{next(_COUNT)}"
    OpensearchIndex.made(server, found, 2, 0).update([IndexedQuote(1, ["a"])], [], 1, "first")
    return found


def documents(server: OpensearchServer, name: str) -> int:
    server.ask("POST", f"/{name}/_refresh")
    return int(server.ask("GET", f"/{name}/_count")["count"])


def test_what_an_update_wrote_that_broke_off_is_never_seen_and_goes(
    server: OpensearchServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opensearch_index, "_BULK_QUOTES", 5)

    def rows() -> Iterator[IndexedQuote]:
        yield from (IndexedQuote(number, ["a"]) for number in range(2, 40))
        raise RuntimeError("the plug")

    index = OpensearchIndex(server, name)
    with pytest.raises(RuntimeError, match="the plug"):
        index.update(rows(), [1], 2)
    assert documents(server, name) > 10
    reader = index.reader()
    assert (reader.postings("a").tolist(), reader.size, reader.position, reader.mark) == ([1], 1, 1, "first")
    index.update([IndexedQuote(50, ["a"])], [], 3, "second")
    reader = index.reader()
    assert (reader.postings("a").tolist(), reader.position, reader.mark) == ([1, 50], 3, "second")
    assert documents(server, name) == 3


def test_a_second_writer_is_told_and_one_that_fell_silent_is_replaced(
    server: OpensearchServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was replaced cannot end what it began, and what it wrote is not seen."""
    monkeypatch.setattr(opensearch_index, "LEASE_SECONDS", 2.0)
    first, second = OpensearchIndex(server, name), OpensearchIndex(server, name)

    def rows(*, silent: bool) -> Iterator[IndexedQuote]:
        yield IndexedQuote(2, ["a"])
        if not silent:
            with pytest.raises(StoreUnavailable, match="Another program is writing"):
                second.update([IndexedQuote(3, ["a"])], [], 9)
            return
        with monkeypatch.context() as patch:
            patch.setattr(opensearch_index._Lease, "keep", lambda self: None)
            second.update([IndexedQuote(4, ["a"])], [], 3)

    first.update(rows(silent=False), [], 2)
    assert first.reader().postings("a").tolist() == [1, 2]
    with pytest.raises(StoreUnavailable):
        first.update(rows(silent=True), [], 10)
    reader = first.reader()
    assert (reader.postings("a").tolist(), reader.position) == ([1, 2, 4], 3)


def test_what_was_deleted_is_taken_out_once_no_reader_asks_for_it(
    server: OpensearchServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = OpensearchIndex(server, name)
    before = index.reader()
    index.update([IndexedQuote(2, ["a"])], [1], 2)
    assert documents(server, name) == 4
    assert before.postings("a").tolist() == [1]
    monkeypatch.setattr(opensearch_index, "_KEPT_DELETIONS_SECONDS", -1)
    index.update([], [2], 3)
    assert (index.reader().postings("a").tolist(), index.reader().size) == ([], 0)
    index.update([IndexedQuote(5, ["b"])], [], 4)
    # Of the first deletion quote and note are kept for an hour, of the second both are gone.
    assert documents(server, name) == 4
    assert (OpensearchIndex(server, name).reader().size, index.reader().frequencies(["b"])) == (1, {"b": 1})


def test_what_takes_many_requests_comes_back_whole(
    server: OpensearchServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers, values, frequencies and the best of many that a filter leaves out, a few at a time."""
    monkeypatch.setattr(cluster_snapshot, "_NUMBERS_AT_ONCE", 7)
    monkeypatch.setattr(cluster_snapshot, "_VALUES_AT_ONCE", 5)
    monkeypatch.setattr(cluster_tally, "_MOST_AT_ONCE", 4)
    index, oracle = OpensearchIndex(server, name), MemoryIndex()
    rows = [IndexedQuote(n, ["all", f"w{n % 11}", f"w{n % 7}"], {"speaker": f"S{n % 13}"}, n) for n in range(2, 60)]
    index.update(rows, [1, 30, 41], 2)
    oracle.update(rows, [1, 30, 41], 2)
    ours, theirs = index.reader(), oracle.reader()
    assert ours.postings("all").tolist() == sorted(theirs.postings("all").tolist())
    assert ours.frequencies([f"w{n}" for n in range(12)]) == {
        f"w{n}": sum(f"w{n}" in r.terms for r in rows) for n in range(12)
    }
    assert set(ours.terms_beginning("w")) == set(theirs.terms_beginning("w"))
    assert set(ours.label_values("speaker")) == set(theirs.label_values("speaker"))
    assert ours.labelled("speaker", [f"S{n}" for n in range(9)]).tolist() == sorted(
        theirs.labelled("speaker", [f"S{n}" for n in range(9)]).tolist()
    )
    numbers = np.array([59, 1, 2, 30, 7, 700, 7])
    assert ours.lengths(numbers).tolist() == theirs.lengths(numbers).tolist()
    assert ours.days(np.arange(60)).tolist() == theirs.days(np.arange(60)).tolist()
    weights = {"w3": 2.5, "w5": 2.25, "all": 0.1}
    for accept in (None, lambda asked: asked > 50):
        best = theirs.tally(weights, accept).best(20)
        assert ours.tally(weights, accept).best(20).tolist() == best.tolist()


def test_a_rebuild_moves_the_alias_for_every_host_and_what_is_replaced_goes_later(
    server: OpensearchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    alias = f"alias-{next(_COUNT)}"
    here, there = OpensearchAlias(server, alias, 1, 0), OpensearchAlias(server, alias, 1, 0)
    assert not here.exists()
    here.index().update([IndexedQuote(1, ["a"])], [], 1)
    with there.reading() as before:
        with here.replacing() as fresh:
            fresh.update([IndexedQuote(7, ["a"])], [], 1)
            assert there.index().reader().postings("a").tolist() == [1]
        assert before.postings("a").tolist() == [1]
        assert there.index().reader().postings("a").tolist() == [7]
    assert here.left_over() == []
    with pytest.raises(RuntimeError), here.replacing():
        raise RuntimeError
    OpensearchIndex.made(server, f"{alias}-9", 1, 0)
    assert here.left_over() == [f"{alias}-9"]
    monkeypatch.setattr("search.term_index.opensearch.alias.RETIRED_SECONDS", -1)
    here.remove_left_over()
    assert (list(here._all()), here.left_over()) == ([f"{alias}-2"], [])


def test_an_index_of_another_version_is_known_as_outdated(server: OpensearchServer) -> None:
    alias = f"alias-{next(_COUNT)}"
    place = OpensearchAlias(server, alias, 1, 0)
    assert not place.is_outdated()
    server.ask("PUT", f"/{alias}-1/_mapping", {"_meta": {"format": 0}})
    assert OpensearchAlias(server, alias, 1, 0).is_outdated()


def test_the_first_index_is_never_taken_for_left_over_while_it_is_made(
    server: OpensearchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program that writes takes away what no alias names."""
    alias = f"first-{next(_COUNT)}"
    one, other = (OpensearchAlias(server, alias, 1, 0) for _ in range(2))
    seen: list[list[str]] = []

    def watched(self: OpensearchServer, method: str, path: str, *given: object, **parameters: Any) -> Any:
        answer = ask(self, method, path, *given, **parameters)
        if method != "GET" and path.startswith(f"/{alias}-"):
            seen.append(other.left_over())
        return answer

    ask = OpensearchServer.ask
    monkeypatch.setattr(OpensearchServer, "ask", watched)
    with one.reading() as reader, other.reading() as another:
        assert (reader.position, another.position) == (0, 0)
    assert seen
    assert not any(seen)
