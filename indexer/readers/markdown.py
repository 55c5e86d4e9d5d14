"""Markdown, with or without front matter: headings, quotations and links as a page would show them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.input.encoding import clean_text, decode
from indexer.input.input_file import InputFile
from search.model import Document, Skip
from search.provenance import Provenance

_NAMED = (".md", ".markdown", ".mdown", ".mkd")
_FRONT = re.compile(r"\A---\s*\n(.{0,8000}?)\n(?:---|\.\.\.)\s*\n", re.DOTALL)
_KEY = re.compile(r"^(\w[\w -]{0,30}):\s*(.*)$")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\s]{0,1000}(?:\s+\"[^\"\n]{0,200}\")?\)|<(https?://[^<>\s]{1,500})>")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1(?![\w*_])")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")


def recognises(name: str, head: bytes) -> int:
    if name.endswith(_NAMED):
        return 60 if b"\0" not in head else 0
    return 58 if re.match(rb"---\r?\n(?:\w[\w -]*:.*\r?\n)+(?:---|\.\.\.)\r?\n", head) else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """One file, one document; what the front matter says is its metadata."""
    from indexer.html.fragment import document_from_fragment

    decoded = decode(file.read_all(), file.charset)
    text = clean_text(decoded.text)
    front = _FRONT.match(text)
    about = _front(front.group(1)) if front else {}
    body, title = _markup(text[front.end() :] if front else text)
    yield document_from_fragment(
        body,
        file.path,
        file.options,
        known_from=Provenance.FRONT_MATTER,
        title=about.get("title") or title,
        url=about.get("url") or about.get("link") or about.get("canonical"),
        outlet=about.get("outlet") or about.get("publisher") or about.get("site"),
        authors=[about[key] for key in ("author", "authors", "byline") if about.get(key)],
        published=about.get("date") or about.get("published"),
        language=about.get("lang") or about.get("language"),
        flags=decoded.flags,
    )


def _front(lines: str) -> dict[str, str]:
    """Simple `key: value` lines; lists on one line lose their brackets."""
    found = (_KEY.match(line) for line in lines.split("\n"))
    return {
        key.group(1).strip().lower(): key.group(2).strip().strip("[]").strip("\"'")
        for key in found
        if key and key.group(2)
    }


def _markup(text: str) -> tuple[str, str | None]:
    """The text as markup, and its first heading."""
    blocks: list[str] = []
    title: str | None = None
    for raw in re.split(r"\n\s*\n|\n(?=#{1,6}\s)", text):
        lines = raw.strip("\n").split("\n")
        heading = _HEADING.match(lines[0])
        if heading:
            words = _inline(heading.group(2))
            if title is None and len(heading.group(1)) == 1:
                title = words
            else:
                blocks.append(f"<h{len(heading.group(1))}>{words}</h{len(heading.group(1))}>")
            lines = lines[1:]
        if not any(line.strip() for line in lines) or re.fullmatch(r"[\s*_=-]{3,}", "".join(lines)):
            continue
        quoted = all(line.lstrip().startswith(">") for line in lines if line.strip())
        words = _inline(" ".join(line.lstrip().lstrip(">").strip() for line in lines))
        items = (
            re.split(r"(?:^|\s)(?:[-*+]|\d{1,3}\.)\s+(?=\S)", words)
            if re.match(r"\s*(?:[-*+]|\d{1,3}\.)\s", lines[0])
            else [words]
        )
        inner = "".join(f"<p>{item}</p>" for item in items if item.strip())
        blocks.append(f"<blockquote>{inner}</blockquote>" if quoted else inner)
    return "".join(blocks), title


def _inline(text: str) -> str:
    text = _LINK.sub(lambda found: (found.group(1) or "") if not found.group().startswith("!") else "", text)
    text = _EMPHASIS.sub(r"\2", text)
    return re.sub(r"`([^`]{1,500})`", r"\1", text).replace("<", "&lt;").strip()
