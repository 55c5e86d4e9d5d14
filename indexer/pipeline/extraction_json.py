"""The JSON of `quotes extract`: one object a document, as the contract has it.

It has all that is stored of a document, so that another host may store it (`indexer.pipeline.import_extracted`).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from indexer.attribution.explanation import explain
from indexer.pipeline.items import ExtractedDocument
from indexer.pipeline.store_quotes import SHARED_WITH_DOCUMENT, quotes_of
from indexer.plain_text.furniture import readable
from search.instants import in_utc, printed_day
from search.renderers.json import CONFIDENCE_DIGITS, quote_object

_OF_DOCUMENT = frozenset({"document_id", *SHARED_WITH_DOCUMENT})
_SHOWN = 100  # code points of a quote that are shown beside its explanation


def extraction_object(extracted: ExtractedDocument) -> dict[str, Any]:
    """Return the JSON object of a document with its quotes, as `quotes extract` prints it."""
    document = extracted.document
    return {
        "id": document.id,
        "path": document.path,
        "place_in_file": extracted.place,
        "url": document.url,
        "outlet": document.outlet,
        "title": document.title,
        "authors": list(document.authors),
        "published": in_utc(document.published),
        "published_day": printed_day(document.published),
        "published_as_printed": document.published,
        "modified": in_utc(document.modified),
        "modified_as_printed": document.modified,
        "language": document.language,
        "flags": list(document.flags),
        "provenance": dict(document.provenance),
        "regions": [[each.span.start, each.span.end, each.role, each.note] for each in document.regions],
        "text": document.text,
        "quotes": extracted_quotes(extracted),
    }


def extracted_quotes(extracted: ExtractedDocument) -> list[dict[str, Any]]:
    """Return the JSON objects of a document's quotes: as every command prints a quote, and with its place in the text.

    Offsets are code points of the document's text; `parent` is an index in this list. What the document's own object
    says of all of them is not repeated.
    """
    rows: list[dict[str, Any]] = []
    for attribution, quote in zip(extracted.attributions, quotes_of(extracted), strict=True):
        place = {
            "start": attribution.start,
            "end": attribution.end,
            "spans": [[span.start, span.end] for span in quote.spans],
        }
        own = {name: value for name, value in quote_object(quote).items() if name not in _OF_DOCUMENT}
        how = {
            "parent": attribution.parent,
            "method": quote.method,
            "scare": quote.scare,
            "scare_score": round(quote.scare_score, CONFIDENCE_DIGITS),
        }
        rows.append(place | own | how)
    return rows


def explained_object(extracted: ExtractedDocument) -> dict[str, Any]:
    """Return `extraction_object` with an "explanation" in each quote: why it has its speaker."""
    quotes = extraction_object(extracted)
    for quote, explanation in zip(quotes["quotes"], explain(readable(extracted.document)), strict=True):
        facts = asdict(explanation)
        quote["explanation"] = {name: round(v, 3) if isinstance(v, float) else v for name, v in facts.items()}
    return quotes


def explained_text(extracted: ExtractedDocument) -> str:
    """Return the document's quotes for a person to read: the words, who said them, and why it is thought so."""
    document = extracted.document
    lines = [document.title or document.path or document.id]
    for quote, explanation in zip(extracted.attributions, explain(readable(document)), strict=True):
        words = " ".join(quote.words(document.text).split())
        shown = f"{words[:_SHOWN]}…" if len(words) > _SHOWN else words
        speaker = quote.speaker or "nobody known"
        aside = " (marks that quote nobody)" if quote.scare else ""
        lines += ["", f"“{shown}”{aside}", f"    {speaker}, {quote.confidence:.2f}: {explanation.sentence()}"]
    return "\n".join(lines) + "\n\n"
