"""Align two wordings word by word: what is the same, removed, added, changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from search.matching.thresholds import MOST_WORDS
from search.model import Difference, DifferenceKind
from search.text.analysis import AnalysedText
from search.text.tokens import Token


class Step(NamedTuple):
    """A stretch of words of `a`, `[a_start, a_end)`, and the stretch that stands for it in `b`."""

    same: bool
    a_start: int
    a_end: int
    b_start: int
    b_end: int


def align(a: Sequence[str], b: Sequence[str]) -> tuple[Step, ...]:
    """Return the steps from `a` to `b` that keep the most words: their longest common subsequence.

    The words are strings that are equal when they are to be kept (stems, say). Beyond `MOST_WORDS` nothing is kept.
    """
    left, right = a[:MOST_WORDS], b[:MOST_WORDS]
    steps: list[Step] = []
    for op in LCSseq.opcodes(left, right):
        step = Step(op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end)
        if steps and not step.same and not steps[-1].same:
            last = steps.pop()
            step = Step(False, last.a_start, step.a_end, last.b_start, step.b_end)
        steps.append(step)
    if len(a) > MOST_WORDS or len(b) > MOST_WORDS:
        steps.append(Step(False, len(left), len(a), len(right), len(b)))
    return tuple(steps)


def align_texts(a: AnalysedText, b: AnalysedText) -> tuple[Step, ...]:
    """Return the steps between the words of two texts; a word is kept when its stem is."""
    return align([word.stem for word in a.tokens], [word.stem for word in b.tokens])


def elided(a: Sequence[Token], b: Sequence[Token], step: Step) -> bool:
    """Return whether an ellipsis on one side stands for the words that only the other side has."""
    if step.same:
        return False
    for words, start, end in ((a, step.a_start, step.a_end), (b, step.b_start, step.b_end)):
        if start == end and start < len(words) and words[start].gap:
            return True
        if start < end and all(word.bracketed for word in words[start:end]) and words[start].gap:
            return True
    return False


def differences(a: AnalysedText, b: AnalysedText, steps: Sequence[Step]) -> tuple[Difference, ...]:
    """Return the steps as the words that stand in the two texts, marks and spaces included."""
    differing: list[Difference] = []
    for step in _whole_words(a.tokens, b.tokens, split_by_key(a.tokens, b.tokens, steps)):
        left = surface(a.text, a.tokens, step.a_start, step.a_end)
        right = surface(b.text, b.tokens, step.b_start, step.b_end)
        if left or right:
            differing.append(Difference(_kind(step, left, right), left, right))
    return tuple(differing)


def split_by_key(a: Sequence[Token], b: Sequence[Token], steps: Sequence[Step]) -> list[Step]:
    """Return the steps with other forms of one word ("sacrifice", "sacrificed") parted from the very same words."""
    parted: list[Step] = []
    for step in steps:
        if not step.same:
            parted.append(step)
            continue
        start = 0
        equal = [a[step.a_start + i].key == b[step.b_start + i].key for i in range(step.a_end - step.a_start)]
        for end in range(1, len(equal) + 1):
            if end == len(equal) or equal[end] != equal[start]:
                left, right = step.a_start, step.b_start
                parted.append(Step(equal[start], left + start, left + end, right + start, right + end))
                start = end
    return parted


def _kind(step: Step, left: str, right: str) -> DifferenceKind:
    if step.same:
        return DifferenceKind.SAME
    if left and right:
        return DifferenceKind.CHANGED
    return DifferenceKind.REMOVED if left else DifferenceKind.ADDED


def _whole_words(a: Sequence[Token], b: Sequence[Token], steps: Sequence[Step]) -> list[Step]:
    """Steps that do not cut through a written word: half of "don't" is never shown."""
    whole: list[Step] = []
    for step in steps:
        if whole and (_cuts(a, step.a_start) or _cuts(b, step.b_start)):
            last = whole.pop()
            whole.append(Step(False, last.a_start, step.a_end, last.b_start, step.b_end))
        else:
            whole.append(step)
    return whole


def _cuts(words: Sequence[Token], index: int) -> bool:
    return 0 < index < len(words) and words[index].start < words[index - 1].end


def surface(text: str, words: Sequence[Token], start: int, end: int) -> str:
    """Return what stands in the text from word `start` up to word `end`, with the marks around them."""
    if start == end:
        return ""
    first = 0 if start == 0 else words[start].start
    if start and not text[words[start - 1].end : first].isspace():
        # An opening mark or bracket belongs to the word that it opens.
        between = text[words[start - 1].end : first]
        first -= len(between) - (between.rfind(" ") + 1) if " " in between else 0
    last = len(text) if end >= len(words) else words[end].start
    if end < len(words):
        between = text[words[end - 1].end : last]
        last = words[end - 1].end + (between.rfind(" ") if " " in between else len(between))
    return text[first:last].strip()
