"""Find the lines and columns of quotations in the file as it was written: Markdown, HTML, plain text.

A reader takes markup out, so that offsets into what it gives say nothing about the file. The words are the same, though,
and in the same order: they are looked for one quotation after another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from search.checking.report import Position

RUN: Final = 5
"""Words that are compared at a quotation's beginning and end. The next place with the same five words is taken; a longer run
would fail at the first link or emphasis within it more often than it would tell two places apart."""
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>|&#?\w{1,8};")


class SourceText:
    """A file's text, in which passages are looked for from the beginning to the end."""

    def __init__(self, text: str) -> None:
        self._lines = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        # Markup becomes blanks of the same length, so that offsets stay.
        plain = _TAG.sub(lambda tag: " " * len(tag.group()), text)
        self._spans = [word.span() for word in _WORD.finditer(plain)]
        self._words = [plain[start:end].casefold() for start, end in self._spans]
        self._places: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            self._places.setdefault(word, []).append(number)
        self._next = 0

    def find(self, passage: str) -> Position | None:
        """Return where the passage stands, after the one found before if it stands there; None if its words are nowhere."""
        words = [word.casefold() for word in _WORD.findall(passage)]
        first = self._run(words[:RUN], self._next)
        if first is None:
            first = self._run(words[:RUN], 0)
        if first is None:
            return None
        last = first + len(words) - 1
        if self._words[last : last + 1] != words[-1:]:
            end = self._run(words[-RUN:], first)
            # Further away than markup between the words explains, it is another place.
            near = end is not None and end < first + 2 * len(words)
            last = end + min(RUN, len(words)) - 1 if near and end is not None else first + min(RUN, len(words)) - 1
        self._next = last + 1
        return self.position(self._spans[first][0], self._spans[last][1])

    def position(self, start: int, end: int) -> Position:
        """Return the lines and columns of `[start, end)`, code points of the text."""
        return Position(*self._line_and_column(start), *self._line_and_column(end))

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def _run(self, words: Sequence[str], least: int) -> int | None:
        """Return the number of the first word, from `least` on, at which all of `words` stand in a row."""
        if not words:
            return None
        return next((place for place in self._from(words[0], least) if self._stands(words, place)), None)

    def _from(self, word: str, least: int) -> Iterator[int]:
        places = self._places.get(word, [])
        for index in range(bisect_right(places, least - 1), len(places)):
            yield places[index]

    def _stands(self, words: Sequence[str], place: int) -> bool:
        return self._words[place : place + len(words)] == list(words)
