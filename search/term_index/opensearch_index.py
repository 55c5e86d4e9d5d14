"""The term index on OpenSearch: terms arrive ready and weights are ours; the engine adds them up, and numbers come back.

A document there is a quote, under its number. OpenSearch knows no transaction over many documents, so that each has the
number of the update that `added` it, what is deleted is a document of its own (`gone`), and one document, `state`, names
the last update that is whole, with the position and mark of the log. Whoever reads asks for what was added up to that
update: an update that broke off is never seen, and is cleared away by the next. `state` is also who writes: it is only
replaced as it was read (`if_seq_no`), so that a writer that fell silent and was replaced cannot end its update.
"""

from __future__ import annotations

import contextlib
import threading
import time
import uuid
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import Any, Final

from search.errors import OutdatedIndex, StoreUnavailable
from search.term_index import LABELS, IndexedQuote
from search.term_index.opensearch.cluster_snapshot import ClusterSnapshot, OpensearchReader
from search.term_index.opensearch.server import Conflict, OpensearchServer, spelled

FORMAT: Final = 1  # of what a document holds; an index of another one is made anew
_SHARDS_SECONDS: Final = 3  # for which the shards of an index are waited for when it is opened
LEASE_SECONDS: Final = 10.0  # for which a writer that falls silent is waited for
_BULK_QUOTES: Final = 1_000  # in one request: some 1 MB
_BULKS_AT_ONCE: Final = 3  # requests: each waits for a disk at its end, and the next is analysed meanwhile
_KEPT_DELETIONS_SECONDS: Final = 3_600  # for which a reader may still ask for what has been deleted
_CLEARED_AT_ONCE: Final = 1_000  # deleted quotes that an update takes out of the index at last
_THERE_ALREADY: Final = frozenset({409})  # a quote never changes under its number
_GONE_ALREADY: Final = frozenset({404})
_KEYWORD: Final = {"type": "keyword"}


def mapping(shards: int, replicas: int) -> dict[str, Any]:
    """Return the settings and the fields of an index."""
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            # Refreshed by each update, when it is whole.
            "refresh_interval": -1,
        },
        "mappings": {
            "dynamic": False,
            "_meta": {"format": FORMAT},
            # The terms are two thirds of a document, and are never asked back.
            "_source": {"excludes": ["terms"]},
            "properties": {
                "terms": _KEYWORD,
                "number": {"type": "long"},
                "length": {"type": "integer"},
                "day": {"type": "long"},
                "added": {"type": "long"},
                "gone": {"type": "long"},
                "cleared_from": {"type": "long"},
                **dict.fromkeys(LABELS, _KEYWORD),
            },
        },
    }


class OpensearchIndex:
    """A term index on a cluster, by its name there. Safe to use from several threads; one program writes at a time."""

    def __init__(self, server: OpensearchServer, name: str) -> None:
        self.name = name
        self._server = server
        self._writing = threading.Lock()
        self._snapshots = threading.Lock()
        self._last: ClusterSnapshot | None = None
        known = server.ask("GET", f"/{name}/_mapping")[name]["mappings"].get("_meta", {}).get("format")
        if known != FORMAT:
            raise OutdatedIndex(f"The search index {name} was made by another version of this program.")
        # One that another program is making at this moment is there before its shards are.
        with contextlib.suppress(StoreUnavailable):
            server.ask("GET", f"/_cluster/health/{name}", wait_for_status="yellow", timeout=f"{_SHARDS_SECONDS}s")
        if not server.ask("GET", f"/{name}/_doc/state", missing={}):
            state = {"update": 0, "attempt": 0, "position": 0, "mark": "", "owner": "", "until": 0}
            with contextlib.suppress(Conflict):
                server.ask("PUT", f"/{name}/_create/state", state)

    @classmethod
    def made(
        cls, server: OpensearchServer, name: str, shards: int, replicas: int, alias: str | None = None
    ) -> OpensearchIndex:
        """Return a new, empty index, which has an alias from its first moment if one is given.

        Raises:
            StoreUnavailable: there is one of that name, or the cluster makes none.
        """
        aliases: dict[str, Any] = {"aliases": {alias: {}}} if alias is not None else {}
        server.ask("PUT", f"/{name}", mapping(shards, replicas) | aliases)
        return cls(server, name)

    def update(self, added: Iterable[IndexedQuote], deleted: Iterable[int], position: int, mark: str = "") -> None:
        """Add and delete in one commit that also saves `position` and `mark`: all or nothing is ever seen.

        Raises:
            StoreUnavailable: another program is writing, or the cluster cannot be written to.
        """
        with self._writing, _Lease(self._server, self.name) as lease:
            if lease.is_cut_off:
                self._clear(lease.update)
            come = (line for quote in added for line in self._lines(quote, lease.attempt))
            gone = (line for number in deleted for line in _gone(number, lease.attempt))
            self._write(chain(come, gone), lease)
            self._server.ask("POST", f"/{self.name}/_refresh")
            lease.commit(position, mark)
        self._take_out()

    def _write(self, lines: Iterator[Mapping[str, Any]], lease: _Lease) -> None:
        """Write documents, some requests at once: the engine goes on with one while the next is being made here."""
        with ThreadPoolExecutor(_BULKS_AT_ONCE) as pool:
            under_way: deque[Future[None]] = deque()
            while part := list(islice(lines, 2 * _BULK_QUOTES)):
                lease.keep()
                if len(under_way) == _BULKS_AT_ONCE:
                    under_way.popleft().result()
                under_way.append(pool.submit(self._server.write, self.name, part, _THERE_ALREADY))
            for each in under_way:
                each.result()

    @staticmethod
    def _lines(quote: IndexedQuote, update: int) -> Iterator[dict[str, Any]]:
        terms = [*dict.fromkeys(quote.terms)]
        yield {"create": {"_id": str(quote.number)}}
        yield {
            "number": quote.number,
            "terms": [spelled(term) for term in terms],
            "length": len(terms),
            "day": quote.day,
            "added": update,
            **{field: spelled(value) for field, value in quote.labels.items()},
            "record": {name: value.encode(errors="replace").decode() for name, value in quote.record.items()},
        }

    def _clear(self, update: int) -> None:
        """Take out what an update that broke off had written."""
        self._server.ask("POST", f"/{self.name}/_refresh")
        self._server.ask(
            "POST", f"/{self.name}/_delete_by_query", {"query": {"range": {"added": {"gt": update}}}},
            conflicts="proceed", refresh="true",
        )  # fmt: skip

    def _take_out(self) -> None:
        """Take deleted quotes out of the index that no reader asks for any more. The next update does what this cannot."""
        with contextlib.suppress(StoreUnavailable):
            old = self._server.ask(
                "POST",
                f"/{self.name}/_search",
                {
                    "size": _CLEARED_AT_ONCE,
                    "_source": False,
                    "docvalue_fields": ["gone"],
                    "query": {"range": {"cleared_from": {"lt": int(time.time())}}},
                },
                filter_path="hits.hits.fields",
            )
            numbers = [hit["fields"]["gone"][0] for hit in old.get("hits", {}).get("hits", [])]
            # The quote first: of what is left if this breaks off, the rest is taken out by the next.
            self._server.write(self.name, [{"delete": {"_id": str(number)}} for number in numbers], _GONE_ALREADY)
            self._server.write(self.name, [{"delete": {"_id": f"gone-{number}"}} for number in numbers], _GONE_ALREADY)

    def reader(self) -> OpensearchReader:
        """Return a snapshot of the last whole update, for the calling thread alone."""
        return self.reader_at(self._server.ask("GET", f"/{self.name}/_doc/state")["_source"])

    def reader_at(self, state: Mapping[str, Any]) -> OpensearchReader:
        """Return a snapshot of the update that the document `state` names, as it was just read."""
        with self._snapshots:
            if self._last is None or self._last.update != state["update"]:
                self._last = ClusterSnapshot(self._server, self.name, state, self._last)
            return OpensearchReader(self._last)

    def damaged_parts(self) -> list[str]:
        """Return the shards that are on no node; each node looks after its files by their checksums itself."""
        health = self._server.ask("GET", f"/_cluster/health/{self.name}", level="shards")
        shards = health.get("indices", {}).get(self.name, {}).get("shards", {})
        return [f"{self.name}, shard {number}" for number, shard in shards.items() if shard["status"] == "red"]

    def close(self) -> None:
        """Let go of the index; the connection belongs to whoever made it."""


class _Lease:
    """One update's right to write: its number, kept alive while it runs, and given back or used up at its end."""

    def __init__(self, server: OpensearchServer, name: str) -> None:
        self._server = server
        self._path = f"/{name}/_doc/state"
        self._owner = uuid.uuid4().hex
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._kept_alive = threading.Thread(target=self._keep_alive, daemon=True)

    def __enter__(self) -> _Lease:
        self._take()
        self._kept_alive.start()
        return self

    def _take(self) -> None:
        """Take the right to write, waiting for whoever has it and has fallen silent."""
        first: int | None = None
        patience = time.monotonic() + LEASE_SECONDS + 1
        while True:
            found = self._server.ask("GET", self._path)
            state, seen = found["_source"], found["_seq_no"]
            # Judged by whether it is renewed meanwhile, so that no two clocks need agree.
            if not state["owner"] or (first == seen and time.monotonic() > patience):
                self.update, self.is_cut_off = int(state["update"]), state["attempt"] > state["update"]
                self.attempt = int(state["attempt"]) + 1
                self._state = state | {"owner": self._owner, "attempt": self.attempt}
                with contextlib.suppress(Conflict):
                    self._put(seen, found["_primary_term"])
                    return
            elif first is None:
                first = seen
            elif first != seen:
                raise Conflict("Another program is writing to the search index on OpenSearch.")
            time.sleep(0.1)

    def _put(self, number: int, term: int) -> None:
        answer = self._server.ask("PUT", self._path, self._state, if_seq_no=number, if_primary_term=term)
        self._seen = answer["_seq_no"], answer["_primary_term"]

    def keep(self) -> None:
        """Say that this update goes on.

        Raises:
            StoreUnavailable: another program has taken it for dead.
        """
        with self._lock:
            if not self._done.is_set():
                self._put(*self._seen)

    def _keep_alive(self) -> None:
        # What goes wrong here is found out by whoever writes the next part.
        while not self._done.wait(LEASE_SECONDS / 4):
            with contextlib.suppress(StoreUnavailable):
                self.keep()

    def commit(self, position: int, mark: str) -> None:
        """Make all that was written seen, at once."""
        self._done.set()
        with self._lock:
            self._state |= {"update": self.attempt, "position": position, "mark": mark, "owner": ""}
            try:
                self._put(*self._seen)
            except Conflict:
                # A request that was sent again finds that it was done the first time.
                if self._server.ask("GET", self._path)["_source"] != self._state:
                    raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._done.set()
        self._kept_alive.join()
        if error is not None:
            with self._lock, contextlib.suppress(StoreUnavailable):
                self._state |= {"owner": ""}
                self._put(*self._seen)


def _gone(number: int, update: int) -> Sequence[dict[str, Any]]:
    cleared_from = int(time.time()) + _KEPT_DELETIONS_SECONDS
    return (
        {"create": {"_id": f"gone-{number}"}},
        {"gone": number, "added": update, "cleared_from": cleared_from},
    )
