"""A text of a book's length in parts that are attributed one by one, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from search.model import Attribution, Document, Region, Span

LONGEST = 250_000  # code points: no article is longer, and one that dense takes 150 MB to attribute


def sections(document: Document, longest: int = LONGEST) -> Iterator[tuple[int, Document]]:
    """The document in parts of at most `longest` code points, each with its offset; most documents are one part.

    A part ends with a paragraph, or with a line or a word where no paragraph ends in its second half. Who was named in
    one part is not known in the next, which a book's chapters can stand and an article never meets.
    """
    text, start = document.text, 0
    regions = sorted(document.regions, key=lambda region: region.span.start)
    while len(text) - start > longest:
        end = _seam(text, start + longest // 2, start + longest)
        yield start, _part(document, regions, start, end)
        start = end
    yield start, _part(document, regions, start, len(text)) if start else document


def moved(found: Sequence[Attribution], offset: int, before: int) -> Iterator[Attribution]:
    """The attributions of a part that begins at `offset`, as those of the whole, where `before` others precede them."""
    for each in found:
        yield replace(
            each,
            contents=tuple(_moved(span, offset) for span in each.contents),
            source=_moved(each.source, offset) if each.source else None,
            parent=None if each.parent is None else each.parent + before,
        )


def _seam(text: str, first: int, last: int) -> int:
    """The best place between two offsets to part a text at."""
    for mark in ("\n\n", "\n", " "):
        at = text.rfind(mark, first, last)
        if at >= 0:
            return at + len(mark)
    return last


def _part(document: Document, regions: Sequence[Region], start: int, end: int) -> Document:
    inside = tuple(
        replace(region, span=Span(max(region.span.start, start) - start, min(region.span.end, end) - start))
        for region in regions
        if region.span.start < end and region.span.end > start
    )
    return replace(document, text=document.text[start:end], regions=inside)


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)
