"""The JSON of the contract: what `quotes find --json` prints and `GET /api/v1/quotes` answers, byte for byte.

The only place that writes a quote as JSON: `find`, `show`, `export`, `extract` and the API all call `quote_object`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from search.instants import first_known, in_utc, printed_day
from search.model import (
    Difference,
    Document,
    Explanation,
    Match,
    Quote,
    Result,
    RevisionDiff,
    Translation,
    Utterance,
    Version,
)
from search.renderers import Style
from search.text.language_names import language_name

# Scores tell answers apart by the fourth digit; confidence is calibrated in steps of some per cent.
SCORE_DIGITS, CONFIDENCE_DIGITS = 4, 3


def render(result: Result, style: Style) -> str:
    """Return the whole answer as one line of JSON."""
    return encoded(result_object(result))


def encoded(value: object) -> str:
    """Return one line of JSON with characters as themselves, so that people read it and tools diff it."""
    return json.dumps(value, ensure_ascii=False) + "\n"


def result_object(result: Result) -> dict[str, Any]:
    """Return the answer as the contract has it. Filters that are not set are left out of `query`."""
    query = {name: value for name, value in asdict(result.query).items() if value not in ((), None, False)}
    return {
        "query": query,
        "total_quotes": result.total_quotes,
        "total_versions": result.total_versions,
        "total_utterances": result.total_utterances,
        "utterances": [utterance_object(utterance) for utterance in result.utterances],
        "facets": {name: [list(pair) for pair in counts] for name, counts in result.facets.items()},
        "unfiltered_quotes": result.unfiltered_quotes,
        "notes": list(result.notes),
        "took_ms": round(result.took_ms, 2),
    }


def utterance_object(utterance: Utterance) -> dict[str, Any]:
    """Return an utterance with its versions, each with its quotes."""
    return {
        "id": utterance.id,
        "text": utterance.text,
        "match": utterance.match.kind,
        "score": round(utterance.match.score, SCORE_DIGITS),
        "sure": utterance.sure,
        "tier": utterance.tier,
        "first_published": first_known(utterance.first_published),
        "outlets": list(utterance.outlets),
        "speakers": list(utterance.speakers),
        "versions": [version_object(version) for version in utterance.versions],
        "also": [version_object(version) for version in utterance.also],
        **({"possible": [utterance_object(other) for other in utterance.possible]} if utterance.possible else {}),
        **(
            {"translations": [translation_object(one) for one in utterance.translations]}
            if utterance.translations
            else {}
        ),
    }


def translation_object(translation: Translation) -> dict[str, Any]:
    """Return what an utterance probably is in another language; `earlier` is true of what may be the original."""
    return {
        "language": translation.language,
        "language_name": language_name(translation.language),
        "earlier": translation.is_earlier,
        "utterance": translation.utterance,
        "versions": [version_object(version) for version in translation.versions],
    }


def version_object(version: Version) -> dict[str, Any]:
    """Return a version with how it relates to what was asked, and every quote that prints it."""
    return {
        "text": version.text,
        **match_object(version.match),
        "sure": version.sure,
        "quotes": [quote_object(quote) for quote in version.quotes],
        **({"explanation": explanation_object(version.explanation)} if version.explanation is not None else {}),
    }


def explanation_object(explanation: Explanation) -> dict[str, Any]:
    """Return why a score is what it is: named contributions in log odds, which add up."""
    return {
        "probability": round(explanation.probability, SCORE_DIGITS),
        "log_odds": round(explanation.log_odds, SCORE_DIGITS),
        "contributions": [
            {
                "name": one.name,
                "value": None if one.value is None else round(one.value, SCORE_DIGITS),
                "log_odds": round(one.log_odds, SCORE_DIGITS),
            }
            for one in explanation.contributions
        ],
    }


def match_object(match: Match) -> dict[str, Any]:
    """Return a verdict on two wordings with all that differs."""
    return {
        "match": match.kind,
        "score": round(match.score, SCORE_DIGITS),
        "reason": match.reason,
        **({"probable_translation": True} if match.translation else {}),
        "alters": list(match.alters),
        "differences": difference_objects(match.differences),
    }


def difference_objects(differences: Iterable[Difference]) -> list[dict[str, str]]:
    """Return the steps of a comparison, word by word."""
    return [{"kind": step.kind, "query": step.query, "quote": step.quote} for step in differences]


def quote_object(quote: Quote) -> dict[str, Any]:
    """Return a quote with its speaker, its outlet and the words around it."""
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
        "flags": list(quote.all_flags),
        "confidence": round(quote.confidence, CONFIDENCE_DIGITS),
        "outlet": quote.outlet,
        "url": quote.link,
        "title": quote.title,
        "published": in_utc(quote.published),
        "published_day": printed_day(quote.published),
        "language": quote.language,
        "before": quote.before,
        "after": quote.after,
        "document_id": quote.document_id or None,
        **({"second": quote.second} if quote.second is not None else {}),
        **({"speaker_id": quote.speaker_id} if quote.speaker_id else {}),
        **({"authors": list(quote.authors)} if quote.authors else {}),
    }


def document_object(document: Document, revisions: Sequence[Document], copies: Sequence[Document]) -> dict[str, Any]:
    """Return a stored document with the ids of all revisions of its page, itself among them, and of its copies elsewhere."""
    return asdict(document) | {
        "published": in_utc(document.published),
        "published_day": printed_day(document.published),
        "modified": in_utc(document.modified),
        "provenance": dict(document.provenance),
        "revisions": [each.id for each in revisions],
        "copies": [each.id for each in copies],
    }


def revision_object(diff: RevisionDiff) -> dict[str, Any]:
    """Return the difference of two revisions: the ids of the documents compared, and what changed."""
    return {
        "before": diff.before,
        "after": diff.after,
        "summary": diff.summary(),
        "facts": [{"name": name, "before": before, "after": after} for name, before, after in diff.facts],
        "paragraphs": [
            {"kind": each.kind, "segments": [{"kind": part.kind, "text": part.text} for part in each.segments]}
            for each in diff.paragraphs
        ],
    }
