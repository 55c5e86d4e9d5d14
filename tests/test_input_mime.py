"""Messages from strangers: of many parts, of deep ones, with headers that the library fails on."""

from __future__ import annotations

from email.policy import compat32, default
from pathlib import Path

import pytest

from indexer.input.mime import MAX_PARTS, parse_message
from indexer.pipeline.read import read_paths
from search.errors import ReadError
from search.model import Document, Skip

HEAD = "From: a@courier.example\nTo: b@courier.example\nSubject: Talks\nMIME-Version: 1.0\n"
BEGINS = "From a@courier.example Mon May  6 10:00:00 2024\n"
WORDS = "“We will not sign a text that nobody has read,” she said."


def nested(depth: int) -> str:
    """A message in which each part holds the next."""
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n" for number in range(depth))
    return f"{HEAD}{parts}Content-Type: text/plain\n\n{WORDS}\n"


def many(parts: int) -> bytes:
    """A message of some parts side by side."""
    part = "--b\nContent-Type: text/plain\n\nx\n"
    return f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{part * parts}--b--\n".encode()


# A parameter that ends with the header at its star, on which the library's parser is an IndexError.
ODD_HEADER = f"{HEAD}Content-Type: text/plain; a*\n\n{WORDS}\n"


def test_as_many_parts_as_a_message_has_are_read_and_no_more() -> None:
    assert len(list(parse_message(many(100), default).walk())) == 101
    made = 0

    def counted(policy: object) -> object:
        nonlocal made
        made += 1
        return original(policy=policy)

    original = default.message_factory
    with pytest.raises(ReadError, match="more than 5,000 parts"):
        parse_message(many(MAX_PARTS + 200), default.clone(message_factory=counted))
    assert made <= MAX_PARTS


@pytest.mark.parametrize("policy", [default, compat32])
def test_deep_parts_are_one_sentence(policy: object) -> None:
    with pytest.raises(ReadError, match="nested too deeply"):
        parse_message(nested(2_000).encode(), policy)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bad", "said"), [(nested(2_000), "nested too deeply"), (ODD_HEADER, "the message is malformed (IndexError).")]
)
def test_one_message_that_cannot_be_read_costs_no_other_of_its_mailbox(tmp_path: Path, bad: str, said: str) -> None:
    first, last = (f"{BEGINS}{HEAD}\n{WORDS} {number}\n\n" for number in (1, 3))
    (tmp_path / "box.mbox").write_text(f"{first}{BEGINS}{bad}\n{last}", "utf-8")
    one, skip, three = read_paths([str(tmp_path / "box.mbox")])
    assert isinstance(one, Document)
    assert isinstance(skip, Skip)
    assert (skip.path, said in skip.reason) == (f"{tmp_path}/box.mbox#2", True)
    assert isinstance(three, Document)
    assert three.text.endswith("3")
