"""Ready-made quotes: a line of any length is passed over and never held."""

from __future__ import annotations

import io
from typing import Any

import pytest

from indexer.pipeline.import_quotes import MAX_QUOTE_CHARS, quotes_from_rows
from search.files.plain_file import MAX_LINE_BYTES, bounded_lines
from search.find.query_language import VALUE_LENGTH
from search.model import Quote, Skip


class Endless(io.RawIOBase):
    """A line that never ends, of which only so many bytes may be asked for at once."""

    def __init__(self, pieces: int) -> None:
        self.pieces = pieces

    def readline(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert 0 < size <= MAX_LINE_BYTES + 1
        self.pieces -= 1
        return b"x" * size if self.pieces >= 0 else b""


def test_a_line_that_is_too_long_is_none_and_the_next_is_whole() -> None:
    lines = [b"a\n", b"x" * MAX_LINE_BYTES + b"y\n", b"b\n", b"x" * (3 * MAX_LINE_BYTES) + b"\n", b"c"]
    assert list(bounded_lines(io.BytesIO(b"".join(lines)))) == [b"a\n", None, b"b\n", None, b"c"]


def test_a_line_without_an_end_is_never_held() -> None:
    assert list(bounded_lines(Endless(50))) == [None]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "most"),
    [("speaker", VALUE_LENGTH), ("outlet", VALUE_LENGTH), ("title", MAX_QUOTE_CHARS), ("before", MAX_QUOTE_CHARS)],
)
def test_no_field_is_longer_than_a_quote_and_no_name_than_can_be_asked_for(name: str, most: int) -> None:
    rows: list[tuple[str, Any]] = [
        ("line 1", {"text": "We sold it", name: "x" * length}) for length in (most, most + 1)
    ]
    kept, skipped = quotes_from_rows(rows)
    assert isinstance(kept, Quote)
    assert isinstance(skipped, Skip)
    assert name in skipped.reason
