"""Which of the quotes that can be found pass a filter, and in which order they were printed: told by the term index."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Final

import numpy as np

from search.storage.archive import Archive
from search.storage.archive_index import ArchiveIndex
from search.storage.database import Database
from search.storage.indexing.index_conditions import conditions_of
from search.storage.indexing.passing_quotes import Mask, PassingQuotes, passes, unindexed
from search.storage.quote_filter import EVERY_QUOTE, QuoteFilter
from search.term_index import Numbers, TermReader
from search.term_index.conditions import Conditions, SelectingReader, Selection
from search.term_index.tally import Accept

_LATEST_SHARE: Final = 16  # of an archive so much is kept in the order of its days: most lists are of the newest
_SAMPLED: Final = 4_096  # days by which it is guessed how old the newest are: to order a million takes 10 ms


class FindableQuotes:
    """The quotes of one archive as its term index has them; safe to use from many threads."""

    def __init__(self, database: Database, archive: Archive, index: ArchiveIndex) -> None:
        self._db = database
        self._archive = archive
        self._index = index
        self._passing = PassingQuotes(archive.names, archive.highest_number)
        self._kept_latest: tuple[tuple[int, str], Numbers] | None = None

    def accepting(self, wanted: QuoteFilter) -> Accept:
        """Return what tells of quotes whether they pass a filter, as `TermReader.tally` takes it."""
        if (selection := self._selection(wanted)) is not None:
            return selection
        mask = self.mask(wanted)
        return lambda numbers: passes(mask, numbers)

    def having(self, term: str, wanted: QuoteFilter) -> int:
        """Return how many of the quotes that have a term pass a filter."""
        if (selection := self._selection(wanted)) is not None:
            return selection.count(term)
        with self._index.reading() as reader:
            numbers = reader.postings(term)
        return int(passes(self.mask(wanted), numbers).sum())

    def first_having(self, term: str, most: int) -> list[int]:
        """Return the numbers of at `most` so many quotes that have a term, the first stored first."""
        with self._index.reading() as reader:
            if isinstance(reader, SelectingReader):
                return list(map(int, reader.selected(Conditions()).first_having(term, most)))
            return sorted(reader.postings(term).tolist())[:most]

    def mask(self, wanted: QuoteFilter) -> Mask:
        """Return a mask of the quotes that pass a filter, for `passes`; not to be written to."""
        with self._index.reading() as reader:
            mask = self._passing.mask(reader, wanted, self._meanings())
        if (rest := unindexed(wanted)) == EVERY_QUOTE:
            return mask
        kept = np.zeros_like(mask)
        kept[list(self._archive.passing(np.flatnonzero(mask).tolist(), rest))] = True
        return kept

    def numbers(self, wanted: QuoteFilter) -> list[int]:
        """Return the numbers of all quotes that pass a filter, in order."""
        if (selection := self._selection(wanted)) is not None:
            return list(map(int, selection.numbers()))
        numbers: list[int] = np.flatnonzero(self.mask(wanted)).tolist()
        return numbers

    def count(self, wanted: QuoteFilter) -> int:
        """Return how many quotes pass a filter."""
        if (selection := self._selection(wanted)) is not None:
            return selection.count()
        return int(np.count_nonzero(self.mask(wanted)))

    def newest(self, wanted: QuoteFilter, most: int, *, oldest: bool = False) -> list[int]:
        """Return the numbers of at `most` so many quotes that pass a filter, last published first, or `oldest` first.

        What has no date comes last.
        """
        if (selection := self._selection(wanted)) is not None:
            return list(map(int, selection.newest(most, oldest=oldest)))
        mask = self.mask(wanted)
        with self._index.reading() as reader:
            if not oldest and most <= reader.size // _LATEST_SHARE:
                latest = self._latest(reader)
                if len(among := latest[passes(mask, latest)]) >= most:
                    return [int(number) for number in among[:most]]
            passing = np.flatnonzero(mask)
            days = reader.days(passing)
        keys = np.where(days != 0, days if oldest else -days, np.iinfo(np.int64).max)
        if len(keys) > most:
            near = keys <= _least_bound(keys, most)
            passing, keys = passing[near], keys[near]
        return [int(number) for number in passing[np.lexsort((passing, keys))][:most]]

    def _latest(self, reader: TermReader) -> Numbers:
        """Return the quotes that were printed last, last first, a share of all; kept until the index changes."""
        state = reader.position, reader.mark
        if self._kept_latest is None or self._kept_latest[0] != state:
            keys = -reader.days(np.arange(self._archive.highest_number() + 1))
            numbers = np.flatnonzero(keys <= min(-1, _least_bound(keys, max(1, reader.size // _LATEST_SHARE))))
            self._kept_latest = state, numbers[np.argsort(keys[numbers], kind="stable")]
        return self._kept_latest[1]

    def among(self, numbers: Iterable[int], wanted: QuoteFilter) -> list[int]:
        """Return those of the numbers whose quotes pass a filter, in their order."""
        asked = np.array([int(number) for number in numbers], dtype=np.int64)
        if wanted == EVERY_QUOTE or not len(asked):
            return [int(number) for number in asked]
        with self._index.reading() as reader:
            if isinstance(reader, SelectingReader):
                # A few rows of the archive, instead of one more request to another host.
                passed = self._archive.passing(asked.tolist(), wanted)
                return [int(number) for number in asked if int(number) in passed]
            mask = self._passing.kept_mask(reader, wanted, self._meanings())
            # What came since the index was brought up to the archive, or has no word, is asked for there.
            unknown = reader.lengths(asked) == 0
        if mask is None:
            passed = self._archive.passing(asked.tolist(), wanted)
            return [int(number) for number in asked if int(number) in passed]
        passed = set(asked[~unknown & passes(mask, asked)].tolist())
        if (rest := unindexed(wanted)) != EVERY_QUOTE:
            passed = self._archive.passing(passed, rest)
        if unknown.any():
            passed |= self._archive.passing(asked[unknown].tolist(), wanted)
        return [int(number) for number in asked if int(number) in passed]

    def _selection(self, wanted: QuoteFilter) -> Selection | None:
        """Return the quotes that pass a filter as the engine tells them by itself; None where it takes a mask."""
        if unindexed(wanted) != EVERY_QUOTE:
            return None
        with self._index.reading() as reader:
            if not isinstance(reader, SelectingReader):
                return None
            return reader.selected(conditions_of(reader, self._archive.names, wanted))

    def _meanings(self) -> Hashable:
        """Return what changes whenever the name of a quote's speaker comes to mean another."""
        return self._db.meta("meant_names"), self._db.meta("authority")


def _least_bound(keys: Numbers, most: int) -> int:
    """Return a bound that at least `most` of more keys are not above, and not many more: out of a sample, where that does."""
    sample = keys[:: max(1, len(keys) // _SAMPLED)]
    turn = min(len(sample), 2 * most * len(sample) // len(keys) + 8)
    guess = int(np.partition(sample, turn - 1)[turn - 1])
    if np.count_nonzero(keys <= guess) >= most:
        return guess
    return int(np.partition(keys, most - 1)[most - 1])
