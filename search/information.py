"""How much a word says: the information of a stem in nats, from a fixed table.

Fixed, so that a verdict about two wordings does not depend on what else is in the archive or on when it came.
"""

from __future__ import annotations

import functools
import math
from importlib import resources
from typing import Final

MOST: Final = 12.0  # nats: about one word in 160,000; a rarer word says no more, it may be a slip of the pen
NUMBER: Final = 7.5
WIDE: Final = 4.5  # one character of Chinese, Japanese, Thai: a word has about two
_LEAST: Final = 2.5


@functools.cache
def _table() -> dict[str, float]:
    lines = (resources.files("search") / "data" / "frequencies.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line)
    return {stem: min(MOST, -math.log(float(rate) / 1e6)) for stem, rate in pairs}


@functools.lru_cache(maxsize=200_000)
def information(stem: str) -> float:
    """The information of a stem in nats, between 2.5 and 12. What the table does not have is judged by its length."""
    known = _table().get(stem)
    if known is not None:
        return max(_LEAST, known)
    if stem[0].isdecimal():
        return NUMBER if stem not in ("0", "1", "2") else 5.0
    return min(MOST, 4.0 + 1.1 * len(stem))
