"""Find what says the same by its meaning (the extra `semantic`): in other languages, and in other words of the same.

A vector knows what a sentence is about better than what it says of it: "the ferry was sold" and "the ferry was not sold"
are neighbours. So what it finds is never sure, and numbers, names and denials have to agree: across languages as far as they
survive translation (`search.matching.translation_conflicts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from search.find.classify import TELLING_WORDS, Hit, Tier
from search.find.coverage import coverage
from search.find.filters import default_filter
from search.find.retrieve import resolve_speakers
from search.matching.meaning_changes import count_denials
from search.matching.translation_conflicts import Statement, has_other_names, translation_conflicts
from search.model import Match, MatchKind, Query, Quote
from search.storage.analysed_quotes import AnalysedQuote
from search.storage.store import Store
from search.text.analysis import AnalysedText, analyse, stored
from search.text.language import guess_language

TRANSLATIONS: Final = 5  # quotes in other languages that are looked at
TRANSLATION_LEAST: Final = 0.55
"""The cosine from which a quote in another language may be a translation."""
PARAPHRASES: Final = 10  # quotes in the query's own language that are looked at
PARAPHRASE_LEAST: Final = 0.55
"""The cosine from which a quote in the query's own language may say the same."""
NATS_OF_COSINE: Final = 30.0
EVIDENCE_LEAST: Final = 33.5
"""A cosine alone is no proof: it is weighed with the information of the words that both have, 30 nats to 1. On 130 judged
queries of two archives (docs/semantic.md) what is right has 34 to 52, what is asked for and is not there 28 to 33."""
CERTAIN_EVIDENCE: Final = 50.0  # from which on more of it says no more
NEAREST_EVIDENCE_LEAST: Final = 31.5  # of the nearest of all, if two telling words are shared
COMPARABLE_LENGTH: Final = 1.5  # as many times as long a quote may be for its denials to be those of the same statement
LEAST_LENGTH: Final = 0.6  # of a quote, of what the typed words say: "stand and lead" is near to all that stands
LEAST_WORDS: Final = 4  # of a query: fewer words mean too little to have a neighbour
MEANING_MOST: Final = 0.49  # the highest score of what is only near in meaning
TRANSLATION_REASON: Final = "probable translation"
PARAPHRASE_REASON: Final = "near in meaning, in other words"


def translated_numbers(store: Store, text: str, most: int) -> list[tuple[int, float]]:
    """Return the quotes in other languages that are nearest in meaning to a text, with their cosines, nearest first."""
    language = store.vectors.language_of_query(text)
    return [(one.number, one.cosine) for one in store.vectors.nearest(text, language, most, without=(language,))]


def probable_translations(store: Store, query: Query, hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """Return quotes in other languages that may be what was typed, translated or before it was; none of `hits`."""
    if not _has_neighbours(store, query):
        return {}
    near = translated_numbers(store, query.text, TRANSLATIONS)
    scores = {number: cosine for number, cosine in near if cosine >= TRANSLATION_LEAST and number not in hits}
    found = dict(_hits(store, query, scores, Tier.TRANSLATION, TRANSLATION_REASON))
    asked = Statement(query.text, store.vectors.language_of_query(query.text))
    return {number: hit for number, hit in found.items() if not translation_conflicts(asked, statement_of(hit.quote))}


def statement_of(quote: Quote) -> Statement:
    """Return what of a quote survives translation."""
    return Statement(quote.text, quote.language or guess_language(quote.text))


def _has_neighbours(store: Store, query: Query) -> bool:
    """Whether a query says enough to be near to anything, and may be answered so."""
    return store.vectors.is_on and not query.exact and len(query.text.split()) >= LEAST_WORDS


def near_in_meaning(store: Store, query: Query, hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """Return quotes in the language of the query that may say the same in other words; none of `hits`."""
    if not _has_neighbours(store, query):
        return {}
    language = store.vectors.language_of_query(query.text)
    asked = analyse(query.text)
    near = store.vectors.nearest(query.text, language, PARAPHRASES, within=(language,))
    cosines = {one.number: one.cosine for one in near if one.cosine >= PARAPHRASE_LEAST and one.number not in hits}
    nearest = near[0].number if near else None
    scores: dict[int, float] = {}
    for quote in store.analysed_quotes(cosines, default_filter(query)):
        evidence = _evidence(asked, quote, cosines[quote.number], is_nearest=quote.number == nearest)
        if evidence is not None:
            scores[quote.number] = evidence / CERTAIN_EVIDENCE
    return dict(_hits(store, query, scores, Tier.POSSIBLE, PARAPHRASE_REASON))


def _evidence(asked: AnalysedText, quote: AnalysedQuote, cosine: float, *, is_nearest: bool) -> float | None:
    """Return how much speaks for a quote to say what was typed, in nats; None where it is not enough."""
    theirs = stored(quote.text, quote.stems)
    if theirs.weight < LEAST_LENGTH * asked.weight or not _agree(asked, theirs):
        return None
    shared = coverage(asked, theirs.all_stems, (), least=0.0)
    evidence = NATS_OF_COSINE * cosine + shared.nats
    least = NEAREST_EVIDENCE_LEAST if is_nearest and shared.telling >= TELLING_WORDS else EVIDENCE_LEAST
    return evidence if evidence >= least else None


def _hits(
    store: Store, query: Query, scores: Mapping[int, float], tier: Tier, reason: str
) -> Iterator[tuple[int, Hit]]:
    quotes = resolve_speakers(store, store.quotes(scores, default_filter(query)))
    for number in sorted(quotes, key=lambda number: -scores[number]):
        score = round(MEANING_MOST * min(scores[number], 1.0), 4)
        match = Match(MatchKind.REWORDED, score, reason=reason, translation=tier == Tier.TRANSLATION)
        yield number, Hit(quotes[number], match, tier)


def _agree(asked: AnalysedText, theirs: AnalysedText) -> bool:
    """Whether a quote denies what is denied, has the numbers that were typed, and no other names in place of those typed."""
    # In a longer quote a "not" may stand with anything.
    comparable = theirs.weight <= COMPARABLE_LENGTH * asked.weight
    if comparable and count_denials(asked.keys) % 2 != count_denials(theirs.keys) % 2:
        return False
    numbers = {token.key for token in asked.tokens if token.key.isdigit()}
    if not numbers <= {token.key for token in theirs.tokens}:
        return False
    return not has_other_names(Statement(asked.text, asked.language), Statement(theirs.text, asked.language))
