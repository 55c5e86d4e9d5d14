"""Are two wordings versions of one utterance, how sure is that, what differs, and does it turn the meaning?

The verdict rests on what both share in order: how much it says (nats, from a fixed table) and which share of the
shorter it is. Symmetric in everything but direction. The thresholds were learned on pairs of real news; figures and
the way to learn them anew: docs/versions.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from search.matching.alignment import Step, align, differences
from search.matching.meaning_changes import altered, elided
from search.matching.similarity import ENOUGH, Shared, chance, days_apart, shared, speakers_agree, words_of
from search.model import Difference, DifferenceKind, Match, MatchKind
from search.text.information import information
from search.text.tokens import Token


def compare(
    a: str,
    b: str,
    *,
    a_speaker: str | None = None,
    b_speaker: str | None = None,
    a_published: str | None = None,
    b_published: str | None = None,
) -> Match:
    """The verdict on two wordings with all that differs. In its differences `query` is `a` and `quote` is `b`."""
    found = verdict(a, b, a_speaker=a_speaker, b_speaker=b_speaker, a_published=a_published, b_published=b_published)
    return replace(found, differences=differing(a, b))


def verdict(
    a: str,
    b: str,
    *,
    a_speaker: str | None = None,
    b_speaker: str | None = None,
    a_published: str | None = None,
    b_published: str | None = None,
) -> Match:
    """The same without the differences, which only those need who show them."""
    if (b, b_speaker or "", b_published or "") < (a, a_speaker or "", a_published or ""):
        # One direction only is ever computed, so that the order of the two cannot change the verdict.
        found = _judged(b, a, speakers_agree(b_speaker, a_speaker), days_apart(b_published, a_published))
        return replace(found, reason=_from_the_other_side(found.reason))
    return _judged(a, b, speakers_agree(a_speaker, b_speaker), days_apart(a_published, b_published))


def differing(a: str, b: str) -> tuple[Difference, ...]:
    """Word by word what is the same in two wordings, removed, added, changed."""
    if b < a:
        return tuple(Difference(_TURNED.get(d.kind, d.kind), d.quote, d.query) for d in differing(b, a))
    left, right = words_of(a), words_of(b)
    return differences(a, b, left, right, align(left, right))


def _judged(a: str, b: str, same_speaker: bool | None, days: int | None) -> Match:
    left, right = words_of(a), words_of(b)
    if [word.key for word in left] == [word.key for word in right]:
        return _exact(left, right, same_speaker) if left else Match("different", 0.0, reason="no words to compare")
    steps = align(left, right)
    found = shared(left, right, steps)
    score = chance(found, same_speaker, days)
    kind, reason = _verdict(left, right, steps, found, score)
    if kind == "different":
        return Match(kind, round(score, 4), reason=reason)
    if same_speaker is False:
        reason += "; another speaker"
    return Match(kind, round(score, 4), (), altered(left, right, steps), reason)


def _exact(left: Sequence[Token], right: Sequence[Token], same_speaker: bool | None) -> Match:
    if [word.bracketed for word in left] != [word.bracketed for word in right]:
        return Match("edited", 0.99, reason="the same words but for brackets")
    weight = sum(information(word.stem) for word in left)
    if same_speaker is False and weight < 4 * ENOUGH:
        return Match("exact", 0.6, reason="the same words by another speaker")
    return EXACT


SURE: Final = 0.5
POSSIBLE: Final = 0.22
EXACT: Final = Match("exact", 1.0, reason="the same words")
TOO_LITTLE: Final = "too little in common"


def _verdict(
    left: Sequence[Token], right: Sequence[Token], steps: Sequence[Step], found: Shared, score: float
) -> tuple[MatchKind, str]:
    changed = [step for step in steps if not step.same]
    only_left = all(_nothing(right, step.b_start, step.b_end) for step in changed)
    only_right = all(_nothing(left, step.a_start, step.a_end) for step in changed)
    if score < POSSIBLE:
        return "different", TOO_LITTLE
    if only_left and only_right:
        return "edited", "the same words but for brackets"
    if only_left or only_right:
        kind, reason = _part(left, right, steps, "second" if only_left else "first")
        if score >= SURE or kind == "part":
            return kind, reason
    if score < SURE:
        return "reworded", "probably the same utterance in other words"
    if found.of_longer < 0.5 and found.of_shorter < 0.75:
        return "reworded", "probably the same utterance in other words"
    if found.of_shorter > 0.9 and found.of_longer < 0.7:
        return "part", "one contains the other, with words changed"
    return "edited", _edit(changed, left, right)


def _nothing(words: Sequence[Token], start: int, end: int) -> bool:
    return all(word.bracketed for word in words[start:end])


def _part(left: Sequence[Token], right: Sequence[Token], steps: Sequence[Step], shorter: str) -> tuple[MatchKind, str]:
    """One side has nothing of its own: cut off, an ellipsis, or words left out without a sign."""
    inside = [step for index, step in enumerate(steps) if not step.same and 0 < index < len(steps) - 1]
    longer = "first" if shorter == "second" else "second"
    unmarked = [step for step in inside if not elided(left, right, step)]
    brackets = any(word.bracketed for word in (*left, *right))
    if not unmarked:
        how = " with an ellipsis" if inside else ""
        return "part", f"the {longer} contains the {shorter}{how}"
    return "edited", "brackets and words left out" if brackets else f"the {shorter} leaves out words of the {longer}"


def _edit(changed: Sequence[Step], left: Sequence[Token], right: Sequence[Token]) -> str:
    count = sum(max(step.a_end - step.a_start, step.b_end - step.b_start) for step in changed)
    if any(word.bracketed for word in (*left, *right)):
        return "brackets, and words changed"
    return "one word changed" if count == 1 else f"{count} words changed"


_TURNED: Final[dict[DifferenceKind, DifferenceKind]] = {"removed": "added", "added": "removed"}


def _from_the_other_side(reason: str) -> str:
    return reason.replace("first", "\0").replace("second", "first").replace("\0", "second")
