"""The indexes of one archive on OpenSearch: numbered ones, and the alias that names the one in use.

A rebuild makes the next number and moves the alias. Several hosts may read, and write in turn, by one alias.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

from search.errors import OutdatedIndex, StoreError, StoreUnavailable
from search.term_index import TermIndex, TermReader
from search.term_index.opensearch.server import OpensearchServer
from search.term_index.opensearch_index import OpensearchIndex

RETIRED_SECONDS: Final = 600  # for which an index that was replaced is kept, for whoever still reads it
_RETIRED: Final = "retired"  # when it was replaced, in seconds since 1970


class OpensearchAlias:
    """The index in use of one archive. Reading is safe from many threads at once; writing needs the store's lock."""

    def __init__(self, server: OpensearchServer, alias: str, shards: int, replicas: int) -> None:
        self._server = server
        self._alias = alias
        self._shards = shards
        self._replicas = replicas
        self._opening = threading.Lock()
        self._opened: OpensearchIndex | None = None

    def index(self) -> TermIndex:
        """Return the index in use: the new one after a rebuild by whatever program; an empty one if there is none.

        Raises:
            OutdatedIndex: another version of this program made it.
            StoreUnavailable: the cluster does not answer.
        """
        with self._opening:
            name = self._current()
            if name is None:
                # Of two programs that make the first one at once the second finds that of the first.
                with contextlib.suppress(StoreUnavailable):
                    self._make_first()
                name = self._current()
            if name is None:
                raise StoreUnavailable("No search index can be made on OpenSearch.")
            if self._opened is None or self._opened.name != name:
                self._opened = OpensearchIndex(self._server, name)
            return self._opened

    def is_outdated(self) -> bool:
        """Return whether another version of this program made the index in use, so that it has to be made anew."""
        try:
            self.index()
        except StoreError as error:
            return isinstance(error, OutdatedIndex)
        return False

    @contextmanager
    def reading(self) -> Iterator[TermReader]:
        """Give a snapshot of the index in use for the calling thread."""
        with closing(self._reader()) as reader:
            yield reader

    def _reader(self) -> TermReader:
        # By the alias, so that one request tells both which index is in use and how far it has come.
        found = self._server.ask("GET", f"/{self._alias}/_doc/state", missing={})
        opened = self._opened
        if opened is not None and found.get("_index") == opened.name:
            return opened.reader_at(found["_source"])
        return self.index().reader()

    def exists(self) -> bool:
        """Return whether there is an index, in use or not."""
        return bool(self._all())

    def left_over(self) -> list[str]:
        """Return the names of the indexes that a rebuild left which was killed, and of those that were replaced long ago."""
        current = self._current()
        past = time.time() - RETIRED_SECONDS
        return [name for name, meta in self._all().items() if name != current and meta.get(_RETIRED, 0) < past]

    def remove_left_over(self) -> None:
        """Remove those indexes; needs the store's lock."""
        for name in self.left_over():
            self._server.ask("DELETE", f"/{name}", missing={})

    @contextmanager
    def replacing(self) -> Iterator[TermIndex]:
        """Give an empty index beside the one in use, to be filled; it takes its place when the block ends well."""
        fresh = self._made()
        try:
            yield fresh
            self._point(fresh.name, self._current())
        except BaseException:
            with contextlib.suppress(StoreUnavailable):
                self._server.ask("DELETE", f"/{fresh.name}", missing={})
            raise

    def close(self) -> None:
        """Let go of the index in use and of the connection."""
        self._server.close()

    def _made(self) -> OpensearchIndex:
        return OpensearchIndex.made(self._server, self._next_name(), self._shards, self._replicas)

    def _make_first(self) -> None:
        """Make an index that has the alias from its first moment: without it another program would take it for left over."""
        name = self._next_name()
        # Asked in this order, so that what another program has made meanwhile is seen here or has this very name.
        if self._current() is None:
            OpensearchIndex.made(self._server, name, self._shards, self._replicas, self._alias)

    def _next_name(self) -> str:
        number = max((int(name.rpartition("-")[2]) for name in self._all()), default=0) + 1
        return f"{self._alias}-{number}"

    def _point(self, name: str, before: str | None) -> None:
        """Let the alias name another index, in one step."""
        if before is not None:
            meta = self._all()[before] | {_RETIRED: int(time.time())}
            self._server.ask("PUT", f"/{before}/_mapping", {"_meta": meta})
        actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": self._alias}}]
        if before is not None:
            actions.append({"remove": {"index": before, "alias": self._alias}})
        self._server.ask("POST", "/_aliases", {"actions": actions})

    def _current(self) -> str | None:
        found = self._server.ask("GET", f"/_alias/{self._alias}", missing={})
        return next(iter(found), None)

    def _all(self) -> dict[str, dict[str, Any]]:
        """Return the indexes there are, each with what is noted of it."""
        found = self._server.ask("GET", f"/{self._alias}-*/_mapping", missing={})
        return {
            name: facts["mappings"].get("_meta", {})
            for name, facts in found.items()
            if name.removeprefix(f"{self._alias}-").isdecimal()
        }
