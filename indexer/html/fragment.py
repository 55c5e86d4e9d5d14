"""An article's own markup, as feeds, newsletters and books carry it, with its metadata beside it."""

from __future__ import annotations

import re

from indexer.html import page
from indexer.html import parse as markup
from indexer.html.blocks import Block, linearise
from indexer.input.encoding import clean
from indexer.input.input_file import ReadOptions
from indexer.metadata import bylines, dates, languages, outlets
from indexer.metadata import urls as addresses
from search.model import Document, Skip, document_id

_MARKUP = re.compile(
    r"<(?:p|div|br|a|b|i|em|strong|ul|ol|li|h[1-6]|blockquote|q|img|figure|span|table|article|section|body|html)[\s/>]",
    re.IGNORECASE,
)


def document(
    content: str,
    path: str,
    options: ReadOptions,
    *,
    how: str,
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    authors: list[str] | tuple[str, ...] = (),
    published: object = None,
    modified: object = None,
    language: str | None = None,
    flags: tuple[str, ...] = (),
) -> Document | Skip:
    """A document from markup (or plain text) in which everything is the article; `how` names the format as provenance."""
    words = page.compose(_blocks(content, languages.tag(language) or "en"))
    if not words.text:
        return Skip(path, "it has no text.")
    address = addresses.canonical(url) or url
    by_host = outlets.by_host(url, options.outlets)
    odd = list(flags)
    days: list[str | None] = []
    for value in (published, modified):
        day = dates.parse(value)
        if day and not dates.believable(day, options.now):
            odd.append("date-refused")
            day = None
        days.append(day)
    code, guessed = languages.choose(language, words.text)
    named = bylines.people(authors)
    known = {
        "outlet": "host" if by_host else how if outlet else None,
        "title": how if title else None,
        "authors": how if named else None,
        "published": how if days[0] else None,
        "language": guessed,
    }
    return Document(
        id=document_id(words.text, address),
        text=words.text,
        path=path,
        url=address,
        outlet=by_host or outlets.tidy(outlet),
        title=" ".join(clean(title).split()) or None if title else None,
        authors=named,
        published=days[0],
        modified=days[1],
        language=code,
        flags=tuple(dict.fromkeys(odd)),
        regions=words.regions,
        provenance={name: way for name, way in known.items() if way},
    )


def _blocks(content: str, language: str) -> list[Block]:
    """The blocks of markup, or of plain text with its paragraphs between empty lines."""
    if not _MARKUP.search(content):
        content = "".join(f"<p>{_escaped(part)}</p>" for part in re.split(r"\n\s*\n", content) if part.strip())
    root = markup.parse(content)
    return linearise(root, language) if root is not None else []


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;")
