"""The evidence that two wordings are one utterance: what they share in order, how much that says, who said it, when.

Information is in nats, from a fixed table (`search.text.information`), so that a verdict does not change as an archive grows.
How the numbers were learned: docs/versions.md, "The verdict".
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from rapidfuzz.distance import LCSseq

from search.matching.alignment import MOST_WORDS, Step, align
from search.text.information import information
from search.text.tokens import Token, fold, has_wide, stems_of, tokens
from search.text.word_families import root

SAME_SPEAKER: Final = 1.5  # log odds
OTHER_SPEAKER: Final = -3.0
DAYS: Final = ((2, 1.2), (14, 0.6), (60, 0.0), (400, -0.8))  # log odds for wordings printed so many days apart
LONG_AFTER: Final = -1.5
ENOUGH: Final = 9.0  # nats that two wordings share when how much they share tells neither for nor against
LITTLE: Final = 2.0  # how much it tells against a pair that both say less than 20 nats
OTHER_NUMBERS: Final = (0.0, 0.7, 3.2)  # log odds
FORM: Final = 2.0  # nats: commoner words are not looked for in other forms
CUT: Final = 16.0  # nats: what a piece has to say to be as likely as not a part of what contains it
REMEMBERED: Final = 2_000  # code points: longer texts are not kept
_TITLES: Final = frozenset(
    ("mr", "mrs", "ms", "dr", "sir", "lord", "lady", "president", "minister", "senator", "sen", "rep", "gov", "general")
)
# Logistic regression on the stream's own pairs (a quote, and what the index ranks highest for it) of translated news
# and scripture: the constant, the share of the longer kept in order, the same in any order and form, the amount.
_WHOLE: Final = (-8.0, 5.1, 8.2, 0.7)


@dataclass(frozen=True, slots=True)
class Shared:
    """What two wordings have in common. Information in nats; shares between 0 and 1; editor's brackets left out.

    kept        information of the words that are the same, in order
    moved       of those that both have, but in another order or another form
    left, right information of either side in all
    run         information of the longest unbroken stretch that both have
    numbers     0: both have the same numbers; 1: one has a number more; 2: one has another number than the other
    """

    kept: float
    moved: float
    left: float
    right: float
    run: float
    numbers: int = 0

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


@functools.lru_cache(maxsize=4_096)
def _read(text: str) -> tuple[Token, ...]:
    return tokens(text)


def words_of(text: str) -> tuple[Token, ...]:
    """The words of a text; those of short texts are remembered, since a find compares the same ones again and again."""
    return _read(text) if len(text) <= REMEMBERED else tokens(text)


def likeness(a: str, b: str, *, same_speaker: bool | None = None) -> float:
    """The score of `chance`, without verdict or differences."""
    left, right = (words_of(a), words_of(b)) if a <= b else (words_of(b), words_of(a))
    return chance(shared(left, right, align(left, right)), same_speaker, None)


def plain(text: str) -> bool:
    """Whether the stems that a text is looked up by are all its words: no brackets, no script without spaces."""
    return "[" not in text and "［" not in text and not has_wide(text)


def all_stems(text: str) -> Sequence[str]:
    """The stems of all words of a text, those in brackets included."""
    return stems_of(text) if plain(text) else [word.stem for word in words_of(text)]


def alike(left: Sequence[str], right: Sequence[str], *, same_speaker: bool | None = None) -> float:
    """The `likeness` of two texts that are `plain`, by their stems."""
    blocks = LCSseq.editops(left[:MOST_WORDS], right[:MOST_WORDS]).as_matching_blocks()
    return chance(_shared(left, right, ((b.a, b.b, b.size) for b in blocks)), same_speaker, None)


class Bag(NamedTuple):
    """The stems of a wording in no order: each once, their roots, and how much all of them say."""

    stems: frozenset[str]
    roots: frozenset[str]
    nats: float


@functools.lru_cache(maxsize=256)
def bag(stems: tuple[str, ...]) -> Bag:
    """The stems of a wording that many others are to be told from."""
    return Bag(frozenset(stems), frozenset(map(root, stems)), sum(map(information, stems)))


def most_alike(one: Bag, other: Sequence[str], same_speaker: bool | None = None) -> float:
    """What `alike` can say of two wordings at the most, told without aligning them."""
    kept = moved = rest = 0.0
    for stem in other:
        worth = information(stem)
        if stem in one.stems:
            kept += worth
        elif root(stem) in one.roots:
            moved += worth
        else:
            rest += worth
    theirs = kept + moved + rest
    kept = min(kept, one.nats)
    return chance(Shared(kept, 0.5 * moved, one.nats, theirs, kept), same_speaker, None)


def shared(left: Sequence[Token], right: Sequence[Token], steps: Sequence[Step]) -> Shared:
    """What two aligned wordings have in common, what stands in editor's brackets on one side left out."""
    kept = [(step.a_start, step.b_start, step.a_end - step.a_start) for step in steps if step.same]
    return _shared([w.stem for w in left], [w.stem for w in right], kept, _notes(left), _notes(right))


def _notes(words: Sequence[Token]) -> frozenset[int] | None:
    found = frozenset(index for index, word in enumerate(words) if word.bracketed)
    return found if found else None


def _shared(
    left: Sequence[str],
    right: Sequence[str],
    blocks: Iterable[tuple[int, int, int]],
    left_notes: frozenset[int] | None = None,
    right_notes: frozenset[int] | None = None,
) -> Shared:
    """What two wordings have in common, given where each stretch of the same words begins in both, and its length."""
    kept = longest = 0.0
    left_rest: list[int] = []
    right_rest: list[int] = []
    left_end = right_end = 0
    for left_start, right_start, length in blocks:
        left_rest += range(left_end, left_start)
        right_rest += range(right_end, right_start)
        left_end, right_end = left_start + length, right_start + length
        worth = sum(map(information, left[left_start:left_end]))
        kept += worth
        longest = max(longest, worth)
    ours = _worths(left, [*left_rest, *range(left_end, len(left))], left_notes)
    theirs = _worths(right, [*right_rest, *range(right_end, len(right))], right_notes)
    return Shared(
        kept,
        _moved(ours, theirs),
        kept + sum(ours.values()),
        kept + sum(theirs.values()),
        longest,
        _other_numbers(ours, theirs),
    )


def _worths(words: Sequence[str], places: Iterable[int], notes: frozenset[int] | None) -> dict[str, float]:
    """The information of the words at some places, together for those that are the same; notes say nothing."""
    found: dict[str, float] = {}
    for place in places:
        if notes is None or place not in notes:
            stem = words[place]
            found[stem] = found.get(stem, 0.0) + information(stem)
    return found


def _other_numbers(left: dict[str, float], right: dict[str, float]) -> int:
    ours = any(stem[0].isdecimal() and stem not in right for stem in left)
    theirs = any(stem[0].isdecimal() and stem not in left for stem in right)
    return 2 if ours and theirs else int(ours or theirs)


def _moved(left: dict[str, float], right: dict[str, float]) -> float:
    """What is left on both sides in another order, and half of what is left there in another form."""
    total = 0.0
    others: dict[str, list[str]] = {}
    for stem, worth in right.items():
        if stem in left:
            total += min(worth, left[stem])
        elif worth > FORM:
            others.setdefault(root(stem), []).append(stem)
    for stem, worth in left.items():
        if worth > FORM and stem not in right and (forms := others.get(root(stem))):
            total += 0.5 * min(worth, right[forms.pop(0)])
    return total


def chance(found: Shared, same_speaker: bool | None, days: int | None) -> float:
    """How likely it is, 0 to 1, that two wordings with so much in common are versions of one utterance."""
    value = max(_as_a_whole(found), _as_a_part(found))
    if same_speaker is not None:
        value += SAME_SPEAKER if same_speaker else OTHER_SPEAKER
    if days is not None:
        value += next((worth for most, worth in DAYS if days <= most), LONG_AFTER)
    return 1 / (1 + math.exp(-value))


def _as_a_whole(found: Shared) -> float:
    """The evidence (log odds) that each side says what the other says, in some other words perhaps."""
    longer = max(0.01, found.left, found.right)
    total = found.kept + 0.6 * found.moved
    bias, ordered, loose, amount = _WHOLE
    return (
        bias
        + ordered * found.of_longer
        + loose * min(1.0, (found.kept + found.moved) / longer)
        + amount * math.log(max(0.5, total) / ENOUGH)
        + LITTLE * min(0.0, math.log(max(1.0, total) / 20))
        - OTHER_NUMBERS[found.numbers]
    )


def _as_a_part(found: Shared) -> float:
    """The evidence (log odds) that one side was cut out of the other: how much of it is there, and in one piece."""
    broken = 1 - found.run / max(0.01, found.kept)
    return 14 * (found.of_shorter - 1) + 2.5 * math.log(max(0.5, found.kept) / CUT) - 2 * broken


def speakers_agree(left: str | None, right: str | None) -> bool | None:
    """Whether two names are one person's; None when one is not known, or they share a last name and no first name."""
    if not left or not right:
        return None
    ours, theirs = _name(left), _name(right)
    if not ours or not theirs:
        return None
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    if ours[-1] != theirs[-1]:
        return False
    # "Bernie" and "Bernard", "J." and "Jane", are one name; "Bill" and "William" cannot be told from two brothers.
    alike = ours[0][:3] == theirs[0][:3] or ours[0][0] == theirs[0] or theirs[0][0] == ours[0]
    return True if alike else None


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
