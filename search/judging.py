"""How a quote relates to what was asked: the verdict of `compare`, and what a query allows beyond it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from search.compare import compare
from search.filters import default, holds
from search.model import Hit, Match, Query, Quote
from search.relevance import NEAR, kinship, relevance
from search.retrieval import passing, ranking
from search.store import Store

TYPED = 0.7  # the score of a quote that has the very words that were typed, however little they say
RELEVANT = 0.55  # the share of a query's words from which a quote that is no sure version is worth showing
KIN = 0.16  # the kinship from which a quote may be another translation of the best hit
KIN_POOL = 50  # candidates that may be


def judged(query: Query, quote: Quote) -> Match:
    """How a quote relates to the query by its words alone; "different" if it is no answer."""
    if not query.text:
        return Match("exact", 1.0, reason="it passes the filters")
    match = compare(query.text, quote.text)
    if match.kind != "exact" and holds(quote.text, [query.text]):
        # Two words say too little for a verdict on two quotes, but whoever types them means the quotes that have them.
        return replace(match, kind="part", score=max(match.score, TYPED), reason="the quote has these words")
    if query.exact and match.kind != "exact":
        return replace(match, kind="different")
    return match


def likely(query: Query, quote: Quote, match: Match, *, near: Collection[str]) -> Match:
    """The same for a quote that is no version by its words; `near` are the documents that have a sure one."""
    share = relevance(query.text, quote, around=quote.document_id not in near)
    if query.exact or share < RELEVANT:
        return match
    return replace(match, kind="reworded", score=0.5 * share, reason="it has most of these words, in other forms")


def by_group(query: Query, quote: Quote, best: Match) -> Match:
    """The match of a quote that is in because of its group: another translation may share no word with the query."""
    match = judged(query, quote)
    if match.kind != "different":
        return match
    return replace(match, kind="reworded", score=min(best.score, 0.5) * 0.9, reason="a version of another hit")


def kin(store: Store, query: Query, hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """Quotes of the best hit's speaker in other documents that may be another translation of it, by number."""
    best = max(hits.values(), key=lambda hit: (hit.match.kind != "reworded", hit.match.score), default=None)
    # Without a document there are no surroundings to go by.
    if best is None or best.quote.speaker is None or not best.quote.document_id:
        return {}
    one = best.quote
    ranked = ranking(store, f"{one.before[-NEAR:]} {one.text} {one.after[:NEAR]}", KIN_POOL)
    scores = {number: hit.match.score if hit.match.kind == "reworded" else 1.0 for number, hit in hits.items()}
    found: dict[int, Hit] = {}
    for number, other in passing(store, [number for number, _ in ranked], default(query)).items():
        if other.speaker != one.speaker or other.document_id == one.document_id:
            continue
        near = kinship(one, other)
        if near >= KIN and near > scores.get(number, 0.0):
            shown = compare(query.text, other.text).differences
            score = round(min(near, 0.5), 4)
            found[number] = Hit(other, Match("reworded", score, shown, (), "the same speaker on the same matter"))
    return found
