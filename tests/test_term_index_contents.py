"""What an index holds otherwise than it ought to: each change of it is seen, and nothing where there is none."""

from __future__ import annotations

from contextlib import closing
from itertools import starmap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.term_index import IndexedQuote
from search.term_index.contents import differing_quotes
from search.term_index.engines import open_engine
from search.term_index.memory_index import MemoryIndex

TERMS = st.lists(st.sampled_from(["sa", "sb", "sc", "ba b", "bb c"]), max_size=6)
QUOTES = st.dictionaries(st.integers(1, 30), TERMS, max_size=12)


def reads(held: dict[int, list[str]], expected: dict[int, list[str]], unsure: tuple[int, ...] = ()) -> list[int]:
    index = MemoryIndex()
    index.update(starmap(IndexedQuote, held.items()), [], 1)
    with closing(index.reader()) as reader:
        return differing_quotes(reader, starmap(IndexedQuote, expected.items()), 30, unsure)


@given(QUOTES, QUOTES)
def test_exactly_the_quotes_whose_terms_differ_are_found(
    held: dict[int, list[str]], expected: dict[int, list[str]]
) -> None:
    differing = [n for n in range(31) if set(held.get(n, ())) != set(expected.get(n, ()))]
    assert reads(held, expected) == differing
    assert reads(held, expected, tuple(differing)) == []


def test_a_quote_beyond_all_numbers_that_were_given_is_seen() -> None:
    assert reads({31: ["sa"]}, {}) == [0]


@pytest.mark.parametrize("engine", ["memory", "whoosh"])
def test_many_commits_with_deletions_hold_what_one_would(engine: str, tmp_path: Path) -> None:
    index = open_engine(engine, tmp_path / "index")
    expected = {}
    for number in range(1, 40):
        expected[number] = [f"s{number % 5}", f"b{number} é", "sall"]
        gone = [number - 3] if number % 4 == 0 else []
        index.update([IndexedQuote(number, expected[number])], gone, number)
        for one in gone:
            del expected[one]
    with closing(index.reader()) as reader:
        assert differing_quotes(reader, starmap(IndexedQuote, expected.items()), 40) == []
        expected[7] = ["s2", "b7 e", "sall"]
        del expected[10]
        assert differing_quotes(reader, starmap(IndexedQuote, expected.items()), 40) == [7, 10]
    index.close()


@pytest.mark.parametrize("engine", ["memory", "whoosh"])
def test_a_label_or_a_day_that_is_not_a_quotes_own_is_seen(engine: str, tmp_path: Path) -> None:
    """By any field, missing and in its place another one."""
    index = open_engine(engine, tmp_path / "index")
    right = [
        IndexedQuote(number, ["sa"], {"speaker": "Ann Lee", "outlet": "Courier"}, 20210402) for number in range(1, 6)
    ]
    index.update(right, [], 1)
    with closing(index.reader()) as reader:
        assert differing_quotes(reader, right, 5) == []
        right[0] = right[0]._replace(labels={"speaker": "Ann Lee"})
        right[2] = right[2]._replace(labels={"speaker": "Bea Lee", "outlet": "Courier"})
        right[3] = right[3]._replace(day=20210403)
        assert differing_quotes(reader, right, 5) == [1, 3, 4]
    index.close()
