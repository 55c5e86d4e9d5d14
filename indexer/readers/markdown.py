"""Markdown (CommonMark with tables), with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from indexer.input.encoding import clean_text, decode
from indexer.input.input_file import InputFile
from search.model import Document, Skip
from search.provenance import Provenance

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")
_FRONT_MATTER_HEAD = re.compile(rb"---\r?\n(?:\w[\w -]*:.*\r?\n)+(?:---|\.\.\.)\r?\n")
_FRONT_MATTER = re.compile(r"\A---\s*\n(.{0,8000}?)\n(?:---|\.\.\.)\s*\n", re.DOTALL)
_FRONT_MATTER_LINE = re.compile(r"^(\w[\w -]{0,30}):\s*(.*)$")
# Code points. The parser takes a second for as many in the worst case that was found (rows of "![a"); a longer file is
# read as plain paragraphs.
MAX_MARKDOWN_CHARS = 1_000_000


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): Markdown has no mark of its own, so by the name, or by front matter."""
    if name.endswith(_ENDINGS):
        return 60 if b"\0" not in head else 0
    return 58 if _FRONT_MATTER_HEAD.match(head) else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield the file as one document; the front matter is its metadata, else the first heading its title."""
    from indexer.html.fragment import document_from_fragment

    decoded = decode(file.read_all(), file.charset)
    text = clean_text(decoded.text)
    front_matter = _FRONT_MATTER.match(text)
    fields = _front_matter_fields(front_matter.group(1)) if front_matter else {}
    body = text[front_matter.end() :] if front_matter else text
    markup, title = to_markup(body) if len(body) <= MAX_MARKDOWN_CHARS else (body, None)
    yield document_from_fragment(
        markup,
        file.path,
        file.options,
        known_from=Provenance.FRONT_MATTER,
        title=fields.get("title") or title,
        url=fields.get("url") or fields.get("link") or fields.get("canonical"),
        outlet=fields.get("outlet") or fields.get("publisher") or fields.get("site"),
        authors=[fields[key] for key in ("author", "authors", "byline") if fields.get(key)],
        published=fields.get("date") or fields.get("published"),
        language=fields.get("lang") or fields.get("language"),
        flags=decoded.flags,
    )


def to_markup(text: str) -> tuple[str, str | None]:
    """Return Markdown as HTML, and its first heading of the first level, which is not in the HTML; None without one."""
    parser = _parser()
    tokens = parser.parse(text)
    title = None
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            title = _plain_words(tokens[index + 1].children or [])
            # A heading is three tokens: its beginning, its words, its end.
            del tokens[index : index + 3]
            break
    return parser.renderer.render(tokens, parser.options, {}), title


@cache
def _parser() -> MarkdownIt:
    """Make the parser: markup in the text stays text, and an indented paragraph is one and no program."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("code")


def _plain_words(tokens: Sequence[object]) -> str | None:
    words = "".join(
        str(getattr(token, "content", "")) or " " * (getattr(token, "type", "") == "softbreak") for token in tokens
    )
    return " ".join(words.split()) or None


def _front_matter_fields(lines: str) -> dict[str, str]:
    """Return simple `key: value` lines, keys in lower case; a list on one line loses its brackets."""
    matches = (_FRONT_MATTER_LINE.match(line) for line in lines.split("\n"))
    return {
        match.group(1).strip().lower(): match.group(2).strip().strip("[]").strip("\"'")
        for match in matches
        if match and match.group(2)
    }
