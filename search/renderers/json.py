"""The JSON of the contract: what `quotes find --json` prints and `GET /api/v1/quotes` answers, byte for byte.

The only place that writes a quote as JSON: `find`, `show`, `export`, `extract` and the API all call `quote_object`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from search.answer_shapes import (
    DifferenceObject,
    DocumentObject,
    ExplanationObject,
    MatchObject,
    QuoteObject,
    ResultObject,
    RevisionObject,
    SpeakerObject,
    TranslationObject,
    UtteranceObject,
    VersionObject,
)
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
from search.names.speaker_table import SpeakerRow
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


def result_object(result: Result) -> ResultObject:
    """Return the answer as the contract has it. Filters that are not set are left out of `query`."""
    query = {name: value for name, value in asdict(result.query).items() if value not in ((), None, False)}
    return {
        "query": query,
        "total_quotes": result.total_quotes,
        "total_versions": result.total_versions,
        "total_utterances": result.total_utterances,
        "utterances": [utterance_object(utterance) for utterance in result.utterances],
        "facets": {name: list(counts) for name, counts in result.facets.items()},
        "unfiltered_quotes": result.unfiltered_quotes,
        "nearest": [quote_object(quote) for quote in result.nearest],
        "notes": list(result.notes),
        "took_ms": round(result.took_ms, 2),
    }


def utterance_object(utterance: Utterance) -> UtteranceObject:
    """Return an utterance with its versions, each with its quotes."""
    answer: UtteranceObject = {
        "id": utterance.id,
        "text": utterance.text,
        "match": utterance.match.kind,
        "score": round(utterance.match.score, SCORE_DIGITS),
        "sure": utterance.sure,
        "tier": utterance.tier,
        "first_published": first_known(utterance.first_published),
        "outlets": list(utterance.outlets),
        "speakers": list(utterance.speakers),
        "doubtful_speakers": list(utterance.doubtful_speakers),
        "versions": [version_object(version) for version in utterance.versions],
        "also": [version_object(version) for version in utterance.also],
    }
    if utterance.possible:
        answer["possible"] = [utterance_object(other) for other in utterance.possible]
    if utterance.translations:
        answer["translations"] = [translation_object(one) for one in utterance.translations]
    return answer


def translation_object(translation: Translation) -> TranslationObject:
    """Return what an utterance probably is in another language; `earlier` is true of what may be the original."""
    return {
        "language": translation.language,
        "language_name": language_name(translation.language),
        "earlier": translation.is_earlier,
        "utterance": translation.utterance,
        "versions": [version_object(version) for version in translation.versions],
    }


def version_object(version: Version) -> VersionObject:
    """Return a version with how it relates to what was asked, and every quote that prints it."""
    match = match_object(version.match)
    answer: VersionObject = {
        "text": version.text,
        "match": match["match"],
        "score": match["score"],
        "reason": match["reason"],
        "alters": match["alters"],
        "differences": match["differences"],
        "sure": version.sure,
        "quotes": [quote_object(quote) for quote in version.quotes],
    }
    if match.get("probable_translation"):
        answer["probable_translation"] = True
    if version.explanation is not None:
        answer["explanation"] = explanation_object(version.explanation)
    return answer


def explanation_object(explanation: Explanation) -> ExplanationObject:
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


def match_object(match: Match) -> MatchObject:
    """Return a verdict on two wordings with all that differs."""
    answer: MatchObject = {
        "match": match.kind,
        "score": round(match.score, SCORE_DIGITS),
        "reason": match.reason,
        "alters": list(match.alters),
        "differences": difference_objects(match.differences),
    }
    if match.translation:
        answer["probable_translation"] = True
    return answer


def difference_objects(differences: Iterable[Difference]) -> list[DifferenceObject]:
    """Return the steps of a comparison, word by word."""
    return [{"kind": step.kind, "query": step.query, "quote": step.quote} for step in differences]


def quote_object(quote: Quote) -> QuoteObject:
    """Return a quote with its speaker, its outlet and the words around it."""
    answer: QuoteObject = {
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
    }
    if quote.second is not None:
        answer["second"] = quote.second
    if quote.speaker_id:
        answer["speaker_id"] = quote.speaker_id
    if quote.authors:
        answer["authors"] = list(quote.authors)
    return answer


def document_object(document: Document, revisions: Sequence[Document], copies: Sequence[Document]) -> DocumentObject:
    """Return a stored document with the ids of all revisions of its page, itself among them, and of its copies elsewhere."""
    return {
        "id": document.id,
        "text": document.text,
        "path": document.path,
        "url": document.url,
        "outlet": document.outlet,
        "title": document.title,
        "authors": list(document.authors),
        "published": in_utc(document.published),
        "modified": in_utc(document.modified),
        "language": document.language,
        "flags": list(document.flags),
        "regions": [
            {"span": {"start": one.span.start, "end": one.span.end}, "role": one.role, "note": one.note}
            for one in document.regions
        ],
        "provenance": dict(document.provenance),
        "published_day": printed_day(document.published),
        "revisions": [each.id for each in revisions],
        "copies": [each.id for each in copies],
    }


def revision_object(diff: RevisionDiff) -> RevisionObject:
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


def speaker_object(row: SpeakerRow) -> SpeakerObject:
    """Return a speaker as JSON has it; names of joint statements ("Ann Lind and Bo Berg") stand apart."""
    answer: SpeakerObject = {"speaker": row.name, "quotes": row.quotes, "names": list(row.names)}
    if row.joint:
        answer["joint"] = list(row.joint)
    if row.id:
        answer["speaker_id"] = row.id
    return answer
