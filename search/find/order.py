"""The order of an answer: sure utterances first, then the few others that are worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search.find.group import NO_DATE
from search.model import Utterance

MOST_POSSIBLE: Final = 8  # utterances shown that may be the same and may not: more of them than a reader compares
SPEAKER_BONUS: Final = 0.15  # of a score from 0 to 1: what it counts to have the speaker of a sure utterance
OTHER_SPEAKER_LEAST: Final = 0.35  # the score from which an utterance by somebody else than all sure ones is shown


def ranked_utterances(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Return the sure utterances, best first, and behind them at most `MOST_POSSIBLE` others, best first.

    An utterance that is not sure needs more evidence where somebody else than its speaker has said a sure one.
    """
    sure = [utterance for utterance in utterances if utterance.sure]
    sure.sort(key=lambda utterance: (-utterance.match.score, utterance.first_published or NO_DATE, utterance.id))
    return sure + _possible(utterances, {speaker for utterance in sure for speaker in utterance.speakers})


def _possible(utterances: Sequence[Utterance], speakers: set[str]) -> list[Utterance]:
    def same_speaker(utterance: Utterance) -> bool:
        return not speakers.isdisjoint(utterance.speakers)

    possible = [
        utterance
        for utterance in utterances
        if not utterance.sure
        and (not speakers or utterance.match.score >= OTHER_SPEAKER_LEAST or same_speaker(utterance))
    ]
    possible.sort(key=lambda one: (-one.match.score - SPEAKER_BONUS * same_speaker(one), one.id))
    return possible[:MOST_POSSIBLE]
