"""Where and when a version was printed, and what that tells about two versions being one utterance.

Words alone cannot tell the second of two like sentences from another version of the first: rows of a table, a slogan
said every month. Papers can: whoever prints two versions that differ in their words, and not by a cut, means two things.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

# Days within which what says little, in other words, is still the same news.
NEWS_DAYS: Final = 3
# Days after which a phrase is another occasion of it, be it a piece of something longer or the same words.
PHRASE_DAYS: Final = 30
# Log odds for one utterance for versions printed on one day or the next: within two days a verdict adds as much
# (`search.matching.thresholds.DAYS_APART`).
SAME_DAY_LOG_ODDS: Final = 1.0
# Log odds against one utterance for versions never printed nearer than so many days to one another. What was cut out of
# a quote is cut out of it years later, too; other words on another day are mostly another statement.
CONTAINED_PENALTY_BY_DAYS: Final = ((14, 0.0), (60, 0.5), (math.inf, 1.5))
OTHER_WORDS_PENALTY_BY_DAYS: Final = ((1, 0.0), (6, 0.8), (60, 2.4), (math.inf, 4.0))
# Log odds against one utterance for each document that prints both, and each outlet of which no document is known. It
# brought B-cubed F on `wmt22` from .948 to .956 (docs/versions.md).
SAME_DOCUMENT_PENALTY: Final = 3.0
SAME_OUTLET_PENALTY: Final = 0.7  # the same for an outlet that prints both, in different documents
NO_WEEKS: Final = 10_000  # between occasions that are no weeks
_WEEK: Final = 7  # days
_WEEK_NUMBER: Final = "week "


class Publication(NamedTuple):
    """One place that prints a version; `published` is an ISO date or date and time, each None where it is not known."""

    outlet: str | None = None
    document: str | None = None
    published: str | None = None


def occasion(publication: Publication, speaker: str | None) -> str:
    """Return when, as far as words that say little are concerned, something was said: one name for one occasion.

    "Yes" of a known speaker in the same week is one utterance perhaps, "yes" a year later is another; and "yes" of
    nobody known, or of no day known, is one utterance in one document alone. Empty if neither day nor document is known.
    """
    week = week_of(publication)
    return week if week and (speaker or not publication.document) else publication.document or ""


def week_of(publication: Publication) -> str:
    """Return the week of a publication as an occasion; empty if its day is not known."""
    day = _day(publication.published)
    return "" if day is None else f"{_WEEK_NUMBER}{day // _WEEK}"


def weeks_apart(one: str, other: str) -> int:
    """Return the weeks between two occasions: 0 for the same, `NO_WEEKS` for those that are no weeks."""
    if one == other:
        return 0
    if not (one.startswith(_WEEK_NUMBER) and other.startswith(_WEEK_NUMBER)):
        return NO_WEEKS
    return abs(int(one.removeprefix(_WEEK_NUMBER)) - int(other.removeprefix(_WEEK_NUMBER)))


def neighbouring_occasions(one: str, reach: int = 1) -> tuple[str, ...]:
    """Return the occasions up to `reach` weeks before and after one, nearest first; none for what is no week."""
    if not one.startswith(_WEEK_NUMBER):
        return ()
    week = int(one.removeprefix(_WEEK_NUMBER))
    return tuple(f"{_WEEK_NUMBER}{week + way * weeks}" for weeks in range(1, reach + 1) for way in (-1, 1))


class Saying(StrEnum):
    """How much the shorter of two versions says, as far as days are concerned (thresholds: `linking`, `clustering`)."""

    BRIEF = "brief"  # documents without a day are no place to look for another version of it
    DATED = "dated"  # in other words it is of the news of its days alone, in the same words of those of some weeks
    PHRASE = "phrase"  # a small piece of the other, which is said again on other occasions
    DISTINCT = "distinct"


def elapsed_log_odds(
    ours: Collection[Publication], theirs: Collection[Publication], *, contained: bool, saying: Saying = Saying.DISTINCT
) -> float:
    """Return what the days between two versions tell for one utterance, in log odds; 0 where a day is not known.

    `contained`: one was cut out of the other, or has the same words.
    """
    left, right = _days(ours), _days(theirs)
    if not left or not right:
        in_documents = any(one.document for one in ours) and any(one.document for one in theirs)
        return -math.inf if saying == Saying.BRIEF and in_documents else 0.0
    apart = min(_nearest(left, day) for day in right)
    if apart > _most_days(contained=contained, saying=saying):
        return -math.inf
    steps = CONTAINED_PENALTY_BY_DAYS if contained else OTHER_WORDS_PENALTY_BY_DAYS
    against = next(penalty for most, penalty in steps if apart <= most)
    return SAME_DAY_LOG_ODDS - against if apart <= 1 and saying != Saying.BRIEF else -against


def _most_days(*, contained: bool, saying: Saying) -> float:
    """Return the days after which two versions are two utterances whatever else they have in common."""
    if saying == Saying.DISTINCT:
        return math.inf
    if saying == Saying.BRIEF or (saying == Saying.DATED and not contained):
        return NEWS_DAYS
    return PHRASE_DAYS


def _nearest(days: Sequence[int], day: int) -> int:
    at = bisect_left(days, day)
    return min(abs(day - near) for near in days[max(0, at - 1) : at + 1])


def copublication_penalty(ours: Collection[Publication], theirs: Collection[Publication]) -> float:
    """Return what it says against one utterance, in log odds, that some papers print both versions."""
    documents = {one.document for one in ours if one.document} & {one.document for one in theirs if one.document}
    bare = {one.outlet for one in ours if not one.document} & {one.outlet for one in theirs if not one.document}
    outlets = {one.outlet for one in ours if one.document} & {one.outlet for one in theirs if one.document}
    return SAME_DOCUMENT_PENALTY * (len(documents) + len(bare - {None})) + SAME_OUTLET_PENALTY * len(outlets - {None})


def _days(publications: Collection[Publication]) -> list[int]:
    return sorted({day for one in publications if (day := _day(one.published)) is not None})


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None
