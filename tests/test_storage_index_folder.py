"""The folder of the term index: which one is in use, and how another takes its place."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.errors import ConfigError, StoreUnavailable
from search.storage.index_folder import IndexFolder
from search.term_index import IndexedQuote
from search.term_index.engines import open_engine


def numbers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_index_takes_the_place_of_the_old_one_and_the_old_one_is_gone(tmp_path: Path) -> None:
    one, other = IndexFolder(tmp_path / "index", "whoosh"), IndexFolder(tmp_path / "index", "whoosh")
    one.index().update([IndexedQuote(1, ["old"])], [], 1)
    with other.reading() as reader:
        assert reader.postings("old").tolist() == [1]
    with one.replacing() as fresh:
        fresh.update([IndexedQuote(1, ["new"])], [], 1)
        with other.reading() as reader:  # until the swap, everybody has the old one
            assert reader.postings("old").tolist() == [1]
    assert numbers(tmp_path / "index") == ["2", "current"]
    for folder in (one, other):
        with folder.reading() as reader:
            assert (reader.postings("old").tolist(), reader.postings("new").tolist()) == ([], [1])
        folder.close()


def broken_terms() -> Iterator[IndexedQuote]:
    yield IndexedQuote(1, ["new"])
    raise RuntimeError


def test_a_rebuild_that_fails_leaves_the_index_in_use_and_no_other(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index", "whoosh")
    folder.index().update([IndexedQuote(1, ["old"])], [], 1)
    with pytest.raises(RuntimeError), folder.replacing() as fresh:
        fresh.update(broken_terms(), [], 1)
    with folder.reading() as reader:
        assert reader.postings("old").tolist() == [1]
    assert numbers(tmp_path / "index") == ["1"]
    folder.close()


def test_what_a_killed_rebuild_left_is_never_taken_for_an_index(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index", "whoosh")
    folder.index().update([IndexedQuote(1, ["old"])], [], 1)
    left = open_engine("whoosh", tmp_path / "index" / "2")
    left.update([IndexedQuote(1, ["half"])], [], 1)
    left.close()
    with folder.replacing() as fresh:
        assert fresh.reader().size == 0
    assert numbers(tmp_path / "index") == ["3", "current"]
    folder.close()


def test_a_name_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path, "whoosh")
    (tmp_path / "current").write_text("many", encoding="ascii")
    with pytest.raises(StoreUnavailable, match="rebuild"):
        folder.index()


@pytest.mark.parametrize("name", ["elastic", "", "../x", "whoosh_index", "__init__"])
def test_what_is_no_engine_is_refused_at_once_with_those_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="there are: memory, opensearch, whoosh"):
        IndexFolder(tmp_path / "index", name)
    assert not (tmp_path / "index").exists()


def test_a_disk_that_takes_no_new_name_leaves_the_index_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = IndexFolder(tmp_path / "index", "whoosh")
    folder.index().update([IndexedQuote(1, ["old"])], [], 1)

    def refused(path: Path, _data: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr("search.storage.index_folder.write_atomically", refused)
    with pytest.raises(StoreUnavailable, match="current cannot be written: No space"), folder.replacing() as fresh:
        fresh.update([IndexedQuote(1, ["new"])], [], 1)
    with folder.reading() as reader:
        assert reader.postings("old").tolist() == [1]
    assert numbers(tmp_path / "index") == ["1"]
    folder.close()


def test_an_index_that_goes_while_it_is_opened_is_not_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = IndexFolder(tmp_path / "index", "whoosh"), IndexFolder(tmp_path / "index", "whoosh")
    one.index().update([IndexedQuote(1, ["old"])], [], 1)
    swapped: list[int] = []

    def swap_first(engine: str, folder: Path) -> object:
        if not swapped and folder.name == "1":
            swapped.append(1)
            with one.replacing() as fresh:
                fresh.update([IndexedQuote(1, ["new"])], [], 1)
            raise StoreUnavailable(f"{folder} is damaged.")
        return open_engine(engine, folder)

    monkeypatch.setattr("search.storage.index_folder.open_engine", swap_first)
    with other.reading() as reader:
        assert reader.postings("new").tolist() == [1]
    assert swapped
    for folder in (one, other):
        folder.close()


@pytest.mark.parametrize("place", ["1", "1/_terms3_1.toc", "current"])
def test_a_pipe_in_place_of_a_file_is_waited_for_by_nobody(tmp_path: Path, place: str) -> None:
    folder = IndexFolder(tmp_path, "whoosh")
    folder.index().update([IndexedQuote(1, ["old"])], [], 1)
    folder.close()
    lie = tmp_path / place
    if lie.is_dir():
        shutil.rmtree(lie)
    else:
        lie.unlink(missing_ok=True)
    os.mkfifo(lie)
    with pytest.raises(StoreUnavailable):
        IndexFolder(tmp_path, "whoosh").index()
    mended = IndexFolder(tmp_path, "whoosh")
    if place == "current":
        lie.unlink()
    with mended.replacing():
        pass
    mended.close()
    assert numbers(tmp_path) == ["2", "current"]


def test_a_pipe_in_place_of_the_lock_of_an_index_is_waited_for_by_nobody(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path, "whoosh")
    folder.index().update([IndexedQuote(1, ["old"])], [], 1)
    lock = tmp_path / "1" / "terms3_WRITELOCK"
    lock.unlink()
    os.mkfifo(lock)
    # Somebody at its other end, so that who opens it after all fails here and does not wait.
    descriptor = os.open(lock, os.O_RDWR | os.O_NONBLOCK)
    try:
        with pytest.raises(StoreUnavailable, match="it is no plain file"):
            folder.index().update([IndexedQuote(2, ["new"])], [], 2)
    finally:
        os.close(descriptor)
    folder.close()


def test_a_pipe_among_the_files_of_an_index_is_let_lie(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path, "whoosh")
    folder.index().update([IndexedQuote(1, ["old"])], [], 1)
    os.mkfifo(tmp_path / "1" / "stray")
    descriptor = os.open(tmp_path / "1" / "stray", os.O_RDWR | os.O_NONBLOCK)
    try:
        folder.index().update([IndexedQuote(2, ["new"])], [], 2)
    finally:
        os.close(descriptor)
    assert folder.index().reader().postings("new").tolist() == [2]
    folder.close()
