"""The first page: how much the archive holds, quotes to try, and what came in last."""

from __future__ import annotations

import threading

from search.find.overview import Overview, overview
from search.storage.store import Store


class HomePage:
    """The first page's facts, looked up once for each state of the archive: they cost a walk through its files."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._kept: tuple[str, Overview] | None = None

    def facts(self, state: str) -> Overview:
        """Return the overview for a state of the archive (`Store.state`)."""
        with self._lock:
            if self._kept is None or self._kept[0] != state:
                self._kept = (state, overview(self._store))
            return self._kept[1]
