"""Markdown as a page would show it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.input.input_file import ReadOptions, input_from_bytes
from indexer.readers import markdown
from indexer.readers.markdown import to_markup
from search.model import Document


def read(text: str) -> Document:
    (document,) = markdown.read(input_from_bytes(text.encode(), "a.md", "a.md", ReadOptions()))
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It *will* **hold**, she `said`.", "It will hold, she said."),
        ("See the [timetable](https://a.example/t \"T\").", "See the timetable."),
        ("![A bridge](b.png) It will hold.", "It will hold."),
        ("one\ntwo", "one two"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("- one\n- two", "one\n\ntwo"),
        ("1. one\n2. two", "one\n\ntwo"),
        ("one\n\n***\n\ntwo", "one\n\ntwo"),
        ("```py\nx = 1\n```\n\none", "x = 1\n\none"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b\n\n1 2"),
        ("    “Indented,” she said.", "“Indented,” she said."),
        ("5 < 6 & <b>bold</b>", "5 < 6 & <b>bold</b>"),
        ("a [broken](link", "a [broken](link"),
    ],
)  # fmt: skip
def test_text(text: str, shown: str) -> None:
    assert read(text).text == shown


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The *bridge* holds\n\nIt does.", "The bridge holds"),
        ("The bridge\nholds\n=====\n\nIt does.", "The bridge holds"),
        ("## Below\n\nIt does.", None),
        ("---\ntitle: Front\n---\n\n# Heading\n\nIt does.", "Front"),
    ],
)
def test_the_title_is_the_front_matters_else_the_first_heading(text: str, title: str | None) -> None:
    document = read(text)
    assert document.title == title
    assert document.text.endswith("It does.")
    assert "Heading" not in document.text


def test_headings_and_quotations_are_regions() -> None:
    document = read("Below\n-----\n\n> It will hold.\n> It will.\n\nSaid Ann Lee.")
    assert [(region.role, region.span.of(document.text)) for region in document.regions] == [
        ("heading", "Below"),
        ("blockquote", "It will hold. It will."),
    ]


def test_a_long_file_is_read_as_plain_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MAX_MARKDOWN_CHARS", 10)
    assert read("# The bridge\n\n*It* holds.").text == "# The bridge\n\n*It* holds."


@pytest.mark.parametrize("piece", ["![a", "[a](", "*a ", "**a **", "> ", "- ", "`", "<", "|a", "a\n---\n", "[a]: b\n"])
def test_it_stays_linear(piece: str) -> None:
    """Processor time, and 20 times what it takes."""
    began = time.process_time()
    to_markup(piece * (200_000 // len(piece)))
    assert time.process_time() - began < 20


@given(st.text(alphabet='a*_`[]()!#>-|=\n <&"“”', max_size=200))
def test_any_text_is_markdown(text: str) -> None:
    markup, _ = to_markup(text)
    assert "<script" not in markup
