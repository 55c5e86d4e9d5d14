"""Memoise a function of one word: three times as fast as `functools.lru_cache` where it is asked a lot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class SelfFillingTable(dict[str, T]):
    """A function as a table that fills itself, and is emptied when it has `most` words.

    To look up a word is a dictionary's own `[]`, which the loops over the words of candidates feel: a find does it some
    thousand times.
    """

    def __init__(self, function: Callable[[str], T], most: int) -> None:
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, word: str) -> T:
        if len(self) >= self._most:
            self.clear()
        value = self[word] = self._function(word)
        return value
