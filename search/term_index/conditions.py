"""What quotes are asked for by what an index holds of them, as values: an engine on other hosts filters by them where its postings are."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from search.term_index import Numbers, TermReader


class Labelled(NamedTuple):
    """The quotes that one of some values labels in a field, without some of them and with others, given by their numbers."""

    field: str
    values: tuple[str, ...]
    without: tuple[int, ...] = ()
    besides: tuple[int, ...] = ()


class Conditions(NamedTuple):
    """What a quote has to be: each of `demanded`, none of `left_out`, of a day of `days`, of a number `above` one.

    `days` are two of `day_key`, from the first on and before the second; what has no day is between none.
    """

    demanded: tuple[Labelled, ...] = ()
    left_out: tuple[Labelled, ...] = ()
    days: tuple[int, int] | None = None
    above: int = 0


class Selection(Protocol):
    """The quotes of a snapshot that meet conditions. Given to `TermReader.tally` of its engine, it filters there."""

    def __call__(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """Return which of some quotes are among them, `(n,) bool`."""

    def count(self, term: str | None = None) -> int:
        """Return how many they are, or how many of them have a term."""

    def first_having(self, term: str, most: int) -> Numbers:
        """Return the numbers of at `most` so many of them that have a term, in order."""

    def newest(self, most: int, *, oldest: bool = False) -> Numbers:
        """Return at `most` so many, last printed first or `oldest` first, those without a day last; of one day the lower number first."""

    def numbers(self) -> Numbers:
        """Return all of them, in order: as many as the conditions leave."""


class SelectingReader(TermReader):
    """A reader whose engine filters by itself, so that nothing has to be known here of each quote of the archive.

    A base class and no protocol: a find asks five times whether a reader is one, and to look for methods takes 100 us each time.
    """

    @abstractmethod
    def selected(self, conditions: Conditions) -> Selection:
        """Return the quotes that meet conditions."""

    @abstractmethod
    def terms_near(self, term: str, edits: int, kept: int) -> Mapping[str, int]:
        """Return terms at most so many edits (Damerau 1964; 1 or 2) away, each with the number of its quotes as `frequencies` has it.

        They begin with the same `kept` characters, and the term itself is none of them. Where there are thousands, the likeliest.
        """
