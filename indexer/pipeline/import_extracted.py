"""What `quotes extract` printed, on whatever hosts, read back: a line is a document with its quotes.

The lines may be a stranger's. One that is none of ours is a `Skip` with one sentence, and nothing in it is believed that can
be worked out: the words of a quote, what stands around them and its id are made of the document's text again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from indexer.metadata.dates import is_believable
from indexer.pipeline.items import ExtractedDocument
from search.model import Attribution, Document, Place, QuoteFlag, QuoteKind, Region, RegionRole, Skip, Span

LINE_BYTES_PER_BYTE: Final = (
    8  # of a line and of its document's text, at most: escapes, and the words around each quote
)
_Offset = Annotated[int, Meta(ge=0, le=1 << 40)]
_Chance = Annotated[float, Meta(ge=0, le=1)]
_Name = Annotated[str, Meta(max_length=4_000)]
_Day = Annotated[str, Meta(max_length=40, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+)?)?$")]


class ExtractedQuote(msgspec.Struct, frozen=True):
    """A quote of a line: what `search.model.Attribution` has of it; `parent` is an index in the document's list."""

    spans: Annotated[tuple[tuple[_Offset, _Offset], ...], Meta(min_length=1)]
    kind: QuoteKind
    speaker: _Name | None = None
    role: _Name | None = None
    mention: _Name | None = None
    cue: _Name | None = None
    via: tuple[_Name, ...] = ()
    parent: _Offset | None = None
    confidence: _Chance = 0.0
    method: _Name = ""
    scare: bool = False
    scare_score: _Chance = 0.0
    place: Place = Place.BODY
    flags: tuple[_Name, ...] = ()
    second: Annotated[float, Meta(ge=0)] | None = None


class ExtractedLine(msgspec.Struct, frozen=True):
    """A document of `quotes extract`, as far as it is stored; whatever else stands in the line is passed over."""

    id: Annotated[str, Meta(min_length=1, max_length=4_000)]
    text: str
    path: _Name = ""
    place_in_file: _Offset = 0
    url: _Name | None = None
    outlet: _Name | None = None
    title: _Name | None = None
    authors: tuple[_Name, ...] = ()
    published: _Day | None = None
    modified: _Day | None = None
    published_as_printed: _Day | None = None
    modified_as_printed: _Day | None = None
    language: _Name | None = None
    flags: tuple[_Name, ...] = ()
    provenance: dict[_Name, _Name] = {}
    regions: tuple[tuple[_Offset, _Offset, RegionRole, str | None], ...] = ()
    quotes: tuple[ExtractedQuote, ...] = ()


def documents_from_lines(
    lines: Iterable[tuple[str, bytes | None]], max_document_bytes: int
) -> Iterator[ExtractedDocument | Skip]:
    """Yield each line, given with the place that it stands at, as a document with its quotes; what is none as a Skip.

    A line that is None was too long to be read.
    """
    for place, line in lines:
        if line is None:
            yield Skip(place, "is longer than a document with its quotes may be")
            continue
        try:
            row = msgspec.json.decode(line, type=ExtractedLine)
            fault = _fault(row, max_document_bytes)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            fault = f"is no document of `quotes extract`: {error}"
        yield Skip(place, fault) if fault else _document(row)


def _fault(row: ExtractedLine, max_document_bytes: int) -> str | None:
    """Return what is wrong with a line whose fields are all of their types; None for nothing."""
    size = len(row.text.encode())
    if size > max_document_bytes:
        return f"its text has {size:,} bytes; at most {max_document_bytes:,} are stored (max_document_bytes)"
    if any(not is_believable(day) for day in (row.published, row.published_as_printed) if day):
        return "it was published on a day that no paper has"
    stretches = [(start, end) for start, end, _, _ in row.regions]
    stretches += [span for quote in row.quotes for span in quote.spans]
    if any(not start <= end <= len(row.text) for start, end in stretches):
        return "a quote or a region of it lies outside of its text"
    if any(one[1] > other[0] for quote in row.quotes for one, other in pairwise(quote.spans)):
        return "the pieces of a quote are not in order"
    parents = [quote.parent for quote in row.quotes]
    if any(parent is not None and (parent >= len(parents) or parent == index) for index, parent in enumerate(parents)):
        return "a quote of it stands inside one that is not there"
    return None


def _document(row: ExtractedLine) -> ExtractedDocument:
    document = Document(
        id=row.id,
        text=row.text,
        path=row.path,
        url=row.url,
        outlet=row.outlet,
        title=row.title,
        authors=row.authors,
        published=row.published_as_printed or row.published,
        modified=row.modified_as_printed or row.modified,
        language=row.language,
        flags=row.flags,
        regions=tuple(Region(Span(start, end), role, note) for start, end, role, note in row.regions),
        provenance=row.provenance,
    )
    return ExtractedDocument(document, tuple(map(_attribution, row.quotes)), row.place_in_file)


def _attribution(quote: ExtractedQuote) -> Attribution:
    facts = {name: getattr(quote, name) for name in quote.__struct_fields__ if name not in ("spans", "flags")}
    # Printed among the flags, and kept apart from them.
    flags = tuple(flag for flag in quote.flags if flag != QuoteFlag.SCARE)
    return Attribution(contents=tuple(Span(start, end) for start, end in quote.spans), flags=flags, **facts)
