"""Which words are no names is learned from how articles print them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.entities.ordinary_words import ordinary_words
from indexer.training.ordinary_words import FEWEST_ARTICLES, main

TEXT = "Plans for the hill failed, and plans for Capitol Hill too. The Mayor of Hill, Plans. Rare."


def test_words_that_are_printed_small_are_written_and_names_are_not(tmp_path: Path) -> None:
    path, out = tmp_path / "articles.jsonl", tmp_path / "words.txt"
    rows = [TEXT] * FEWEST_ARTICLES + ["a zyzzyva"]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in rows), encoding="utf-8")
    assert main([str(path), "--out", str(out)]) == 0
    words = [line for line in out.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert words == [
        "and",
        "failed",
        "for",
        "of",
        "the",
        "too",
    ]  # "plans" has one capital inside a sentence for each small one


@pytest.mark.parametrize(
    ("word", "is_ordinary"), [("folded", True), ("sometimes", True), ("hill", False), ("trump", False)]
)
def test_what_ships_tells_words_from_names(word: str, is_ordinary: bool) -> None:
    assert (word in ordinary_words()) == is_ordinary
