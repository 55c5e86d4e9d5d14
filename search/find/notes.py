"""Sentences that an answer carries for a person: a stock phrase, and why there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search.find.query_language import has_filters
from search.model import Query, Utterance
from search.storage.store import Store
from search.text.analysis import analyse
from search.utterances.linking import STOCK_PHRASE_NATS

STOCK_SPEAKERS: Final = 3  # speakers quoted with the same few words, from which these are a stock phrase


def stock_phrase_notes(query: Query, utterances: Sequence[Utterance]) -> tuple[str, ...]:
    """Return a warning where so many speakers are quoted with these very words that they are no one utterance; else nothing."""
    if not query.text or analyse(query.text).weight >= STOCK_PHRASE_NATS:
        return ()
    speakers = {
        quote.speaker
        for utterance in utterances
        for version in utterance.versions
        if version.match.kind == "exact"
        for quote in version.quotes
    } - {None}
    if len(speakers) < STOCK_SPEAKERS:
        return ()
    return (f"A stock phrase: {len(speakers)} speakers are quoted with these very words.",)


def no_answer_note(store: Store, query: Query, unfiltered_quotes: int) -> str:
    """Return why an answer is empty, and what to try. `unfiltered_quotes` are found by the same words without filters."""
    if not store.count_quotes():
        return "This archive is empty: `quotes index PATH` reads articles into it."
    if unfiltered_quotes:
        one = unfiltered_quotes == 1
        return f"Without the filters {unfiltered_quotes:,} quote{'' if one else 's'} would be shown: leave some out."
    if has_filters(query) and not query.text:
        return "No quote passes all these filters: leave some out."
    return "No quote in this archive has these words: try fewer or rarer ones."
