"""CSL-JSON, which Zotero, Mendeley, pandoc and their like read: a newspaper article for each quote."""

from __future__ import annotations

from typing import Any

from search.cited_source import AuthorName, CitedSource, cited_sources
from search.model import Result
from search.renderers import Style
from search.renderers.json import encoded


def render(result: Result, style: Style) -> str:
    """Return a list of the sources as one line of JSON, in the order of the answer (citeproc-js, "CSL-JSON")."""
    return encoded([_item(source) for source in cited_sources(result)])


def _item(source: CitedSource) -> dict[str, Any]:
    known = {
        "author": [_name(name) for name in source.authors],
        "container-title": source.outlet,
        "issued": {"date-parts": [list(source.date)]} if source.date else None,
        "URL": source.url,
        "language": source.language,
    }
    item = {"id": source.key, "type": "article-newspaper", "title": source.title}
    return item | {name: value for name, value in known.items() if value} | {"note": source.note}


def _name(name: AuthorName) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} | ({"suffix": name.suffix} if name.suffix else {})
