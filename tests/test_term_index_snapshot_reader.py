"""A reader of a snapshot, until it is closed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from search.errors import StoreUnavailable
from search.term_index.snapshot_reader import IndexSnapshot, SnapshotReader


class ClosedReader(SnapshotReader[IndexSnapshot]):
    def close(self) -> None:
        self._snapshot = None


def test_it_says_how_far_the_index_had_come_until_it_is_closed() -> None:
    reader = ClosedReader(cast(IndexSnapshot, SimpleNamespace(size=3, position=7, mark="m")))
    assert (reader.size, reader.position, reader.mark) == (3, 7, "m")
    reader.close()
    for ask in (lambda: reader.size, lambda: reader.position, lambda: reader.mark):
        with pytest.raises(StoreUnavailable):
            ask()
