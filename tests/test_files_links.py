"""A link in the folder of an instance is refused, wherever it leads; the folder itself may be one."""

from __future__ import annotations

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
