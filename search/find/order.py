"""The order of an answer: what surely is what was asked for, tier by tier; then the few others that are worth a look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from search.find.classify import Tier
from search.find.group import NO_DATE, Placed
from search.instants import in_utc
from search.model import SortOrder, Utterance

_T = TypeVar("_T")
MOST_POSSIBLE: Final = (
    3  # utterances shown that may be the same and may not, of each kind: more than these nobody compares
)
MOST_LIKELY: Final = (
    10  # utterances shown that are not sure and likely all the same, those among the first three included
)


def ordered_utterances(placed: Sequence[Placed]) -> list[Utterance]:
    """Return the sure utterances by tier, the likeliest version first, and behind them the best few of the others.

    First what holds all that was typed, the whole phrase before its words apart; then what was edited; what the typed words
    merely contain last. Of what is not sure at most `MOST_POSSIBLE` that the typed words contain, as many in other languages,
    and as many that may be the same in other words.
    """
    ordered = sorted(placed, key=_place)
    sure = [one.utterance for one in ordered if one.utterance.sure]
    unsure = [one for one in ordered if not one.utterance.sure]
    kinds = (
        [one for one in unsure if one.tier == Tier.CONTAINED],
        [one for one in unsure if one.tier == Tier.TRANSLATION],
        [one for one in unsure if one.tier not in (Tier.CONTAINED, Tier.TRANSLATION)],
    )
    return [*sure, *(one.utterance for kind in kinds for one in _foremost(kind))]


def _foremost(unsure: Sequence[Placed]) -> list[Placed]:
    """The first few of what is not sure, and behind them what is likely all the same."""
    others = [one for one in unsure[MOST_POSSIBLE:] if one.likely]
    return [*unsure[:MOST_POSSIBLE], *others[: MOST_LIKELY - MOST_POSSIBLE]]


def sorted_by_day(utterances: Sequence[Utterance], order: SortOrder) -> list[Utterance]:
    """Return the utterances by the earliest known day of each, those without one behind them, and all that are not sure last."""
    sure = in_order_of_days([one for one in utterances if one.sure], lambda one: one.first_published, order)
    return [*sure, *(one for one in utterances if not one.sure)]


def in_order_of_days(some: Sequence[_T], day: Callable[[_T], str | None], order: SortOrder) -> list[_T]:
    """Return some things by their days, those of one day in the order that they had, those without one behind them."""
    dated = [one for one in some if day(one)]
    dated.sort(key=lambda one: in_utc(day(one)) or "", reverse=order == SortOrder.NEWEST)
    return [*dated, *(one for one in some if not day(one))]


def _place(one: Placed) -> tuple[Tier, float, float, str, str]:
    utterance = one.utterance
    # Of the very words nothing is likelier: there the earliest stands first.
    likelihood = 0.0 if one.tier == Tier.SAME_WORDS else one.likelihood
    return (one.tier, -likelihood, -utterance.match.score, utterance.first_published or NO_DATE, utterance.id)
