"""How common words are is counted out of articles."""

from __future__ import annotations

import json
from pathlib import Path

from search.training.frequencies import FEWEST_DOCUMENTS, count_stems, main


def articles(folder: Path, texts: list[str]) -> Path:
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return path


def test_stems_are_counted_by_word_and_by_article_and_numbers_are_not(tmp_path: Path) -> None:
    times, documents, words = count_stems([articles(tmp_path, ["The ferry, the ferries: 24", "A ferry"])])
    assert (times["ferri"], documents["ferri"]) == (3, 2)
    assert "24" not in times
    assert words == sum(times.values())


def test_a_word_of_few_articles_is_left_out(tmp_path: Path) -> None:
    path = articles(tmp_path, ["The ferry sank"] * FEWEST_DOCUMENTS + ["A zyzzyva, a zyzzyva, a zyzzyva"])
    out = tmp_path / "frequencies.tsv"
    assert main([str(path), "--out", str(out)]) == 0
    rates = dict(line.split("\t") for line in out.read_text("utf-8").splitlines())
    assert "ferri" in rates
    assert "zyzzyva" not in rates
    assert 0 < float(rates["ferri"]) < 1e6
