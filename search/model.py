"""The words of this project as types: document, attribution, quote, version, utterance, query, result.

Every offset is a code point into `Document.text` and every interval is half-open. Everything here is a frozen value:
two parts of the program that hold a `Quote` hold the same facts. `None` means "not known".

The vocabularies are closed: a value that is not in its enum is a mistake. Their members are strings, so they are stored
and written as JSON as they are; compare them with `==`, since what comes out of a database is a plain string.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from search.plural import counted


class QuoteKind(StrEnum):
    """How much of a quote stands between quotation marks (PARC 3.0: direct, mixed and indirect quotations)."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class MatchKind(StrEnum):
    """How one wording relates to another; `docs/versions.md` draws the lines between them."""

    EXACT = "exact"  # the same words: marks, capitals and dashes aside
    PART = "part"  # one contains the other, or an ellipsis stands for what is missing
    EDITED = "edited"  # brackets, tense, a few words
    REWORDED = "reworded"  # probably a translation or a paraphrase
    DIFFERENT = "different"  # not versions of one utterance


class SortOrder(StrEnum):
    """An order of an answer other than best match first: by the earliest known day on which each utterance was printed."""

    NEWEST = "newest"
    OLDEST = "oldest"


class MeaningChange(StrEnum):
    """A way in which a change of words turns the meaning (`search.matching.meaning_changes`)."""

    NEGATION = "negation"
    NUMBER = "number"
    NAME = "name"
    OPPOSITE = "opposite"  # "more" for "less"
    CERTAINTY = "certainty"  # "will" for "might"


class DifferenceKind(StrEnum):
    """What became of some words from one text to another."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


class RegionRole(StrEnum):
    """What a stretch of a document is when it is not running text of the article."""

    HEADING = "heading"
    CAPTION = "caption"
    BLOCKQUOTE = "blockquote"
    COMMENT = "comment"
    PULLQUOTE = "pullquote"
    SPEECH = "speech"  # of a recording: the note holds its second and its speaker
    FURNITURE = "furniture"  # links, credits, headlines of others: nothing that the article says


class Place(StrEnum):
    """The part of a document in which a quote stands."""

    BODY = "body"
    HEADLINE = "headline"
    CAPTION = "caption"
    COMMENT = "comment"


class QuoteFlag(StrEnum):
    """What a reader should know about a quote before citing it."""

    SCARE = "scare"  # the marks quote nobody: a title, a slogan, a word held at a distance
    DENIED = "denied"  # the document says that it was not said
    DISPUTED = "disputed"  # the document says that somebody denies it
    UNCLOSED = "unclosed"  # the closing mark is missing, so that its end is a guess
    JOINED = "joined"  # it runs over several paragraphs
    OTHER_SPEAKER = (
        "other_speaker"  # most documents that print the utterance name another speaker; worked out in an answer
    )
    TRUNCATED = "truncated"  # it begins or ends with an ellipsis
    CORRECTED = "corrected"  # a person corrected what the document was read as saying


# Who cites a quote without knowing these says something false; the other flags tell how well its ends are known.
WARNING_FLAGS = frozenset({QuoteFlag.SCARE, QuoteFlag.DENIED, QuoteFlag.DISPUTED, QuoteFlag.OTHER_SPEAKER})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text, `[start, end)` in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words at this span of `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a document that is not running text of the article.

    `note` is what the page says about it: the words of a `<cite>` under a block quotation, for one.
    """

    span: Span
    role: RegionRole
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was read: its text, and what is known about who printed it and when.

    `published` and `modified` are ISO 8601, a day or an instant in the paper's own zone (`search.instants`). `provenance` says how a field is known
    (`{"published": "json-ld", "outlet": "host"}`); `flags` are short words about what was odd (`"lossy"`, `"partial"`).
    """

    id: str
    text: str
    path: str = ""
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    flags: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skip:
    """A document, or a part of one, that could not be read, and why: data, not an exception."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A passage of a document and who is said to have said it: source, cue and content, as PARC has them.

    contents    the pieces of the passage, marks excluded; two or more when a cue interrupts the quotation
    kind        wholly, partly or not at all between quotation marks
    speaker     the fullest name that the document gives for the source; None when not known
    role        what the document calls the speaker besides the name ("foreign minister")
    mention     the source as it is printed ("he", "Mr Powell"), at `source`
    cue         the words that report ("said", "according to")
    via         who reports the words, from the outlet inwards ("Kommersant", ...); empty when the outlet itself does
    parent      index, in the same document's list, of the quotation that this one is nested in
    confidence  chance, 0 to 1, that `speaker` is right
    method      the rule or model that found the speaker
    scare       marks around a word, a title or a slogan, which nobody is quoted as saying; `scare_score` is its chance
    second      of a recording, at which the passage begins; None for what is printed
    flags       what was odd, as `QuoteFlag`; "scare" stands in `scare` instead
    """

    contents: tuple[Span, ...]
    kind: QuoteKind = QuoteKind.DIRECT
    speaker: str | None = None
    role: str | None = None
    mention: str | None = None
    source: Span | None = None
    cue: str | None = None
    via: tuple[str, ...] = ()
    parent: int | None = None
    confidence: float = 0.0
    method: str = ""
    scare: bool = False
    scare_score: float = 0.0
    place: Place = Place.BODY
    flags: tuple[str, ...] = ()
    second: float | None = None

    @property
    def start(self) -> int:
        """Return where the passage begins, in code points of the document."""
        return self.contents[0].start

    @property
    def end(self) -> int:
        """Return where the passage ends, in code points of the document; what a cue interrupts lies before it."""
        return self.contents[-1].end

    def words(self, text: str) -> str:
        """Return the passage itself: its pieces of `text` joined by a space."""
        return " ".join(span.of(text) for span in self.contents)


SURE_SPEAKER: Final = 0.6
"""The confidence from which a speaker is named without "perhaps". Of 55 quotes of real articles that were read, 12 of 30 had
the right speaker from .3 to .5, 17 of 25 from .5 to .7; of what is shown a tenth is below."""

# Code points of a speaker's name or an outlet's: as many as a query takes, so that each can be asked for and linked to.
LONGEST_NAME: Final = 300


@dataclass(frozen=True, slots=True)
class Quote:
    """One attributed passage in one document, with all that an answer needs: the unit that is stored and found.

    `before` and `after` are the words around it in its document. `second` is where it is said in a recording. `parent` is the id of the enclosing quote.
    `speaker_id` is the speaker's id in an authority file that was imported (a Wikidata QID); it is not stored. Nor are
    `authors`, the by-line of the document, which are looked up where a quote is cited (`search.find.bylines`).
    """

    id: str
    document_id: str
    text: str
    spans: tuple[Span, ...] = ()
    kind: QuoteKind = QuoteKind.DIRECT
    speaker: str | None = None
    role: str | None = None
    mention: str | None = None
    cue: str | None = None
    via: tuple[str, ...] = ()
    parent: str | None = None
    confidence: float = 0.0
    method: str = ""
    scare: bool = False
    scare_score: float = 0.0
    place: Place = Place.BODY
    flags: tuple[str, ...] = ()
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    before: str = ""
    after: str = ""
    second: float | None = None
    speaker_id: str | None = None
    authors: tuple[str, ...] = ()

    @property
    def speaker_in_doubt(self) -> bool:
        """Return whether the speaker is named with too little confidence to be believed without a look at the passage."""
        return self.speaker is not None and self.confidence < SURE_SPEAKER

    @property
    def link(self) -> str | None:
        """Return the address of the document; of a recording at the quote's second (W3C Media Fragments, `#t=`)."""
        if self.url is None or self.second is None:
            return self.url
        return f"{self.url.partition('#')[0]}#t={int(self.second)}"

    @property
    def all_flags(self) -> tuple[str, ...]:
        """Return the flags (`QuoteFlag`), "scare" first where the marks quote nobody."""
        return (QuoteFlag.SCARE, *self.flags) if self.scare else self.flags


@dataclass(frozen=True, slots=True)
class Difference:
    """One step of the word-by-word comparison of what was asked (`query`) with what was printed (`quote`)."""

    kind: DifferenceKind
    query: str
    quote: str


_MOST_KEPT: Final = (
    0.6  # of the words asked for: three of five, as in "it exceeds $50 billion" beside "it exceeds $500bn"
)


@dataclass(frozen=True, slots=True)
class Match:
    """How one wording relates to another.

    score       0 to 1: how sure it is that both are versions of one utterance
    alters      ways in which the change turns the meaning
    reason      the verdict in a few words for a person ("brackets", "the first is contained in the second")
    doubtful    it may answer what was asked and may not, whatever its kind
    translation they are in two languages, and never compared word by word
    """

    kind: MatchKind
    score: float
    differences: tuple[Difference, ...] = ()
    alters: tuple[MeaningChange, ...] = ()
    reason: str = ""
    doubtful: bool = False
    translation: bool = False

    @property
    def sure(self) -> bool:
        """Return False for what may answer the query and may not."""
        return not self.doubtful and self.kind not in (MatchKind.REWORDED, MatchKind.DIFFERENT)

    @property
    def is_in_other_words(self) -> bool:
        """Return whether so much is said in other words that a comparison word by word tells a reader nothing.

        It does where the meaning turns and most words are kept: which number is another one has to be seen.
        """
        if self.kind != MatchKind.REWORDED:
            return False
        asked = sum(len(step.query.split()) for step in self.differences)
        kept = sum(len(step.query.split()) for step in self.differences if step.kind == DifferenceKind.SAME)
        return not self.alters or kept < _MOST_KEPT * asked


@dataclass(frozen=True, slots=True)
class Contribution:
    """One piece of evidence: its name, its value (a share, nats, days; None where not known), and its log odds."""

    name: str
    value: float | None
    log_odds: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a probability is what it is: the log odds of the contributions add up to its own."""

    contributions: tuple[Contribution, ...]
    probability: float

    @property
    def log_odds(self) -> float:
        """Return the sum of the contributions."""
        return sum(one.log_odds for one in self.contributions)


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asks: words to find, and filters that every answer has to pass.

    exact         only quotes that hold these very words (case, marks and dashes aside)
    without       words that no answer may hold
    speaker, outlet, language, kind   an answer passes with any one of the values; `not_*`: with none of them
    after, before ISO days; an answer's day is at or after the first and before the second
    explain       also say why each version is taken for what was asked
    sort          the order of sure utterances; None is best match first, or without words last printed first
    scare, indirect   whether marks that quote nobody, and speech without marks, are asked for too
    """

    text: str = ""
    exact: bool = False
    without: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    kind: tuple[QuoteKind, ...] = ()
    not_speaker: tuple[str, ...] = ()
    not_outlet: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    scare: bool = False
    indirect: bool = False
    explain: bool = False
    sort: SortOrder | None = None
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of an utterance, with every quote that prints these words (`search.find.group` says when words are the same).

    text     the words as its first quote prints them
    match    how they relate to what was asked, or on an utterance's own page to its earliest known version
    quotes   earliest known first; what has no date stands last
    explanation   why the score of `match` is what it is, where that was asked for
    """

    text: str
    match: Match
    quotes: tuple[Quote, ...]
    explanation: Explanation | None = None

    @property
    def sure(self) -> bool:
        """Return False for what may be the same and may not."""
        return self.match.sure

    @property
    def outlets(self) -> tuple[str, ...]:
        """Return the outlets that print this version, each once, earliest known first."""
        return tuple(dict.fromkeys(quote.outlet for quote in self.quotes if quote.outlet))


@dataclass(frozen=True, slots=True)
class Translation:
    """What an utterance probably is in another language: versions that are kept as an utterance of their own.

    language    ISO 639-1 code
    utterance   the id of that utterance
    versions    in that language, earliest known first
    is_earlier  its first printing is known to be earlier than any of the other language's: it may be the original
    """

    language: str
    utterance: str
    versions: tuple[Version, ...]
    is_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said once, as the archive has it: the versions that belong together.

    id               that of one of its quotes; the id of any of them leads to the same utterance
    text, match      those of its best version for the query
    versions         those that answer the query, best match first; on an utterance's own page all, earliest known first
    also             its other versions, which the words typed did not find
    first_published  the earliest known date among its quotes, ISO 8601; None when none is known
    outlets          each once, earliest known first; `speakers` each once, in the order of the versions
    tier             the part of the answer in which it stands, in words ("it holds all that was typed")
    possible         utterances that may be the same one, in other words or another translation; found only where an
                     utterance is asked for by its id
    translations     what it probably is in other languages, what was printed earlier first; no part of `versions` and `quotes`
    """

    id: str
    text: str
    match: Match
    versions: tuple[Version, ...]
    first_published: str | None
    outlets: tuple[str, ...]
    speakers: tuple[str, ...]
    also: tuple[Version, ...] = ()
    tier: str = ""
    possible: tuple[Utterance, ...] = ()
    translations: tuple[Translation, ...] = ()

    @property
    def sure(self) -> bool:
        """Return False for what may answer the query and may not."""
        return self.match.sure

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Return all its quotes, version by version, those of `also` last."""
        return tuple(quote for version in (*self.versions, *self.also) for quote in version.quotes)

    @property
    def doubtful_speakers(self) -> tuple[str, ...]:
        """Return those of `speakers` whom no quote names surely (`SURE_SPEAKER`)."""
        doubtful = {quote.speaker for quote in self.quotes if quote.speaker_in_doubt}
        doubtful -= {quote.speaker for quote in self.quotes if not quote.speaker_in_doubt}
        return tuple(name for name in self.speakers if name in doubtful)


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query: what the page, the JSON, the feeds and the terminal all render.

    `utterances` are those of one page, best first; those that are not `sure` come last and are shown apart. The totals
    and `facets` count all that was found, not this page alone. `unfiltered_quotes` is how many quotes the same words
    find without any filter, counted only where nothing passes the filters. `nearest` are quotes near in words that are no
    answer, beside the first page of a short one. `notes` are sentences for a person.
    """

    query: Query
    total_quotes: int
    total_versions: int
    total_utterances: int
    utterances: tuple[Utterance, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    unfiltered_quotes: int = 0
    nearest: tuple[Quote, ...] = ()
    notes: tuple[str, ...] = ()
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class DiffSegment:
    """Some words of a changed paragraph: in both revisions (same), in the earlier (removed) or the later alone (added)."""

    kind: DifferenceKind
    text: str


@dataclass(frozen=True, slots=True)
class ChangedParagraph:
    """A paragraph that is not the same in both revisions; one that was removed or added as a whole is one segment."""

    kind: DifferenceKind
    segments: tuple[DiffSegment, ...]


@dataclass(frozen=True, slots=True)
class RevisionDiff:
    """What was changed from one revision of a page to another.

    before, after  the ids of the two documents
    facts          headline, authors and dates that changed: (name, value before, value after), "" where there was none
    paragraphs     those that changed, in the order of the text
    """

    before: str
    after: str
    facts: tuple[tuple[str, str, str], ...]
    paragraphs: tuple[ChangedParagraph, ...]

    def count(self, kind: DifferenceKind) -> int:
        """Return how many paragraphs were removed, added or changed."""
        return sum(paragraph.kind == kind for paragraph in self.paragraphs)

    def summary(self) -> str:
        """Return the difference in half a sentence: "1 paragraph removed, 2 changed; another title"."""
        counts = [(self.count(kind), kind) for kind in DifferenceKind]
        phrases = [f"{number} {kind}" for number, kind in counts if number]
        if phrases:
            number, _, kind = phrases[0].partition(" ")
            phrases[0] = f"{counted(int(number), 'paragraph')} {kind}"
        facts = [f"another {name}" for name, _, _ in self.facts]
        return "; ".join(part for part in (", ".join(phrases), ", ".join(facts)) if part) or "the same words"


def digest(*parts: str, length: int = 16) -> str:
    """Return `length` hexadecimal digits of the SHA-256 of some texts: what is stored is named by its content.

    16 digits are 64 bits: of a million documents two share a name with a chance of about 1 in 40 million.
    """
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:length]


def document_id(text: str, url: str | None = None) -> str:
    """Return the id of a document that came without one: the same page with the same words is the same document."""
    return digest(url or "", text)


def quote_id(document: str, spans: Sequence[Span]) -> str:
    """Return the id of a quote: of where it stands in its document, so that extracting it again gives the same id."""
    return digest(document, *(f"{span.start}-{span.end}" for span in spans))
