"""Look up what two speakers said of one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from search.errors import QueryError
from search.find.find import find
from search.message import Message
from search.model import Query
from search.profiles.over_time import over_time
from search.profiles.overviews import SpeakerSide
from search.profiles.profile import meant_speaker
from search.storage.store import Store

MOST_SPEAKERS: Final = 4
UTTERANCES_COUNTED: Final = 1000  # utterances of a speaker, whose days are counted
SHOWN: Final = 10  # of them


def side_by_side(store: Store, query: Query, speakers: Sequence[str]) -> tuple[SpeakerSide, ...]:
    """Return what each speaker said with the words of `query`, whose other filters hold for all.

    Raises QueryError for no words, for fewer than two speakers or more than `MOST_SPEAKERS`; QuoteNotFound as
    `meant_speaker` does.
    """
    names = tuple(dict.fromkeys(filter(None, map(str.strip, speakers))))
    if not query.text:
        raise QueryError(Message("Give a word, or several, on which they are to be compared."))
    if not 2 <= len(names) <= MOST_SPEAKERS:
        raise QueryError(Message("Give two speakers to compare, or up to %(most)s.", most=MOST_SPEAKERS))
    sides = [_side(store, query, name) for name in names]
    # The same years under all, else the year 2016 of one stands over the year 2013 of another.
    all_months = dict.fromkeys((month for _, months in sides for month in months), 0)
    return tuple(
        replace(side, over_time=over_time({**all_months, **months})) if any(months) else side for side, months in sides
    )


def _side(store: Store, query: Query, name: str) -> tuple[SpeakerSide, Counter[str]]:
    """What one speaker said, and how many quotes of it are of each month."""
    who = store.speakers()
    speaker = meant_speaker(store, name)
    result = find(store, replace(query, speaker=(speaker,), limit=UTTERANCES_COUNTED, offset=0))
    # A search for a surname finds all who have it; here they would stand under one person's name.
    own = tuple(
        utterance
        for utterance in result.utterances
        if utterance.sure and any(speaker in who.all_of(quote.speaker) for quote in utterance.quotes)
    )
    months = Counter(
        (quote.published or "")[:7]
        for utterance in own
        for quote in utterance.quotes
        if speaker in who.all_of(quote.speaker)
    )
    shown = replace(result, utterances=own[:SHOWN], total_utterances=len(own))
    return SpeakerSide(speaker, shown, over_time(months)), months
