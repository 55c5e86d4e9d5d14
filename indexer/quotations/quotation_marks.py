"""Where the quotation marks of a text open and close: the stretches that somebody might be quoted with.

Marks are paired paragraph by paragraph (a paragraph is a line), in one pass with a stack, so that a missing mark never
spoils more than its paragraph and the time is linear in the length. Who spoke is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

DOUBLE, ANGLE, CORNER, SINGLE, SINGLE_ANGLE = range(5)

# Runs of apostrophes are one match, so that '' (wire copy's double mark) and ''' (a single and a double) can be told.
# The class comes first, so that the scan leaps from mark to mark instead of trying every branch at every letter.
_MARK = re.compile(
    r"['’‘`´,\"＂“”„‟«»〝〞〟「」『』‚‛‹›](?:(?<=')'+|(?<=’)’+|(?<=‘)‘+|(?<=`)`+|(?<=´)´+|(?<=,),(?=\w)|(?<!,))"
)
_LEADING_SINGLE = re.compile(r"[‘'](?<![^\s(].)(?=[A-Z])", re.DOTALL)
_LETTER = re.compile(r"\w")
_GAP = re.compile(r"\s{1,8}")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_ELISION = re.compile(
    r"(?:em|tis|twas|twere|twill|til|till|cause|cuz|bout|round|nuff|n|ere|gainst|neath|im|er)\b|\d\ds?\b", re.IGNORECASE
)
_FAMILY = {
    **dict.fromkeys('"＂“”„‟〝〞〟', DOUBLE),
    **dict.fromkeys("«»", ANGLE),
    **dict.fromkeys("「」『』", CORNER),
    **dict.fromkeys("'‘’‚‛`´", SINGLE),
    **dict.fromkeys("‹›", SINGLE_ANGLE),
}
_BEFORE_OPENING = frozenset("([{<>—–-/:;,=\"“„«‘'‚‹|*_…\u200e\u200f\u202a\u202b\u2066\u2067¡¿")
_AFTER_CLOSING = frozenset(".,;:!?)]}<>—–-/\"”“»’'›…|*_،؛؟。、")
_MAX_DEPTH = 8  # deeper nesting than this is damage, not language


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
class _Mark:
    """One quotation mark: where it is and which way it may face."""

    start: int
    end: int
    glyph: str
    family: int
    opener: bool
    closer: bool
    weak: bool = False  # a closing apostrophe that may as well be a plural's possessive


@dataclass(slots=True)
class _Open:
    """A mark that waits for its partner; `first_inner` is the start of the first same-family mark opened inside it."""

    mark: _Mark
    depth: int
    inner: int = -1


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """All stretches between quotation marks, in order of their start; nested ones name their parent."""
    found: list[Quotation] = []
    pending: list[tuple[Quotation, int]] = []
    singles_lead = _singles_lead(text)
    for line in _LINE.finditer(text):
        start, end = line.span()
        if not line.group().strip():
            continue
        marks = list(_marks(text, start, end))
        first = len(found)
        carried = pending.pop() if pending else None
        spans = _pair(text, marks, start, end, singles_lead) if marks else []
        found.extend(_nest(spans, first))
        if carried:
            _carry_on(found, carried, first, text, start)
        last = _runs_on(found, first, end, text)
        if last is not None:
            pending = [(found[last], last)]
    return tuple(found)


def with_blocks(text: str, marked: Sequence[Quotation], blocks: Sequence[tuple[int, int]]) -> tuple[Quotation, ...]:
    """Add block quotations, which the page sets off without marks; each paragraph is one, carrying on the one before.

    A paragraph that is mostly between marks already stays as it is; marks inside a block become nested quotations.
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
    return tuple(_nest(spans, 0))


def _runs_on(found: list[Quotation], first: int, end: int, text: str) -> int | None:
    """The outermost quotation of this paragraph that its end left open."""
    for index in range(first, len(found)):
        if found[index].unclosed and found[index].parent is None and not text[found[index].end : end].strip():
            return index
    return None


def _carry_on(found: list[Quotation], carried: tuple[Quotation, int], first: int, text: str, start: int) -> None:
    """Join this paragraph's first quotation to the one left open before it, as newspapers print long speech."""
    earlier, index = carried
    if first < len(found):
        here = found[first]
        same = _FAMILY.get(here.mark[:1]) == _FAMILY.get(earlier.mark[:1])
        if same and here.parent is None and not text[start : here.open].strip():
            found[first] = replace(here, follows=index)


def _singles_lead(text: str) -> bool:
    """Whether single marks are the outer ones here, as in British papers: then an unclosed one is believed too."""
    singles = len(_LEADING_SINGLE.findall(text))
    doubles = text.count("“") + text.count('"') // 2 + text.count("''") // 2
    return singles >= 3 and singles > 3 * doubles


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    """The marks of one paragraph, runs of apostrophes taken apart, each with the ways it may face."""
    for match in _MARK.finditer(text, start, end):
        at, stop = match.span()
        run = match.group()
        if run[0] not in "'’‘`´":
            yield _facing(text, at, stop, '"' if run == ",," else run, start, end)
            continue
        sizes = _sizes(text, at, stop, start)
        for size in sizes:
            yield _facing(text, at, at + size, run[0] * size, start, end)
            at += size


def _sizes(text: str, at: int, stop: int, start: int) -> Sequence[int]:
    """How a run of apostrophes divides into marks: two are a double mark, three a double around a single."""
    length = stop - at
    if length == 3:
        opening = at == start or text[at - 1].isspace() or text[at - 1] in "([—–"
        return (2, 1) if opening else (1, 2)
    return (2,) * (length // 2) + (1,) * (length % 2)


def _facing(text: str, at: int, stop: int, glyph: str, start: int, end: int) -> _Mark:
    """Decide from the characters around it whether a mark may open and may close."""
    before = text[at - 1] if at > start else " "
    after = text[stop] if stop < end else " "
    double = len(glyph) == 2
    family = DOUBLE if double else _FAMILY[glyph]
    space_before, space_after = before.isspace(), after.isspace()
    opener = (space_before or before in _BEFORE_OPENING) and not space_after
    closer = not space_before and (space_after or after in _AFTER_CLOSING or not after.isalnum() or before in ",.?!…")
    mark = _Mark(at, stop, '"' if double else glyph, family, opener, closer)
    if family == SINGLE:
        _apostrophe(text, mark, before, after, end)
    elif family == DOUBLE:
        if before == "=":  # the value of an attribute in left-over mark-up
            mark.opener = False
        if double and glyph in ("’’", "´´"):
            mark.glyph = "”"
        elif double and glyph in ("‘‘", "``"):
            mark.glyph = "“"
    return mark


def _apostrophe(text: str, mark: _Mark, before: str, after: str, end: int) -> None:
    """Tell single marks from apostrophes: elisions never open, a plural's possessive closes only weakly."""
    inside_word = before.isalnum() and after.isalnum()
    if inside_word:
        mark.opener = mark.closer = False
        return
    if mark.glyph in "’´" and not (before.isspace() and after.isupper()):
        mark.opener = False
    if mark.opener and mark.glyph != "‘" and _ELISION.match(text, mark.end):
        mark.opener = False
    if mark.glyph in "‘‚`":
        mark.closer = mark.closer and not mark.opener and mark.glyph != "‚"
    follows = text[mark.end + 1] if mark.end + 1 < end else " "
    mark.weak = mark.closer and before in "sSzxn" and after.isspace() and follows.isalnum()


def _pair(text: str, marks: list[_Mark], start: int, end: int, singles_lead: bool) -> list[Quotation]:
    """Match openers with closers by a stack; what stays open at the paragraph's end runs on to it or is dropped."""
    done: list[Quotation] = []
    stack: list[_Open] = []
    closes_later = _closes_later(marks)
    counts = [0] * 5
    for number, mark in enumerate(marks):
        partner = _partner(stack, mark, closes_later[number], counts)
        if partner is not None:
            while len(stack) > partner + 1:  # openers inside what has just closed were apostrophes or slips
                counts[stack.pop().mark.family] -= 1
            opened = stack.pop()
            counts[opened.mark.family] -= 1
            done.append(_stretch(text, opened.mark, mark.start, mark.end))
        elif _opens(mark) and (mark.family != SINGLE or closes_later[number][1]):
            for waiting in stack:
                if waiting.mark.family == mark.family and waiting.inner < 0:
                    waiting.inner = mark.start
            if len(stack) < _MAX_DEPTH:
                stack.append(_Open(mark, len(stack)))
                counts[mark.family] += 1
        elif singles_lead and mark.family == SINGLE and mark.opener and not text[start : mark.start].strip():
            stack.append(_Open(mark, len(stack)))
            counts[SINGLE] += 1
    last = len(text[start:end].rstrip()) + start
    for waiting in stack:
        if waiting.mark.family in (SINGLE, SINGLE_ANGLE) and not singles_lead:
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


def _closes_later(marks: list[_Mark]) -> list[tuple[bool, bool]]:
    """For each mark: does a strong single closer come before the next single opener, and does any closer come."""
    out: list[tuple[bool, bool]] = [(False, False)] * len(marks)
    strong = any_closer = False
    for number in range(len(marks) - 1, -1, -1):
        out[number] = (strong, any_closer)
        mark = marks[number]
        if mark.family != SINGLE:
            continue
        if mark.opener:
            strong = False
        if mark.closer:
            any_closer = True
            strong = strong or not mark.weak
    return out


def _partner(stack: list[_Open], mark: _Mark, later: tuple[bool, bool], counts: list[int]) -> int | None:
    """The place in the stack of the opener that this mark closes; None when it closes nothing."""
    if not stack or not counts[mark.family]:
        return None
    place = len(stack) - 1
    while stack[place].mark.family != mark.family:
        place -= 1
    opened = stack[place].mark
    if mark.family == SINGLE:
        # "the voters' choice" inside single marks: the possessive yields to a surer closing mark that comes later.
        return place if mark.closer and not (mark.weak and later[0]) else None
    glyph, partner = mark.glyph, opened.glyph
    if glyph in "」』›〞〟" or (glyph == "‹" and partner == "›"):
        return place
    if glyph in "「『‹〝„‟":
        return None
    if glyph in "«»":
        return place if glyph != partner or (mark.closer and not mark.opener) else None
    if glyph == "“":
        return place if partner == "„" or (mark.closer and not mark.opener) or partner == "”" else None
    if glyph == "”":
        return place
    return None if mark.opener and not mark.closer else place


def _opens(mark: _Mark) -> bool:
    """Whether a mark that closes nothing opens a quotation."""
    glyph = mark.glyph
    if glyph in "「『〝„‟‹":
        return True
    if glyph == "«":
        return True
    if glyph == "“":
        return mark.opener or not mark.closer
    if glyph in "」』〞〟":
        return False
    return mark.opener


def _stretch(text: str, opened: _Mark, stop: int, close: int) -> Quotation:
    """The quotation from an opener to `stop`, spaces inside the marks (as French prints them) left out."""
    inside = text[opened.end : stop]
    start = opened.end + len(inside) - len(inside.lstrip())
    end = opened.end + len(inside.rstrip())
    return Quotation(start, max(start, end), opened.start, close, opened.glyph)


def _nest(spans: list[Quotation], base: int) -> list[Quotation]:
    """Order one paragraph's quotations by their start and name each one's parent (`base`: index of the first)."""
    spans.sort(key=lambda q: (q.open, -q.close))
    out: list[Quotation] = []
    stack: list[int] = []
    for found in spans:
        span = found
        while stack and out[stack[-1]].close <= span.open:
            stack.pop()
        if stack and span.close > out[stack[-1]].close:  # it straddles the end of an unclosed one: cut it there
            around = out[stack[-1]]
            span = replace(span, end=min(span.end, around.end), close=around.close)
        if span.start >= span.end:
            continue
        stack.append(len(out))
        out.append(replace(span, parent=base + stack[-2]) if len(stack) > 1 else span)
    return out
