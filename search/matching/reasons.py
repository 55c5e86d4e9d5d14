"""Say why a verdict is what it is: a closed vocabulary of reasons, turned into a sentence here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Side(StrEnum):
    """One of two wordings that are compared."""

    FIRST = "first"
    SECOND = "second"

    @property
    def other(self) -> Side:
        """Return the other one."""
        return Side.SECOND if self is Side.FIRST else Side.FIRST


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
        words = self._words()
        if self.other_forms and self.kind in (ReasonKind.CONTAINED, ReasonKind.ELLIPSIS):
            words += ", and other forms of words"
        if self.other_speaker:
            words += " by another speaker" if self.kind is ReasonKind.SAME_WORDS else "; another speaker"
        return words

    def _words(self) -> str:
        shorter = self.shorter or Side.SECOND
        match self.kind:
            case ReasonKind.NO_WORDS:
                return "no words to compare"
            case ReasonKind.SAME_WORDS:
                return "the same words"
            case ReasonKind.SAME_BUT_BRACKETS:
                return "the same words but for brackets"
            case ReasonKind.SAME_BUT_FORMS:
                return "the same words in other forms" + (", and brackets" if self.brackets else "")
            case ReasonKind.TOO_LITTLE:
                return "too little in common"
            case ReasonKind.REWORDED:
                return "probably the same utterance in other words"
            case ReasonKind.CONTAINED:
                return f"the {shorter.other} contains the {shorter}"
            case ReasonKind.ELLIPSIS:
                return f"the {shorter.other} contains the {shorter} with an ellipsis"
            case ReasonKind.CONTAINED_CHANGED:
                return "one contains the other, with words changed"
            case ReasonKind.LEFT_OUT:
                return f"the {shorter} leaves out words of the {shorter.other}"
            case ReasonKind.LEFT_OUT_AND_BRACKETS:
                return "brackets and words left out"
            case ReasonKind.CHANGED_AND_BRACKETS:
                return "brackets, and words changed"
            case ReasonKind.CHANGED:
                return "one word changed" if self.words == 1 else f"{self.words} words changed"
