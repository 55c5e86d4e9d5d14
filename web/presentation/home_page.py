"""The overview of the archive that the home page shows, looked up once for each state of the archive."""

from __future__ import annotations

import threading

from search.find.overview import Overview, overview
from search.storage.store import Store


class HomePage:
    """Keep the last overview: it costs a walk through the archive's files and a look at some 40 utterances."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._latest: tuple[str, Overview] | None = None

    def overview(self, state: str) -> Overview:
        """Return the overview for a state of the archive (`Store.state`); requests that come at once share one look-up."""
        with self._lock:
            if self._latest is None or self._latest[0] != state:
                self._latest = (state, overview(self._store))
            return self._latest[1]
