"""A quote that answers a query, how it relates to the words typed, and the tier of the answer in which it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from search.model import Match, Quote


class Tier(IntEnum):
    """The parts of an answer, in the order in which they are shown: what holds all that was typed comes first."""

    SAME_WORDS = 0
    PHRASE = 1  # the quote holds the whole phrase
    ALL_WORDS = 2  # one place of the quote has every word typed
    EDITED = 3  # the same utterance, with words changed
    CONTAINED = 4  # the typed words contain the quote
    POSSIBLE = 5  # may be the same in other words
    ALSO = 6  # in by its utterance alone


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote, how it relates to what was asked, and its tier."""

    quote: Quote
    match: Match
    tier: Tier
