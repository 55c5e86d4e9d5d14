"""Say why a verdict is what it is: a closed vocabulary of reasons, turned into a sentence here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from search.message import Message, counted_message


class Side(StrEnum):
    """One of two wordings that are compared."""

    FIRST = "first"
    SECOND = "second"

    @property
    def other(self) -> Side:
        """Return the other one."""
        return Side.SECOND if self is Side.FIRST else Side.FIRST


SIDES: Final = {Side.FIRST: Message("the first"), Side.SECOND: Message("the second")}
"""How a reason calls the two wordings; whoever shows it may call them otherwise."""


class ReasonKind(StrEnum):
    """What was found when two wordings were compared."""

    NO_WORDS = "no words"
    SAME_WORDS = "same words"
    SAME_BUT_BRACKETS = "same but for brackets"
    SAME_BUT_FORMS = "same but for the forms of words"
    TOO_LITTLE = "too little in common"
    REWORDED = "other words"
    CONTAINED = "contained"
    CONTAINED_CHANGED = "contained and changed"
    ELLIPSIS = "contained with an ellipsis"
    LEFT_OUT = "words left out"
    LEFT_OUT_AND_BRACKETS = "words left out, and brackets"
    CHANGED = "words changed"
    CHANGED_AND_BRACKETS = "words changed, and brackets"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two wordings are what they are to one another.

    shorter         the side that has nothing of its own, where one has
    words           how many words were changed
    brackets        there are an editor's brackets on one side at least
    other_forms     some of the words that both have stand in another form: "sacrifice", "sacrificed"
    other_speaker   it is known that another speaker said the second
    """

    kind: ReasonKind
    shorter: Side | None = None
    words: int = 0
    brackets: bool = False
    other_forms: bool = False
    other_speaker: bool = False

    def turned(self) -> Reason:
        """Return the same reason with the two wordings in the other order."""
        return self if self.shorter is None else replace(self, shorter=self.shorter.other)

    def sentence(self) -> str:
        """Return the reason in a few words for a person."""
        if self.other_speaker and self.kind is ReasonKind.SAME_WORDS:
            return Message("the same words by another speaker")
        words = self._words()
        if self.other_forms and self.kind in (ReasonKind.CONTAINED, ReasonKind.ELLIPSIS):
            words = Message("%(reason)s, and other forms of words", reason=words)
        return Message("%(reason)s; another speaker", reason=words) if self.other_speaker else words

    def _words(self) -> Message:
        shorter = self.shorter or Side.SECOND
        sides = {"longer": SIDES[shorter.other], "shorter": SIDES[shorter]}
        match self.kind:
            case ReasonKind.NO_WORDS:
                return Message("no words to compare")
            case ReasonKind.SAME_WORDS:
                return Message("the same words")
            case ReasonKind.SAME_BUT_BRACKETS:
                return Message("the same words but for brackets")
            case ReasonKind.SAME_BUT_FORMS:
                return (
                    Message("the same words in other forms, and brackets")
                    if self.brackets
                    else Message("the same words in other forms")
                )
            case ReasonKind.TOO_LITTLE:
                return Message("too little in common")
            case ReasonKind.REWORDED:
                return Message("probably the same utterance in other words")
            case ReasonKind.CONTAINED:
                return Message("%(longer)s contains %(shorter)s", **sides)
            case ReasonKind.ELLIPSIS:
                return Message("%(longer)s contains %(shorter)s with an ellipsis", **sides)
            case ReasonKind.CONTAINED_CHANGED:
                return Message("one contains the other, with words changed")
            case ReasonKind.LEFT_OUT:
                return Message("%(shorter)s leaves out words of %(longer)s", **sides)
            case ReasonKind.LEFT_OUT_AND_BRACKETS:
                return Message("brackets and words left out")
            case ReasonKind.CHANGED_AND_BRACKETS:
                return Message("brackets, and words changed")
            case ReasonKind.CHANGED:
                return counted_message("one word changed", "%(num)s words changed", self.words)
