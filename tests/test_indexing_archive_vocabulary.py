"""The stems of an archive: read once, and anew once something is added."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from search.model import Quote
from search.settings import Settings
from search.storage.indexing import archive_vocabulary
from search.storage.store import Store


def put(store: Store, number: int, text: str) -> None:
    store.add_quotes([Quote(f"q{number}", f"d{number}", text)])
    store.catch_up()


def test_all_stems_are_read_once_until_something_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Mapping[str, int]] = []
    make = archive_vocabulary.KeptVocabulary

    def counted(stems: Mapping[str, int]) -> archive_vocabulary.KeptVocabulary:
        read.append(stems)
        return make(stems)

    monkeypatch.setattr(archive_vocabulary, "KeptVocabulary", counted)
    with Store(Settings(instance=tmp_path)) as store:
        put(store, 1, "The ferry will not survive")
        for _ in range(2):
            assert store.vocabulary.near("firri", "f", 2) == {"ferri": 1}
        assert len(read) == 1
        put(store, 2, "Another ferry")
        assert store.vocabulary.near("firri", "f", 2) == {"ferri": 2}
        assert len(read) == 2
