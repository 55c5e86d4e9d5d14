"""Cut an outline into the words that clauses are made of: "l’animatrice" and "a-t-il" are two words and three."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.quotations.outline import Outline

_DIGITS_OF_DAY = 2
_ELIDED = re.compile(r"(\w{1,8})['’](\w)")


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The words of an outline; entry by entry

    words, lower    as printed, and in small letters; a quotation is one word, its placeholder
    items           the item of the outline that each is a part of, ascending
    starts, ends    its half-open span, code points
    sentence        the number of its sentence
    quotation       the number of the quotation that it stands for, or -1
    """

    outline: Outline
    words: list[str]
    lower: list[str]
    items: list[int]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    quotation: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def sentence_span(self, at: int) -> tuple[int, int]:
        """Return where the sentence of a word begins and ends, half-open."""
        number = self.sentence[at]
        return bisect_left(self.sentence, number), bisect_right(self.sentence, number)

    def opens_sentence(self, at: int) -> bool:
        """Return whether a word is the first of its sentence, or the first behind a quotation or a colon."""
        return at == 0 or self.sentence[at - 1] != self.sentence[at] or self.quotation[at - 1] >= 0

    def ranked(self, role: str, at: int, grammar: ReportingGrammar) -> str:
        """Return a role with its rank and without its article: "primer ministro" is another than "ministro"."""
        before = self.lower[at - 1] if at and self.sentence[at - 1] == self.sentence[at] else ""
        bare = grammar.without_article(role)
        return f"{before} {bare}" if before in grammar.ranks else bare

    def printed(self, first: int, last: int) -> str:
        """Return the text of the words first..last, in one line."""
        return " ".join(self.outline.text[self.starts[first] : self.ends[last - 1]].split())


def clause_words(outline: Outline, grammar: ReportingGrammar) -> ClauseWords:
    """Return the words of an outline, those apart that elision or inversion joins."""
    parted = [
        (item, parts)
        for item, word in enumerate(outline.words)
        if ("-" in word or "'" in word or "’" in word) and len(parts := list(_parts(word, grammar))) > 1
    ]
    words: list[str] = []
    items: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for item, parts in [*parted, (len(outline), [])]:
        words += outline.words[at:item]
        items += range(at, item)
        starts += outline.starts[at:item]
        ends += outline.ends[at:item]
        for first, last in parts:
            words.append(outline.words[item][first:last])
            items.append(item)
            starts.append(outline.starts[item] + first)
            ends.append(outline.starts[item] + last)
        at = item + 1
    return ClauseWords(
        outline,
        words,
        [word.lower() for word in words],
        items,
        starts,
        ends,
        _sentences(words, [outline.sentence[item] for item in items], grammar),
        [outline.quotation[item] for item in items],
    )


def _sentences(words: list[str], numbers: list[int], grammar: ReportingGrammar) -> list[int]:
    """Return the numbers of the sentences, those joined that the full stop of a date has parted: "am 3. Juni"."""
    joined = 0
    for at in range(2, len(numbers)):
        is_day = words[at - 1] == "." and words[at - 2].isdigit() and len(words[at - 2]) <= _DIGITS_OF_DAY
        if is_day and numbers[at] != numbers[at - 1] + joined and words[at].lower() in grammar.times:
            joined += 1
        numbers[at] -= joined
    return numbers


def _parts(word: str, grammar: ReportingGrammar) -> Iterator[tuple[int, int]]:
    """Yield the words that one item is made of, as half-open spans within it."""
    at, end = 0, len(word)
    while (elided := _ELIDED.match(word, at)) and elided.group(1).lower() in grammar.elisions:
        yield at, elided.end(1)
        at = elided.start(2)
    hyphen = word.rfind("-", at)
    if hyphen > at and word[hyphen + 1 :].lower() in grammar.pronouns:
        stem = word[at:hyphen].removesuffix("-t")
        yield at, at + len(stem)
        yield hyphen + 1, end
    else:
        yield at, end
