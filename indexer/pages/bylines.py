"""Who wrote it, out of what pages put where an author should stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BY = re.compile(
    r"^\s*(?:(?:story|words|text|report(?:ed)?|written|posted|published|analysis|opinion|edited|compiled|texte|article|artikel)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|od|от|автор|autor(?:a|es)?|auteur|autore|author|oleh|tekst|text|scritto da|escrito por|publié par)\b\s*[:\-]?\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\s*(?:[;|•·/\n]|,(?!\s*(?:Jr|Sr|II|III|IV|MD|M\.D|PhD|Ph\.D|MP|QC|KC)\b)|\s&\s|\s\+\s|\s(?:and|und|et|y|e|og|och|en|i|и|with|mit|avec)\s)\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:\(.*|\[.*|\bis a\b.*|\bin\s+[A-Z].*|\bfor\s+[A-Z].*|\b(?:for|at|of)\s+the\b.*|@\S+.*|\S+@\S+.*|https?:.*|www\..*|"
    r"\s[-–—]\s.*|\b(?:updated|published|posted|last)\b.*|\d{1,2}[:.]\d\d.*)$",
    re.IGNORECASE,
)
# What stands in an author's place and is nobody's name.
_NOBODY = re.compile(
    r"^(?:admin\w*|administrator|editor\w*|editorial\w*|redaktion\w*|redacci[oó]n|r[eé]daction|redazione|redactie|redakcja|redaksi|staff|newsroom|news ?desk|"
    r"web ?(?:desk|master|editor)|online|guest|contributor\w*|correspondent\w*|reporter\w*|author|autor|unknown|n/?a|none|null|anonymous|user|root|"
    r"(?:our|special|senior|chief|staff|political|foreign|sports?|business|health|science|deputy|associate|managing)\s.*(?:correspondent|reporter|writer|editor|desk|staff|team|bureau)s?|"
    r".*\b(?:journalist|reporter|correspondent|columnist|newsletter|follow|subscribe|twitter|facebook|instagram|share|comments?|updated|published|read|view|profile|contact|about|more)|"
    r"(?:view|see|more|all|read|by|von|photo|foto|image|picture|video|copyright|source|quelle)\b.*)$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")


def printed(line: str) -> str | None:
    """The words of a by-line, or None when the line is too long to be one."""
    line = " ".join(line.split())
    return line if 2 < len(line) <= 120 else None


def people(lines: Iterable[str], outlet: str | None = None) -> tuple[str, ...]:
    """The names in some by-lines, once each, in order; the outlet itself is no author of its page."""
    found: dict[str, str] = {}
    for line in list(lines)[:30]:
        for name in names(line):
            key = re.sub(r"\W+", "", name).casefold()
            if outlet and key == re.sub(r"\W+", "", outlet).casefold():
                continue
            found.setdefault(key, name)
    return tuple(found.values())[:20]


def names(line: str) -> list[str]:
    """The names in one by-line ("By Lena Brandt and Amir Rahimi, Geneva").

    >>> names("By Lena Brandt and Amir Rahimi (AFP)")
    ['Lena Brandt', 'Amir Rahimi']
    """
    line = _BY.sub("", " ".join(line.split())[:300])
    pieces = (_TAIL.sub("", _BY.sub("", piece)).strip(" \t,.:–—-*") for piece in _PARTS.split(line))
    return [piece for piece in pieces if _is_name(piece)]


def _is_name(words: str) -> bool:
    if not 2 <= len(words) <= 60 or len(words.split()) > 6 or not _LETTERS.search(words):
        return False
    if _NOBODY.match(words) or "http" in words or "@" in words or any(mark in words for mark in "<>{}=?!"):
        return False
    digits = sum(map(str.isdigit, words))
    return digits == 0 or digits * 4 < len(words)
