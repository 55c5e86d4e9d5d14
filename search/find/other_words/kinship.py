"""Find what may be another translation of a quote: by the same speaker, among the same names and things.

Two translations of one utterance may share hardly a word. Within one document everything stands among the same things, so
that only quotes of other documents count.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from search.find.classify import Hit, Tier
from search.find.filters import default_filter
from search.find.retrieve import resolve_speakers, spoken_by
from search.matching.similarity import days_apart
from search.model import Match, MatchKind, Query
from search.ranking.candidates import akin
from search.storage.analysed_quotes import TELLING_NATS, AnalysedQuote
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store
from search.text.analysis import stored
from search.text.information import information
from search.text.word_families import root

KINSHIP_LEAST: Final = 0.19
"""From which a quote may be another translation in an archive of a few articles. On the five that the product was made for
the other translation has .19 to .38 and stands first among the quotes of its speaker; those about something else have less."""
FEW_QUOTES: Final = 1_000
KINSHIP_OF_CHANCE: Final = 0.02
"""More, for each e-fold of quotes above `FEW_QUOTES`: the more there are, the nearer is the nearest by chance. Among 30,000
(where the least is .26) 12 of the 14 pairs above .19 were two statements on one matter, all of them under .25."""
KINSHIP_LENGTH: Final = 5.0
"""How many times as much the one may say as the other, in nats: a translation is as long as what it translates, where a
piece of the same speech is shorter."""
KINSHIP_DAYS: Final = 3  # later the same speaker says something else about the same things
KINSHIP_POOL: Final = 48  # quotes with most of the telling words that are looked at
KINSHIP_MOST: Final = 0.5  # the highest score: no nearness alone makes it sure
AROUND_WEIGHT_OF_PROFILE: Final = 0.5  # what a word just outside the marks counts in a profile
KINSHIP_REASON: Final = "the same speaker on the same matter"


def kindred_quotes(store: Store, query: Query, hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """Return quotes of the best sure hit's speaker in other documents that may be another translation of it, by number."""
    sure = [number for number, hit in hits.items() if hit.match.sure]
    best = max(sure, key=lambda number: hits[number].match.score, default=None)
    # Without a document there are no surroundings to go by.
    if best is None or not (speaker := hits[best].quote.speaker) or not hits[best].quote.document_id:
        return {}
    one = next(store.analysed_quotes([best]), None)
    if one is None:
        return {}  # taken out meanwhile
    with store.reading() as reader:
        near = akin(reader, [*one.stems, *one.around], KINSHIP_POOL)
        least = KINSHIP_LEAST + KINSHIP_OF_CHANCE * math.log(max(1.0, reader.size / FEW_QUOTES))
    # A document that prints the utterance in words like these has no other translation of it.
    printing = {hits[number].quote.document_id for number in sure}
    elsewhere = default_filter(query) & QuoteFilter(not_documents=tuple(sorted(printing)))
    scores = {number: 1.0 if hit.match.sure else hit.match.score for number, hit in hits.items()}
    nearness: dict[int, float] = {}
    for other in store.analysed_quotes(sorted(spoken_by(store, speaker, near, elsewhere))):
        score = kinship(one, other)
        if score >= least and score > scores.get(other.number, 0.0) and _as_long(one, other):
            nearness[other.number] = round(min(score, KINSHIP_MOST), 4)
    return {
        number: Hit(quote, Match(MatchKind.REWORDED, nearness[number], reason=KINSHIP_REASON), Tier.POSSIBLE)
        for number, quote in resolve_speakers(store, store.quotes(nearness)).items()
        if (days_apart(quote.published, hits[best].quote.published) or 0) <= KINSHIP_DAYS
    }


def kinship(one: AnalysedQuote, other: AnalysedQuote) -> float:
    """Return how much two quotes say and stand among the same things, 0 to 1: the cosine of their words' information."""
    left, right = _profile(one), _profile(other)
    common = sum(min(nats, right[family]) for family, nats in left.items() if family in right)
    both = math.sqrt(sum(left.values()) * sum(right.values()))
    return common / both if both else 0.0


def _as_long(one: AnalysedQuote, other: AnalysedQuote) -> bool:
    ours, theirs = (stored(quote.text, quote.stems).weight for quote in (one, other))
    return ours <= KINSHIP_LENGTH * theirs and theirs <= KINSHIP_LENGTH * ours


def _profile(quote: AnalysedQuote) -> dict[str, float]:
    """The telling words of a quote, and for half as much those near it, by family, in nats."""
    worths: dict[str, float] = {}
    for stems, weight in ((quote.stems, 1.0), (quote.around, AROUND_WEIGHT_OF_PROFILE)):
        for stem in stems:
            if (nats := information(stem)) > TELLING_NATS:
                family = root(stem)
                worths[family] = max(weight * nats, worths.get(family, 0.0))
    return worths
