"""Find where the quotation marks of a text open and close: the stretches that somebody might be quoted with.

Marks are paired paragraph by paragraph (a paragraph is a line), in one pass with a stack, so that a missing mark never
spoils more than its paragraph and the time is linear in the length. Who spoke is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.quotations.mark_facing import FAMILY_OF_GLYPH, Mark, MarkFamily, read_marks

# Names of their own for the loops below: an enum's member is looked up at each use, and there is a use a mark.
_SINGLE, _SINGLE_ANGLE = MarkFamily.SINGLE, MarkFamily.SINGLE_ANGLE
_LEADING_SINGLE = re.compile(r"[‘'](?<![^\s(].)(?=[A-Z])", re.DOTALL)
_LETTER = re.compile(r"\w")
_GAP = re.compile(r"\s{1,8}")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_MAX_DEPTH = 8  # quotations inside quotations; deeper nesting is damage, not language
# So many single marks at the head of a word, and so many for each double one, show that single marks are the outer ones.
_LEADING_SINGLES, _SINGLES_FOR_A_DOUBLE = 3, 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch between marks. Offsets are code points; `start..end` excludes the marks, `open..close` includes them.

    mark      the glyph that opens it, or "" for a block quotation, which the page sets off without marks
    parent    index of the enclosing quotation in the same list
    unclosed  no closing mark: it ends with its paragraph
    follows   index of the quotation whose speech this one carries on in the next paragraph
    """

    start: int
    end: int
    open: int
    close: int
    mark: str
    parent: int | None = None
    unclosed: bool = False
    follows: int | None = None


@dataclass(slots=True)
class _OpenMark:
    """A mark that waits for its partner; `inner` is where the first mark of its family inside it stands, or -1."""

    mark: Mark
    inner: int = -1


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Return all stretches between quotation marks, in order of their start; nested ones name their parent.

    Linear in the length of the text, whatever it holds.
    """
    quotations: list[Quotation] = []
    left_open: tuple[Quotation, int] | None = None
    singles_lead = _singles_lead(text)
    for line in _LINE.finditer(text):
        start, end = line.span()
        if not line.group().strip():
            continue
        marks = list(read_marks(text, start, end))
        first = len(quotations)
        spans = _pair(text, marks, start, end, singles_lead) if marks else []
        quotations.extend(nest_quotations(spans, first))
        if left_open:
            _carry_on(quotations, left_open, first, text, start)
        last = _left_open(quotations, first, end, text)
        left_open = None if last is None else (quotations[last], last)
    return tuple(quotations)


def with_block_quotations(
    text: str, marked: Sequence[Quotation], blocks: Sequence[tuple[int, int]]
) -> tuple[Quotation, ...]:
    """Return the quotations with block quotations added, which the page sets off without marks; each paragraph is one.

    `blocks` are half-open spans in code points. A paragraph that is mostly between marks already stays as it is; marks inside a block become nested quotations.
    """
    added: list[Quotation] = []
    tops = [q for q in marked if q.parent is None]
    for start, end in sorted(blocks):
        if added and start < added[-1].end:
            continue
        for line in _LINE.finditer(text, start, end):
            low = line.start() + len(line.group()) - len(line.group().lstrip())
            high = line.start() + len(line.group().rstrip())
            covered = sum(max(0, min(high, q.close) - max(low, q.open)) for q in tops)
            astride = any(q.open < low < q.close or q.open < high < q.close for q in tops)
            if low < high and not astride and 2 * covered < high - low:
                added.append(Quotation(low, high, low, high, ""))
    if not added:
        return tuple(marked)
    spans = [replace(q, parent=None, follows=None) for q in [*marked, *added]]
    return tuple(nest_quotations(spans, 0))


def _left_open(quotations: list[Quotation], first: int, end: int, text: str) -> int | None:
    """Return the index of the outermost quotation, from `first` on, that the end of its paragraph left open."""
    for index in range(first, len(quotations)):
        quotation = quotations[index]
        if quotation.unclosed and quotation.parent is None and not text[quotation.end : end].strip():
            return index
    return None


def _carry_on(quotations: list[Quotation], left_open: tuple[Quotation, int], first: int, text: str, start: int) -> None:
    """Join this paragraph's first quotation to the one left open before it, as newspapers print long speech."""
    earlier, index = left_open
    if first < len(quotations):
        here = quotations[first]
        same = FAMILY_OF_GLYPH.get(here.mark[:1]) == FAMILY_OF_GLYPH.get(earlier.mark[:1])
        if same and here.parent is None and not text[start : here.open].strip():
            quotations[first] = replace(here, follows=index)


def _singles_lead(text: str) -> bool:
    """Whether single marks are the outer ones here, as in British papers: then an unclosed one is believed too."""
    singles = len(_LEADING_SINGLE.findall(text))
    doubles = text.count("“") + text.count('"') // 2 + text.count("''") // 2
    return singles >= _LEADING_SINGLES and singles > _SINGLES_FOR_A_DOUBLE * doubles


def _pair(text: str, marks: list[Mark], start: int, end: int, singles_lead: bool) -> list[Quotation]:
    """Return the pairs that a stack makes of openers and closers; what stays open at the paragraph's end runs on to it or is dropped."""
    done: list[Quotation] = []
    stack: list[_OpenMark] = []
    closes_later = _closes_later(marks)
    counts = [0] * len(MarkFamily)  # marks of each family in the stack: most closers have no opener to look for
    for number, mark in enumerate(marks):
        partner = _partner(stack, mark, closes_later[number], counts)
        if partner is not None:
            while len(stack) > partner + 1:  # openers inside what has just closed were apostrophes or slips
                counts[stack.pop().mark.family] -= 1
            opened = stack.pop()
            counts[opened.mark.family] -= 1
            done.append(_stretch(text, opened.mark, mark.start, mark.end))
        elif mark.doubtful and counts[mark.family]:
            continue
        elif _opens(mark) and (mark.family != _SINGLE or closes_later[number][1]):
            for waiting in stack:
                if waiting.mark.family == mark.family and waiting.inner < 0:
                    waiting.inner = mark.start
            if len(stack) < _MAX_DEPTH:
                stack.append(_OpenMark(mark))
                counts[mark.family] += 1
        elif singles_lead and mark.family == _SINGLE and mark.opener and not text[start : mark.start].strip():
            stack.append(_OpenMark(mark))
            counts[_SINGLE] += 1
    last = len(text[start:end].rstrip()) + start
    for waiting in stack:
        if waiting.mark.doubtful or (waiting.mark.family in (_SINGLE, _SINGLE_ANGLE) and not singles_lead):
            continue
        stop = waiting.inner if waiting.inner >= 0 and not _continued(text, end) else last
        if text[waiting.mark.end : stop].strip():
            done.append(replace(_stretch(text, waiting.mark, stop, stop), unclosed=True))
    return [q for q in done if _LETTER.search(text, q.start, q.end)]  # marks around nothing are ornaments


def _continued(text: str, end: int) -> bool:
    """Whether the next paragraph begins with an opening mark, as the later parts of a long quotation do."""
    following = _GAP.match(text, end)
    at = following.end() if following else end
    return text[at : at + 1] in ("“", '"', "«", "„", "「") or text[at : at + 2] == "''"


def _closes_later(marks: list[Mark]) -> list[tuple[bool, bool]]:
    """Return for each mark whether a strong single closer comes before the next single opener, and whether any comes."""
    ahead: list[tuple[bool, bool]] = [(False, False)] * len(marks)
    strong = any_closer = False
    for number in range(len(marks) - 1, -1, -1):
        ahead[number] = (strong, any_closer)
        mark = marks[number]
        if mark.family != _SINGLE:
            continue
        if mark.opener:
            strong = False
        if mark.closer:
            any_closer = True
            strong = strong or not mark.weak
    return ahead


def _partner(stack: list[_OpenMark], mark: Mark, later: tuple[bool, bool], counts: list[int]) -> int | None:
    """Return the place in the stack of the opener that this mark closes; None when it closes nothing."""
    if not stack or not counts[mark.family]:
        return None
    place = len(stack) - 1
    while stack[place].mark.family != mark.family:
        place -= 1
    opened = stack[place].mark
    if mark.family == _SINGLE:
        # "the voters' source" inside single marks: the possessive yields to a surer closing mark that comes later.
        return place if mark.closer and not (mark.weak and later[0]) else None
    glyph, partner = mark.glyph, opened.glyph
    if glyph in "」』｣﹂﹄›〞〟" or (glyph == "‹" and partner == "›"):
        return place
    if glyph in "「『｢﹁﹃‹〝„‟":
        return None
    if glyph in "«»":
        return place if glyph != partner or (mark.closer and not mark.opener) else None
    if glyph == "“":
        return place if partner == "„" or (mark.closer and not mark.opener) or partner == "”" else None
    if glyph == "”":
        return place
    if mark.doubtful:
        return place if mark.closer else None
    return None if mark.opener and not mark.closer else place


def _opens(mark: Mark) -> bool:
    """Whether a mark that closes nothing opens a quotation."""
    glyph = mark.glyph
    if glyph in "「『｢﹁﹃〝„‟‹«":
        return True
    if glyph == "“":
        return mark.opener or not mark.closer
    if glyph in "」』｣﹂﹄〞〟":
        return False
    return mark.opener


def _stretch(text: str, opened: Mark, stop: int, close: int) -> Quotation:
    """Return the quotation from an opener to `stop`, spaces inside the marks (as French prints them) left out."""
    inside = text[opened.end : stop]
    start = opened.end + len(inside) - len(inside.lstrip())
    end = opened.end + len(inside.rstrip())
    return Quotation(start, max(start, end), opened.start, close, opened.glyph)


def nest_quotations(spans: list[Quotation], base: int) -> list[Quotation]:
    """Return one paragraph's quotations ordered by their start, each with its parent (`base`: index of the first)."""
    spans.sort(key=lambda q: (q.open, -q.close))
    nested: list[Quotation] = []
    stack: list[int] = []
    for span in spans:
        while stack and nested[stack[-1]].close <= span.open:
            stack.pop()
        quotation = span
        if stack and span.close > nested[stack[-1]].close:  # it straddles the end of an unclosed one: cut it there
            around = nested[stack[-1]]
            quotation = replace(span, end=min(span.end, around.end), close=around.close)
        if quotation.start >= quotation.end:
            continue
        stack.append(len(nested))
        nested.append(replace(quotation, parent=base + stack[-2]) if len(stack) > 1 else quotation)
    return nested


def is_markup(text: str, quotation: Quotation) -> bool:
    """Return whether the stretch is the value of an attribute in left-over mark-up: name="..."."""
    return text[max(0, quotation.open - 1) : quotation.open] == "="
