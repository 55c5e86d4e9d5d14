"""The table of words that stand for one another: probabilities, of other words, one way at a time."""

from __future__ import annotations

from importlib import resources

from search.ranking.translation_table import translations


def test_the_table_is_read_from_each_word() -> None:
    """What is shipped says of a stem which may stand for it."""
    assert 1 > translations("begin")["start"] > translations("begin")["first"] > 0
    assert translations("zyzzyva") == {}


def test_every_row_is_a_probability_of_another_word() -> None:
    lines = (resources.files("search") / "data" / "translation_table.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    assert all(len(row) == 3 and row[0] != row[1] and 0 < float(row[2]) <= 1 for row in rows)
