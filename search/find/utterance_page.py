"""One utterance by the id of any of its quotes, with all its versions compared with the earliest known one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from search.find.classify import Hit, Tier
from search.find.group import earliest, group_hits, utterance_from, versions_from
from search.find.order import MOST_POSSIBLE
from search.find.other_words.kinship import kindred_quotes
from search.find.other_words.translations import language_of, translations_of
from search.find.present import with_differences
from search.find.retrieve import resolve_speakers
from search.matching.compare import compare
from search.matching.explanation import explain_match
from search.model import Match, MatchKind, Query, Quote, Utterance, Version
from search.storage.store import Store
from search.text.analysis import analyse
from search.utterances.speaker_conflicts import with_conflicts_flagged

JOINED_REASON: Final = "in another language"


def utterance_of_quote(store: Store, quote_id: str, *, possible: bool = True) -> Utterance:
    """Return the utterance that a quote belongs to, its versions earliest known first.

    `possible`: also what else may be the same utterance. Raises QuoteNotFound if no quote has that id.
    """
    with store.one_moment():
        return _whole(store, quote_id, possible=possible)


def _whole(store: Store, quote_id: str, *, possible: bool) -> Utterance:
    number = store.number_of(quote_id)
    group = store.utterances_of([number])[number]
    quotes = resolve_speakers(store, store.quotes(store.quotes_of_utterances([group])))
    hits = _compared_with_the_earliest(quotes)
    versions = sorted(versions_from(hits.values()), key=lambda version: earliest(version.quotes[0]))
    whole = utterance_from(store.utterance_ids([group]).get(group), [_explained(versions[0], one) for one in versions])
    if not possible:
        return whole
    return replace(
        whole,
        possible=possible_utterances(store, Query(whole.text), hits),
        translations=translations_of(store, whole),
    )


def translated_quote_ids(store: Store, quote_id: str) -> list[str]:
    """Return the ids of the quotes that are shown as what a quote's utterance is in another language."""
    translations = translations_of(store, utterance_of_quote(store, quote_id, possible=False))
    return [quote.id for one in translations for version in one.versions for quote in version.quotes]


def _compared_with_the_earliest(quotes: Mapping[int, Quote]) -> dict[int, Hit]:
    quotes = dict(zip(quotes, with_conflicts_flagged(quotes.values()), strict=True))
    first = min(quotes.values(), key=earliest)
    analysed = analyse(first.text)
    matches: dict[tuple[str, str | None], Match] = {}
    for quote in quotes.values():
        # Wire copies have one wording in many places.
        if (quote.text, quote.speaker) not in matches:
            matches[quote.text, quote.speaker] = _in_its_language(
                compare(analysed, analyse(quote.text), a_speaker=first.speaker, b_speaker=quote.speaker), first, quote
            )
    return {number: Hit(quote, matches[quote.text, quote.speaker], Tier.EDITED) for number, quote in quotes.items()}


def _in_its_language(match: Match, first: Quote, quote: Quote) -> Match:
    """The match of two quotes; of one in another language, which a person joined with it, that it is a translation."""
    if match.kind not in (MatchKind.REWORDED, MatchKind.DIFFERENT) or language_of(first) == language_of(quote):
        return match
    return Match(MatchKind.REWORDED, match.score, reason=JOINED_REASON, translation=True)


def _explained(first: Version, version: Version) -> Version:
    """The version with why it is taken, or not taken, for the same utterance as the earliest known one."""
    ours, theirs = first.quotes[0], version.quotes[0]
    explanation = explain_match(
        analyse(first.text),
        analyse(version.text),
        a_speaker=ours.speaker,
        b_speaker=theirs.speaker,
        a_published=ours.published,
        b_published=theirs.published,
    )
    return replace(version, explanation=explanation)


def possible_utterances(store: Store, query: Query, hits: Mapping[int, Hit]) -> tuple[Utterance, ...]:
    """Return utterances that may be the same as that of some hits, likeliest first."""
    others = {number: hit for number, hit in kindred_quotes(store, query, hits).items() if number not in hits}
    utterance_of = store.utterances_of(others)
    placed = group_hits(others, utterance_of, store.utterance_ids(set(utterance_of.values())))
    utterances = sorted((one.utterance for one in placed), key=lambda one: (-one.match.score, one.id))
    return tuple(with_differences(query, utterances[:MOST_POSSIBLE]))
