"""Read who reports where his name stands in marks of its own, as papers' names do: „…“, schreibt die „Harbour Post“."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from indexer.attribution.reporting.clause_words import ClauseWords
from indexer.attribution.reporting.grammar import ReportingGrammar

_MOST_WORDS: Final = 4  # of a name
_MOST_BETWEEN: Final = 3  # words between the verb and the name: "la influyente revista"
_LONGER_WORD: Final = 4  # letters
_MARKS: Final = '"“”„«»‘’ \xa0\u202f'
_NO_NAME_ENDS: Final = ".,;:!?…"


@dataclass(frozen=True, slots=True)
class MarkedSource:
    """A marked name, its word and the words before it that tell what it is, half-open, and the verb that reports."""

    name: str
    first: int
    last: int
    cue: int


class MarkedSourceReader:
    """Find marked names that report other marked words, in the words of one text."""

    def __init__(self, words: ClauseWords, grammar: ReportingGrammar) -> None:
        self._words, self._grammar = words, grammar

    def sources(self, marked: Sequence[int]) -> dict[int, MarkedSource]:
        """Return the marked name that reports each of some quotations of one sentence, by the word that a quotation is."""
        found: dict[int, MarkedSource] = {}
        for before, at in pairwise(marked):
            if name := self._name(at):
                source = self._behind_verb(name, at, before)
                if source is not None and not self._name(before):
                    found.setdefault(before, source)
            if name := self._name(before):
                source = self._before_verb(name, before, at) or self._as_reported(name, before, at)
                if source is not None and not self._is_title(self._name(at)):
                    found.setdefault(at, source)
        return found

    def _name(self, at: int) -> str:
        """Return what stands between the marks of a word where it may be a paper's name; "" where it is speech."""
        words = self._words
        content = words.outline.text[words.starts[at] : words.ends[at]].strip(_MARKS)
        is_name = content[:1].isupper() and content[-1] not in _NO_NAME_ENDS and len(content.split()) <= _MOST_WORDS
        return content if is_name else ""

    def _is_title(self, name: str) -> bool:
        """Whether all longer words of what may be a name have a capital, so that it is hardly speech."""
        return name != "" and all(word[0].isupper() for word in name.split() if len(word) >= _LONGER_WORD)

    def _behind_verb(self, name: str, at: int, before: int) -> MarkedSource | None:
        """Return the name that is the subject of a verb between it and a quotation: „…“, schreibt die „Harbour Post“."""
        for cue in range(at - 1, max(before, at - 2 - _MOST_BETWEEN), -1):
            if self._is_verb(cue, at):
                return MarkedSource(name, cue + 1, at + 1, cue) if self._is_clear(before + 1, cue) else None
            if not self._tells_what(cue):
                return None
        return None

    def _before_verb(self, name: str, at: int, behind: int) -> MarkedSource | None:
        """Return the name that is the subject of the verb behind it, which reports: Die „Harbour Post“ schreibt: „…“."""
        words, cue = self._words, at + 1
        if cue >= behind or not self._is_verb(cue, at) or not self._is_clear(cue + 1, behind):
            return None
        start, _ = words.sentence_span(at)
        beside = words.lower[max(start, at - _MOST_BETWEEN) : at]
        # "In der „Harbour Post“ schrieb: „…“"
        return MarkedSource(name, at, at + 1, cue) if self._grammar.prepositions.isdisjoint(beside) else None

    def _as_reported(self, name: str, at: int, behind: int) -> MarkedSource | None:
        """Return the name of a clause that opens with "as", or of one whose verb stands behind all of it.

        "Wie die „Harbour Post“ berichtet, ist das „…“", "jak podaje „Kurier”", "“Liman Postası” gazetesi “…” diye yazdı".
        """
        words, grammar = self._words, self._grammar
        start, end = words.sentence_span(at)
        if grammar.verb_last:
            beside = words.words[at + 1] == "," or grammar.is_body(words.lower[at + 1])
            small = all(word == "," or word.islower() for word in words.words[at + 1 : behind])
            cue = next((k for k in range(behind + 1, end) if self._is_verb(k, at)), None)
            return MarkedSource(name, at, at + 1, cue) if start == at and beside and small and cue is not None else None
        if words.lower[start] not in grammar.subordinators | grammar.complementizers:
            return None
        past = at + 1  # "Wie die „Harbour Post“ gestern berichtete"
        while past < behind and words.lower[past] in grammar.times | grammar.beside_verbs:
            past += 1
        cue = next((k for k in (past, *range(start + 1, at)) if k < behind and self._is_verb(k, at)), None)
        if (
            cue is None
            or at - start > _MOST_BETWEEN
            or words.lower[at + 1] in grammar.prepositions - grammar.beside_verbs
        ):
            return None
        others = (k for k in range(start + 1, at) if k != cue)
        return MarkedSource(name, at, at + 1, cue) if all(map(self._tells_what, others)) else None

    def _is_verb(self, at: int, beside: int) -> bool:
        words, grammar = self._words, self._grammar
        low = words.lower[at]
        same = words.sentence[at] == words.sentence[beside] and words.quotation[at] < 0
        return same and low in grammar.verbs and low not in grammar.citing_verbs

    def _is_clear(self, first: int, last: int) -> bool:
        """Whether nothing but marks and a word that opens a clause stands between two words."""
        words, grammar = self._words, self._grammar
        return all(
            not words.words[k][0].isalnum() or words.lower[k] in grammar.complementizers for k in range(first, last)
        )

    def _tells_what(self, at: int) -> bool:
        """Whether a word may stand between a verb and the name of its subject: an article, or what the name is of."""
        words, grammar = self._words, self._grammar
        low = words.lower[at]
        if low in grammar.articles:
            return True
        if words.quotation[at] >= 0 or not low.isalpha() or low in grammar.function_words or low in grammar.pronouns:
            return False
        return words.words[at].islower() or low.endswith(grammar.bodies)
