"""Web archives as the tools write them: wget, warcit, browsers, and the texts of a crawl."""

from __future__ import annotations

import pytest

from indexer.input.input_file import ReadOptions, input_from_bytes
from indexer.readers import warc
from search.model import Document, Skip


def items(data: bytes) -> list[Document | Skip]:
    """What the reader makes of some bytes."""
    return list(warc.read(input_from_bytes(data, "x", "x.warc", ReadOptions())))


PAGE = b"""<html><head><title>Ferry to run at night</title></head><body><p>The ferry will run at night from June, said Nora Blum,
the harbour master, on a long day of wind and rain.</p><p>Nobody in the town will have to wait for the morning again.</p></body></html>"""
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def record(kind: str, address: str, block: bytes, content: str = "application/http;msgtype=response") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("source", "address"),
    [
        (record("response", "<https://harbour.example/ferry>", ANSWER + PAGE), "https://harbour.example/ferry"),
        (record("response", "https://harbour.example/ferry", ANSWER + PAGE), "https://harbour.example/ferry"),
        (record("Response", "HTTPS://harbour.example/ferry", ANSWER + PAGE), "https://harbour.example/ferry"),
        (record("response", "<https://harbour.example/ferry>", ANSWER.replace(b"\r\n", b"\n") + PAGE), "https://harbour.example/ferry"),
        (record("response", "https://harbour.example/ferry", b"HTTP/2 200\r\n\r\n" + PAGE), "https://harbour.example/ferry"),
        (record("resource", "http://harbour.example/ferry", PAGE, "text/html"), "http://harbour.example/ferry"),
        (record("conversion", "http://harbour.example/ferry", b"The ferry will run at night.\n", "text/plain"), None),
    ],
)  # fmt: skip
def test_a_page_is_read_however_its_record_is_written(source: bytes, address: str | None) -> None:
    (item,) = items(source)
    assert isinstance(item, Document)
    assert "ferry will run at night" in item.text
    assert item.url == address


@pytest.mark.parametrize(
    "source",
    [
        record("response", "https://harbour.example/x", b"HTTP/1.1 404 Not Found\r\n\r\n" + PAGE),
        record("response", "https://harbour.example/x", b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}"),
        record("metadata", "https://harbour.example/x", b"via: x", "application/warc-fields"),
        record("resource", "metadata://gnu.example/wget.log", b"a log", "text/plain"),
    ],
)
def test_an_archive_without_a_page_says_so(source: bytes) -> None:
    (item,) = items(source)
    assert isinstance(item, Skip)
    assert item.reason == "among its records (1) is no page that was answered with 200."
