"""The filters of a query as a `QuoteFilter` over the archive's quotes."""

from __future__ import annotations

from typing import Final

from search.model import Query
from search.names.person_name import parse_name
from search.names.speaker_kind import SpeakerKind, kind_of
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store

MOST_NAMED: Final = 5  # people who may be meant, those who are quoted most


def default_filter(query: Query) -> QuoteFilter:
    """Return what a quote must be unless the query asks for more: no scare quote, no reported speech, no comment."""
    # What readers write below an article is kept for the reader's page, and nobody's utterance in an answer.
    return QuoteFilter(scare=query.scare, indirect=query.indirect or "indirect" in query.kind, comments=False)


def query_filter(store: Store, query: Query) -> QuoteFilter | None:
    """Return what the query's own filters demand of a quote; None if it has none."""
    wanted = QuoteFilter(
        speakers=speakers_meant(store, query.speaker) if query.speaker else None,
        outlets=outlets_meant(store, query.outlet) if query.outlet else None,
        not_speakers=speakers_meant(store, query.not_speaker),
        not_outlets=outlets_meant(store, query.not_outlet),
        languages=tuple(code[:2].lower() for code in query.language) or None,
        kinds=query.kind or None,
        published_from=query.after,
        published_before=query.before,
    )
    # A speaker to leave out whom nobody knows is a filter, too: it says that filters were asked for.
    return wanted if wanted != QuoteFilter() or query.not_speaker or query.not_outlet else None


def speakers_meant(store: Store, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of all speakers whom somebody may mean who types one of `wanted`, with all their other names."""
    if not wanted:
        return ()
    known, speakers = store.speaker_names(), store.speakers()
    return tuple(dict.fromkeys(name for one in wanted for name in speakers.meant(one, known)))


def people_meant(store: Store, name: str) -> list[str]:
    """Return the names by which those are shown whom a name may mean, most quoted first: all Clintons for "Clinton".

    One where it is somebody's own name, or words that he alone has in his ("McCain"); none where it is nobody's. Bodies where
    no person is meant: not the Clinton campaign beside Clinton.
    """
    who = store.speakers()
    speaker = who.of(name) or name
    if who.names(speaker):
        return [speaker]
    having = {who.of(one) for one in speakers_meant(store, (name,))}
    meant = [row.name for row in store.speaker_table() if row.name in having]
    return [one for one in meant if kind_of(one) == SpeakerKind.PERSON] or meant


def outlets_meant(store: Store, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of all outlets that have every word of one of `wanted`."""
    if not wanted:
        return ()
    all_words = [words for one in wanted if (words := set(parse_name(one).words))]
    return tuple(name for name in store.outlets() if _has_any(set(parse_name(name).words), all_words))


def _has_any(words: set[str], wanted: list[set[str]]) -> bool:
    return any(some <= words for some in wanted)
