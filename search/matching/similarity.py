"""Score how likely two wordings are one utterance: what they share in order, how much that says, who said it, when.

The terms are those of record linkage (Fellegi and Sunter 1969; splink): a *comparison vector* of what two wordings have
in common, weighed into log odds and a *match probability*. Information is in nats from a fixed table
(`search.text.information`), so that a verdict does not change as an archive grows. How the weights were learned:
docs/versions.md, "The verdict".
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import IntEnum
from itertools import compress
from typing import Final, NamedTuple

from search.matching.alignment import Step, align_texts, common_runs
from search.matching.counted_words import (
    CountedWords,
    looked_up,
    moved_in_long,
    nats_by_stem,
    notes_of,
    printed,
    take_out,
)
from search.matching.thresholds import (
    DAYS_APART,
    LITTLE_SAID,
    LITTLE_SAID_NATS,
    LONG_AFTER,
    MOVED_AMOUNT,
    NEUTRAL_NATS,
    OTHER_FORM_NATS,
    OTHER_FORM_SHARE,
    OTHER_NUMBERS,
    OTHER_SPEAKER,
    PART_AMOUNT,
    PART_BROKEN,
    PART_NEUTRAL_NATS,
    PART_SHARE_MISSING,
    SAME_SPEAKER,
    WHOLE_AMOUNT,
    WHOLE_CONSTANT,
    WHOLE_SHARE_IN_ANY_FORM,
    WHOLE_SHARE_IN_ORDER,
)
from search.text.analysis import AnalysedText
from search.text.information import information
from search.text.language import DEFAULT_LANGUAGE
from search.text.word_families import root

_LONG_TEXT: Final = 200  # words: from here on a text is counted once for all that it is compared with
LEAST_NATS: Final = 0.01  # no share is taken of less


class NumberAgreement(IntEnum):
    """Whether the numbers of two wordings agree; the values are the places in `thresholds.OTHER_NUMBERS`."""

    SAME = 0
    ONE_SIDE_HAS_MORE = 1
    DIFFERENT = 2


class ComparisonVector(NamedTuple):
    """What two wordings have in common. Information in nats; editor's brackets left out.

    in_order      information of the words that are the same, in order
    moved         of those that both have, but in another order; half of those in another form
    left, right   information of either side in all
    longest_run   information of the longest unbroken stretch that both have
    numbers       whether their numbers agree
    """

    in_order: float
    moved: float
    left: float
    right: float
    longest_run: float
    numbers: NumberAgreement = NumberAgreement.SAME

    @property
    def shorter(self) -> float:
        """Information of the side that says less, never nothing."""
        return max(LEAST_NATS, min(self.left, self.right))

    @property
    def longer(self) -> float:
        """Information of the side that says more, never nothing."""
        return max(LEAST_NATS, self.left, self.right)

    @property
    def share_of_shorter(self) -> float:
        """Return the share of the shorter side that is kept in order, 0 to 1."""
        return self.in_order / self.shorter

    @property
    def share_of_longer(self) -> float:
        """Return the share of the longer side that is kept in order, 0 to 1."""
        return self.in_order / self.longer

    @property
    def share_in_any_form(self) -> float:
        """Return the share of the longer side that the other has in any order and form, 0 to 1."""
        return min(1.0, (self.in_order + self.moved) / self.longer)

    @property
    def amount(self) -> float:
        """Return the information that both have, in nats; what was moved counts for less."""
        return self.in_order + MOVED_AMOUNT * self.moved

    @property
    def broken(self) -> float:
        """Return the share of what is kept in order that stands outside the longest unbroken run, 0 to 1."""
        return 1 - self.longest_run / max(LEAST_NATS, self.in_order)


def similarity(a: AnalysedText, b: AnalysedText, *, same_speaker: bool | None = None) -> float:
    """Return the probability, 0 to 1, that two wordings are one utterance, the days not looked at.

    Symmetric. Plain texts are told by their stems alone, which is ten times as fast as by their tokens.
    """
    left, right = in_one_language(a, b)
    # The two in one order, so that the direction cannot change the alignment.
    left, right = (left, right) if left.text <= right.text else (right, left)
    return match_probability(comparison_vector(left, right), same_speaker=same_speaker)


def similarity_bound(a: AnalysedText, b: AnalysedText, *, same_speaker: bool | None = None) -> float:
    """Return what `similarity` of two texts is at the most, told without aligning them."""
    return match_probability(most_in_common(a, b), same_speaker=same_speaker)


def length_bound(a: AnalysedText, b: AnalysedText) -> float:
    """Return what `similarity` of two plain texts is at the most, told by how much each says alone.

    A few words are told from a long quote so in a quarter of the time that `similarity_bound` takes.
    """
    left, right = in_one_language(a, b)
    least = min(left.weight, right.weight)
    return match_probability(ComparisonVector(least, 0.0, left.weight, right.weight, least))


def most_in_common(a: AnalysedText, b: AnalysedText) -> ComparisonVector:
    """Return a vector of which no number can tell less for one utterance than that of two texts does, without aligning them.

    `a` is the one that many others are told from: its set of stems is kept.
    """
    a, b = in_one_language(a, b)
    ours, stems = a.stem_set, b.all_stems
    # Loops within the interpreter's own calls: a new version is told from 16 others so, a query from all candidates.
    kept = sum(map(information, filter(ours.stems.__contains__, stems)))
    others = [stem for stem in stems if stem not in ours.stems]
    moved = sum(map(information, compress(others, map(ours.roots.__contains__, map(root, others)))))
    if a.is_plain and b.is_plain:
        theirs = kept + sum(map(information, others))
        kept = min(kept, ours.nats)
        return ComparisonVector(kept, OTHER_FORM_SHARE * moved, ours.nats, theirs, kept)
    # What stands in an editor's brackets may be kept, and is no part of how much a side says.
    return ComparisonVector(kept, OTHER_FORM_SHARE * moved, a.weight, b.weight, kept)


def in_one_language(a: AnalysedText, b: AnalysedText) -> tuple[AnalysedText, AnalysedText]:
    """Return two texts with their words stemmed as of one language, where only one of them shows which it is.

    Two words show no language and are read as English, which they need not be.
    """
    if a.language == b.language:
        return a, b
    if a.language == DEFAULT_LANGUAGE:
        return a.read_as(b.language), b
    if b.language == DEFAULT_LANGUAGE:
        return a, b.read_as(a.language)
    return a, b


def comparison_vector(left: AnalysedText, right: AnalysedText, steps: Sequence[Step] | None = None) -> ComparisonVector:
    """Return what two wordings have in common; `steps` is their alignment, where it is known already."""
    if steps is None and left.is_plain and right.is_plain:
        runs = common_runs(left.stems, right.stems)
        if max(len(left.stems), len(right.stems)) > _LONG_TEXT:
            return _long_vector(looked_up(left), looked_up(right), runs)
        return _vector(left.stems, right.stems, runs)
    blocks = [
        (step.a_start, step.b_start, step.a_end - step.a_start)
        for step in (align_texts(left, right) if steps is None else steps)
        if step.same
    ]
    if max(len(left.word_stems), len(right.word_stems)) > _LONG_TEXT:
        return _long_vector(printed(left), printed(right), blocks)
    return _vector(left.word_stems, right.word_stems, blocks, notes_of(left), notes_of(right))


def _vector(
    left: Sequence[str],
    right: Sequence[str],
    blocks: Iterable[tuple[int, int, int]],
    left_notes: frozenset[int] | None = None,
    right_notes: frozenset[int] | None = None,
) -> ComparisonVector:
    """The vector of two rows of stems, given where each stretch of the same stems begins in both, and its length."""
    in_order = longest_run = 0.0
    left_rest: list[int] = []
    right_rest: list[int] = []
    left_end = right_end = 0
    for left_start, right_start, length in blocks:
        left_rest += range(left_end, left_start)
        right_rest += range(right_end, right_start)
        left_end, right_end = left_start + length, right_start + length
        nats = sum(map(information, left[left_start:left_end]))
        in_order += nats
        longest_run = max(longest_run, nats)
    ours = nats_by_stem(left, [*left_rest, *range(left_end, len(left))], left_notes)
    theirs = nats_by_stem(right, [*right_rest, *range(right_end, len(right))], right_notes)
    return ComparisonVector(
        in_order,
        _moved(ours, theirs),
        in_order + sum(ours.values()),
        in_order + sum(theirs.values()),
        longest_run,
        _number_agreement(ours, theirs, ours, theirs),
    )


def _long_vector(left: CountedWords, right: CountedWords, blocks: Iterable[tuple[int, int, int]]) -> ComparisonVector:
    """`_vector` of two texts where one is long."""
    in_order = longest_run = 0.0
    ours, theirs = dict(left.nats), dict(right.nats)
    for left_start, right_start, length in blocks:
        take_out(ours, left, left_start, length)
        take_out(theirs, right, right_start, length)
        nats = sum(map(information, left.stems[left_start : left_start + length]))
        in_order += nats
        longest_run = max(longest_run, nats)
    return ComparisonVector(
        in_order,
        moved_in_long(ours, theirs, right) if len(ours) < len(theirs) else moved_in_long(theirs, ours, left),
        in_order + sum(ours.values()),
        in_order + sum(theirs.values()),
        longest_run,
        _number_agreement(
            [number for number in left.numbers if number in ours],
            [number for number in right.numbers if number in theirs],
            ours,
            theirs,
        ),
    )


def _number_agreement(
    left: Iterable[str], right: Iterable[str], ours: Collection[str], theirs: Collection[str]
) -> NumberAgreement:
    """Whether those stems that are numbers agree; `left` and `right` have all numbers among the stems of either side."""
    has_own = any(stem[0].isdecimal() and stem not in theirs for stem in left)
    has_other = any(stem[0].isdecimal() and stem not in ours for stem in right)
    if has_own and has_other:
        return NumberAgreement.DIFFERENT
    return NumberAgreement.ONE_SIDE_HAS_MORE if has_own or has_other else NumberAgreement.SAME


def _moved(left: dict[str, float], right: dict[str, float]) -> float:
    """What is left on both sides in another order, and half of what is left there in another form."""
    total = 0.0
    others: dict[str, list[str]] = {}
    for stem, nats in right.items():
        if stem in left:
            total += min(nats, left[stem])
        elif nats > OTHER_FORM_NATS:
            others.setdefault(root(stem), []).append(stem)
    for stem, nats in left.items() if others else ():
        if nats > OTHER_FORM_NATS and stem not in right and (forms := others.get(root(stem))):
            total += OTHER_FORM_SHARE * min(nats, right[forms.pop(0)])
    return total


class WholeLogOdds(NamedTuple):
    """The log odds that each side says what the other says, term by term; they add up."""

    constant: float
    share_in_order: float
    share_in_any_form: float
    amount: float
    little_said: float
    other_numbers: float


class PartLogOdds(NamedTuple):
    """The log odds that one side was cut out of the other, term by term; they add up."""

    share_of_shorter: float
    amount: float
    broken: float


def whole_log_odds(vector: ComparisonVector) -> WholeLogOdds:
    """Return the evidence that each side says what the other says, in some other words perhaps."""
    return WholeLogOdds(*_whole_terms(vector))


def part_log_odds(vector: ComparisonVector) -> PartLogOdds:
    """Return the evidence that one side was cut out of the other: how much of it is there, and in one piece."""
    return PartLogOdds(*_part_terms(vector))


# Plain tuples and no properties: every candidate of a query passes here, and that halves what it costs.


def _whole_terms(vector: ComparisonVector) -> tuple[float, float, float, float, float, float]:
    in_order, moved, left, right, _longest_run, numbers = vector
    longer = max(LEAST_NATS, left, right)
    amount = in_order + MOVED_AMOUNT * moved
    return (
        WHOLE_CONSTANT,
        WHOLE_SHARE_IN_ORDER * in_order / longer,
        WHOLE_SHARE_IN_ANY_FORM * min(1.0, (in_order + moved) / longer),
        WHOLE_AMOUNT * math.log(max(0.5, amount) / NEUTRAL_NATS),
        LITTLE_SAID * math.log(max(1.0, amount) / LITTLE_SAID_NATS) if amount < LITTLE_SAID_NATS else 0.0,
        -OTHER_NUMBERS[numbers],
    )


def _part_terms(vector: ComparisonVector) -> tuple[float, float, float]:
    in_order, _moved, left, right, longest_run, _numbers = vector
    return (
        PART_SHARE_MISSING * (in_order / max(LEAST_NATS, min(left, right)) - 1),
        PART_AMOUNT * math.log(max(0.5, in_order) / PART_NEUTRAL_NATS),
        -PART_BROKEN * (1 - longest_run / max(LEAST_NATS, in_order)),
    )


def speaker_log_odds(same_speaker: bool | None) -> float:
    """Return what the speakers tell for one utterance; nothing where one is not known."""
    if same_speaker is None:
        return 0.0
    return SAME_SPEAKER if same_speaker else OTHER_SPEAKER


def days_log_odds(days: int | None) -> float:
    """Return what the days between two wordings tell for one utterance; nothing where one is not known."""
    if days is None:
        return 0.0
    return next((odds for most, odds in DAYS_APART if days <= most), LONG_AFTER)


def match_probability(vector: ComparisonVector, *, same_speaker: bool | None = None, days: int | None = None) -> float:
    """Return how likely it is, 0 to 1, that two wordings with so much in common are versions of one utterance."""
    words = max(sum(_whole_terms(vector)), sum(_part_terms(vector)))
    return sigmoid(words + speaker_log_odds(same_speaker) + days_log_odds(days))


def sigmoid(log_odds: float) -> float:
    """Return log odds as a probability."""
    return 1 / (1 + math.exp(-max(log_odds, -700.0)))  # `exp` runs over at 710


def days_apart(left: str | None, right: str | None) -> int | None:
    """Return the days between two ISO dates; None when one is not known."""
    try:
        return abs((date.fromisoformat((left or "")[:10]) - date.fromisoformat((right or "")[:10])).days)
    except ValueError:
        return None
