"""The JSON of `quotes extract`: one object a document, as the contract has it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from indexer.attribution.explanation import explain
from indexer.pipeline.items import ExtractedDocument
from search.instants import in_utc, printed_day
from search.model import Attribution

_SHOWN = 100  # code points of a quote that are shown beside its explanation


def extraction_object(extracted: ExtractedDocument) -> dict[str, Any]:
    """Return the JSON object of a document with its quotes, as `quotes extract` prints it."""
    document = extracted.document
    return {
        "id": document.id,
        "path": document.path,
        "url": document.url,
        "outlet": document.outlet,
        "title": document.title,
        "authors": list(document.authors),
        "published": in_utc(document.published),
        "published_day": printed_day(document.published),
        "modified": in_utc(document.modified),
        "language": document.language,
        "flags": list(document.flags),
        "provenance": dict(document.provenance),
        "text": document.text,
        "quotes": [attribution_object(found, document.text) for found in extracted.attributions],
    }


def attribution_object(found: Attribution, text: str) -> dict[str, Any]:
    """Return the JSON object of one quote in a document; offsets are code points of its text."""
    return {
        "start": found.start,
        "end": found.end,
        "spans": [[span.start, span.end] for span in found.contents],
        "text": found.words(text),
        "kind": found.kind,
        "speaker": found.speaker,
        "role": found.role,
        "mention": found.mention,
        "cue": found.cue,
        "via": list(found.via),
        "parent": found.parent,
        "confidence": round(found.confidence, 3),
        "method": found.method,
        "scare": found.scare,
        "scare_score": round(found.scare_score, 3),
        "place": found.place,
        "flags": list(found.flags),
    }


def explained_object(extracted: ExtractedDocument) -> dict[str, Any]:
    """Return `document_object` with an "explanation" in each quote: why it has its speaker."""
    quotes = extraction_object(extracted)
    for quote, explanation in zip(quotes["quotes"], explain(extracted.document), strict=True):
        facts = asdict(explanation)
        quote["explanation"] = {name: round(v, 3) if isinstance(v, float) else v for name, v in facts.items()}
    return quotes


def explained_text(extracted: ExtractedDocument) -> str:
    """Return the document's quotes for a person to read: the words, who said them, and why it is thought so."""
    document = extracted.document
    lines = [document.title or document.path or document.id]
    for quote, explanation in zip(extracted.attributions, explain(document), strict=True):
        words = " ".join(quote.words(document.text).split())
        shown = f"{words[:_SHOWN]}…" if len(words) > _SHOWN else words
        speaker = quote.speaker or "nobody known"
        aside = " (marks that quote nobody)" if quote.scare else ""
        lines += ["", f"“{shown}”{aside}", f"    {speaker}, {quote.confidence:.2f}: {explanation.sentence()}"]
    return "\n".join(lines) + "\n\n"
