"""Reasons: each of the closed vocabulary has a sentence, and its sides change places when the wordings do."""

from __future__ import annotations

import pytest

from search.matching.reasons import Reason, ReasonKind, Side


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_reason_has_a_sentence_of_its_own(kind: ReasonKind) -> None:
    sentence = Reason(kind, Side.FIRST, words=2).sentence()
    assert sentence
    others = {Reason(other, Side.FIRST, words=2).sentence() for other in ReasonKind if other is not kind}
    assert sentence not in others


@pytest.mark.parametrize("kind", ReasonKind)
@pytest.mark.parametrize("side", [Side.FIRST, Side.SECOND, None])
def test_a_reason_turned_twice_is_the_same(kind: ReasonKind, side: Side | None) -> None:
    reason = Reason(kind, side, words=3, other_forms=True)
    assert reason.turned().turned() == reason


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason(ReasonKind.CONTAINED, Side.SECOND), "the first contains the second"),
        (Reason(ReasonKind.CONTAINED, Side.SECOND).turned(), "the second contains the first"),
        (Reason(ReasonKind.ELLIPSIS, Side.FIRST), "the second contains the first with an ellipsis"),
        (
            Reason(ReasonKind.CONTAINED, Side.FIRST, other_forms=True, other_speaker=True),
            "the second contains the first, and other forms of words; another speaker",
        ),
        (Reason(ReasonKind.LEFT_OUT, Side.FIRST), "the first leaves out words of the second"),
        (Reason(ReasonKind.CHANGED, words=1), "one word changed"),
        (Reason(ReasonKind.CHANGED, words=2), "2 words changed"),
        (Reason(ReasonKind.SAME_WORDS, other_speaker=True), "the same words by another speaker"),
        (Reason(ReasonKind.SAME_BUT_FORMS, brackets=True), "the same words in other forms, and brackets"),
    ],
)
def test_a_reason_is_a_sentence_about_its_sides(reason: Reason, sentence: str) -> None:
    assert reason.sentence() == sentence
