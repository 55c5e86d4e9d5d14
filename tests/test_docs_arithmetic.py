"""The page of arithmetic says what follows from its own numbers, and whoever replaces them gets his."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "two-hundred-million.md"


def reckoned(page: Path) -> str:
    command = [sys.executable, ROOT / "bench" / "arithmetic.py", page]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_page_says_what_follows_from_its_numbers() -> None:
    assert reckoned(PAGE) in PAGE.read_text(encoding="utf-8")


def test_other_sizes_and_prices_give_other_tables(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    text = PAGE.read_text(encoding="utf-8").replace("| quotes | 200000000 |", "| quotes | 3600000 |")
    page.write_text(text.replace("| link_ms | 4.01 |", "| link_ms | 2 |"), encoding="utf-8")
    assert "| linking | 2 h, 0.1 days |" in reckoned(page)
    dearer = tmp_path / "dearer.md"
    dearer.write_text(
        page.read_text(encoding="utf-8").replace("| core_hour | 0.05 |", "| core_hour | 5 |"), encoding="utf-8"
    )
    assert reckoned(dearer).splitlines()[-2:] != reckoned(page).splitlines()[-2:]
