"""How an article that prints a quote is cited: lines to copy, and a ContextObject that Zotero and its like find on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from search.cited_source import CitedSource, Reference, cited_source, inverted
from search.model import Document, Quote
from search.renderers import apa, chicago, mla

_RIGHT_TO_LEFT: Final = re.compile(r"[\u0590-\u08ff]")
STYLES: Final = {
    "apa": ("APA", apa.reference),
    "chicago": ("Chicago", chicago.reference),
    "mla": ("MLA", mla.reference),
}
DOWNLOADS: Final = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


@dataclass(frozen=True, slots=True)
class StyledReference:
    """A reference in one style; `name` is that of the format, `label` that of the style as people write it."""

    name: str
    label: str
    reference: Reference


def references(quote: Quote, documents: Mapping[str, Document]) -> list[StyledReference]:
    """Return the reference to the article that prints a quote, in each style; `documents` by id know the by-line."""
    source = _directed(_source(quote, documents))
    return [StyledReference(name, label, style(source)) for name, (label, style) in STYLES.items()]


def context_object(quote: Quote, documents: Mapping[str, Document]) -> str:
    """Return the article that prints a quote as an OpenURL ContextObject (Z39.88-2004, in Dublin Core), for a COinS."""
    source = _source(quote, documents)
    fields = [
        ("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"), ("rft.type", "newspaperArticle"),
        ("rft.title", source.title), ("rft.source", source.outlet), *(("rft.creator", inverted(name)) for name in source.authors),
        ("rft.date", "-".join(f"{part:02}" for part in source.date)), ("rft.identifier", source.url),
        ("rft.language", source.language),
    ]  # fmt: skip
    return urlencode([(name, value) for name, value in fields if value])


def _directed(source: CitedSource) -> CitedSource:
    """Return a source whose Persian, Arabic and Hebrew parts keep their place in a line that runs from left to right.

    Without marks around them the day behind a Persian headline is read as a part of it, and its numbers change places.
    """
    authors = tuple(name._replace(family=_marked(name.family), given=_marked(name.given)) for name in source.authors)
    return source._replace(authors=authors, title=_marked(source.title), outlet=_marked(source.outlet))


def _marked(text: str) -> str:
    return f"\u200f{text}\u200f\u200e" if _RIGHT_TO_LEFT.search(text) else text


def _source(quote: Quote, documents: Mapping[str, Document]) -> CitedSource:
    document = documents.get(quote.document_id)
    return cited_source(replace(quote, authors=document.authors) if document is not None else quote)
