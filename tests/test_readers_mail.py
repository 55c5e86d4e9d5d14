"""Mailboxes: where a message begins."""

from __future__ import annotations

import time

import pytest

from indexer.input.input_file import ReadOptions, input_from_bytes
from indexer.readers import mail
from search.model import Document, Skip


def items(data: bytes) -> list[Document | Skip]:
    """What the reader makes of some bytes."""
    return list(mail.read(input_from_bytes(data, "x", "x.mail", ReadOptions())))


MESSAGE = b"Subject: One\n\nThe ferry is late.\n\n"


@pytest.mark.parametrize(
    "line",
    [
        b"From nora@harbour.example Mon May  6 09:00:00 2024", b"From - Mon May 06 09:00:00 2024",
        b"From 123@xxx Mon May 06 09:00:00 +0000 2024", b"From nora at harbour.example  Mon May  6 09:00:00 2024",
        b"From nora@harbour.example Mon, 6 May 2024 09:00:00 +0200", b"From MAILER-DAEMON Mon May  6 09:00:00 CEST 2024",
        b"From nora@harbour.example",
    ],
)  # fmt: skip
def test_a_message_begins_with_a_day_or_above_a_header(line: bytes) -> None:
    first = b"From nora@harbour.example Mon May  6 09:00:00 2024\n"
    found = items(first + MESSAGE + line + b"\n" + MESSAGE.replace(b"One", b"Two"))
    assert [item.title for item in found if isinstance(item, Document)] == ["One", "Two"]


@pytest.mark.parametrize(
    "line",
    [
        b"From the river side nobody came.", b"From Monday on it will be late.", b">From here it is late.", b">>From there.",
        b"From the minutes of Mon May 6 09:00:00 2024", b"From Mon May 6 to Tue May 7 2024 it is late.", b"From 9:00 on Mon it is late: Nora Blum says so.",
    ],
)  # fmt: skip
def test_a_sentence_that_begins_so_is_text(line: bytes) -> None:
    (item,) = items(b"From nora@harbour.example Mon May  6 09:00:00 2024\n" + MESSAGE + line + b"\n\nThe end.\n")
    assert isinstance(item, Document)
    assert line.decode().removeprefix(">") in item.text
    assert item.text.endswith("The end.")


@pytest.mark.parametrize("line", [b"From a@" + b" \t" * 200 + b"Mon", b"From a" + b"@" * 400])
def test_lines_that_nearly_begin_a_message_are_told_in_linear_time(line: bytes) -> None:
    """Processor time, and 20 times what it takes: the day was looked for behind each mark and blank, 1.4 ms a line."""
    began = time.process_time()
    assert items(b"From nora@harbour.example Mon May  6 09:00:00 2024\n" + MESSAGE + (line + b"\n\n") * 20_000)
    assert time.process_time() - began < 10
