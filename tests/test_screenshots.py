"""The pictures of the README: those that the tool writes, small, and of no other archive than the samples."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from screenshots import IN_README, LOOKS, README_FOLDER, write_readme_pictures

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_readme_shows_what_the_tool_writes_and_nothing_else_is_kept() -> None:
    names = {f"{page}-{look}.webp" for page, look in IN_README}
    assert {path.name for path in README_FOLDER.iterdir()} == names
    assert {Path(path).name for path in re.findall(r"!\[[^\]]+\]\((docs/pictures/[^)]+)\)", README)} == names
    assert {look for _, look in IN_README} <= {look.name for look in LOOKS}


def test_the_pictures_are_small() -> None:
    for path in README_FOLDER.iterdir():
        assert path.stat().st_size < 60_000, path.name


def test_the_top_of_a_page_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screenshots.README_FOLDER", tmp_path)
    page = io.BytesIO()
    Image.new("RGB", (1280, 3000), "white").save(page, "PNG")
    write_readme_pictures({f"{name}-{look}": page.getvalue() for name, look in IN_README})
    for path in tmp_path.iterdir():
        with Image.open(path) as picture:
            assert picture.size == (960, 720)
