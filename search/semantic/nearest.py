"""The quotes nearest in meaning to a vector: by their bits first, then by the vector's own numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from search.semantic.vector_file import VectorSnapshot, pack

WEIGHED: Final = 200  # rows that are weighed by the vector's numbers: the right one is among them in 999 of 1,000
COARSE_ROWS: Final = 200_000  # from which on three words of the bits choose the rows that are compared whole
COARSE_WORDS: Final = 3
COARSE_KEPT: Final = 20_000
_COSINE_OF_SIGNS: Final = float(np.sqrt(2 / np.pi))
"""The expected length of a normal deviate: by it the cosine with signs is less than that with the numbers themselves."""


class Neighbour(NamedTuple):
    """A quote's number and the cosine of its vector, as far as its signs tell: -1 to 1."""

    number: int
    cosine: float


def nearest(
    snapshot: VectorSnapshot,
    vector: npt.NDArray[np.float32],
    most: int,
    *,
    within: Collection[str] | None = None,
    without: Collection[str] = (),
    fidelity: Callable[[str], float] = lambda language: 1.0,
) -> list[Neighbour]:
    """Return the `most` rows nearest to a vector of length 1, nearest first.

    `within` are the languages that count, all where it is None; `without` those that do not. `fidelity` is what is left of a
    cosine with a row in a language; the cosines that come back are what they would be if all of it were.
    """
    rows = len(snapshot.numbers)
    if not rows:
        return []
    asked = pack(vector[np.newaxis])[0]
    candidates = np.flatnonzero(_counting(snapshot, within, without))
    if len(candidates) > COARSE_ROWS:
        coarse = _distances(snapshot.bits[candidates, :COARSE_WORDS], asked[:COARSE_WORDS])
        candidates = candidates[np.argpartition(coarse, COARSE_KEPT)[:COARSE_KEPT]]
    if len(candidates) > WEIGHED:
        bits = snapshot.bits if len(candidates) == rows else snapshot.bits[candidates]
        distances = _distances(bits, asked)
        candidates = candidates[np.argpartition(distances, WEIGHED)[:WEIGHED]]
    whole = np.array([fidelity(name) for name in snapshot.state.languages] + [1.0] * 256, np.float32)
    cosines = (_cosines(snapshot.bits[candidates], vector) / whole[snapshot.languages[candidates]]).clip(-1, 1)
    order = np.argsort(-cosines, kind="stable")[:most]
    return [Neighbour(int(snapshot.numbers[candidates[place]]), float(cosines[place])) for place in order]


def cosines_of_rows(bits: npt.NDArray[np.uint64], others: npt.NDArray[np.uint64]) -> npt.NDArray[np.float32]:
    """Return the cosines of some rows with others, `(rows, others)`, so far as their signs tell: -1 to 1.

    Vectors at an angle a differ in a share a / pi of their signs.
    """
    dimensions = 64 * bits.shape[1]
    cosines = np.empty((len(bits), len(others)), np.float32)
    for place, row in enumerate(bits):
        cosines[place] = np.cos(np.pi * _distances(others, row) / dimensions)
    return cosines


def _counting(
    snapshot: VectorSnapshot, within: Collection[str] | None, without: Collection[str]
) -> npt.NDArray[np.bool_]:
    counts = np.array(
        [(within is None or name in within) and name not in without for name in snapshot.state.languages]
        + [within is None] * (256 - len(snapshot.state.languages))
    )
    counting: npt.NDArray[np.bool_] = counts[snapshot.languages]
    return counting


def _distances(bits: npt.NDArray[np.uint64], asked: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint16]:
    """Return in how many bits each row differs."""
    differing = bits ^ asked
    if hasattr(np, "bitwise_count"):  # numpy 2
        counts: npt.NDArray[np.uint16] = np.bitwise_count(differing).sum(axis=1, dtype=np.uint16)
        return counts
    halves = np.ascontiguousarray(differing).view(np.uint16)
    counted: npt.NDArray[np.uint16] = _ONES[halves].sum(axis=1, dtype=np.uint16)
    return counted


def _cosines(bits: npt.NDArray[np.uint64], vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    signs = np.unpackbits(np.ascontiguousarray(bits).view(np.uint8), axis=1).astype(np.float32) * 2 - 1
    cosines: npt.NDArray[np.float32] = signs @ vector / (np.sqrt(signs.shape[1]) * _COSINE_OF_SIGNS)
    return cosines.clip(-1, 1)


_ONES: Final = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)
