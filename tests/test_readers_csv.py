"""Tables that spreadsheet programs wrote: the line that names what parts the cells is no header."""

from __future__ import annotations

import pytest

from indexer.input.input_file import ReadOptions, input_from_bytes
from indexer.readers import csv
from search.errors import ReadError
from search.model import Document, Skip


def items(data: bytes) -> list[Document | Skip]:
    """What the reader makes of some bytes."""
    return list(csv.read(input_from_bytes(data, "x", "x.csv", ReadOptions())))


@pytest.mark.parametrize(
    "source",
    [
        b"sep=;\ntitle;text\nFerry;It floats, she said.\n", b"sep=,\r\ntitle,text\r\nFerry,\"It floats, she said.\"\r\n",
        b"sep=\\t\ntitle\ttext\nFerry\tIt floats, she said.\n", b"sep=\t\ntitle\ttext\nFerry\tIt floats, she said.\n",
        b"\xef\xbb\xbf\"sep=;\"\r\ntitle;text\r\nFerry;It floats, she said.\r\n", b"SEP=|\ntitle|text\nFerry|It floats, she said.\n",
        b"sep=^\ntitle^text\nFerry^It floats, she said.\n", b"sep=\ntitle;text\nFerry;It floats, she said.\n",
        b"title;text\nFerry;It floats, she said.\n",
    ],
)  # fmt: skip
def test_a_line_may_name_what_parts_the_cells(source: bytes) -> None:
    assert csv.recognises("table.csv", source) >= 65
    assert csv.recognises("table.txt", source) > 50 or b"^" not in source
    (item,) = items(source)
    assert isinstance(item, Document)
    assert (item.title, item.text) == ("Ferry", "It floats, she said.")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("title,text\nМост,«Мост откроется в мае и никто его не остановит».\n", "cp1251"),
        ("title,text\n大桥,市长李安说：“大桥将于五月开放，没有人能阻止。我们已经等了太久。”\n", "gb18030"),
        ("title,text\nBrücke,„Die Brücke öffnet im Mai“.\n", "cp1252"),
        ("title,text\nМост,«Мост откроется».\n", "utf-8"),
    ],
)
def test_a_table_of_another_encoding_is_read_by_its_letters(text: str, encoding: str) -> None:
    (item,) = items(text.encode(encoding))
    assert isinstance(item, Document)
    assert f"title,text\n{item.title},{item.text}\n" == text


def test_empty_lines_before_the_header_are_none() -> None:
    (item,) = items(b"sep=;\n\r\n\ntitle;text\nFerry;It floats, she said.\n")
    assert isinstance(item, Document)
    assert (item.title, item.text) == ("Ferry", "It floats, she said.")


def test_empty_rows_without_an_end_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv, "_MAX_EMPTY_ROWS", 10)
    rows = b"title,text\n" + b",\n" * 10 + b"Ferry,It floats.\n"
    (document,) = items(rows + b",\n" * 10)
    assert isinstance(document, Document)
    given = csv.read(input_from_bytes(rows + b",\n" * 11 + b"Ferry,It sank.\n", "x", "x.csv", ReadOptions()))
    assert isinstance(next(given), Document)
    with pytest.raises(ReadError, match="empty rows in a row"):
        next(given)


def test_a_table_of_a_header_alone_says_so() -> None:
    (skip,) = items(b"title,text\n")
    assert skip == Skip("x", "it is a table without rows.")
    assert items(b"title,text\n,\n\n,\n") == [skip]
