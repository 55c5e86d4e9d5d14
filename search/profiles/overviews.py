"""What an archive has of a speaker, of an outlet, and of speakers side by side, as values: how much and when, and what is repeated."""

from __future__ import annotations

from dataclasses import dataclass

from search.model import Quote, Result
from search.names.speaker_table import SpeakerProfile, SpeakerRow
from search.profiles.over_time import OverTime


@dataclass(frozen=True, slots=True)
class PrintedUtterance:
    """An utterance that is printed repeatedly: its earliest known quote, and how many quotes and outlets print it."""

    id: str
    quote: Quote
    quotes: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an archive has of somebody, as a search without words shows it: no scare quotes, no reported speech, no comments.

    `left_out` is how many of those there are.
    """

    quotes: int
    left_out: int
    documents: int
    over_time: OverTime
    most_printed: tuple[PrintedUtterance, ...]
    newest: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class SpeakerOverview:
    """Who a speaker is, and what the archive has of him."""

    profile: SpeakerProfile
    holdings: Holdings


@dataclass(frozen=True, slots=True)
class OutletOverview:
    """An outlet, whom it quotes most, and what the archive has of it."""

    name: str
    speakers: tuple[SpeakerRow, ...]
    holdings: Holdings


@dataclass(frozen=True, slots=True)
class SpeakerSide:
    """One speaker's answer: `result` has the best utterances, `over_time` counts the quotes of all."""

    speaker: str
    result: Result
    over_time: OverTime
