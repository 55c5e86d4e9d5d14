"""What goes wrong in one document costs no other of its file."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.html import fragment, page
from indexer.input import trouble
from indexer.input.trouble import attempted, caught, fault_sentence, trouble_sentence
from indexer.pipeline.read import read_paths
from indexer.readers import csv as csv_reader
from indexer.readers import jsonl as jsonl_reader
from search.errors import ReadError
from search.model import Document, Skip

WORDS = [f"“We will not sign text {number} that nobody has read,” she said in Geneva. " for number in range(3)]
BAD = "text 1"  # of the three documents of each file the one that breaks
LONG = 4  # times its words, so that a chapter is one


def write_feed(path: Path) -> None:
    items = "".join(f"<item><title>a</title><description>{words}</description></item>" for words in WORDS)
    path.with_suffix(".rss").write_text(f"<rss><channel>{items}</channel></rss>", "utf-8")


def write_ninjs(path: Path) -> None:
    items = [{"versioncreated": "2024-05-06", "pubstatus": "usable", "body_text": words} for words in WORDS]
    path.with_suffix(".json").write_text(json.dumps(items), "utf-8")


def write_newsml(path: Path) -> None:
    items = "".join(f"<newsItem><headline>a</headline><body>{words}</body></newsItem>" for words in WORDS)
    path.with_suffix(".xml").write_text(f"<newsMessage>{items}</newsMessage>", "utf-8")


def write_mailbox(path: Path) -> None:
    head = "From a@x.example Mon May  6 10:00:00 2024\nFrom: a@x.example\nTo: b@x.example\nSubject: s\n\n"
    path.with_suffix(".mbox").write_text("".join(f"{head}{words}\n\n" for words in WORDS), "utf-8")


def write_lines(path: Path) -> None:
    path.with_suffix(".jsonl").write_text("".join(json.dumps({"text": words}) + "\n" for words in WORDS), "utf-8")


def write_table(path: Path) -> None:
    with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("title", "text"), *(("a", words) for words in WORDS)])


def write_book(path: Path) -> None:
    with zipfile.ZipFile(path.with_suffix(".epub"), "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml", '<container><rootfiles><rootfile full-path="o"/></rootfiles></container>'
        )
        items = "".join(f'<item id="c{number}" href="c{number}.html"/>' for number in range(3))
        spine = "".join(f'<itemref idref="c{number}"/>' for number in range(3))
        book.writestr("o", f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>")
        for number, words in enumerate(WORDS):
            book.writestr(f"c{number}.html", f"<p>{words * LONG}</p>")


def write_web_archive(path: Path) -> None:
    pages = [f"<html><body><p>{words}</p></body></html>".encode() for words in WORDS]
    bodies = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + each for each in pages]
    records = [
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n".encode()
        + body
        + b"\r\n\r\n"
        for number, body in enumerate(bodies)
    ]
    path.with_suffix(".warc.gz").write_bytes(gzip.compress(b"".join(records)))


WRITERS = (
    write_feed, write_ninjs, write_newsml, write_mailbox, write_lines, write_table, write_book, write_web_archive,
)  # fmt: skip


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("error", [KeyError("sentinel"), RecursionError(), ValueError("odd")], ids=repr)
def test_a_document_that_breaks_costs_no_other_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None], error: Exception
) -> None:
    def breaking(original: Callable[..., object]) -> Callable[..., object]:
        def read(content: object, *rest: object, **named: object) -> object:
            if BAD in str(content):
                raise error
            return original(content, *rest, **named)

        return read

    monkeypatch.setattr(trouble, "UNFORESEEN", (Exception,))
    monkeypatch.setattr(fragment, "document_from_fragment", breaking(fragment.document_from_fragment))
    monkeypatch.setattr(page, "read_page", breaking(page.read_page))
    for reader in (csv_reader, jsonl_reader):
        monkeypatch.setattr(reader, "document_from_record", breaking(reader.document_from_record))
    write(tmp_path / "file")
    one, skip, three = read_paths([str(tmp_path)])
    assert isinstance(one, Document)
    assert isinstance(skip, Skip)
    assert isinstance(three, Document)
    assert "text 0" in one.text
    assert "text 2" in three.text


def test_what_nobody_foresaw_is_seen_by_the_tests() -> None:
    def broken() -> Document:
        raise KeyError("sentinel")

    with pytest.raises(KeyError):
        attempted("a", broken)


def test_each_trouble_is_a_sentence() -> None:
    def ended() -> object:
        yield Skip("a", "first.")
        raise RecursionError

    assert list(caught("b", ended())) == [  # type: ignore[arg-type]
        Skip("a", "first."),
        Skip("b", "too-deep: its parts are nested too deeply."),
    ]
    assert trouble_sentence(ReadError("it is odd.")) == "it is odd."
    assert trouble_sentence(ValueError("a\n b")) == "it cannot be read (a b)."
    with pytest.raises(KeyError) as raised:
        raise KeyError("x")
    assert fault_sentence(raised.value).startswith("it is broken in a way that was not foreseen (KeyError in test_")
