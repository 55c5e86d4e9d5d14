"""The term index in memory: a dict of sets. The oracle of the contract tests, and an engine for small archives."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from search.term_index import Numbers


class MemoryReader:
    """A snapshot: `MemoryIndex` makes a new dict at each update, so that none can reach it."""

    def __init__(self, documents: Mapping[int, frozenset[str]], position: int, mark: str) -> None:
        self._documents = documents
        self._position = position
        self._mark = mark
        self._postings: dict[str, list[int]] = {}
        for number, terms in documents.items():
            for term in terms:
                self._postings.setdefault(term, []).append(number)

    @property
    def size(self) -> int:
        return len(self._documents)

    @property
    def position(self) -> int:
        return self._position

    @property
    def mark(self) -> str:
        """Return the mark that the last update came with."""
        return self._mark

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        return {term: len(self._postings.get(term, ())) for term in terms}

    def terms_beginning(self, prefix: str) -> Mapping[str, int]:
        """Return all terms with a beginning, each with the number of its quotes."""
        return {term: len(numbers) for term, numbers in self._postings.items() if term.startswith(prefix)}

    def postings(self, term: str) -> Numbers:
        return np.array(self._postings.get(term, ()), dtype=np.int64)

    def lengths(self, numbers: Numbers) -> Numbers:
        return np.array([len(self._documents.get(int(number), ())) for number in numbers], dtype=np.int64)

    def close(self) -> None:
        self._postings = {}
        self._documents = {}


class MemoryIndex:
    """Terms to quote numbers in a dict; nothing of it outlives the process."""

    def __init__(self) -> None:
        self._documents: dict[int, frozenset[str]] = {}
        self._position = 0
        self._mark = ""
        self._lock = threading.Lock()

    def update(
        self, added: Iterable[tuple[int, Sequence[str]]], deleted: Iterable[int], position: int, mark: str = ""
    ) -> None:
        # Everything is read before anything is changed: a bad row leaves the index as it was.
        incoming = {number: frozenset(terms) for number, terms in added}
        gone = set(deleted)
        with self._lock:
            kept = {number: terms for number, terms in self._documents.items() if number not in gone}
            self._documents = kept | {number: terms for number, terms in incoming.items() if number not in gone}
            self._position = position
            self._mark = mark

    def reader(self) -> MemoryReader:
        with self._lock:
            return MemoryReader(self._documents, self._position, self._mark)

    def damaged_parts(self) -> list[str]:
        """Return nothing: what is in memory is as it was written."""
        return []

    def close(self) -> None:
        self._documents = {}


def open_index(folder: object) -> MemoryIndex:
    """Return an empty index; the folder is what engines on disk need."""
    return MemoryIndex()
