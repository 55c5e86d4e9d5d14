"""Where one article ends and the next begins in one file: a headline after which people are introduced anew.

Reporting gives a person's full name and office once, at the first mention, and the surname from then on. Where somebody
who has long been "Zarif" is "Foreign Minister Javad Zarif" again right after a headline, another article has begun.
"""

from __future__ import annotations

import re
from collections import Counter

_FULL = re.compile(r"\b((?:[A-Z][\w'’-]+\s+){1,6})([A-Z][a-z][\w'’-]+)")
_SURNAME = re.compile(r"\b[A-Z][a-z][\w’'-]{2,}")
_QUOTED = re.compile(r"[“\"«„][^“”\"«»„]{0,2000}[”\"»“]")
_OFFICE = re.compile(
    r"\b(?:President|Minister|Prime|Chancellor|Secretary|Spokes\w+|Senator|Sen|Rep|Representative|Governor|Gov|Mayor|General|Gen|Colonel|Col|Admiral|Ambassador|Envoy|King|Queen|Pope|"
    r"Chief|Director|Chair\w*|Professor|Prof|Dr|Judge|Justice|Attorney|Leader|Commander|Premier|FM|PM|MP|CEO|Coach|Captain|Officer|Sheikh|Ayatollah|Imam|Bishop|Mr|Mrs|Ms)\.?\s*$"
)
_CONTINUES = re.compile(
    r"^(?:(?:however|but|and|also|meanwhile|moreover|in addition|furthermore|he|she|they|it|his|her|their|this|these|those|such|another|elsewhere|later|earlier|then|still|yet|so|"
    r"despite|for (?:his|her|their) part|in the (?:interview|statement|speech))\b|[A-Z][\w'’-]+ (?:also|further|then|later|went on|added|continued)\b)",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…:;,]$")
_COMMON = frozenset(
    "The This That These Those There They Their When Where While What With From Into Over Under After Before About Iran But And For New United States".split()
)


def is_headline(line: str, *, least: int = 5) -> bool:
    """Return whether a line could be a headline: some words, no full stop."""
    words = line.split()
    bare = line.rstrip("\"”“»«’')] ")
    if not least <= len(words) <= 24 or len(line) > 180 or (_END.search(bare) and not bare.endswith("?")):
        return False
    return line[:1].isupper() or not line[:1].isalpha()


def begins_article(before: list[str], headline: str, after: list[str]) -> bool:
    """Return whether a headline begins a new article: `before` and `after` are the paragraphs around it."""
    if len(before) < 3 or not after or not is_headline(headline):
        return False
    lead = after[:3]
    if _CONTINUES.match(lead[0]):
        return False
    known = _bare_surnames(before)
    introduced = {name for paragraph in lead for name in _introduced(paragraph)}
    return bool(known & introduced)


def _bare_surnames(paragraphs: list[str]) -> set[str]:
    """People whom a text has come to call by their surname alone, often enough for them to be its subject."""
    bare: Counter[str] = Counter()
    full: set[str] = set()
    for paragraph in paragraphs:
        words = _QUOTED.sub(" ", paragraph)
        full |= {found.group(2).removesuffix("’s").removesuffix("'s") for found in _FULL.finditer(words)}
        for found in _SURNAME.finditer(words):
            if not re.search(r"[A-Z][\w'’.-]*\s+$", words[max(0, found.start() - 20) : found.start()]):
                bare[found.group().removesuffix("’s").removesuffix("'s")] += 1
    return {name for name, times in bare.items() if times >= 3 and name in full and name not in _COMMON}


def _introduced(paragraph: str) -> set[str]:
    """Surnames that a paragraph gives with a first name and an office before it."""
    words = _QUOTED.sub(" ", paragraph)
    found: set[str] = set()
    for match in _FULL.finditer(words):
        first = match.group(1).split()
        surname = match.group(2).removesuffix("’s").removesuffix("'s")
        before = words[max(0, match.start() - 24) : match.start()]
        offices = [word for word in first if _OFFICE.search(word)]
        names = [word for word in first if not _OFFICE.search(word) and word not in _COMMON]
        if names and (offices or _OFFICE.search(before)):
            found.add(surname)
    return found
