"""Where and when a wording was printed, and what that tells about two wordings being one utterance.

Words alone cannot tell the second of two like sentences from another version of the first: rows of a table, a slogan
said every month. Papers can: whoever prints two wordings that differ in their words, and not by a cut, means two things.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, NamedTuple

NEWS: Final = 3  # days
# Log odds against one utterance for wordings that were never printed nearer than so many days to one another. What was
# cut out of a quote is cut out of it years later, too; other words on another day are mostly another statement.
CUT_LATER: Final = ((14, 0.0), (60, 0.5), (400, 1.5), (math.inf, 2.0))
SAID_LATER: Final = ((1, 0.0), (7, 0.8), (60, 1.6), (math.inf, 2.4))
# Log odds against one utterance for each document that prints both, or each outlet if no document is known.
ONE_DOCUMENT: Final = 3.0
ONE_OUTLET: Final = 0.7  # the same for an outlet that prints both, in different documents
NEVER: Final = 10_000  # weeks
_WEEK: Final = 7  # days
_WEEK_NUMBER: Final = "week "


class Printing(NamedTuple):
    """One place of a wording; `published` is an ISO date or date and time, each None where it is not known."""

    outlet: str | None = None
    document: str | None = None
    published: str | None = None


def occasion(printing: Printing, speaker: str | None) -> str:
    """When, as far as words that say little are concerned, something was said: one name for one occasion.

    "Yes" of a known speaker in the same week is one utterance perhaps, "yes" a year later is another; and "yes" of
    nobody known, or of no day known, is one utterance in one document alone. Empty if neither day nor document is known.
    """
    day = _day(printing.published)
    if day is None or (not speaker and printing.document):
        return printing.document or ""
    return f"{_WEEK_NUMBER}{day // _WEEK}"


def weeks_apart(one: str, other: str) -> int:
    """Weeks between two occasions; 0 for the same, `NEVER` for those that are no weeks."""
    if one == other:
        return 0
    if not (one.startswith(_WEEK_NUMBER) and other.startswith(_WEEK_NUMBER)):
        return NEVER
    return abs(int(one.removeprefix(_WEEK_NUMBER)) - int(other.removeprefix(_WEEK_NUMBER)))


def neighbours(one: str) -> tuple[str, ...]:
    """The occasions just before and after one."""
    if not one.startswith(_WEEK_NUMBER):
        return ()
    week = int(one.removeprefix(_WEEK_NUMBER))
    return f"{_WEEK_NUMBER}{week - 1}", f"{_WEEK_NUMBER}{week + 1}"


def later(
    ours: Collection[Printing], theirs: Collection[Printing], *, part: bool, little: bool = False, least: bool = False
) -> float:
    """What the days between two wordings say against one utterance, in log odds; nothing where a day is not known.

    `part`: one was cut out of the other. `little`: one says little, and is of the news of its days alone. `least`: it
    says so little that documents without a day are no place to look for another version of it.
    """
    left, right = _days(ours), _days(theirs)
    if not left or not right:
        in_documents = any(one.document for one in ours) and any(one.document for one in theirs)
        return math.inf if least and in_documents else 0.0
    apart = min(_nearest(left, day) for day in right)
    if little and apart > NEWS:
        return math.inf
    return next(worth for most, worth in (CUT_LATER if part else SAID_LATER) if apart <= most)


def _nearest(days: Sequence[int], day: int) -> int:
    at = bisect_left(days, day)
    return min(abs(day - near) for near in days[max(0, at - 1) : at + 1])


def against(ours: Collection[Printing], theirs: Collection[Printing]) -> float:
    """What it says against one utterance, in log odds, that some papers print both wordings."""
    documents = {one.document for one in ours if one.document} & {one.document for one in theirs if one.document}
    bare = {one.outlet for one in ours if not one.document} & {one.outlet for one in theirs if not one.document}
    outlets = {one.outlet for one in ours if one.document} & {one.outlet for one in theirs if one.document}
    return ONE_DOCUMENT * (len(documents) + len(bare - {None})) + ONE_OUTLET * len(outlets - {None})


def _days(printings: Collection[Printing]) -> list[int]:
    return sorted({day for one in printings if (day := _day(one.published)) is not None})


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None
