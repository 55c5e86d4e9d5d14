"""A stored document to read: its paragraphs, with every quote marked in place.

Linear in the text and the quotes, whatever overlaps: see `DEEPEST_MARK`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from markupsafe import Markup, escape

from search.model import Document, Quote, QuoteFlag, RegionRole, Span
from web.presentation.template_filters import quote_anchor, visible

# Marks inside marks: a quote in a quote in a quote. Deeper ones are hostile, and are listed without being marked.
DEEPEST_MARK: Final = 4
_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r]*\n\s*")
_LINE_BREAK = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph with the quotes that begin in it. `html` is safe to print; `role` is None for running text."""

    role: RegionRole | None
    html: Markup
    quotes: tuple[Quote, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs in a row that are all readers' comments, or all not."""

    comments: bool
    paragraphs: tuple[MarkedParagraph, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of the text to be marked; `first` if it is where its quote begins."""

    start: int
    end: int
    quote: Quote
    first: bool


def split_comments(paragraphs: Sequence[MarkedParagraph]) -> list[Section]:
    """Return the paragraphs in order, readers' comments apart from the article."""
    runs = groupby(paragraphs, lambda paragraph: paragraph.role == RegionRole.COMMENT)
    return [Section(comments, tuple(run)) for comments, run in runs]


def split_headline(
    paragraphs: Sequence[MarkedParagraph], title: str | None
) -> tuple[MarkedParagraph | None, Sequence[MarkedParagraph]]:
    """Return the first paragraph if it repeats the title, which the page sets at its top, and the others; else None and all."""
    first = paragraphs[0] if paragraphs else None
    if first is None or title is None or first.role not in (RegionRole.HEADING, None):
        return None, paragraphs
    same = first.html.striptags().split() == title.split()
    return (first, paragraphs[1:]) if same else (None, paragraphs)


def marked_paragraphs(document: Document, quotes: Sequence[Quote]) -> list[MarkedParagraph]:
    """Return every paragraph of the text, in order. Each quote that has a place begins in one of them."""
    marks = sorted(_marks(document.text, quotes), key=lambda mark: (mark.start, -mark.end))
    paragraphs: list[MarkedParagraph] = []
    waiting: list[_Mark] = []
    following = 0
    asides = sorted(region.span for region in document.regions if region.role == RegionRole.FURNITURE)
    aside_starts = [span.start for span in asides]
    following_aside = 0
    for span, role, note in _spans(document):
        while following < len(marks) and marks[following].start < span.end:
            waiting.append(marks[following])
            following += 1
        # No more than can be open at once are carried on, or overlapping ones would cost their number each time.
        carried = [mark for mark in waiting if mark.start < span.start < mark.end][:DEEPEST_MARK]
        waiting = carried + [mark for mark in waiting if mark.start >= span.start]
        here = [mark for mark in waiting if mark.first and mark.start >= span.start]
        while following_aside < len(asides) and asides[following_aside].end <= span.start:
            following_aside += 1
        here_aside = asides[following_aside : bisect_left(aside_starts, span.end)]
        html = _set(document.text, span, waiting, here_aside)
        paragraphs.append(MarkedParagraph(role, html, tuple(mark.quote for mark in here), note))
    return paragraphs


def _marks(text: str, quotes: Iterable[Quote]) -> Iterator[_Mark]:
    """Yield the pieces of the quotes, without the white space around them, so that each begins inside a paragraph."""
    for quote in quotes:
        first = True
        for span in sorted(quote.spans):
            start, end = _trimmed(text, max(span.start, 0), max(span.end, 0))
            if start < end:
                yield _Mark(start, end, quote, first)
                first = False


def _spans(document: Document) -> Iterator[tuple[Span, RegionRole | None, str | None]]:
    """Yield each paragraph's place, role and note, cut where a region begins or ends; the innermost region counts."""
    text = document.text
    breaks = _PARAGRAPH_BREAK if _PARAGRAPH_BREAK.search(text) else _LINE_BREAK
    # Furniture within a paragraph leaves it whole, and is set in it.
    regions_apart = [
        region
        for region in document.regions
        if region.role != RegionRole.SPEECH and (region.role != RegionRole.FURNITURE or _is_apart(text, region.span))
    ]
    edges = {edge for region in regions_apart for edge in (region.span.start, region.span.end)}
    cuts = sorted(edge for edge in edges if 0 < edge < len(text))
    regions = sorted(regions_apart, key=lambda region: (region.span.start, -region.span.end))
    following, current = 0, list(regions[:0])
    for stretch in _cut(_between(text, breaks), cuts):
        start, end = _trimmed(text, *stretch)
        if start >= end:
            continue
        while following < len(regions) and regions[following].span.start <= start:
            current.append(regions[following])
            following += 1
        current = [region for region in current if region.span.end > start]
        # A comment keeps its name whatever stands in it: nothing in there is the article's.
        innermost = next(
            (region for region in current if region.role == RegionRole.COMMENT), current[-1] if current else None
        )
        yield Span(start, end), innermost.role if innermost else None, innermost.note if innermost else None


def _is_apart(text: str, span: Span) -> bool:
    """Return whether a stretch has its lines for itself."""
    return text[max(0, span.start - 1) : span.start] in ("", "\n") and text[span.end : span.end + 1] in ("", "\n", "\r")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without the white space at its ends."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _between(text: str, breaks: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in breaks.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _cut(stretches: Iterable[tuple[int, int]], cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches, each cut in pieces at the offsets of `cuts` (ascending) that lie in it."""
    following = 0
    for begin, end in stretches:
        start = begin
        while following < len(cuts) and cuts[following] < end:
            if cuts[following] > start:
                yield start, cuts[following]
                start = cuts[following]
            following += 1
        yield start, end


def _set(text: str, span: Span, marks: Sequence[_Mark], asides: Sequence[Span] = ()) -> Markup:
    """Return the words of a span with `<mark>` elements, furniture in small type.

    Where marks overlap without one holding the other, one is cut.
    """
    starting = [mark for mark in marks if mark.start < span.end]
    edges = {span.start, span.end}
    for mark in starting:
        edges.update((max(mark.start, span.start), min(mark.end, span.end)))
    for aside in asides:
        # One that lies in another may have ended before this paragraph begins.
        edges.update((max(aside.start, span.start), max(min(aside.end, span.end), span.start)))
    html: list[str] = []
    open_marks: list[_Mark] = []
    following = following_aside = 0
    places = sorted(edges)
    for place, next_place in zip(places, [*places[1:], span.end], strict=True):
        _close(open_marks, place, html)
        while following < len(starting) and starting[following].start <= place:
            mark = starting[following]
            following += 1
            if mark.end > place and len(open_marks) < DEEPEST_MARK:
                open_marks.append(mark)
                html.append(_opening(mark, begins=mark.first and mark.start >= span.start))
            elif mark.first and mark.start >= span.start:
                html.append(f'<span id="{escape(quote_anchor(mark.quote.id))}"></span>')
        while following_aside < len(asides) and asides[following_aside].end <= place:
            following_aside += 1
        words = _escaped(text[place:next_place])
        is_aside = following_aside < len(asides) and asides[following_aside].start <= place < next_place
        html.append(f'<small class="furniture">{words}</small>' if is_aside else words)
    html.extend("</mark>" for _ in open_marks)
    return Markup("".join(html))


def _close(open_marks: list[_Mark], place: int, html: list[str]) -> None:
    """Close the marks that end at `place`, and open those again that had to be closed on the way."""
    ending = [index for index, mark in enumerate(open_marks) if mark.end <= place]
    if not ending:
        return
    above = open_marks[ending[0] :]
    html.extend("</mark>" for _ in above)
    del open_marks[ending[0] :]
    for mark in above:
        if mark.end > place:
            open_marks.append(mark)
            html.append(_opening(mark, begins=False))


def _opening(mark: _Mark, *, begins: bool) -> str:
    name = QuoteFlag.SCARE if mark.quote.scare else mark.quote.kind
    place = f' id="{escape(quote_anchor(mark.quote.id))}"' if begins else ""
    return f'<mark class="q {escape(name)}"{place}>'


def _escaped(words: str) -> str:
    return str(escape(visible(words))).replace("\n", "<br>\n")
