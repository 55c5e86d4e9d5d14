"""Who wrote it, out of what pages put where an author should stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.metadata.phrases import compile_phrases

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
_NOBODY = compile_phrases("bylines", "nobody", r"^", r"$")
_STAFF = re.compile(
    r"^[A-Z][\w’' -]{2,30}\s(?:staff|staff reporters?|reporters?|newsroom|editorial board|correspondent)$"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
# Korean and Japanese put the profession after the name.
_REPORTER = re.compile(r"\s*(?:기자|특파원|記者)$")
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[-'’][^\W\d_]+)*\.?")
_LETTERS = re.compile(r"[^\W\d_]")


def bounded_byline(line: str) -> str | None:
    """Return the words of a by-line, or None when the line is too long to be one."""
    line = " ".join(line.split())
    return line if 2 < len(line) <= 120 else None


def author_names(lines: Iterable[str], *, roles: bool = False) -> tuple[str, ...]:
    """Return the names in some by-lines, once each, in order; with `roles` also "Courier staff reporter", which data says of itself.

    Beside real names, a word in lower case is the account that posted the page, not somebody who wrote it.
    """
    found: dict[str, str] = {}
    for line in list(lines)[:30]:
        whole = " ".join(line.split())
        for name in [whole] if roles and _STAFF.match(whole) else names_in_byline(line):
            found.setdefault(re.sub(r"\W+", "", name).casefold(), name)
    named = [name for name in found.values() if not is_account(name)]
    return tuple(named or found.values())[:20]


def author_rank(people: tuple[str, ...], outlet: str | None) -> int:
    """Return how much some authors say: 3 for persons, 2 for the outlet itself, 1 for accounts, 0 for nobody."""
    own = re.sub(r"\W+", "", outlet or "").casefold()
    if not people:
        return 0
    if all(map(is_account, people)):
        return 1
    return 2 if all(own and _is_own(name, own) for name in people) else 3


def _is_own(name: str, outlet: str) -> bool:
    key = re.sub(r"\W+", "", name).casefold().removesuffix("de").removesuffix("com")
    return key.startswith(outlet) or outlet.startswith(key) or key.removeprefix("the") == outlet.removeprefix("the")


def is_account(name: str) -> bool:
    """Return whether a name is only what somebody signs in with ("lbrandt", "desk2")."""
    return " " not in name and name == name.lower() and name.isascii() and "." not in name


def names_in_byline(line: str) -> list[str]:
    """Return the names in one by-line ("By Lena Brandt and Amir Rahimi, Geneva").

    >>> names("By Lena Brandt and Amir Rahimi (AFP)")
    ['Lena Brandt', 'Amir Rahimi']
    """
    # The slashes of an address would part it into names.
    line = _ADDRESS.sub(" ", " ".join(line.split())[:300])
    line = _BRACKETS.sub(" ", _BY.sub("", line))
    pieces = (_TAIL.sub("", _BY.sub("", piece)).strip(" \t,.:–—-*") for piece in _PARTS.split(line))
    return [_REPORTER.sub("", piece) for piece in pieces if _is_name(piece)]


def is_bare_name(line: str) -> bool:
    """Return whether a line is nothing but a person's name, as by-lines without "By" are."""
    words = line.split()
    if not 2 <= len(words) <= 4 or len(line) > 40 or not _is_name(line):
        return False
    return all(_NAME_WORD.fullmatch(word) and word[0].isupper() for word in words)


def _is_name(words: str) -> bool:
    if not 2 <= len(words) <= 60 or len(words.split()) > 6 or not _LETTERS.search(words):
        return False
    if _NOBODY.match(words) or "http" in words or "@" in words or any(mark in words for mark in "<>{}=?!"):
        return False
    return not any(map(str.isdigit, words))
