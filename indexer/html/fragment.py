"""An article's own markup, as feeds, newsletters and books carry it, with its metadata beside it."""

from __future__ import annotations

import re

from indexer.html.blocks import TextBlock, text_blocks
from indexer.html.page import compose_text
from indexer.html.parse import parse_html
from indexer.input.encoding import clean_text
from indexer.input.input_file import ReadOptions
from indexer.metadata.bylines import author_names
from indexer.metadata.dates import is_believable, parse_date
from indexer.metadata.languages import choose_language, primary_language
from indexer.metadata.outlets import outlet_by_host, tidy_publisher
from indexer.metadata.urls import canonical_url
from search.model import Document, Skip, document_id
from search.provenance import DocumentFlag, Provenance

_MARKUP = re.compile(
    r"<(?:p|div|br|a|b|i|em|strong|ul|ol|li|h[1-6]|blockquote|q|img|figure|span|table|article|section|body|html)[\s/>]",
    re.IGNORECASE,
)


def document_from_fragment(
    content: str,
    path: str,
    options: ReadOptions,
    *,
    known_from: Provenance,
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    authors: list[str] | tuple[str, ...] = (),
    published: object = None,
    modified: object = None,
    language: str | None = None,
    flags: tuple[str, ...] = (),
) -> Document | Skip:
    """Return a document from markup (or plain text) in which everything is the article; `known_from` names the format."""
    words = compose_text(_blocks(content, primary_language(language) or "en"))
    if not words.text:
        return Skip(path, "it has no text.")
    address = canonical_url(url) or url
    by_host = outlet_by_host(url, options.outlets)
    odd = list(flags)
    days: list[str | None] = []
    for value in (published, modified):
        day = parse_date(value, primary_language(language))
        if day and not is_believable(day, options.now):
            odd.append(DocumentFlag.DATE_REFUSED)
            day = None
        days.append(day)
    code, guessed = choose_language(language, words.text)
    named = author_names(authors)
    known = {
        "outlet": Provenance.HOST if by_host else known_from if outlet else None,
        "title": known_from if title else None,
        "authors": known_from if named else None,
        "published": known_from if days[0] else None,
        "language": guessed,
    }
    return Document(
        id=document_id(words.text, address),
        text=words.text,
        path=path,
        url=address,
        outlet=by_host or tidy_publisher(outlet),
        title=" ".join(clean_text(title).split()) or None if title else None,
        authors=named,
        published=days[0],
        modified=days[1],
        language=code,
        flags=tuple(dict.fromkeys(odd)),
        regions=words.regions,
        provenance={name: way for name, way in known.items() if way},
    )


def _blocks(content: str, language: str) -> list[TextBlock]:
    """The blocks of markup, or of plain text with its paragraphs between empty lines."""
    if not _MARKUP.search(content):
        content = "".join(f"<p>{_escaped(part)}</p>" for part in re.split(r"\n\s*\n", content) if part.strip())
    root = parse_html(content)
    return text_blocks(root, language) if root is not None else []


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;")
