"""A link in the folder of an instance is refused, wherever it leads; the folder itself may be one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from search.errors import StoreUnavailable
from search.files.links import refuse_links


@pytest.mark.parametrize("name", ["lock", "index/5/MAIN.seg", "semantic/rows-1.bin"])
def test_a_link_is_refused(tmp_path: Path, name: str) -> None:
    link = tmp_path / "instance" / name
    link.parent.mkdir(parents=True)
    refuse_links(tmp_path / "instance")
    link.symlink_to("/nowhere")
    with pytest.raises(StoreUnavailable, match="is a link"):
        refuse_links(tmp_path / "instance")


def test_the_folder_may_be_a_link_or_not_be_there(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    refuse_links(tmp_path / "nowhere")
    (tmp_path / "link").unlink()
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    refuse_links(tmp_path / "link")


@pytest.mark.parametrize("name", ["archive.sqlite3-journal", "archive.sqlite3-wal", "archive.sqlite3"])
def test_a_pipe_in_place_of_the_archive_or_beside_it_is_refused(tmp_path: Path, name: str) -> None:
    """For one in place of a journal SQLite waited, and every command with it."""
    os.mkfifo(tmp_path / name)
    with pytest.raises(StoreUnavailable, match=r"is no plain file: move it away\."):
        refuse_links(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).touch()
    os.mkfifo(tmp_path / "other")  # which is read by nobody, or as a plain file only
    refuse_links(tmp_path)


def test_the_folder_that_may_not_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(place: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(place / "index"))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(StoreUnavailable, match=r"/index cannot be read: Permission denied\."):
        refuse_links(tmp_path)
