"""Rows to learn from: plain and gzip files give the same."""

from __future__ import annotations

import gzip
from pathlib import Path

from search.training.json_lines import read_rows

LINES = '{"text": "für", "utt": "1"}\n{"text": "b"}\n'


def test_a_file_and_its_gzip_have_the_same_rows(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(LINES, encoding="utf-8")
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINES.encode()))
    rows = list(read_rows(tmp_path / "a.jsonl"))
    assert rows == list(read_rows(tmp_path / "a.jsonl.gz")) == [{"text": "für", "utt": "1"}, {"text": "b"}]
