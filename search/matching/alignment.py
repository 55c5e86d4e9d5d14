"""Two wordings word by word: what is the same, removed, added, changed, and what of it was shared in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import LCSseq

from search.model import Difference, DifferenceKind
from search.text.tokens import Token

MOST_WORDS: Final = 4_000  # what is longer is compared up to here, so that no input takes more than some 20 ms


class Step(NamedTuple):
    """A stretch of words of `a`, `[a_start, a_end)`, and what stands for it in `b`."""

    same: bool
    a_start: int
    a_end: int
    b_start: int
    b_end: int


def align(a: Sequence[Token] | Sequence[str], b: Sequence[Token] | Sequence[str]) -> tuple[Step, ...]:
    """The steps from `a` to `b`, words or their stems, that keep the most words; a word is kept when its stem is."""
    left, right = _stems(a), _stems(b)
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


def _stems(words: Sequence[Token] | Sequence[str]) -> list[str]:
    return [word if isinstance(word, str) else word.stem for word in words[:MOST_WORDS]]


def differences(
    a_text: str, b_text: str, a: Sequence[Token], b: Sequence[Token], steps: Sequence[Step]
) -> tuple[Difference, ...]:
    """The steps as the words that stand in the two texts, marks and spaces included."""
    found: list[Difference] = []
    for step in _whole_words(a, b, _by_key(a, b, steps)):
        left, right = surface(a_text, a, step.a_start, step.a_end), surface(b_text, b, step.b_start, step.b_end)
        if left or right:
            found.append(Difference(_kind(step, left, right), left, right))
    return tuple(found)


def _by_key(a: Sequence[Token], b: Sequence[Token], steps: Sequence[Step]) -> list[Step]:
    """The steps with other forms of one word ("sacrifice", "sacrificed") told from what is the same to the letter."""
    found: list[Step] = []
    for step in steps:
        if not step.same:
            found.append(step)
            continue
        start = 0
        equal = [a[step.a_start + i].key == b[step.b_start + i].key for i in range(step.a_end - step.a_start)]
        for end in range(1, len(equal) + 1):
            if end == len(equal) or equal[end] != equal[start]:
                left, right = step.a_start, step.b_start
                found.append(Step(equal[start], left + start, left + end, right + start, right + end))
                start = end
    return found


def _kind(step: Step, left: str, right: str) -> DifferenceKind:
    if step.same:
        return "same"
    if left and right:
        return "changed"
    return "removed" if left else "added"


def _whole_words(a: Sequence[Token], b: Sequence[Token], steps: Sequence[Step]) -> list[Step]:
    """Steps that do not cut through a written word: half of "don't" is never shown."""
    found: list[Step] = []
    for step in steps:
        if found and (_cuts(a, step.a_start) or _cuts(b, step.b_start)):
            last = found.pop()
            found.append(Step(False, last.a_start, step.a_end, last.b_start, step.b_end))
        else:
            found.append(step)
    return found


def _cuts(words: Sequence[Token], index: int) -> bool:
    return 0 < index < len(words) and words[index].start < words[index - 1].end


def surface(text: str, words: Sequence[Token], start: int, end: int) -> str:
    """What stands in the text from one word up to another, with the marks around them."""
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
