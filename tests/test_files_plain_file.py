"""Files that a stranger may have put in place are read whole and soon, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.files.plain_file import read_plain_file


def test_a_file_and_a_link_to_one_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"0123456789")
    (tmp_path / "b").symlink_to("a")
    assert read_plain_file(tmp_path / "a", 10) == read_plain_file(tmp_path / "b", 10) == b"0123456789"


def test_what_gives_no_end_of_bytes_or_none_ever_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    (tmp_path / "itself").symlink_to("itself")
    (tmp_path / "folder").mkdir()
    (tmp_path / "long").write_bytes(b"")
    os.truncate(tmp_path / "long", 1 << 40)
    for name in ("pipe", "device", "itself", "folder", "long", "nothing"):
        with pytest.raises(OSError, match=name) as raised:
            read_plain_file(tmp_path / name, 10)
        assert raised.value.strerror
