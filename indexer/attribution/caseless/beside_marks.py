"""Find who speaks in a script without capitals from the clauses right beside the marks: Hebrew, Hindi, Chinese, Japanese, Korean, Thai.

A reader of a language sees what stands in the sentence before a quotation and behind it, and says who is the subject of its verb
of saying. A clause without a subject, and a pronoun, go on with who spoke last; where there is no such clause, nobody speaks:
no speaker is better than a wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from indexer.attribution.caseless.words import Subject
from indexer.attribution.vocabulary import AttributionMethod
from search.model import Attribution, QuoteKind

_REACH: Final = 160  # code points of a sentence on either side of the marks
_SPOKEN_CHARACTERS: Final = (
    6  # code points from which on a stretch beside a reporting clause is speech; Chinese is dense
)
# Set by hand, in this order: a name in the clause, who spoke last, a role without a name.
_NAME_CONFIDENCE, _CARRIED_CONFIDENCE, _PHRASE_CONFIDENCE = 0.85, 0.7, 0.6
_MARKED: Final = "\ufffc"  # stands for each character of a quotation, so that its words are no clause
_SENTENCE_END: Final = re.compile(
    r"(?:[.!?](?=\s|$)|[。！？।]|(?<![:：])(?<![:：]\n)\n)\s*"  # what a colon introduces may stand in a line of its own
)
_BRACKETED: Final = re.compile(r"[（(]\d{1,3}[^（）()\n\ufffc]{0,3}[）)]")  # an age behind a name: "（58歳）"
_WORDS: Final = re.compile(r"\w+")
_SURE_METHODS: Final = frozenset((AttributionMethod.LABEL, AttributionMethod.CITE))
_NAME_PARTS: Final = re.compile(r"[·・‧ ]")


@dataclass(frozen=True, slots=True)
class ClauseReader:
    """What is known of a language.

    subject       returns who speaks by what stands before the marks and behind them in their sentence; None for no such clause.
                  Where nothing stands behind them there, it is given the next sentence
    topic         returns whom a sentence is about that reports nothing, if a title shows that it is a person
    name_before   words that a surname can follow as its first name: true for a first name's look
    """

    subject: Callable[[str, str], Subject | None]
    topic: Callable[[str], Subject | None] | None = None
    name_before: Callable[[str], bool] | None = None


def attribute_beside_marks(
    text: str, attributions: Sequence[Attribution], reader: ClauseReader
) -> tuple[Attribution, ...]:
    """Return the attributions with the speakers that the clauses beside them name; those of a label stay. Linear in the text."""
    masked = _masked(text, attributions)
    ends = [match.end() for match in _SENTENCE_END.finditer(masked)]
    names = _Names(masked, reader)
    result: list[Attribution] = []
    last: str | None = None
    sentence, at = -1, 0  # the sentence of the quotation before, and the first sentence that is not read yet
    for one in attributions:
        number = bisect_right(ends, one.start)
        # Who is reported without marks has spoken, too: the next clause without a subject is his.
        for earlier in range(at, number):
            low = ends[earlier - 1] if earlier else 0
            last = names.reported(masked[low : min(ends[earlier], low + 2 * _REACH)]) or last
        at = max(at, number + 1)
        if one.kind == QuoteKind.INDIRECT or one.parent is not None or one.method in _SURE_METHODS:
            last = one.speaker or last if one.method in _SURE_METHODS else last
            result.append(one)
            continue
        low = max(ends[number - 1] if number else 0, one.start - _REACH)
        following = bisect_left(ends, one.end)
        alone = following + 1 < len(ends) and not _WORDS.search(masked, one.end, ends[following])
        following += alone and masked[ends[following] - 1] != "\n"
        high = ends[following] if following < len(ends) else len(masked)
        subject = reader.subject(*_beside(masked, low, one.start, one.end, min(high, one.end + _REACH)))
        if subject is None and result and result[-1].speaker and _goes_on(masked, ends, sentence, number):
            subject = Subject("", "")
        sentence = number
        if subject is None:
            result.append(replace(one, speaker=None, mention=None, source=None, cue=None, confidence=0.0, method=""))
            continue
        result.append(_attributed(one, subject, last, names))
        last = result[-1].speaker or last
    return tuple(result)


def _goes_on(masked: str, ends: Sequence[int], previous: int, number: int) -> bool:
    """Whether a quotation is of who spoke before: in one sentence with his, or in the next one with nothing beside it."""
    if number != previous + 1:
        return number == previous
    sentence = masked[ends[number - 1] : ends[number] if number < len(ends) else len(masked)]
    return len(_WORDS.sub("", sentence)) == len(sentence)


def _attributed(one: Attribution, subject: Subject, last: str | None, names: _Names) -> Attribution:
    speaker, confidence, method = last, _CARRIED_CONFIDENCE, AttributionMethod.PRONOUN
    if subject.text and subject.is_name:
        speaker, confidence, method = names.named(subject), _NAME_CONFIDENCE, AttributionMethod.NAME
    elif subject.text:
        speaker, confidence, method = names.holder(subject), _PHRASE_CONFIDENCE, AttributionMethod.ROLE
    return replace(
        one,
        speaker=speaker,
        mention=subject.text or None,
        source=None,
        cue=subject.cue or None,
        confidence=confidence if speaker else 0.0,
        method=method,
        role=None,
        scare=one.scare and one.end - one.start < _SPOKEN_CHARACTERS,
    )


def _masked(text: str, attributions: Sequence[Attribution]) -> str:
    """Return the text with each character of a quotation and its marks made the same; offsets stay as they are."""
    parts: list[str] = []
    at = 0
    for one in attributions:
        if one.kind == QuoteKind.INDIRECT or one.parent is not None:
            continue
        for span in one.contents:
            start, end = max(at, span.start - 1), min(len(text), span.end + 1)
            if start < end:
                parts += [text[at:start], _MARKED * (end - start)]
                at = end
    return "".join([*parts, text[at:]])


def _beside(masked: str, low: int, start: int, end: int, high: int) -> tuple[str, str]:
    """Return what stands between the quotations before and behind and this one, within its sentence."""
    before = _BRACKETED.sub("", masked[low:start]).rstrip(_MARKED + " \xa0\u200e\u200f")
    after = _BRACKETED.sub("", masked[end:high]).lstrip(_MARKED)
    return before[before.rfind(_MARKED) + 1 :].strip(), after.split(_MARKED, 1)[0].strip()


class _Names:
    """The full names of a text, by each of their parts, as they are met."""

    def __init__(self, masked: str, reader: ClauseReader) -> None:
        self._reader = reader
        self._by_part: dict[str, str] = {}
        self._before: dict[str, str] = {}
        self._holders: dict[str, str | None] = {}
        if reader.name_before is not None:
            words = masked.split()
            for first, second in pairwise(words):
                if reader.name_before(first):
                    self._before.setdefault(second.strip(".,:;!?"), first)

    def reported(self, sentence: str) -> str | None:
        """Return who is reported in a sentence without marks; None for nobody named."""
        if _MARKED in sentence:
            return None
        subject = self._reader.subject(sentence.strip(), "")
        if subject is None and self._reader.topic is not None:
            subject = self._reader.topic(sentence.strip())
        return self.named(subject) if subject is not None and subject.text and subject.is_name else None

    def named(self, subject: Subject) -> str:
        """Return the fullest form of a subject's name that was met so far, and remember its office."""
        full = self._fullest(subject.text)
        if subject.office:
            same = self._holders.get(subject.office, full) == full
            self._holders[subject.office] = full if same else None  # two ministers: "the minister" is neither
        return full

    def holder(self, subject: Subject) -> str:
        """Return the only holder of an office so far, else the words of the office."""
        return self._holders.get(subject.office) or subject.text

    def _fullest(self, name: str) -> str:
        if name in self._by_part:
            return self._by_part[name]
        full = f"{self._before[name]} {name}" if name in self._before else name
        parts = _NAME_PARTS.split(full)
        for part in {full, name, *([parts[-1]] if len(parts) > 1 else [])}:
            self._by_part.setdefault(part, full)
        return full
