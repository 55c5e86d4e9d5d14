"""Compare two wordings: are they versions of one utterance, how sure is that, what differs, and does it turn the meaning?

The verdict rests on what both share in order: how much it says (nats, from a fixed table) and which share of the
shorter it is. Symmetric in everything but direction. The thresholds, with their sources: `search.matching.thresholds`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from search.matching import thresholds
from search.matching.alignment import Step, align_texts, differences, elided, respelled
from search.matching.meaning_changes import meaning_changes
from search.matching.reasons import Reason, ReasonKind, Side
from search.matching.similarity import (
    ComparisonVector,
    comparison_vector,
    days_apart,
    in_one_language,
    match_probability,
)
from search.model import Difference, DifferenceKind, Match, MatchKind, MeaningChange
from search.names.agreement import names_agree
from search.text.analysis import AnalysedText

EXACT_MATCH: Final = Match(MatchKind.EXACT, 1.0, reason=Reason(ReasonKind.SAME_WORDS).sentence())
"""The verdict on two wordings of the same words."""
_TOO_LITTLE: Final = Reason(ReasonKind.TOO_LITTLE).sentence()  # said of most candidates of a query, so made once
_NOTHING_IN_COMMON: Final = Match(MatchKind.DIFFERENT, 0.0, reason=_TOO_LITTLE)
_ROUNDED: Final = 4  # digits of a score: the same on every machine


@dataclass(frozen=True, slots=True)
class VerdictDetails:
    """A verdict with all that it rests on.

    vector   what the two have in common; None where they say the same words, or none at all
    """

    kind: MatchKind
    score: float
    reason: Reason
    alters: tuple[MeaningChange, ...] = ()
    vector: ComparisonVector | None = None

    def match(self) -> Match:
        """Return the verdict as it is shown, without the differences."""
        return Match(self.kind, self.score, (), self.alters, self.reason.sentence())

    def turned(self) -> VerdictDetails:
        """Return the same verdict on the two wordings in the other order."""
        vector = self.vector and self.vector._replace(left=self.vector.right, right=self.vector.left)
        return replace(self, reason=self.reason.turned(), vector=vector)


def different_match(score: float) -> Match:
    """Return the verdict on two wordings that have too little in common; `score` is the probability that they are one."""
    return Match(MatchKind.DIFFERENT, round(score, _ROUNDED), reason=_TOO_LITTLE) if score else _NOTHING_IN_COMMON


def compare(
    a: AnalysedText,
    b: AnalysedText,
    *,
    a_speaker: str | None = None,
    b_speaker: str | None = None,
    a_published: str | None = None,
    b_published: str | None = None,
) -> Match:
    """Return the verdict on two wordings with all that differs; in its differences `query` is `a` and `quote` is `b`."""
    match = verdict(a, b, a_speaker=a_speaker, b_speaker=b_speaker, a_published=a_published, b_published=b_published)
    return replace(match, differences=differing(a, b))


def verdict(
    a: AnalysedText,
    b: AnalysedText,
    *,
    a_speaker: str | None = None,
    b_speaker: str | None = None,
    a_published: str | None = None,
    b_published: str | None = None,
) -> Match:
    """Return the verdict on two wordings without the differences, which only those need who show them.

    Speakers are names as they are printed, days are ISO 8601; each may be unknown.
    """
    return verdict_details(
        a, b, a_speaker=a_speaker, b_speaker=b_speaker, a_published=a_published, b_published=b_published
    ).match()


def verdict_details(
    a: AnalysedText,
    b: AnalysedText,
    *,
    a_speaker: str | None = None,
    b_speaker: str | None = None,
    a_published: str | None = None,
    b_published: str | None = None,
) -> VerdictDetails:
    """Return `verdict` of the same arguments with its reason as a value and what the two have in common."""
    days = days_apart(a_published, b_published)
    if (b.text, b_speaker or "", b_published or "") < (a.text, a_speaker or "", a_published or ""):
        # One direction only is ever computed, so that the order of the two cannot change the verdict.
        return _judged(b, a, names_agree(b_speaker, a_speaker), days).turned()
    return _judged(a, b, names_agree(a_speaker, b_speaker), days)


def differing(a: AnalysedText, b: AnalysedText) -> tuple[Difference, ...]:
    """Return word by word what is the same in two wordings, removed, added, changed."""
    if b.text < a.text:
        return tuple(Difference(_TURNED.get(d.kind, d.kind), d.quote, d.query) for d in differing(b, a))
    left, right = in_one_language(a, b)
    return differences(left, right, align_texts(left, right))


def altered_meaning(a: AnalysedText, b: AnalysedText) -> tuple[MeaningChange, ...]:
    """Return how the change from `a` to `b` turns the meaning, however little else they have in common."""
    left, right = in_one_language(a, b)
    return meaning_changes(left, right, align_texts(left, right))


_TURNED: Final[dict[DifferenceKind, DifferenceKind]] = {
    DifferenceKind.REMOVED: DifferenceKind.ADDED,
    DifferenceKind.ADDED: DifferenceKind.REMOVED,
}


def _judged(a: AnalysedText, b: AnalysedText, same_speaker: bool | None, days: int | None) -> VerdictDetails:
    # Two words alone show no language, in which a number or an umlaut may be another one.
    left, right = in_one_language(a, b)
    if left.keys == right.keys:
        return _same_words(left, right, same_speaker)
    steps = align_texts(left, right)
    if _is_respelled(left, right, steps):
        return _same_words(left, right, same_speaker)
    vector = comparison_vector(left, right, steps)
    probability = match_probability(vector, same_speaker=same_speaker, days=days)
    score = round(probability, _ROUNDED)
    if probability < thresholds.POSSIBLE_PROBABILITY:
        return VerdictDetails(MatchKind.DIFFERENT, score, Reason(ReasonKind.TOO_LITTLE), vector=vector)
    kind, reason = _kind(left, right, steps, vector, probability)
    reason = replace(reason, other_speaker=same_speaker is False)
    return VerdictDetails(kind, score, reason, meaning_changes(left, right, steps), vector)


def _is_respelled(left: AnalysedText, right: AnalysedText, steps: Sequence[Step]) -> bool:
    """Whether two wordings have the same words, some of them written together on one side alone."""
    if _forms_differ(left, right, steps):
        return False
    return bool(steps) and all(step.same or respelled(left, right, step) for step in steps)


def _same_words(a: AnalysedText, b: AnalysedText, same_speaker: bool | None) -> VerdictDetails:
    if not a.keys:
        return VerdictDetails(MatchKind.DIFFERENT, 0.0, Reason(ReasonKind.NO_WORDS))
    if brackets_differ(a, b):
        return VerdictDetails(MatchKind.EDITED, thresholds.BRACKETS_PROBABILITY, Reason(ReasonKind.SAME_BUT_BRACKETS))
    if is_stock_phrase(a, same_speaker):
        reason = Reason(ReasonKind.SAME_WORDS, other_speaker=True)
        return VerdictDetails(MatchKind.EXACT, thresholds.STOCK_PHRASE_PROBABILITY, reason)
    return VerdictDetails(MatchKind.EXACT, EXACT_MATCH.score, Reason(ReasonKind.SAME_WORDS))


def brackets_differ(a: AnalysedText, b: AnalysedText) -> bool:
    """Return whether two texts of the same words have not the same ones in an editor's brackets."""
    if not a.has_brackets and not b.has_brackets:
        return False
    return [word.bracketed for word in a.tokens] != [word.bracketed for word in b.tokens]


def is_stock_phrase(text: AnalysedText, same_speaker: bool | None) -> bool:
    """Return whether two speakers may both have said these very words: they say little, and the speakers differ."""
    return same_speaker is False and text.stem_set.nats < thresholds.SAME_PHRASE_NATS


def _kind(
    left: AnalysedText, right: AnalysedText, steps: Sequence[Step], vector: ComparisonVector, probability: float
) -> tuple[MatchKind, Reason]:
    """The kind of two wordings that may be one utterance, and why."""
    changed = [step for step in steps if not step.same]
    only_left = all(_only_notes(right, step.b_start, step.b_end) for step in changed)
    only_right = all(_only_notes(left, step.a_start, step.a_end) for step in changed)
    brackets = _has_notes(left) or _has_notes(right)
    other_forms = _forms_differ(left, right, steps)
    if only_left and only_right:
        if other_forms:
            return MatchKind.EDITED, Reason(ReasonKind.SAME_BUT_FORMS, brackets=brackets)
        return MatchKind.EDITED, Reason(ReasonKind.SAME_BUT_BRACKETS, brackets=True)
    if only_left or only_right:
        shorter = Side.SECOND if only_left else Side.FIRST
        kind, reason_kind = _part(left, right, steps, brackets=brackets)
        if kind == MatchKind.PART or probability >= thresholds.UTTERANCE_PROBABILITY:
            return kind, Reason(reason_kind, shorter, brackets=brackets, other_forms=other_forms)
    if probability < thresholds.UTTERANCE_PROBABILITY or (
        vector.share_of_longer < thresholds.REWORDED_SHARE_OF_LONGER
        and vector.share_of_shorter < thresholds.REWORDED_SHARE_OF_SHORTER
    ):
        return MatchKind.REWORDED, Reason(ReasonKind.REWORDED)
    if (
        vector.share_of_shorter > thresholds.PART_SHARE_OF_SHORTER
        and vector.share_of_longer < thresholds.PART_SHARE_OF_LONGER
    ):
        return MatchKind.PART, Reason(ReasonKind.CONTAINED_CHANGED)
    count = sum(max(step.a_end - step.a_start, step.b_end - step.b_start) for step in changed)
    kind_of_change = ReasonKind.CHANGED_AND_BRACKETS if brackets else ReasonKind.CHANGED
    return MatchKind.EDITED, Reason(kind_of_change, words=count, brackets=brackets)


def _forms_differ(left: AnalysedText, right: AnalysedText, steps: Sequence[Step]) -> bool:
    """Whether some word that both have stands in two forms."""
    return any(
        left.keys[step.a_start : step.a_end] != right.keys[step.b_start : step.b_end] for step in steps if step.same
    )


def _has_notes(text: AnalysedText) -> bool:
    """Whether a text has words of an editor."""
    return text.has_brackets and any(word.bracketed for word in text.tokens)


def _only_notes(text: AnalysedText, start: int, end: int) -> bool:
    """Whether a stretch has no words but an editor's."""
    return start == end or (text.has_brackets and all(word.bracketed for word in text.tokens[start:end]))


def _part(
    left: AnalysedText, right: AnalysedText, steps: Sequence[Step], *, brackets: bool
) -> tuple[MatchKind, ReasonKind]:
    """One side has nothing of its own: cut off, an ellipsis, or words left out without a sign."""
    inside = [step for index, step in enumerate(steps) if not step.same and 0 < index < len(steps) - 1]
    if all(elided(left, right, step) for step in inside):
        return MatchKind.PART, ReasonKind.ELLIPSIS if inside else ReasonKind.CONTAINED
    return MatchKind.EDITED, ReasonKind.LEFT_OUT_AND_BRACKETS if brackets else ReasonKind.LEFT_OUT
