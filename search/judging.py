"""How a quote relates to what was asked: the verdict of `compare`, and what a query allows beyond it."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from search.candidates import candidates
from search.compare import POSSIBLE, verdict
from search.evidence import all_stems, plain, unlike
from search.filters import Condition, default, holds, may_hold
from search.model import Hit, Match, Query, Quote
from search.normalise import fold, stems_of
from search.relevance import NEAR, kinship, relevance
from search.retrieval import spoken_by
from search.store import Store
from search.stores.readings import Reading

TYPED = 0.7  # the score of a quote that has the very words that were typed, however little they say
RELEVANT = 0.55  # the share of a query's words from which a quote that is no sure version is worth showing
KIN = 0.16  # the kinship from which a quote may be another translation of the best hit
KIN_POOL = 32  # candidates that may be


def judged(query: Query, text: str) -> Match:
    """How a quote's words alone relate to the query; "different" if it is no answer. What differs is left out."""
    if not query.text:
        return Match("exact", 1.0, reason="it passes the filters")
    match = verdict(query.text, text)
    if match.kind != "exact" and holds(text, [query.text]):
        # Two words say too little for a verdict on two quotes, but whoever types them means the quotes that have them.
        return replace(match, kind="part", score=max(match.score, TYPED), reason="the quote has these words")
    if query.exact and match.kind != "exact":
        return replace(match, kind="different")
    return match


def no_answer(query: Query, one: Reading) -> bool:
    """Whether `judged` will surely say "different", told at a fraction of the cost."""
    if not query.text:
        return False
    asked = _asked(query.text)
    if asked is None or not plain(one.text):
        return False
    # The two in the order in which `verdict` aligns them.
    left, right = (one.stems, asked) if one.text < query.text else (asked, one.stems)
    return not _may_hold(query.text, asked, one) and unlike(left, right, POSSIBLE)


def _may_hold(typed: str, asked: Sequence[str], one: Reading) -> bool:
    """Whether a quote may have all of the words typed. They may be stemmed as of another language than the quote's."""
    return set(asked).issubset(one.stems) or may_hold(one.text, fold(typed).split())


@functools.lru_cache(maxsize=64)
def _asked(text: str) -> Sequence[str] | None:
    """The stems of a query; None if they are not all its words."""
    return tuple(stems_of(text)) if plain(text) else None


def likely(query: Query, one: Reading, near: Collection[str], quote: Quote | None = None) -> Match | None:
    """The match of a quote that is no version by its words, or None; `near` are the documents that have a sure one.

    Without the `quote` itself, which has the words around it, whatever could stand there counts: None is sure then.
    """
    if query.exact:
        return None
    stems = one.stems if plain(one.text) else all_stems(one.text)
    around: Sequence[str] | None = ()
    if one.document_id not in near:
        around = all_stems(f"{quote.before} {quote.after}") if quote else None
    share = relevance(query.text, stems, around)
    if share < RELEVANT:
        return None
    return Match("reworded", 0.5 * share, reason="it has most of these words, in other forms")


def by_group(query: Query, text: str, best: Match) -> Match:
    """The match of a quote that is in because of its group: another translation may share no word with the query."""
    match = judged(query, text)
    if match.kind != "different":
        return match
    return replace(match, kind="reworded", score=min(best.score, 0.5) * 0.9, reason="a version of another hit")


def kin(store: Store, query: Query, hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """Quotes of the best hit's speaker in other documents that may be another translation of it, by number."""
    best = max(hits.values(), key=lambda hit: (hit.match.kind != "reworded", hit.match.score), default=None)
    # Without a document there are no surroundings to go by.
    if best is None or not (speaker := best.quote.speaker) or not best.quote.document_id:
        return {}
    one = best.quote
    with store.reading() as reader:
        ranked = candidates(reader, f"{one.before[-NEAR:]} {one.text} {one.after[:NEAR]}", limit=KIN_POOL)
    usual = default(query)
    elsewhere = Condition(f"{usual.sql} AND document_id != ?", (*usual.values, one.document_id))
    scores = {number: hit.match.score if hit.match.kind == "reworded" else 1.0 for number, hit in hits.items()}
    found: dict[int, Hit] = {}
    for number, other in spoken_by(store, speaker, [other.number for other in ranked], elsewhere).items():
        near = kinship(one, other)
        if near >= KIN and near > scores.get(number, 0.0):
            score = round(min(near, 0.5), 4)
            found[number] = Hit(other, Match("reworded", score, reason="the same speaker on the same matter"))
    return found
