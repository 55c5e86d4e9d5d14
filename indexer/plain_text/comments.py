"""Where the article ends and its readers begin, when nothing marks the place.

Every paragraph gets a number: above zero it reads like a reader's comment, below like reporting. Comments stand at the
end of a page, so the place looked for is the one after which the numbers add up to the most.
"""

from __future__ import annotations

import re
from collections import Counter

from indexer.metadata.phrases import compile_phrases
from search.text.language import detect_language

_QUOTED = re.compile(r"[“\"«„][^“”\"«»„]{0,2000}[”\"»“]")
_SLANG = compile_phrases("comments", "slang", r"\b", r"\b|[:;]-?[)(DP](?=\s|$)|^brother\b")
_OPINION = compile_phrases("comments", "opinion", r"\b", r"\b")
_SELF = re.compile(r"\b(?:I|I'm|I’m|I've|I’ve|I'd|I’d|I'll|my|me|myself|imho)\b")
_YOU = re.compile(r"\b(?:you|your|you're|you’re|u|ur)\b", re.IGNORECASE)
_SLOPPY = re.compile(
    r"\s,\S|\s\.\S|[a-z],[a-z]{2}|!!+|\?\?+|\.{4,}|\?!|,,|\s[,;](?=\s)|\.https?://|\b(?:i|dont|cant|didnt|doesnt|isnt|wont|im|ive|thats|alot)\b(?!['’.])|[a-z]\.[A-Z][a-z]"
)
_LOWER_START = re.compile(r"(?:^|[.!?]\s+)[a-z][a-z]+")
_REPORTS = compile_phrases("comments", "reports", r"(?<!\bI )\b", r"\b")
_TURN = re.compile(r"(?:[A-Z][A-Z.' -]{1,40}|Q|A|[A-Z][\w.' -]{1,30}):\s")
_PROPER = re.compile(r"\b[A-Z][a-z]{3,}\b")
_WORD = re.compile(r"\b[a-z]{4,}\b")
# A paragraph that says nothing either way speaks a little for the article: most paragraphs of most files are one.
NEUTRAL_SCORE = -0.35
_LANGUAGE_SAMPLE = 3_000  # code points that tell the language of the paragraphs
# What the end of a file has to add up to, and how many of its paragraphs have to be odd beyond doubt.
MIN_TAIL_SCORE, MIN_STRONG_PARAGRAPHS = 4.0, 3


def comments_start(paragraphs: list[str]) -> int:
    """Return the index of the first paragraph that readers wrote; the number of paragraphs when there is none.

    A transcript is people speaking from one end to the other: there the signs say nothing. Nor do they in other languages
    than English, where "i" is a word (Polish, Croatian) and every noun has a capital (German).
    """
    if detect_language(" ".join(paragraphs)[:_LANGUAGE_SAMPLE]) not in ("en", None):
        return len(paragraphs)
    if sum(1 for paragraph in paragraphs if _TURN.match(paragraph)) >= 4:
        return len(paragraphs)
    proper = _proper_names(paragraphs)
    scores = [comment_score(paragraph, proper) for paragraph in paragraphs]
    best, where, total = 0.0, len(paragraphs), 0.0
    for index in range(len(scores) - 1, 0, -1):
        total += scores[index][0]
        if total > best:
            best, where = total, index
    odd = sum(1 for value, strong in scores[where:] if strong)
    tail = len(scores) - where
    if best < MIN_TAIL_SCORE or odd < MIN_STRONG_PARAGRAPHS or odd < 0.25 * tail:
        return len(paragraphs)
    return where


def comment_score(paragraph: str, proper: frozenset[str] = frozenset()) -> tuple[float, bool]:
    """Return how much a paragraph reads like a comment (above 0) or like reporting, and whether a sign is beyond doubt."""
    bare = _QUOTED.sub(" ", paragraph)
    strong = 0.0
    strong += 1.5 * min(2, len(_SLANG.findall(bare)))
    strong += 1.0 * min(2, len(_SLOPPY.findall(bare)))
    strong += 1.5 * (len({word for word in _WORD.findall(bare) if word in proper}) > 0)
    strong += 0.7 * min(2, len(_LOWER_START.findall(bare)))
    weak = 0.6 * bool(_SELF.search(bare)) + 0.3 * bool(_YOU.search(bare)) + 0.3 * bare.rstrip().endswith("?")
    weak += 0.5 * min(2, len(_OPINION.findall(bare.replace("’", "'"))))
    weak += 0.3 * (not re.search(r"[.!?…\"”»:]\s*$", bare) and len(bare) > 60)
    reports = 1.2 * bool(_REPORTS.search(bare)) + 1.0 * (bare != paragraph and bool(_REPORTS.search(bare)))
    return NEUTRAL_SCORE + strong + weak - reports, strong >= 1.4


def _proper_names(paragraphs: list[str]) -> frozenset[str]:
    """Words that the text writes with a capital in the middle of sentences, in lower case: names, and no other words."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for paragraph in paragraphs:
        for found in _PROPER.finditer(paragraph):
            if paragraph[max(0, found.start() - 2) : found.start()].strip()[-1:].isalpha():
                capital[found.group().lower()] += 1
        small.update(_WORD.findall(paragraph))
    return frozenset(word for word, times in capital.items() if times >= 3 and small[word] * 3 <= times)
