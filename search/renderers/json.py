"""The JSON of the contract: what `quotes find --json` prints and `GET /api/v1/quotes` answers, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from search.model import Document, EditionDifference, Hit, Match, Quote, Result, Version
from search.renderers import Style


def render(result: Result, style: Style) -> str:
    return encoded(result_object(result))


def encoded(value: object) -> str:
    """One line of JSON with characters as themselves, so that it is read by people and diffed by tools."""
    return json.dumps(value, ensure_ascii=False) + "\n"


def result_object(result: Result) -> dict[str, Any]:
    query = {name: value for name, value in asdict(result.query).items() if value not in ((), None, False)}
    return {
        "query": query,
        "total_quotes": result.total_quotes,
        "total_versions": result.total_versions,
        "versions": [version_object(version) for version in result.versions],
        "facets": {name: [list(pair) for pair in counts] for name, counts in result.facets.items()},
        "notes": list(result.notes),
        "took_ms": round(result.took_ms, 2),
    }


def version_object(version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "text": version.text,
        **match_object(version.match, differences=False),
        "first_published": version.first_published,
        "outlets": list(version.outlets),
        "speakers": list(version.speakers),
        "wordings": version.wordings,
        "quotes": [hit_object(hit) for hit in version.hits],
        **({"possible": [version_object(other) for other in version.possible]} if version.possible else {}),
    }


def hit_object(hit: Hit) -> dict[str, Any]:
    return quote_object(hit.quote) | match_object(hit.match)


def match_object(match: Match, *, differences: bool = True) -> dict[str, Any]:
    shown: dict[str, Any] = {"match": match.kind, "score": round(match.score, 4), "reason": match.reason}
    if match.alters:
        shown["alters"] = list(match.alters)
    if differences:
        shown["differences"] = [{"kind": d.kind, "query": d.query, "quote": d.quote} for d in match.differences]
    return shown


def quote_object(quote: Quote) -> dict[str, Any]:
    return {
        "id": quote.id,
        "text": quote.text,
        "speaker": quote.speaker,
        "role": quote.role,
        "mention": quote.mention,
        "cue": quote.cue,
        "via": list(quote.via),
        "kind": quote.kind,
        "place": quote.place,
        "scare": quote.scare,
        "confidence": round(quote.confidence, 3),
        "outlet": quote.outlet,
        "url": quote.url,
        "title": quote.title,
        "published": quote.published,
        "language": quote.language,
        "before": quote.before,
        "after": quote.after,
        "document_id": quote.document_id or None,
    }


def document_object(document: Document, editions: Sequence[Document], copies: Sequence[Document]) -> dict[str, Any]:
    """A stored document with the ids of all editions of its page, itself among them, and of its copies elsewhere."""
    return asdict(document) | {
        "provenance": dict(document.provenance),
        "editions": [each.id for each in editions],
        "copies": [each.id for each in copies],
    }


def edition_object(found: EditionDifference) -> dict[str, Any]:
    """The difference of two editions: who is compared with whom, and what changed."""
    return {
        "before": found.before,
        "after": found.after,
        "summary": found.summary(),
        "facts": [{"name": name, "before": before, "after": after} for name, before, after in found.facts],
        "passages": [
            {"kind": passage.kind, "pieces": [{"kind": piece.kind, "text": piece.text} for piece in passage.pieces]}
            for passage in found.passages
        ],
    }
