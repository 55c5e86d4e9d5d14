"""The order of an answer: what surely is what was asked for, tier by tier; then the few others that are worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search.find.classify import Tier
from search.find.group import NO_DATE, Placed
from search.instants import in_utc
from search.model import SortOrder, Utterance

MOST_POSSIBLE: Final = (
    3  # utterances shown that may be the same and may not, of each kind: more than these nobody compares
)


def ordered_utterances(placed: Sequence[Placed]) -> list[Utterance]:
    """Return the sure utterances by tier, best match first, and behind them the best few of the others.

    First what holds all that was typed, the whole phrase before its words apart; then what was edited; what the typed words
    merely contain last. Of what is not sure at most `MOST_POSSIBLE` that the typed words contain, as many in other languages,
    and as many that may be the same in other words.
    """
    ordered = sorted(placed, key=_place)
    sure = [one.utterance for one in ordered if one.utterance.sure]
    unsure = [one for one in ordered if not one.utterance.sure]
    kinds = (
        [one.utterance for one in unsure if one.tier == Tier.CONTAINED],
        [one.utterance for one in unsure if one.tier == Tier.TRANSLATION],
        [one.utterance for one in unsure if one.tier not in (Tier.CONTAINED, Tier.TRANSLATION)],
    )
    return [*sure, *(utterance for kind in kinds for utterance in kind[:MOST_POSSIBLE])]


def sorted_by_day(utterances: Sequence[Utterance], order: SortOrder) -> list[Utterance]:
    """Return the utterances by the earliest known day of each, those without one behind them, and all that are not sure last."""
    sure = [one for one in utterances if one.sure]
    dated = [one for one in sure if one.first_published]
    # An order that keeps what has one day as it was: the better match first.
    dated.sort(key=lambda one: in_utc(one.first_published) or "", reverse=order == SortOrder.NEWEST)
    undated = [one for one in sure if not one.first_published]
    return [*dated, *undated, *(one for one in utterances if not one.sure)]


def _place(one: Placed) -> tuple[Tier, float, str, str]:
    utterance = one.utterance
    return (one.tier, -utterance.match.score, utterance.first_published or NO_DATE, utterance.id)
