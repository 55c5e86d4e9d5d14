"""How a quote relates to what was asked: the verdict of `compare`, and what a query allows beyond it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from search.find.filters import default, holds, may_hold
from search.find.hit import Hit
from search.find.paraphrases import kinship, relevance
from search.find.retrieve import named, spoken_by
from search.matching.compare import EXACT_MATCH, different_match, verdict
from search.matching.similarity import similarity, similarity_bound
from search.matching.thresholds import POSSIBLE_PROBABILITY
from search.model import Match, MatchKind, Query
from search.ranking.candidates import akin
from search.storage.analysed_quotes import AnalysedQuote
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store
from search.text.analysis import analyse, stored

TYPED = 0.7  # the score of a quote that has the very words that were typed, however little they say
_TYPED = Match(MatchKind.PART, TYPED, reason="the quote has these words")
RELEVANT = 0.55  # the share of a query's words from which a quote that is no sure version is worth showing
KIN = 0.16  # the kinship from which a quote may be another translation of the best hit
KIN_POOL = 48  # candidates that may be


def judged(query: Query, text: str) -> Match:
    """How a quote's words alone relate to the query; "different" if it is no answer. What differs is left out."""
    if not query.text:
        return Match(MatchKind.EXACT, 1.0, reason="it passes the filters")
    match = verdict(analyse(query.text), analyse(text))
    if match.kind != MatchKind.EXACT and holds(text, [query.text]):
        # Two words say too little for a verdict on two quotes, but whoever types them means the quotes that have them.
        return replace(match, kind=MatchKind.PART, score=max(match.score, TYPED), reason=_TYPED.reason)
    if query.exact and match.kind != MatchKind.EXACT:
        return replace(match, kind=MatchKind.DIFFERENT)
    return match


def by_stems(query: Query, one: AnalysedQuote, *, scored: bool = False) -> Match | None:
    """What `judged` will surely say, told from the stems at a fraction of the cost; None when it takes the words to tell.

    The score of what is "different" is 0 unless it is wanted.
    """
    if not query.text:
        return None
    asked, quote = analyse(query.text), stored(one.text, one.stems)
    if not asked.is_plain or not asked.stems or not quote.is_plain:
        return None
    # Rows of one length may be the same words though their stems differ, read as of two languages.
    if len(asked.stems) == len(quote.stems):
        return EXACT_MATCH if quote.key == asked.key else None
    probability = 0.0
    if scored or similarity_bound(asked, quote) >= POSSIBLE_PROBABILITY:
        probability = similarity(asked, quote)
    if probability >= POSSIBLE_PROBABILITY:
        return None
    # The typed words may be stemmed as of another language than the quote's.
    has_stems = asked.stem_set.stems.issubset(quote.stems)
    if (has_stems or may_hold(one.text, asked.folded_words)) and holds(one.text, [query.text]):
        return _TYPED
    return different_match(probability)


def likely(query: Query, one: AnalysedQuote, near: Collection[str]) -> Match | None:
    """The match of a quote that is no version by its words, or None; `near` are the documents that have a sure one."""
    if query.exact:
        return None
    share = relevance(
        query.text, stored(one.text, one.stems).all_stems, () if one.document_id in near else one.around, RELEVANT
    )
    if share < RELEVANT:
        return None
    return Match(MatchKind.REWORDED, 0.5 * share, reason="it has most of these words, in other forms")


def by_group(query: Query, text: str, best: Match) -> Match:
    """The match of a quote that is in because of its group: another translation may share no word with the query."""
    match = judged(query, text)
    if match.kind != MatchKind.DIFFERENT:
        return match
    return replace(match, kind=MatchKind.REWORDED, score=min(best.score, 0.5) * 0.9, reason="a version of another hit")


def kin(store: Store, query: Query, hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """Quotes of the best sure hit's speaker in other documents that may be another translation of it, by number."""
    sure = [number for number, hit in hits.items() if hit.match.kind != MatchKind.REWORDED]
    best = max(sure, key=lambda number: hits[number].match.score, default=None)
    # Without a document there are no surroundings to go by.
    if best is None or not (speaker := hits[best].quote.speaker) or not hits[best].quote.document_id:
        return {}
    one = next(store.analysed_quotes([best]), None)
    if one is None:
        return {}  # taken out meanwhile
    with store.reading() as reader:
        near = akin(reader, [*one.stems, *one.around], KIN_POOL)
    elsewhere = default(query) & QuoteFilter(not_documents=(one.document_id,))
    scores = {number: hit.match.score if hit.match.kind == MatchKind.REWORDED else 1.0 for number, hit in hits.items()}
    found: dict[int, float] = {}
    for other in store.analysed_quotes(sorted(spoken_by(store, speaker, near, elsewhere))):
        nearness = kinship(one, other)
        if nearness >= KIN and nearness > scores.get(other.number, 0.0):
            found[other.number] = round(min(nearness, 0.5), 4)
    return {
        number: Hit(quote, Match(MatchKind.REWORDED, found[number], reason="the same speaker on the same matter"))
        for number, quote in named(store, store.quotes(found)).items()
    }
