"""Look up what an archive has of one speaker, or of one outlet."""

from __future__ import annotations

from typing import Final

from search.errors import QuoteNotFound
from search.find.alternatives import probably_meant
from search.find.filters import MOST_NAMED, default_filter, outlets_meant, people_meant
from search.find.retrieve import resolve_speakers
from search.find.utterance_page import utterance_of_quote
from search.message import Message
from search.model import Query, Quote
from search.names.people import NameCount
from search.names.speaker_table import speaker_rows
from search.profiles.over_time import over_time
from search.profiles.overviews import Holdings, OutletOverview, PrintedUtterance, SpeakerOverview
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store

MOST_PRINTED: Final = 10  # utterances
NEWEST: Final = 5  # quotes
QUOTED_MOST: Final = 30  # of an outlet
_NOBODY: Final = Message("Nobody of that name is quoted in this archive.")


def meant_speaker(store: Store, name: str) -> str:
    """Return the name by which whom a name means is shown: one of his names, or words that he alone has in his ("McCain").

    Raises QuoteNotFound where nobody is called so, and where several are, with their names.
    """
    people = people_meant(store, name)
    if len(people) == 1:
        return people[0]
    if people:
        named = ", ".join(people[:MOST_NAMED])
        raise QuoteNotFound(Message("Several people may be meant by “%(name)s”: %(people)s.", name=name, people=named))
    if (better := probably_meant(store, name)) is not None:
        raise QuoteNotFound(Message("No speaker is called “%(typed)s”; is %(meant)s meant?", typed=name, meant=better))
    raise QuoteNotFound(_NOBODY)


def speaker_overview(store: Store, name: str) -> SpeakerOverview:
    """Return what the archive has of whom a name means. Raises QuoteNotFound as `meant_speaker` does."""
    with store.one_moment():
        profile = store.speaker_profile(meant_speaker(store, name))
        if profile is None:
            raise QuoteNotFound(_NOBODY)
        return SpeakerOverview(profile, _holdings(store, _said_anyhow(store, profile.name)))


def outlet_overview(store: Store, name: str) -> OutletOverview:
    """Return what the archive has of an outlet, by its name to the letter. Raises QuoteNotFound for an unknown one, with those that have its words."""
    printed = QuoteFilter(outlets=(name,))
    with store.one_moment():
        if name not in store.outlets():
            if nearest := outlets_meant(store, (name,)):
                named = ", ".join(nearest[:MOST_NAMED])
                raise QuoteNotFound(
                    Message("No outlet is called “%(typed)s”; nearest is: %(names)s.", typed=name, names=named)
                )
            raise QuoteNotFound(Message("There is no outlet of that name in this archive."))
        rows = speaker_rows(store.counts.named(default_filter(Query()) & printed, "speaker"), store.speakers())
        return OutletOverview(name, tuple(rows[:QUOTED_MOST]), _holdings(store, printed))


def outlets_of(store: Store) -> list[NameCount]:
    """Return all outlets with their quotes and documents, those with most quotes first."""
    return store.counts.named(default_filter(Query()), "outlet")


def said_by(store: Store, speaker: str) -> QuoteFilter:
    """Return the filter that the quotes of one speaker pass, and nobody else's of that surname."""
    return default_filter(Query()) & _said_anyhow(store, speaker)


def _said_anyhow(store: Store, speaker: str) -> QuoteFilter:
    return QuoteFilter(speakers=tuple(store.speakers().names(speaker)))


def _holdings(store: Store, whose: QuoteFilter) -> Holdings:
    wanted = default_filter(Query()) & whose
    quotes, documents = store.counts.total(wanted)
    newest = store.quotes(store.findable.newest(wanted, NEWEST))
    return Holdings(
        quotes,
        store.counts.total(whose)[0] - quotes,
        documents,
        over_time(store.counts.months(wanted)),
        _most_printed(store, wanted),
        tuple(sorted(resolve_speakers(store, newest).values(), key=_newest_first, reverse=True)),
    )


def _newest_first(quote: Quote) -> tuple[str, str]:
    return quote.published or "", quote.id


def _most_printed(store: Store, wanted: QuoteFilter) -> tuple[PrintedUtterance, ...]:
    rows = {row.utterance: row for row in store.counts.most_printed(wanted, MOST_PRINTED)}
    ids = store.utterance_ids(rows)
    printed = []
    for utterance, row in rows.items():
        if utterance in ids:
            # By its earliest version: the longest may be the one that denies it.
            first = utterance_of_quote(store, ids[utterance], possible=False).versions[0].quotes[0]
            printed.append(PrintedUtterance(ids[utterance], first, row.quotes, row.outlets))
    return tuple(printed)
