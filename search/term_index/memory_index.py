"""The term index in memory: a dict of sets. The oracle of the contract tests, and an engine for small archives."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from search.term_index import LABELS, IndexedQuote, Numbers
from search.term_index.tally import Accept, PostingsTally


class MemoryReader:
    """A snapshot: `MemoryIndex` makes a new dict at each update, so that none can reach it."""

    def __init__(self, quotes: Mapping[int, IndexedQuote], position: int, mark: str) -> None:
        self._quotes = quotes
        self._position = position
        self._mark = mark
        self._postings: dict[str, list[int]] = {}
        self._labelled: dict[str, dict[str, list[int]]] = {field: {} for field in LABELS}
        for number, quote in quotes.items():
            for term in set(quote.terms):
                self._postings.setdefault(term, []).append(number)
            for field, value in quote.labels.items():
                self._labelled[field].setdefault(value, []).append(number)

    @property
    def size(self) -> int:
        return len(self._quotes)

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

    def postings_of(self, terms: Sequence[str]) -> tuple[Numbers, list[int]]:
        """Return the numbers of the quotes of each of some terms, one after the other, and how many each has."""
        lists = list(map(self.postings, terms))
        return np.concatenate([np.zeros(0, dtype=np.int64), *lists]), list(map(len, lists))

    def lengths(self, numbers: Numbers) -> Numbers:
        quotes = (self._quotes.get(int(number)) for number in numbers)
        return np.array([len(set(quote.terms)) if quote else 0 for quote in quotes], dtype=np.int64)

    def labelled(self, field: str, values: Iterable[str]) -> Numbers:
        """Return the numbers of the quotes that one of some values labels in a field."""
        found = self._labelled[field]
        return np.array([number for value in set(values) for number in found.get(value, ())], dtype=np.int64)

    def label_values(self, field: str) -> Mapping[str, int]:
        """Return all values that a field has, each with the number of its quotes."""
        return {value: len(numbers) for value, numbers in self._labelled[field].items()}

    def printed_between(self, start: int, end: int) -> Numbers:
        """Return the numbers of the quotes with a day from `start` on and before `end`."""
        found = [number for number, quote in self._quotes.items() if quote.day and start <= quote.day < end]
        return np.array(found, dtype=np.int64)

    def days(self, numbers: Numbers) -> Numbers:
        """Return the day of each of these quotes; 0 where it is not known."""
        quotes = (self._quotes.get(int(number)) for number in numbers)
        return np.array([quote.day if quote else 0 for quote in quotes], dtype=np.int64)

    def tally(self, weights: Mapping[str, float], accept: Accept | None) -> PostingsTally:
        """Return the quotes that have one of some weighted terms and pass a filter."""
        return PostingsTally(self, weights, accept)

    def close(self) -> None:
        self._postings = {}
        self._labelled = {field: {} for field in LABELS}
        self._quotes = {}


class MemoryIndex:
    """Terms and labels to quote numbers in a dict; nothing of it outlives the process."""

    def __init__(self) -> None:
        self._quotes: dict[int, IndexedQuote] = {}
        self._position = 0
        self._mark = ""
        self._lock = threading.Lock()

    def update(self, added: Iterable[IndexedQuote], deleted: Iterable[int], position: int, mark: str = "") -> None:
        # Everything is read before anything is changed: a bad row leaves the index as it was.
        incoming = {quote.number: quote for quote in added}
        gone = set(deleted)
        with self._lock:
            kept = {**self._quotes, **incoming}
            self._quotes = {number: quote for number, quote in kept.items() if number not in gone}
            self._position = position
            self._mark = mark

    def reader(self) -> MemoryReader:
        with self._lock:
            return MemoryReader(self._quotes, self._position, self._mark)

    def damaged_parts(self) -> list[str]:
        """Return nothing: what is in memory is as it was written."""
        return []

    def close(self) -> None:
        self._quotes = {}


def open_index(folder: object) -> MemoryIndex:
    """Return an empty index; the folder is what engines on disk need."""
    return MemoryIndex()
