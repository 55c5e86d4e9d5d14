"""How much a word says: the information of a stem in nats, from a fixed table.

Fixed, so that a verdict about two wordings does not depend on what else is in the archive or on when it came.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Final

from search.memo import Remembered

MOST: Final = 11.0  # nats: a rarer word says no more, it may be a slip of the pen
NUMBER: Final = 5.5
WIDE: Final = 3.5  # one character of Chinese, Japanese, Thai: a word has about two
_LEAST: Final = 0.3
_QUOTE: Final = 20  # words: information is how surprising it is to meet the word in a quote of that length at all


@functools.cache
def _table() -> dict[str, float]:
    lines = (resources.files("search") / "data" / "frequencies.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line)
    return {stem: -math.log(-math.expm1(_QUOTE * math.log1p(-float(rate) / 1e6))) for stem, rate in pairs}


def common_stems() -> Mapping[str, float]:
    """The stems of the table and their information in nats."""
    return _table()


def _said(stem: str) -> float:
    known = _table().get(stem)
    if known is not None:
        return min(MOST, max(_LEAST, known))
    if stem[0].isdecimal():
        return NUMBER if stem not in ("0", "1", "2") else 3.0
    if len(stem) == 1 and stem > "\u2e7f":
        return WIDE
    return min(MOST, 2.0 + 1.3 * len(stem))


information: Final[Callable[[str], float]] = Remembered(_said, 200_000).__getitem__
"""The information of a stem in nats, 0.3 to 11. What the table does not have is judged by its length."""
