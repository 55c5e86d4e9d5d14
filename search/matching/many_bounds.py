"""Bound how alike many pairs of wordings can be, all at once: `similarity_bound` in columns.

Of a thousand pairs of an arriving quote and what the index has that is like it, thirteen pass this test; told pair by pair it
takes longer than everything that is done with those that do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from search.matching.similarity import LEAST_NATS
from search.matching.thresholds import (
    LITTLE_SAID,
    LITTLE_SAID_NATS,
    MOVED_AMOUNT,
    NEUTRAL_NATS,
    OTHER_FORM_SHARE,
    OTHER_NUMBERS,
    PART_AMOUNT,
    PART_BROKEN,
    PART_NEUTRAL_NATS,
    PART_SHARE_MISSING,
    WHOLE_AMOUNT,
    WHOLE_CONSTANT,
    WHOLE_SHARE_IN_ANY_FORM,
    WHOLE_SHARE_IN_ORDER,
)
from search.text.analysis import AnalysedText
from search.text.information import information
from search.text.word_families import root

_Floats = npt.NDArray[np.float64]
_Places = npt.NDArray[np.int64]
_ROUNDING: Final = 1e-9  # log odds: sums of the same numbers in another order differ by less


class _Numbering(dict[str, int]):
    """Words with a number each, from 0, in the order in which they are met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def most_log_odds(texts: Sequence[AnalysedText], pairs: Sequence[tuple[int, int]]) -> _Floats:
    """Return for each pair of places in `texts` log odds that `similarity` of the two does not pass, speakers unknown: `(n,)`.

    Infinite where a pair has to be looked at by itself: where a text is not plain, or the two are read in different languages.
    """
    most = np.full(len(pairs), np.inf)
    languages = [text.language if text.is_plain else None for text in texts]
    told = [
        place
        for place, (one, other) in enumerate(pairs)
        if languages[one] is not None and languages[one] == languages[other]
    ]
    if told:
        left, right = (np.array(side, dtype=np.int64) for side in zip(*(pairs[place] for place in told), strict=True))
        most[told] = _log_odds(*_in_common(texts, left, right)) + _ROUNDING
    return most


def _in_common(
    texts: Sequence[AnalysedText], left: _Places, right: _Places
) -> tuple[_Floats, _Floats, _Floats, _Floats]:
    """What `most_in_common` says of each pair: nats kept, of other forms, of the left and of the right side."""
    numbering, families = _Numbering(), _Numbering()
    ones, one_of = np.unique(left, return_inverse=True)
    used = {*ones.tolist(), *right.tolist()}
    stems_of = [
        _numbers(map(numbering.__getitem__, text.stems)) if place in used else _numbers(())
        for place, text in enumerate(texts)
    ]
    nats, family = (
        np.fromiter(map(information, numbering), np.float64),
        _numbers(map(families.__getitem__, map(root, numbering))),
    )
    ours = np.concatenate([stems_of[place] for place in ones.tolist()])
    row = np.repeat(np.arange(len(ones)), [len(stems_of[place]) for place in ones.tolist()])
    has_stem = np.zeros((len(ones), len(numbering)), dtype=np.bool_)
    has_family = np.zeros((len(ones), len(families)), dtype=np.bool_)
    has_stem[row, ours] = has_family[row, family[ours]] = True
    our_nats: _Floats = np.bincount(row, nats[ours], len(ones)).astype(np.float64)[one_of]
    # The words of the right side of each pair, one pair after the other.
    others = [stems_of[place] for place in right.tolist()]
    theirs = np.concatenate(others)
    pair = np.repeat(np.arange(len(right)), [len(stems) for stems in others])
    kept = has_stem[one_of[pair], theirs]
    in_other_form = ~kept & has_family[one_of[pair], family[theirs]]
    said = nats[theirs]
    kept_nats, moved, their_nats = (
        np.bincount(pair, each, len(right)).astype(np.float64) for each in (said * kept, said * in_other_form, said)
    )
    return np.minimum(kept_nats, our_nats), OTHER_FORM_SHARE * moved, our_nats, their_nats


def _numbers(numbers: Iterable[int]) -> _Places:
    return np.fromiter(numbers, np.int64)


def _log_odds(in_order: _Floats, moved: _Floats, left: _Floats, right: _Floats) -> _Floats:
    """`match_probability` of vectors whose words kept stand in one stretch, as log odds."""
    longer = np.maximum(LEAST_NATS, np.maximum(left, right))
    shorter = np.maximum(LEAST_NATS, np.minimum(left, right))
    amount = in_order + MOVED_AMOUNT * moved
    whole = (
        WHOLE_CONSTANT
        + WHOLE_SHARE_IN_ORDER * in_order / longer
        + WHOLE_SHARE_IN_ANY_FORM * np.minimum(1.0, (in_order + moved) / longer)
        + WHOLE_AMOUNT * np.log(np.maximum(0.5, amount) / NEUTRAL_NATS)
        + np.where(amount < LITTLE_SAID_NATS, LITTLE_SAID * np.log(np.maximum(1.0, amount) / LITTLE_SAID_NATS), 0.0)
        - OTHER_NUMBERS[0]
    )
    part = (
        PART_SHARE_MISSING * (in_order / shorter - 1)
        + PART_AMOUNT * np.log(np.maximum(0.5, in_order) / PART_NEUTRAL_NATS)
        - PART_BROKEN * (1 - in_order / np.maximum(LEAST_NATS, in_order))
    )
    most: _Floats = np.maximum(whole, part)
    return most
