"""BibTeX, in UTF-8 as biber and today's BibTeX read it: an article for each quote."""

from __future__ import annotations

import re
from typing import Final

from search.cited_source import AuthorName, CitedSource, cited_sources
from search.model import Result
from search.renderers import Style

# What TeX would obey. BibTeX counts braces even behind a backslash, so that none of a stranger's may stay one.
_COMMANDS: Final = {
    "\\": "{\\textbackslash}", "{": "{\\textbraceleft}", "}": "{\\textbraceright}", "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_",
}  # fmt: skip
_OBEYED: Final = re.compile(r"[\\{}~^$&#%_]")
_AND: Final = re.compile(r"\band\b", re.IGNORECASE)


def render(result: Result, style: Style) -> str:
    """Return the sources as entries, in the order of the answer."""
    return "".join(map(_entry, cited_sources(result)))


def _entry(source: CitedSource) -> str:
    fields = {
        "author": " and ".join(map(_name, source.authors)),
        # A second pair of braces keeps the capitals as they are printed.
        "title": f"{{{_literal(source.title)}}}",
        "journal": _literal(source.outlet),
        "year": "".join(f"{year:04}" for year in source.date[:1]),
        "month": "".join(str(month) for month in source.date[1:2]),
        "day": "".join(str(day) for day in source.date[2:]),
        "url": source.url,  # taken to the letter; it has no brace (`search.safe_address`)
        "language": _literal(source.language),
        "note": _literal(source.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{source.key},\n{lines}}}\n"


def _literal(text: str) -> str:
    return _OBEYED.sub(lambda match: _COMMANDS[match[0]], text)


def _name(name: AuthorName) -> str:
    if not name.given:
        return f"{{{_literal(name.family)}}}"
    parts = (name.family, name.suffix, name.given) if name.suffix else (name.family, name.given)
    return ", ".join(_AND.sub(r"{\g<0>}", _literal(part)).replace(",", "{,}") for part in parts)
