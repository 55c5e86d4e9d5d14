"""Are two wordings versions of one utterance, how sure is that, what differs, and does it turn the meaning?

The verdict rests on what both share in order: how much it says (nats, from a fixed table) and which share of the
shorter it is. Symmetric in everything but direction. The thresholds were learned on pairs of real news; figures and
the way to learn them anew: docs/versions.md.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from search.align import Step, align, differences
from search.alters import altered, elided
from search.derivation import related
from search.information import information
from search.model import Difference, DifferenceKind, Match, MatchKind
from search.normalise import Token, fold, tokens

ENOUGH: Final = 9.0  # nats that two wordings have to share before they can be versions
_TITLES: Final = frozenset(
    "mr mrs ms dr sir lord lady president minister senator sen rep gov general professor prof".split()
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What two wordings have in common. Information in nats; shares between 0 and 1; editor's brackets left out.

    kept        information of the words that are the same, in order
    moved       of those that both have, but in another order or another form
    left, right information of either side in all
    run         information of the longest unbroken stretch that both have
    """

    kept: float
    moved: float
    left: float
    right: float
    run: float

    @property
    def of_shorter(self) -> float:
        return self.kept / max(0.01, min(self.left, self.right))

    @property
    def of_longer(self) -> float:
        return self.kept / max(0.01, self.left, self.right)

    @property
    def loose(self) -> float:
        """The share of the shorter that the longer has in any order and form."""
        return min(1.0, (self.kept + self.moved) / max(0.01, min(self.left, self.right)))


def compare(
    a: str,
    b: str,
    *,
    a_speaker: str | None = None,
    b_speaker: str | None = None,
    a_published: str | None = None,
    b_published: str | None = None,
) -> Match:
    """The verdict on two wordings. In its differences `query` is `a` and `quote` is `b`."""
    if (b, b_speaker or "", b_published or "") < (a, a_speaker or "", a_published or ""):
        # One direction only is ever computed, so that the order of the two cannot change the verdict.
        return _turned(_compare(b, a, b_speaker, a_speaker, b_published, a_published))
    return _compare(a, b, a_speaker, b_speaker, a_published, b_published)


@functools.lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Token, ...]:
    return tokens(text)


def words_of(text: str) -> tuple[Token, ...]:
    """The words of a text; those of short texts are remembered, since a find compares the same ones again and again."""
    return _read(text) if len(text) <= 2_000 else tokens(text)


def _compare(
    a: str, b: str, a_speaker: str | None, b_speaker: str | None, a_published: str | None, b_published: str | None
) -> Match:
    left, right = words_of(a), words_of(b)
    steps = align(left, right)
    shown = differences(a, b, left, right, steps)
    same_speaker = speakers_agree(a_speaker, b_speaker)
    if [word.key for word in left] == [word.key for word in right]:
        if not left:
            return Match("different", 0.0, shown, (), "no words to compare")
        return _exact(left, right, shown, same_speaker)
    found = shared(left, right, steps)
    score = chance(found, same_speaker, days_apart(a_published, b_published))
    alters = altered(left, right, steps)
    kind, reason = _verdict(left, right, steps, found, score, same_speaker)
    if kind == "different":
        alters = ()
    if same_speaker is False and kind != "different":
        reason += "; another speaker"
    return Match(kind, round(score, 4), shown, alters, reason)


def _exact(left: Sequence[Token], right: Sequence[Token], shown: tuple[Difference, ...], same: bool | None) -> Match:
    if [word.bracketed for word in left] != [word.bracketed for word in right]:
        return Match("edited", 0.99, shown, (), "the same words but for brackets")
    weight = sum(information(word.stem) for word in left)
    if same is False and weight < 4 * ENOUGH:
        return Match("exact", 0.6, shown, (), "the same words by another speaker")
    return Match("exact", 1.0, shown, (), "the same words")


def shared(left: Sequence[Token], right: Sequence[Token], steps: Sequence[Step]) -> Shared:
    """What two aligned wordings have in common."""
    kept = run = longest = 0.0
    rest_left: dict[str, float] = {}
    rest_right: dict[str, float] = {}
    for step in steps:
        if step.same:
            worth = sum(information(w.stem) for w in left[step.a_start : step.a_end])
            kept += worth
            run = worth
            longest = max(longest, run)
            continue
        for words, start, end, rest in (
            (left, step.a_start, step.a_end, rest_left),
            (right, step.b_start, step.b_end, rest_right),
        ):
            for word in words[start:end]:
                if not word.bracketed:
                    rest[word.stem] = rest.get(word.stem, 0.0) + information(word.stem)
    moved = _moved(rest_left, rest_right)
    return Shared(kept, moved, kept + sum(rest_left.values()), kept + sum(rest_right.values()), longest)


def _moved(left: dict[str, float], right: dict[str, float]) -> float:
    """What is left on both sides in another order, and half of what is left there in another form."""
    total = 0.0
    forms: list[str] = []
    for stem, worth in left.items():
        if stem in right:
            total += min(worth, right[stem])
        elif worth > 2.0 and len(forms) < 60:
            forms.append(stem)
    others = [stem for stem in right if stem not in left and right[stem] > 2.0][:60]
    for stem in forms:
        match = next((other for other in others if related(stem, other)), None)
        if match is not None:
            others.remove(match)
            total += 0.5 * min(left[stem], right[match])
    return total


def chance(found: Shared, same_speaker: bool | None, days: int | None) -> float:
    """How likely it is, 0 to 1, that two wordings with so much in common are versions of one utterance."""
    total = found.kept + 0.6 * found.moved
    cover = min(1.0, found.of_shorter + 0.5 * max(0.0, found.loose - found.of_shorter))
    value = -6.0 + 8.0 * cover + 1.6 * math.log(max(0.5, total) / ENOUGH) + 1.5 * found.of_longer
    if same_speaker is False:
        value -= 2.2
    elif same_speaker:
        value += 0.5
    if days is not None and days > 400:
        value -= 0.7
    return 1 / (1 + math.exp(-value))


SURE: Final = 0.5
POSSIBLE: Final = 0.22


def _verdict(
    left: Sequence[Token],
    right: Sequence[Token],
    steps: Sequence[Step],
    found: Shared,
    score: float,
    same_speaker: bool | None,
) -> tuple[MatchKind, str]:
    changed = [step for step in steps if not step.same]
    only_left = all(_nothing(right, step.b_start, step.b_end) for step in changed)
    only_right = all(_nothing(left, step.a_start, step.a_end) for step in changed)
    if score < POSSIBLE:
        return "different", "too little in common"
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


def speakers_agree(left: str | None, right: str | None) -> bool | None:
    """Whether two names can be one person's; None when one of them is not known."""
    if not left or not right:
        return None
    ours, theirs = _name(left), _name(right)
    if not ours or not theirs:
        return None
    return bool(set(ours) <= set(theirs) or set(theirs) <= set(ours) or ours[-1] == theirs[-1])


@functools.lru_cache(maxsize=20_000)
def _name(name: str) -> tuple[str, ...]:
    words = [word for word in fold(name[:200]).replace("-", " ").replace(".", " ").replace("'s", "").split() if word]
    return tuple(word for word in words if word not in _TITLES) or tuple(words)


def days_apart(left: str | None, right: str | None) -> int | None:
    """Days between two ISO dates; None when one is not known."""
    try:
        return abs((date.fromisoformat((left or "")[:10]) - date.fromisoformat((right or "")[:10])).days)
    except ValueError:
        return None


_TURNED: Final[dict[DifferenceKind, DifferenceKind]] = {"removed": "added", "added": "removed"}


def _turned(match: Match) -> Match:
    """The same verdict seen from the other side."""
    turned = tuple(Difference(_TURNED.get(d.kind, d.kind), d.quote, d.query) for d in match.differences)
    swap = match.reason.replace("first", "\0").replace("second", "first").replace("\0", "second")
    return replace(match, differences=turned, reason=swap)
