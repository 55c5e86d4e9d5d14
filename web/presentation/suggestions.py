"""Suggestions for what is typed into a browser's own search box (OpenSearch), from the names of the archive as it is now."""

from __future__ import annotations

import threading

from search.names.typed_names import NameBeginnings
from search.plain_line import plain_line
from search.storage.store import Store
from web.language.messages import gettext
from web.presentation.template_filters import counted_noun


class SearchSuggestions:
    """Keep the names of the last state of the archive: to read them all takes some 50 ms with 30,000 names."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._latest: tuple[str, NameBeginnings] | None = None

    def answer(self, typed: str) -> list[object]:
        """Return what OpenSearch Suggestions 1.1 asks for: the words typed, then completions with a description of each."""
        state = self._store.state()
        with self._lock:
            if self._latest is None or self._latest[0] != state:
                self._latest = (state, NameBeginnings(self._store.speaker_table(), self._store.outlets()))
            names = self._latest[1]
        fitting = names.going_on(typed)
        described = [
            gettext("an outlet") if each.quotes is None else counted_noun(each.quotes, "quote") for each in fitting
        ]
        return [typed, [plain_line(each.query) for each in fitting], described]
