"""Marks around words that nobody is quoted as saying: titles of works, nicknames, slogans, terms, words held at arm's length.

A short ranker-like forest reads what a stretch looks like and how it hangs in its sentence.
"""

from __future__ import annotations

from collections import Counter

from indexer.attribution.annotated_document import Scene
from indexer.entities.lexicon import words
from indexer.quotations.quotation_marks import Quotation

SCARE_FEATURES = (
    "words",
    "upper",
    "title_case",
    "end",
    "before",
    "after",
    "before_cue",
    "after_cue",
    "opens_paragraph",
    "closes_paragraph",
    "paragraph_quotes_before",
    "paragraph_quotes_after",
    "source",
    "source_gap",
    "cue_gap_before",
    "cue_gap_after",
    "cue_before",
    "cue_after",
    "headline",
    "headline_after",
    "work_before",
    "so_called",
    "determiner",
    "preposition",
    "noun_after",
    "repeated",
    "function_share",
    "first_person",
    "single_mark",
    "has_verb",
    "inner_end",
    "hyphen",
    "sentence_words",
    "sentence_cues",
)
_WORKS = frozenset(
    "book film movie song album show series podcast novel play documentary episode program programme magazine article essay"
    " column painting memoir author host hosts anchor star stars starring titled entitled headlined named dubbed nicknamed"
    " sitcom thriller comedy drama musical anthem ballad hit single track video game poem exhibition called motto slogan".split()
)
_VERBS = frozenset(
    "is are was were be been am has have had do does did will would can could should must may might isn't aren't don't"
    " doesn't didn't won't can't it's i'm we're they're that's there's he's she's you're i've we've let's want need know"
    " think get got make go going see take come keep".split()
)
_FUNCTION, _DETERMINERS = words("function"), words("determiners")
_PREPOSITIONS = frozenset("in on at of for with by as from to about into".split())
_FIRST = frozenset("i we my our me us i'm i’m we’re we're i've i’ve".split())


def repeated_words(scene: Scene) -> Counter[str]:
    """How often each quoted wording stands in the document."""
    text = scene.outline.text
    return Counter(text[q.start : q.end].strip(" .,;:!?").lower() for q in scene.quotations if q.end - q.start < 60)


def scare_row(scene: Scene, number: int, source: float, gap: float, repeated: Counter[str]) -> list[float]:
    """The numbers of one outermost quotation, in the order of `SCARE_FEATURES`.

    source, gap   chance of the likeliest source, and how many words away it stands
    """
    outline, quotation = scene.outline, scene.quotations[number]
    at = scene.place[number]
    content = outline.text[quotation.start : quotation.end]
    pieces = [piece.strip(".,;:!?()[]").lower() for piece in content.split()]
    lower = [piece for piece in pieces if piece]
    capitals = [piece[:1].isupper() for piece in content.split() if len(piece) > 3]
    paragraph, sentence = outline.paragraph[at], outline.sentence[at]
    first, last = scene.paragraph_first[paragraph], scene.paragraph_last[paragraph]
    before = outline.lower[at - 1] if at > first else ""
    after = outline.lower[at + 1] if at < last else ""
    back, ahead = scene.previous_cue[at], scene.next_cue[at + 1]
    cue_back = at - back if back >= 0 and outline.sentence[back] == sentence else 60
    cue_ahead = ahead - at if ahead >= 0 and outline.sentence[ahead] == sentence else 60
    near = outline.lower[max(first, at - 4) : at]
    quotes = scene.totals["quotes"]
    ending = content[-1:]
    follows = outline.text[quotation.close : quotation.close + 1]
    low, high = at, at
    while low > first and outline.sentence[low - 1] == sentence and at - low < 60:
        low -= 1
    while high < last and outline.sentence[high + 1] == sentence and high - at < 60:
        high += 1
    return [
        float(min(60, len(lower))),
        float(content[:1].isupper()),
        sum(capitals) / len(capitals) if capitals else -1.0,
        float({",": 1, ".": 2, "…": 2, "?": 3, "!": 4}.get(ending, 0)),
        float(_word_class(scene, at - 1, before)),
        float(_word_class(scene, at + 1, after)),
        scene.cue[at - 1] if at > first else 0.0,
        scene.cue[at + 1] if at < last else 0.0,
        float(at == first),
        float(at == last),
        min(9.0, quotes[at] - quotes[first]),
        min(9.0, quotes[last + 1] - quotes[at + 1]),
        source,
        min(60.0, gap),
        float(min(60, cue_back)),
        float(min(60, cue_ahead)),
        scene.cue[back] if cue_back < 60 else 0.0,
        scene.cue[ahead] if cue_ahead < 60 else 0.0,
        float(paragraph == scene.headline),
        float(paragraph <= scene.headline + 1),
        float(any(word in _WORKS for word in near)),
        float(any(word in ("so-called", "known", "called", "dubbed", "nicknamed", "labeled", "termed") for word in near)),
        float(before in _DETERMINERS or before in ("'s", "’s")),
        float(before in _PREPOSITIONS),
        float(bool(after) and after[0].isalpha() and after not in _FUNCTION and (at + 1 < len(scene.cue) and not scene.cue[at + 1])),
        float(min(5, repeated[content.strip(" .,;:!?").lower()])),
        sum(word in _FUNCTION for word in lower) / len(lower) if lower else 0.0,
        float(any(word in _FIRST for word in lower)),
        float(quotation.mark in "'‘’‚‛`´‹›" and quotation.mark != ""),
        float(any(word.replace("’", "'") in _VERBS for word in lower)),
        float(follows in ",.;:?!"),
        float("-" in content),
        float(min(60, high - low)),
        min(5.0, scene.totals["cues"][high + 1] - scene.totals["cues"][low]),
    ]  # fmt: skip


def _word_class(scene: Scene, at: int, word: str) -> int:
    """The kind of word beside a stretch."""
    if not word:
        return 0
    if scene.outline.quote[at] >= 0:
        return 1
    if word in (",", ":", ";", "."):
        return {",": 2, ":": 3, ";": 4, ".": 5}[word]
    if scene.cue[at] >= 0.3:
        return 6
    if word in _DETERMINERS:
        return 7
    if word in _PREPOSITIONS:
        return 8
    if word in ("and", "or", "but"):
        return 9
    if word in ("that", "who", "which"):
        return 10
    if word in ("is", "was", "are", "were", "be", "a", "an"):
        return 11
    return 12 if word[0].isalnum() else 13


def is_markup(text: str, quotation: Quotation) -> bool:
    """Whether the stretch is the value of an attribute in left-over mark-up: name="..."."""
    return text[max(0, quotation.open - 1) : quotation.open] == "="
