"""The words of the page for everything that comes out of a closed vocabulary: one table, read by every template.

A test holds it: each vocabulary has its own, each of their values has words, and no words are left over.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from search.checking.formats import VERDICT_LABELS
from search.corrections.correction import CorrectionKind
from search.find.classify import ALSO_REASON, APART_REASON, PHRASE_REASON, POSSIBLE_REASON, Tier
from search.find.explain import PLACE
from search.matching.explanation import Evidence
from search.model import MatchKind, MeaningChange, Place, QuoteFlag, QuoteKind, RegionRole, SortOrder
from search.provenance import DocumentFlag, Provenance

MATCH_KINDS: Final[Mapping[str, str]] = {
    MatchKind.EXACT: "Same words",
    MatchKind.PART: "Part of it",
    MatchKind.EDITED: "Edited",
    MatchKind.REWORDED: "In other words",
    # Two versions may both belong to a third that holds them, and have nothing in common themselves.
    MatchKind.DIFFERENT: "By way of another version",
}
MEANING_CHANGES: Final[Mapping[str, str]] = {
    MeaningChange.NEGATION: "a “not” or a “never” is put in or left out",
    MeaningChange.NUMBER: "a number is not the same",
    MeaningChange.NAME: "a name is not the same",
    MeaningChange.OPPOSITE: "a word stands for its opposite",
    MeaningChange.CERTAINTY: "what one says will be, the other says may be",
}
QUOTE_KINDS: Final[Mapping[str, str]] = {
    QuoteKind.DIRECT: "in quotation marks",
    QuoteKind.MIXED: "partly in quotation marks",
    QuoteKind.INDIRECT: "reported without quotation marks",
}
# The body is where quotes usually stand: its words are there for the rare list of all places, not for every quote.
DOCUMENT_PLACES: Final[Mapping[str, str]] = {
    Place.BODY: "in the text",
    Place.HEADLINE: "in a headline",
    Place.CAPTION: "in a caption",
    Place.COMMENT: "in a reader’s comment",
}
REGION_ROLES: Final[Mapping[str, str]] = {
    RegionRole.HEADING: "Heading",
    RegionRole.CAPTION: "Caption",
    RegionRole.BLOCKQUOTE: "Set apart as a quotation",
    RegionRole.COMMENT: "Readers’ comments: not the outlet’s own words",
    RegionRole.PULLQUOTE: "Quotation repeated in large type",
    RegionRole.SPEECH: "Spoken in a recording",
    RegionRole.FURNITURE: "Printed around the article: nothing is quoted from it",
}
QUOTE_FLAGS: Final[Mapping[str, str]] = {
    QuoteFlag.SCARE: "in quotation marks, but nobody is quoted as saying it",
    QuoteFlag.DENIED: "the document says that this was not said",
    QuoteFlag.DISPUTED: "the document says that somebody denies this",
    QuoteFlag.OTHER_SPEAKER: "given to another speaker by most that print it",
    QuoteFlag.UNCLOSED: "the closing quotation mark is missing",
    QuoteFlag.JOINED: "over several paragraphs",
    QuoteFlag.TRUNCATED: "cut with an ellipsis",
    QuoteFlag.CORRECTED: "corrected by a person",
}
CORRECTION_KINDS: Final[Mapping[str, str]] = {
    CorrectionKind.JOIN: "Put together as one utterance",
    CorrectionKind.SPLIT: "Parted: not the same utterance",
    CorrectionKind.SPEAKER: "Another speaker",
    CorrectionKind.SCARE: "The marks quote nobody",
    CorrectionKind.SAID: "Somebody did say it",
    CorrectionKind.HIDE: "Hidden",
    CorrectionKind.SAME_PERSON: "One person, called by the first of these names",
    CorrectionKind.OTHER_PERSON: "Different people",
}
SORT_ORDERS: Final[Mapping[str, str]] = {
    SortOrder.NEWEST: "newest",
    SortOrder.OLDEST: "oldest",
}
JOB_STATES: Final[Mapping[str, str]] = {
    "waiting": "Waiting for its turn",
    "running": "Being read",
    "done": "Done",
    "stopped": "Stopped",
    "failed": "Could not be done",
    "interrupted": "Interrupted, because the server was stopped",
}
PROVENANCES: Final[Mapping[str, str]] = {each: each.wording for each in Provenance}
DOCUMENT_FLAGS: Final[Mapping[str, str]] = {each: each.wording for each in DocumentFlag}

WORDING: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    MatchKind: MATCH_KINDS,
    MeaningChange: MEANING_CHANGES,
    QuoteKind: QUOTE_KINDS,
    Place: DOCUMENT_PLACES,
    RegionRole: REGION_ROLES,
    SortOrder: SORT_ORDERS,
    QuoteFlag: QUOTE_FLAGS,
    CorrectionKind: CORRECTION_KINDS,
    Provenance: PROVENANCES,
    DocumentFlag: DOCUMENT_FLAGS,
}

FACET_TITLES: Final = {
    "speaker": "Speaker", "outlet": "Outlet", "year": "Year", "language": "Language", "kind": "Kind",
}  # fmt: skip
CHIP_NAMES: Final = {
    "speaker": "speaker", "outlet": "outlet", "language": "language", "kind": "kind", "not_speaker": "not by",
    "not_outlet": "not in", "without": "without", "after": "from", "before": "before", "exact": "these very words",
    "scare": "with scare quotes", "indirect": "with indirect speech", "explain": "with reasons", "sort": "sorted by",
}  # fmt: skip
DOCUMENT_FACTS: Final = {
    "title": "Title", "by-line": "By-line", "date": "Date", "date of change": "Date of change",
}  # fmt: skip
OTHER_FACTS: Final = {
    "title": "another title", "by-line": "another by-line", "date": "another date",
    "date of change": "another date of change",
}  # fmt: skip
_EVIDENCE: Final = {each: each.value for each in Evidence} | {PLACE: PLACE}
_TIERS: Final = {each: each.label for each in Tier}
_REASONS: Final = {text: text for text in (PHRASE_REASON, APART_REASON, POSSIBLE_REASON, ALSO_REASON)}
_VERDICTS_COUNTED: Final = {verdict: label.lower() for verdict, label in VERDICT_LABELS.items()}

COUNTED: Final[Mapping[str, tuple[str, str]]] = {
    "quote": ("%(num)s quote", "%(num)s quotes"),
    "version": ("%(num)s version", "%(num)s versions"),
    "utterance": ("%(num)s utterance", "%(num)s utterances"),
    "outlet": ("%(num)s outlet", "%(num)s outlets"),
    "document": ("%(num)s document", "%(num)s documents"),
}
"""What is counted, with its forms; the filter `counted` says them in the language of the request."""

SPOKEN_VOCABULARIES: Final[tuple[Mapping[Any, str], ...]] = (
    *WORDING.values(), JOB_STATES, VERDICT_LABELS, FACET_TITLES, CHIP_NAMES, DOCUMENT_FACTS, OTHER_FACTS, _EVIDENCE, _TIERS,
    _REASONS, _VERDICTS_COUNTED,
)  # fmt: skip
"""All tables whose words a page says, each by `_` of its template: they are messages of the catalogue."""
