"""Speakers, outlets and speakers side by side as JSON has them."""

from __future__ import annotations

from collections.abc import Iterable

from search.answer_shapes import (
    HoldingsObject,
    NameObject,
    OutletObject,
    OutletOverviewObject,
    OverTimeObject,
    SeenObject,
    SideObject,
    SpeakerOverviewObject,
)
from search.names.people import NameCount
from search.names.speaker_table import ExplainedName, Seen
from search.profiles.over_time import OverTime
from search.profiles.overviews import Holdings, OutletOverview, SpeakerOverview, SpeakerSide
from search.renderers.json import quote_object, result_object, speaker_object

CHANCE_DIGITS = 3


def speaker_overview_object(overview: SpeakerOverview) -> SpeakerOverviewObject:
    """Return a speaker and what the archive has of him, as JSON has it."""
    profile = overview.profile
    return {
        "speaker": profile.name,
        "speaker_id": profile.id,
        "names": _names(profile.names),
        "meant": _names(profile.meant),
        "left_apart": [{"name": name, "why": why} for name, why in profile.left_apart],
        "roles": _seen(profile.roles),
        "outlets": _seen(profile.outlets),
        "holdings": holdings_object(overview.holdings),
    }


def outlet_overview_object(overview: OutletOverview) -> OutletOverviewObject:
    """Return an outlet, whom it quotes most, and what the archive has of it."""
    return {
        "outlet": overview.name,
        "speakers": [speaker_object(row) for row in overview.speakers],
        "holdings": holdings_object(overview.holdings),
    }


def outlet_object(outlet: NameCount) -> OutletObject:
    """Return an outlet with its quotes and documents."""
    return {"outlet": outlet.name, "quotes": outlet.quotes, "documents": outlet.documents}


def side_object(side: SpeakerSide) -> SideObject:
    """Return what one of several speakers said with some words."""
    return {
        "speaker": side.speaker,
        "over_time": over_time_object(side.over_time),
        "result": result_object(side.result),
    }


def holdings_object(holdings: Holdings) -> HoldingsObject:
    """Return what the archive has of somebody."""
    return {
        "quotes": holdings.quotes,
        "left_out": holdings.left_out,
        "documents": holdings.documents,
        "over_time": over_time_object(holdings.over_time),
        "most_printed": [
            {"utterance": one.id, "quotes": one.quotes, "outlets": one.outlets, "quote": quote_object(one.quote)}
            for one in holdings.most_printed
        ],
        "newest": [quote_object(quote) for quote in holdings.newest],
    }


def over_time_object(times: OverTime) -> OverTimeObject:
    """Return the quotes of each year or month."""
    return {
        "periods": [{"period": period.name, "quotes": period.quotes} for period in times.periods],
        "undated": times.undated,
    }


def _names(names: Iterable[ExplainedName]) -> list[NameObject]:
    return [
        {
            "name": one.count.name,
            "quotes": one.count.quotes,
            "documents": one.count.documents,
            "why": one.reason.why,
            "chance": round(one.reason.chance, CHANCE_DIGITS),
        }
        for one in names
    ]


def _seen(values: Iterable[Seen]) -> list[SeenObject]:
    return [{"value": one.value, "quotes": one.quotes, "first": one.first, "last": one.last} for one in values]
