"""The share of a round that one feed or sitemap has, so that thousands of slow pages of one do not delay all others for hours."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf

from indexer.crawler.sitemaps import DiscoveredLink


@dataclass(slots=True)
class RoundShare:
    """How long the pages of a listing may be asked for, where that goes on, and what was left when the time was over.

    seconds  of the share; one page is asked for in any case
    start    the addresses at which it goes on, a listing each: what stands before them was asked for already
    clock    what time it is in seconds, on a clock that is never set back; another in tests
    left     pages, and sitemaps, that were not asked for
    next     `start` of the share that goes on with them
    """

    seconds: float = inf
    start: frozenset[str] = frozenset()
    clock: Callable[[], float] = time.monotonic
    left: int = 0
    next: frozenset[str] = frozenset()
    _end: float = field(default=inf, init=False)

    def __post_init__(self) -> None:
        self._end = self.clock() + self.seconds

    def of(self, links: Sequence[DiscoveredLink]) -> Iterator[DiscoveredLink]:
        """Yield the links of one listing that are due in this share; the others are counted."""
        first = next((number for number, link in enumerate(links) if link.address in self.start), 0)
        for number, link in enumerate(links[first:], first):
            before = self.left
            yield link
            # A sitemap that was not read to its end is gone on with; a page is done.
            after = number if self.left > before else number + 1
            if after < len(links) and (self.left > before or self.clock() >= self._end):
                self.left += len(links) - number - 1
                self.next |= {links[after].address}
                return
