"""Tags with thousands of attributes are cut; nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.html.long_tags import MAX_ATTRIBUTES, trim_attributes
from indexer.pipeline.read import read_paths
from search.model import Document

FOLDER = Path(__file__).parent / "hostile"
MANY = 3 * MAX_ATTRIBUTES


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.name)
def test_a_page_comes_back_as_it_was(path: Path) -> None:
    text = path.read_text("utf-8", errors="replace")
    assert trim_attributes(text) is text


@pytest.mark.parametrize("value", ["=1", '="<p>"', "='>'", "= 'a b'", "", "=a'b"])
def test_of_the_attributes_of_a_tag_the_first_are_kept(value: str) -> None:
    attributes = [f"a{number}{value}" for number in range(MANY)]
    tag = "<p " + " ".join(attributes)
    cut = trim_attributes(f"<b>before</b>{tag}>after <i>it</i>")
    assert cut == f"<b>before</b><p {' '.join(attributes[:MAX_ATTRIBUTES])} >after <i>it</i>"


@pytest.mark.parametrize(
    "inside",
    [
        "<img src='data:image/png;base64," + "A" * 100_000 + "'>",
        "<script>" + "if (i <n) " + "a b c d " * 10_000 + "</script>",
        "<!-- <p " + "a b c d " * 10_000 + "-->",
        "<p>" + "a b c d " * 10_000 + "</p>",
    ],
    ids=["long-value", "script", "comment", "text"],
)
def test_what_is_long_and_has_no_attributes_is_let_be(inside: str) -> None:
    text = f"<b>before</b>{inside}<p>after</p>"
    assert trim_attributes(text) == text


def test_what_stands_behind_a_script_or_a_comment_without_an_end_is_cut_too() -> None:
    tag = "<p " + " ".join(f"a{number}" for number in range(MANY)) + ">"
    assert len(trim_attributes("<script>" * 3 + tag)) < len(tag) / 2
    assert len(trim_attributes("<!--" * 3 + tag)) < len(tag) / 2


def test_a_page_with_a_quarter_of_a_million_attributes_is_read(tmp_path: Path) -> None:
    """The parser took minutes for it, and nothing could stop it meanwhile."""
    tag = "<p " + " ".join(f"a{number}" for number in range(250_000)) + ">"
    words = "“We will not sign a text that nobody has read,” she said in Geneva."
    (tmp_path / "a.html").write_text(f"<html><body><p>{words}</p>{tag}{words}</p></body></html>", "utf-8")
    (document,) = read_paths([str(tmp_path)])
    assert isinstance(document, Document)
    assert document.text.count("nobody has read") == 2
