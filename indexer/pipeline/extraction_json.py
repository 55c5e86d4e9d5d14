"""The JSON of `quotes extract`: one object a document, as the contract has it."""

from __future__ import annotations

from typing import Any

from indexer.pipeline.items import ExtractedDocument
from search.model import Attribution


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
        "published": document.published,
        "modified": document.modified,
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
