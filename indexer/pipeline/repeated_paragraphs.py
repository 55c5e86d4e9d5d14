"""Paragraphs that an outlet prints in document after document: notices, invitations, what it says of its authors.

Counted while documents are stored, so the count grows with the archive: all documents of a batch are counted before any
of them is judged, and a document that is stored already is neither counted nor judged again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from indexer.pipeline.items import ExtractedDocument
from search.model import Attribution, Document, Region, RegionRole, Span, digest
from search.provenance import DocumentFlag

if TYPE_CHECKING:
    from search.storage.store import Store

# Documents of one outlet. Background that a reporter pastes into every story on one matter, quotations with it, stood in
# five of 4,000 real articles at most; of what stood in ten or more none was an article's.
MIN_DOCUMENTS: Final = 10
# Code points: shorter ones are headings and single words, longer ones background.
PARAGRAPH_CHARS: Final = range(20, 401)
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


def paragraph_spans(document: Document) -> Iterator[tuple[str, Span]]:
    """Yield the digest and the place of each paragraph of a document that may be one of its outlet's."""
    for match in _LINE.finditer(document.text):
        words = match.group().strip()
        if len(words) in PARAGRAPH_CHARS:
            start = match.start() + match.group().index(words[0])
            yield digest(words), Span(start, start + len(words))


def count_paragraphs(documents: Iterable[Document]) -> Counter[tuple[str, str]]:
    """Return the number of these documents in which each paragraph stands, by outlet and digest."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        if document.outlet:
            counts.update({(document.outlet, each) for each, _ in paragraph_spans(document)})
    return counts


def without_repeated(
    extracted: Sequence[ExtractedDocument], counts: Mapping[tuple[str, str], int], store: Store
) -> list[ExtractedDocument]:
    """Return the documents, each without what was found in paragraphs that its outlet prints again and again.

    `counts` are those of this batch, which the store does not know yet.
    """
    outlets = sorted({outlet for outlet, _ in counts})
    frequent = {outlet: _frequent(outlet, counts, store) for outlet in outlets}
    return [_without(each, frequent.get(each.document.outlet or "", frozenset())) for each in extracted]


def _frequent(outlet: str, counts: Mapping[tuple[str, str], int], store: Store) -> frozenset[str]:
    """Return the digests of the paragraphs of this batch that an outlet printed often enough by now."""
    here = {name: number for (of, name), number in counts.items() if of == outlet}
    stored = store.paragraph_counts(outlet, here)
    return frozenset(name for name, number in here.items() if number + stored.get(name, 0) >= MIN_DOCUMENTS)


def _without(extracted: ExtractedDocument, frequent: frozenset[str]) -> ExtractedDocument:
    """Return a document with regions over its frequent paragraphs and without the attributions inside them."""
    document = extracted.document
    known = {region.span for region in document.regions if region.role == RegionRole.FURNITURE}
    spans = [span for name, span in paragraph_spans(document) if name in frequent and span not in known]
    if not spans:
        return extracted
    regions = (*document.regions, *(Region(span, RegionRole.FURNITURE) for span in spans))
    flags = tuple(dict.fromkeys((*document.flags, DocumentFlag.FURNITURE)))
    return replace(
        extracted,
        document=replace(document, regions=regions, flags=flags),
        attributions=_kept(extracted.attributions, spans),
    )


def _kept(attributions: Sequence[Attribution], spans: Sequence[Span]) -> tuple[Attribution, ...]:
    """Return the attributions that do not lie in one of the spans, with the new indices of their parents."""
    starts = [span.start for span in spans]
    kept = [
        index
        for index, each in enumerate(attributions)
        # Paragraphs are apart and in order: only the last one that begins before it may hold it.
        if not (number := bisect_right(starts, each.start)) or each.end > spans[number - 1].end
    ]
    numbers = {index: number for number, index in enumerate(kept)}
    return tuple(
        replace(attributions[index], parent=_renumbered(attributions[index].parent, numbers)) for index in kept
    )


def _renumbered(parent: int | None, numbers: Mapping[int, int]) -> int | None:
    return None if parent is None else numbers.get(parent)
