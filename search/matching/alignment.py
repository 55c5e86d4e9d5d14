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


class Run(NamedTuple):
    """Some words that stand in both rows side by side: where they begin in `a` and in `b`, and how many there are."""

    a_start: int
    b_start: int
    length: int


def align(a: Sequence[str], b: Sequence[str]) -> tuple[Step, ...]:
    """Return the steps from `a` to `b` that keep the runs of `common_runs`.

    The words are strings that are equal when they are to be kept (stems, say). Beyond `MOST_WORDS` nothing is kept.
    """
    steps: list[Step] = []
    a_end = b_end = 0
    for run in (*common_runs(a, b), Run(len(a), len(b), 0)):
        if a_end < run.a_start or b_end < run.b_start:
            steps.append(Step(False, a_end, run.a_start, b_end, run.b_start))
        a_end, b_end = run.a_start + run.length, run.b_start + run.length
        if run.length:
            steps.append(Step(True, run.a_start, a_end, run.b_start, b_end))
    return tuple(steps)


def common_runs(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """Return the runs of words that both rows keep, in order: as many words as can be kept, in as long runs as may be.

    Where one row stands in the other as it is, that is the one run; else they are the longest common subsequence, in
    which a run that could stand right beside the next one does.
    """
    a, b = a[:MOST_WORDS], b[:MOST_WORDS]
    if a and b:
        if len(a) <= len(b) and (place := _place_in(a, b)) is not None:
            return [Run(0, place, len(a))]
        if len(b) < len(a) and (place := _place_in(b, a)) is not None:
            return [Run(place, 0, len(b))]
    blocks = LCSseq.editops(a, b).as_matching_blocks()
    return _joined([Run(block.a, block.b, block.size) for block in blocks if block.size], a, b)


def _place_in(short: Sequence[str], long: Sequence[str]) -> int | None:
    """Where a row of words stands in a longer one without a break; None if it does not."""
    if short[0] not in long:
        return None
    within, searched = "\n" + "\n".join(long) + "\n", "\n" + "\n".join(short) + "\n"
    place = within.find(searched)
    return None if place < 0 else within.count("\n", 0, place)


def _joined(runs: list[Run], a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """Runs moved together over a gap of one side: "I want [nothing. I want] no bread" keeps the second "I want"."""
    forward: list[Run] = []
    for run in runs:
        # The beginning of a run may as well stand right behind the run before it.
        if forward and (before := forward[-1]).length >= run.length and _follows(before, run, a, b):
            forward[-1] = before._replace(length=before.length + run.length)
        else:
            forward.append(run)
    backward: list[Run] = []
    for run in reversed(forward):
        if backward and _precedes(run, after := backward[-1], a, b):
            length = run.length + after.length
            backward[-1] = Run(after.a_start - run.length, after.b_start - run.length, length)
        else:
            backward.append(run)
    return backward[::-1]


def _follows(before: Run, run: Run, a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether all words of a run stand behind the run before it, too, on the one side that has a gap there."""
    a_end, b_end = before.a_start + before.length, before.b_start + before.length
    if a_end == run.a_start:
        return list(b[b_end : b_end + run.length]) == list(a[run.a_start : run.a_start + run.length])
    if b_end == run.b_start:
        return list(a[a_end : a_end + run.length]) == list(b[run.b_start : run.b_start + run.length])
    return False


def _precedes(run: Run, after: Run, a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether all words of a run stand before the run after it, too, on the one side that has a gap there."""
    if run.a_start + run.length == after.a_start:
        return list(b[after.b_start - run.length : after.b_start]) == list(a[run.a_start : after.a_start])
    if run.b_start + run.length == after.b_start:
        return list(a[after.a_start - run.length : after.a_start]) == list(b[run.b_start : after.b_start])
    return False


def respelled(a: AnalysedText, b: AnalysedText, step: Step) -> bool:
    """Return whether a step has the same letters on both sides: "slime ball" and "slimeball"."""
    left = "".join(a.keys[step.a_start : step.a_end])
    return bool(left) and left == "".join(b.keys[step.b_start : step.b_end]) and left.isalpha()


def align_texts(a: AnalysedText, b: AnalysedText) -> tuple[Step, ...]:
    """Return the steps between the words of two texts; a word is kept when its stem is."""
    return align(a.word_stems, b.word_stems)


def elided(a: AnalysedText, b: AnalysedText, step: Step) -> bool:
    """Return whether an ellipsis on one side stands for the words that only the other side has."""
    if step.same:
        return False
    for text, start, end in ((a, step.a_start, step.a_end), (b, step.b_start, step.b_end)):
        if not text.may_have_gaps:
            continue
        words = text.tokens
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
    """Steps that do not cut through a written word: half of "don't" is never shown.

    Of what is the same on either side of the cut only the written word goes to what differs: of "who are" against "who
    aren't" the "who" stays.
    """
    whole: list[Step] = []
    for step in steps:
        if not whole or not (_cuts(a, step.a_start) or _cuts(b, step.b_start)):
            whole.append(step)
            continue
        last, first, left, right = whole.pop(), step, None, None
        if last.same:
            kept = last.a_end - last.a_start - 1
            while kept and (_cuts(a, last.a_start + kept) or _cuts(b, last.b_start + kept)):
                kept -= 1
            left, last = _parted(last, kept)
        if first.same:
            taken, length = 1, first.a_end - first.a_start
            while taken < length and (_cuts(a, first.a_start + taken) or _cuts(b, first.b_start + taken)):
                taken += 1
            first, right = _parted(first, taken)
        differing = Step(False, last.a_start, first.a_end, last.b_start, first.b_end)
        whole += [
            one
            for one in (left, differing, right)
            if one is not None and one.a_end + one.b_end > one.a_start + one.b_start
        ]
    return whole


def _parted(step: Step, words: int) -> tuple[Step, Step]:
    """A step of words that are the same, parted behind so many of them."""
    a_middle, b_middle = step.a_start + words, step.b_start + words
    return step._replace(a_end=a_middle, b_end=b_middle), step._replace(a_start=a_middle, b_start=b_middle)


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
