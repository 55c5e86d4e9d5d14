"""Cursors lead where they were given for, and nowhere else."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QueryError
from web.description.cursor import Cursor, cursor_at, read_cursor
from web.query_string import LAST_OFFSET

OFFSETS = st.integers(0, LAST_OFFSET)


@given(OFFSETS, st.text(), st.text())
def test_a_cursor_says_where_to_go_on(offset: int, question: str, state: str) -> None:
    cursor = cursor_at(offset, question, state)
    assert cursor.isascii()
    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert read_cursor(cursor, question, state) == Cursor(offset, True)
    assert read_cursor(cursor, question, state + "x") == Cursor(offset, False)
    with pytest.raises(QueryError, match="another question"):
        read_cursor(cursor, question + "x", state)


@given(st.text())
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="none that was given here"):
        read_cursor(text, "q", "s")


@pytest.mark.parametrize(
    "plain", ["1.-1.{0}.{0}", "1.1e3.{0}.{0}", "2.1.{0}.{0}", f"1.{LAST_OFFSET + 1}.{{0}}.{{0}}", "1.1.{0}.{0}\n"]
)
def test_what_was_written_by_hand_is_refused(plain: str) -> None:
    with pytest.raises(QueryError, match="none that was given here"):
        read_cursor(urlsafe_b64encode(plain.format("0" * 8).encode()).decode().rstrip("="), "q", "s")


def test_a_long_one_is_not_looked_at() -> None:
    with pytest.raises(QueryError):
        read_cursor("MS4" * 1_000_000, "q", "s")
