"""The shapes of what is printed as JSON: what `search.renderers.json` returns, and what the API's description says.

The types are the truth of both: mypy holds the writer to them, and `web.description` makes the schemas from them.
Days are ISO 8601; `null` is "not known"; scores and chances lie between 0 and 1; offsets are code points, half-open.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from search.model import DifferenceKind, MatchKind, MeaningChange, Place, QuoteKind


class DifferenceObject(TypedDict):
    """A step of a comparison: some words of the query and the words of the quote that stand for them, "" for none."""

    kind: DifferenceKind
    query: str
    quote: str


class ContributionObject(TypedDict):
    """A named share of a score, in log odds."""

    name: str
    value: float | None
    log_odds: float


class ExplanationObject(TypedDict):
    """Why a score is what it is: contributions that add up."""

    probability: float
    log_odds: float
    contributions: list[ContributionObject]


class QuoteObject(TypedDict):
    """A quote: one attributed passage in one document, with its speaker, its outlet and the words around it."""

    id: str
    text: str
    speaker: str | None
    role: str | None
    mention: str | None
    cue: str | None
    via: list[str]
    kind: QuoteKind
    place: Place
    flags: list[str]
    confidence: float
    outlet: str | None
    url: str | None
    title: str | None
    published: str | None
    published_day: str | None
    language: str | None
    before: str
    after: str
    document_id: str | None
    second: NotRequired[float]
    speaker_id: NotRequired[str]
    authors: NotRequired[list[str]]


class MatchObject(TypedDict):
    """How two wordings relate, with all that differs."""

    match: MatchKind
    score: float
    reason: str
    alters: list[MeaningChange]
    differences: list[DifferenceObject]
    probable_translation: NotRequired[bool]


class VersionObject(MatchObject):
    """A version: one wording of an utterance, and every quote that prints it."""

    text: str
    sure: bool
    quotes: list[QuoteObject]
    explanation: NotRequired[ExplanationObject]


class UtteranceObject(TypedDict):
    """An utterance: what somebody said once, with its versions; `also` are those that the words typed did not find."""

    id: str
    text: str
    match: MatchKind
    score: float
    sure: bool
    tier: str
    first_published: str | None
    outlets: list[str]
    speakers: list[str]
    doubtful_speakers: list[str]
    versions: list[VersionObject]
    also: list[VersionObject]
    possible: NotRequired[list[UtteranceObject]]
    translations: NotRequired[list[TranslationObject]]


class TranslationObject(TypedDict):
    """What an utterance probably is in another language, by the id of that utterance; `earlier`: it may be the original."""

    language: str
    language_name: str
    earlier: bool
    utterance: str
    versions: list[VersionObject]


class ResultObject(TypedDict):
    """The answer to a query: one page of utterances, best first. Totals and facets count all that was found.

    `nearest` are quotes near in words that are no answer, beside the first page of a short one.
    """

    query: dict[str, Any]
    total_quotes: int
    total_versions: int
    total_utterances: int
    utterances: list[UtteranceObject]
    facets: dict[str, list[tuple[str, int]]]
    unfiltered_quotes: int
    nearest: list[QuoteObject]
    notes: list[str]
    took_ms: float


class SpanObject(TypedDict):
    """A stretch of a document's text, in code points, half-open."""

    start: int
    end: int


class RegionObject(TypedDict):
    """A stretch of a document that is not running text of the article."""

    span: SpanObject
    role: str
    note: str | None


class DocumentObject(TypedDict):
    """A stored document; `revisions` are the ids of all revisions of its page, its own among them, `copies` those elsewhere."""

    id: str
    text: str
    path: str
    url: str | None
    outlet: str | None
    title: str | None
    authors: list[str]
    published: str | None
    modified: str | None
    language: str | None
    flags: list[str]
    regions: list[RegionObject]
    provenance: dict[str, str]
    published_day: str | None
    revisions: list[str]
    copies: list[str]


class FactObject(TypedDict):
    """A headline, author or date that changed; "" where there was none."""

    name: str
    before: str
    after: str


class SegmentObject(TypedDict):
    """Some words of a changed paragraph."""

    kind: DifferenceKind
    text: str


class ParagraphObject(TypedDict):
    """A paragraph that is not the same in two revisions."""

    kind: DifferenceKind
    segments: list[SegmentObject]


class RevisionObject(TypedDict):
    """What changed between two revisions of a page, named by the ids of their documents."""

    before: str
    after: str
    summary: str
    facts: list[FactObject]
    paragraphs: list[ParagraphObject]


class SpeakerObject(TypedDict):
    """A speaker with the other names it is printed under; `joint` are those of statements made with others."""

    speaker: str
    quotes: int
    names: list[str]
    joint: NotRequired[list[str]]
    speaker_id: NotRequired[str]


class PeriodObject(TypedDict):
    """A year ("2016") or a month ("2016-10"), and the number of quotes printed in it."""

    period: str
    quotes: int


class OverTimeObject(TypedDict):
    """The quotes of each period from the first to the last, and how many have no known date."""

    periods: list[PeriodObject]
    undated: int


class PrintedUtteranceObject(TypedDict):
    """An utterance that is printed repeatedly, with its earliest known quote."""

    utterance: str
    quotes: int
    outlets: int
    quote: QuoteObject


class HoldingsObject(TypedDict):
    """What the archive has of somebody, as a search without words shows it; `left_out` counts what it does not show."""

    quotes: int
    left_out: int
    documents: int
    over_time: OverTimeObject
    most_printed: list[PrintedUtteranceObject]
    newest: list[QuoteObject]


class NameObject(TypedDict):
    """A name of a speaker, how much it is printed, and why it is the speaker's."""

    name: str
    quotes: int
    documents: int
    why: str
    chance: float


class SeenObject(TypedDict):
    """A role or an outlet that a speaker is printed with, and the first and last day of these quotes."""

    value: str
    quotes: int
    first: str | None
    last: str | None


class LeftApartObject(TypedDict):
    """A name that might have been the speaker's, and why it was left apart."""

    name: str
    why: str


class SpeakerOverviewObject(TypedDict):
    """Who a speaker is, and what the archive has of him; `meant` are names counted above where their documents say who is meant."""

    speaker: str
    speaker_id: str | None
    names: list[NameObject]
    meant: list[NameObject]
    left_apart: list[LeftApartObject]
    roles: list[SeenObject]
    outlets: list[SeenObject]
    holdings: HoldingsObject


class OutletObject(TypedDict):
    """An outlet, and how much of it the archive has."""

    outlet: str
    quotes: int
    documents: int


class OutletOverviewObject(TypedDict):
    """An outlet, whom it quotes most, and what the archive has of it."""

    outlet: str
    speakers: list[SpeakerObject]
    holdings: HoldingsObject


class SideObject(TypedDict):
    """What one of several speakers said with some words."""

    speaker: str
    over_time: OverTimeObject
    result: ResultObject
