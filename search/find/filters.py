"""The filters of a query as a `QuoteFilter` over the archive's quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.model import Query
from search.names.person_name import has_all_words
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store
from search.text.analysis import analyse
from search.text.folding import fold


def default(query: Query) -> QuoteFilter:
    """Return what a quote must be unless the query asks for more: no scare quote, no reported speech, no comment."""
    # What readers write below an article is kept for the reader's page, and nobody's utterance in an answer.
    return QuoteFilter(scare=query.scare, indirect=query.indirect or "indirect" in query.kind, comments=False)


def asked(query: Query, store: Store) -> QuoteFilter | None:
    """Return what the query's own filters demand of a quote; None if it has none."""
    narrowed = QuoteFilter(
        speakers=_names(store, "speaker", query.speaker) if query.speaker else None,
        outlets=_names(store, "outlet", query.outlet) if query.outlet else None,
        not_speakers=_names(store, "speaker", query.not_speaker),
        not_outlets=_names(store, "outlet", query.not_outlet),
        languages=tuple(code[:2].lower() for code in query.language) or None,
        kinds=query.kind or None,
        published_from=query.after,
        published_before=query.before,
    )
    # A speaker to leave out whom nobody knows is a filter, too: it says that filters were asked for.
    return narrowed if narrowed != QuoteFilter() or query.not_speaker or query.not_outlet else None


def _names(store: Store, column: str, wanted: Sequence[str]) -> tuple[str, ...]:
    """The values of a column that a person may mean; of speakers, with all their other names."""
    if not wanted:
        return ()
    if column == "speaker":
        known, speakers = store.speaker_names(), store.speakers()
        return tuple(dict.fromkeys(name for one in wanted for name in speakers.meant(one, known)))
    return tuple(name for name in store.outlets() if any(has_all_words(name, one) for one in wanted))


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether a text has any of some words, or rows of words, whatever their marks, case and spacing."""
    padded = f" {analyse(text).key} "
    return any(f" {row.key} " in padded for row in map(analyse, words) if row.key)


def may_hold(text: str, words: Sequence[str]) -> bool:
    """Whether a text may have all of some folded words: says yes too often, but costs next to nothing."""
    folded = text.casefold() if text.isascii() else fold(text)
    return all(word in folded for word in words)
