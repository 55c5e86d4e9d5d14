"""Split a text of a book's length into chunks that are attributed one by one, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from search.model import Attribution, Document, Region, Span

MAX_CHUNK_LENGTH = 250_000  # code points: no article is longer, and one that dense takes 150 MB to attribute


def split_document(document: Document, longest: int = MAX_CHUNK_LENGTH) -> Iterator[tuple[int, Document]]:
    """Yield the document in chunks of at most `longest` code points, each with its offset; most documents are one.

    A chunk ends with a paragraph, or with a line or a word where no paragraph ends in its second half. Who was named in
    one chunk is not known in the next, which a book's chapters can stand and an article never meets.
    """
    text, start = document.text, 0
    regions = sorted(document.regions, key=lambda region: region.span.start)
    while len(text) - start > longest:
        # Only the second half is searched: a chunk is never shorter than half of the longest, so their number is bounded.
        end = _boundary_between(text, start + longest // 2, start + longest)
        yield start, _slice(document, regions, start, end)
        start = end
    yield start, _slice(document, regions, start, len(text)) if start else document


def shift_attributions(attributions: Sequence[Attribution], offset: int, preceding: int) -> Iterator[Attribution]:
    """Yield the attributions of a chunk that begins at `offset` as those of the whole, `preceding` others before them."""
    for attribution in attributions:
        yield replace(
            attribution,
            contents=tuple(_shift(span, offset) for span in attribution.contents),
            source=_shift(attribution.source, offset) if attribution.source else None,
            parent=None if attribution.parent is None else attribution.parent + preceding,
        )


def _boundary_between(text: str, first: int, last: int) -> int:
    """Return the best offset in first..last to split a text at: after a paragraph, a line, a word, else `last`."""
    for separator in ("\n\n", "\n", " "):
        at = text.rfind(separator, first, last)
        if at >= 0:
            return at + len(separator)
    return last


def _slice(document: Document, regions: Sequence[Region], start: int, end: int) -> Document:
    """Return the document with the text start..end alone, and its regions cut and moved accordingly."""
    inside = tuple(
        replace(region, span=Span(max(region.span.start, start) - start, min(region.span.end, end) - start))
        for region in regions
        if region.span.start < end and region.span.end > start
    )
    return replace(document, text=document.text[start:end], regions=inside)


def _shift(span: Span, offset: int) -> Span:
    """Return the span moved by `offset` code points."""
    return Span(span.start + offset, span.end + offset)
