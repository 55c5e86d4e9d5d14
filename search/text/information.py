"""How much a word says: the self-information of a stem in nats (Shannon 1948), from a fixed table.

Fixed, so that a verdict about two wordings does not depend on what else is in the archive or on when it came.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Collection, Mapping
from importlib import resources
from typing import Final

from search.memo import SelfFillingTable

_MOST_NATS: Final = 11.0  # a rarer word says no more, it may be a slip of the pen
_LEAST_NATS: Final = 0.3  # "the": it says next to nothing, and two texts of such words are not empty all the same
_NUMBER_NATS: Final = 5.5
_SMALL_NUMBER_NATS: Final = 3.0  # 0, 1 and 2 stand for words, too
_CHARACTER_NATS: Final = 3.5  # one character of Chinese, Japanese, Thai: a word has about two
_QUOTE_WORDS: Final = 20  # information is how surprising it is to meet the word in a quote of that length at all
# A word that the table lacks is rarer the longer it is.
_UNKNOWN_NATS, _UNKNOWN_NATS_A_LETTER = 2.0, 1.3


@functools.cache
def _rates() -> Mapping[str, str]:
    """How often each stem of the table is met in a million words, as it is printed: 18 ms of a cold command are logarithms."""
    words = (resources.files("search") / "data" / "frequencies.tsv").read_text(encoding="utf-8").split()
    return dict(zip(words[::2], words[1::2], strict=True))


def common_stems() -> Collection[str]:
    """Return the stems of the table, the commonest first."""
    return _rates().keys()


def stems_below(nats: float) -> frozenset[str]:
    """Return the stems of the table that say less than so many nats."""
    least = -1e6 * math.expm1(math.log1p(-math.exp(-nats)) / _QUOTE_WORDS)
    return frozenset(stem for stem, rate in _rates().items() if float(rate) > least)


def _known_nats(rate: str) -> float:
    return -math.log(-math.expm1(_QUOTE_WORDS * math.log1p(-float(rate) / 1e6)))


def _nats(stem: str) -> float:
    rate = _rates().get(stem)
    if rate is not None:
        return min(_MOST_NATS, max(_LEAST_NATS, _known_nats(rate)))
    if stem[0].isdecimal():
        return _NUMBER_NATS if stem not in ("0", "1", "2") else _SMALL_NUMBER_NATS
    if len(stem) == 1 and stem > "\u2e7f":
        return _CHARACTER_NATS
    return min(_MOST_NATS, _UNKNOWN_NATS + _UNKNOWN_NATS_A_LETTER * len(stem))


information: Final[Callable[[str], float]] = SelfFillingTable(_nats, 200_000).__getitem__
"""Return the information of a stem in nats, 0.3 to 11. A stem that the table does not have is judged by its length."""
