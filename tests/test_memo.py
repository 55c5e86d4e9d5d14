"""A function remembered word by word."""

from __future__ import annotations

from search.memo import SelfFillingTable


def test_a_word_is_worked_out_once_and_the_table_never_grows_beyond_its_bound() -> None:
    """Until it is emptied, which changes no answer."""
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    known = SelfFillingTable(length, 2)
    assert [known[word] for word in ("ferry", "harbour", "ferry")] == [5, 7, 5]
    assert asked == ["ferry", "harbour"]
    assert known["boat"] == 4
    assert len(known) <= 2
    assert known["ferry"] == 5
