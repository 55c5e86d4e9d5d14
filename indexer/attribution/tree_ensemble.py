"""Score rows with small boosted trees that are kept as plain numbers: no learning library is needed to attribute.

A tree's answer is found without walking: every test "feature > threshold" that holds strikes out the leaves of the
left branch, and the leftmost leaf that is left is the answer (Lucchese and others, QuickScorer, 2015). In numpy that
is a comparison and an `or` for all rows and trees at once, node by node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float32]
_LEAVES = 8  # a tree has at most this many, so that its leaves are the bits of one byte
_ROWS = 1024  # rows scored at once, which bounds the memory: 400 trees x 1,024 rows are 400 KB a node


@dataclass(frozen=True, slots=True)
class TreeEnsemble:
    """Boosted trees as arrays, one tree a row.

    nodes   for the first, second, ... node of all trees: its feature, threshold and the leaves that are struck out
            when the test holds
    value   for each tree what its leaves answer
    """

    nodes: tuple[tuple[npt.NDArray[np.intp], _Floats, npt.NDArray[np.uint8]], ...]
    value: _Floats

    def scores(self, rows: Sequence[Sequence[float]] | _Floats) -> npt.NDArray[np.float64]:
        """Return the sum of the trees' leaves for each row: `(rows,)` float64, log odds before any softmax."""
        table = np.asarray(rows, dtype=np.float32)
        parts = [self._score(table[at : at + _ROWS]) for at in range(0, len(table), _ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _score(self, table: _Floats) -> npt.NDArray[np.float64]:
        columns = np.ascontiguousarray(table.T)
        struck = np.zeros((len(self.value), len(table)), dtype=np.uint8)
        # One node of all trees after the other: numpy is slow at reducing over an axis as short as a tree.
        for feature, threshold, strikes in self.nodes:
            struck |= (columns.take(feature, axis=0) > threshold).view(np.uint8) * strikes
        first = np.arange(len(self.value), dtype=np.intp)[:, None] * _LEAVES
        total: npt.NDArray[np.float64] = self.value.take(first + _LOWEST.take(~struck)).sum(axis=0, dtype=np.float64)
        return total


# The lowest set bit of each byte: the leftmost leaf that no test has struck out.
_LOWEST = np.array([0, *((n & -n).bit_length() - 1 for n in range(1, 256))], dtype=np.intp)


def build_ensemble(trees: Sequence[Mapping[str, Any]]) -> TreeEnsemble:
    """Return the arrays of the model file's trees, which list their nodes: children < 0 are leaves, -1 the first.

    Raises IndexError for a tree of more than `_LEAVES` leaves.
    """
    nodes = _LEAVES - 1
    feature = np.zeros((len(trees), nodes), dtype=np.intp)
    threshold = np.full((len(trees), nodes), np.inf, dtype=np.float32)
    strikes = np.zeros((len(trees), nodes), dtype=np.uint8)
    value = np.zeros((len(trees), _LEAVES), dtype=np.float32)
    for number, tree in enumerate(trees):
        order = _leaf_order(tree)
        place = {leaf: bit for bit, leaf in enumerate(order)}
        for leaf, bit in place.items():
            value[number, bit] = tree["value"][leaf]
        for node in range(len(tree["feature"])):
            feature[number, node] = tree["feature"][node]
            threshold[number, node] = tree["threshold"][node]
            strikes[number, node] = sum(1 << place[leaf] for leaf in _leaves_under(tree, tree["left"][node]))
    columns = ((feature[:, k].copy(), threshold[:, k, None].copy(), strikes[:, k, None].copy()) for k in range(nodes))
    return TreeEnsemble(tuple(columns), value)


def _leaf_order(tree: Mapping[str, Any]) -> list[int]:
    """Return the tree's leaves from left to right."""
    return _leaves_under(tree, 0 if tree["feature"] else -1)


def _leaves_under(tree: Mapping[str, Any], child: int) -> list[int]:
    """Return the leaves below a child, left to right; a child below 0 is the leaf -1 - child itself."""
    waiting, leaves = [child], []
    while waiting:
        here = waiting.pop()
        if here < 0:
            leaves.append(-1 - here)
        else:
            waiting += [tree["right"][here], tree["left"][here]]
    return leaves


def softmax(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the scores of one question's candidates as probabilities that add up to 1; there must be one at least."""
    powers = np.exp(scores - scores.max())  # the largest subtracted: exp of a large score would overflow
    probabilities: npt.NDArray[np.float64] = powers / powers.sum()
    return probabilities
