"""RIS, which Zotero, EndNote and their like read: a newspaper article for each quote."""

from __future__ import annotations

from collections.abc import Iterator

from search.cited_source import CitedSource, cited_sources, inverted
from search.model import Result
from search.renderers import Style


def render(result: Result, style: Style) -> str:
    """Return the sources, a tag a line, in the order of the answer. No value has a line break, so none begins a tag."""
    return "".join(f"{tag}  - {value}\r\n" for source in cited_sources(result) for tag, value in _tags(source))


def _tags(source: CitedSource) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", source.key
    for name in source.authors:
        yield "AU", inverted(name)
    yield "TI", source.title
    known = {
        "T2": source.outlet,
        "PY": f"{source.date[0]:04}" if source.date else "",
        "DA": "/".join(f"{part:02}" for part in source.date) + "/" * (4 - len(source.date)) if source.date else "",
        "UR": source.url,
        "LA": source.language,
        "N1": source.note,
    }
    yield from ((tag, value) for tag, value in known.items() if value)
    yield "ER", ""
