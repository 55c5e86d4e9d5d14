"""One writer at a time, and whoever has to wait is told for whom."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from search.errors import StoreUnavailable
from search.storage.databases.lock import held


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held(path, "quotes index"):
        second = held(path, "quotes rebuild")
        with pytest.raises(StoreUnavailable, match=r"`quotes index` \(process"):
            second.__enter__()
    with held(path, "quotes rebuild"):
        pass
    assert path.read_text(encoding="utf-8") == ""


def test_of_an_endless_name_in_a_lock_the_beginning_is_said(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held(path, "quotes index"):
        path.write_text("x" * 1_000_000, encoding="utf-8")
        with pytest.raises(StoreUnavailable) as error:
            held(path, "quotes rebuild").__enter__()
    assert len(str(error.value)) < 1_000


def test_a_lock_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreUnavailable, match="cannot be written to"),
        held(tmp_path / "none" / "lock", "quotes index"),
    ):
        pass


def test_a_full_disk_keeps_nobody_out_who_may_free_it(tmp_path: Path) -> None:
    def refused(_descriptor: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "write", refused)
        with held(tmp_path / "lock", "quotes delete"):
            pass
