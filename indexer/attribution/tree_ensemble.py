"""Small boosted trees kept as plain numbers, and how to ask them: no learning library is needed to attribute.

A tree's answer is found without walking: every test "feature > threshold" that holds strikes out the leaves of the
left branch, and the leftmost leaf that is left is the answer (Lucchese and others, QuickScorer, 2015). In numpy that
is a comparison and an `or` for all rows and trees at once, node by node.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
MODEL_FILE = "attribution_model.json"
_LEAVES = 8  # a tree has at most this many, so that its leaves are the bits of one byte
_ROWS = 1024  # rows asked at once, which bounds the memory


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as arrays, one tree a row.

    nodes   for the first, second, ... node of all trees: its feature, threshold and the leaves that are struck out
            when the test holds
    value   for each tree what its leaves answer
    """

    nodes: tuple[tuple[npt.NDArray[np.intp], Floats, npt.NDArray[np.uint8]], ...]
    value: Floats

    def scores(self, rows: Sequence[Sequence[float]] | Floats) -> npt.NDArray[np.float64]:
        """One score a row: the sum of the trees' leaves."""
        table = np.asarray(rows, dtype=np.float32)
        parts = [self._some(table[at : at + _ROWS]) for at in range(0, len(table), _ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _some(self, table: Floats) -> npt.NDArray[np.float64]:
        columns = np.ascontiguousarray(table.T)
        struck = np.zeros((len(self.value), len(table)), dtype=np.uint8)
        # One node of all trees after the other: numpy is slow at reducing over an axis as short as a tree.
        for feature, threshold, strikes in self.nodes:
            struck |= (columns.take(feature, axis=0) > threshold).view(np.uint8) * strikes
        first = np.arange(len(self.value), dtype=np.intp)[:, None] * _LEAVES
        total: npt.NDArray[np.float64] = self.value.take(first + _LOWEST.take(~struck)).sum(axis=0, dtype=np.float64)
        return total


_LOWEST = np.array([0, *((n & -n).bit_length() - 1 for n in range(1, 256))], dtype=np.intp)


def forest(trees: Sequence[Mapping[str, Any]]) -> Forest:
    """Build the arrays from the model file's trees, which list their nodes: children < 0 are leaves, -1 the first."""
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
    return Forest(tuple(columns), value)


def _leaf_order(tree: Mapping[str, Any]) -> list[int]:
    """The tree's leaves from left to right."""
    return _leaves_under(tree, 0 if tree["feature"] else -1)


def _leaves_under(tree: Mapping[str, Any], child: int) -> list[int]:
    """The leaves below a child, left to right; a child below 0 is the leaf -1 - child itself."""
    waiting, found = [child], []
    while waiting:
        here = waiting.pop()
        if here < 0:
            found.append(-1 - here)
        else:
            waiting += [tree["right"][here], tree["left"][here]]
    return found


def softmax(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Scores of the candidates of one question as chances that add up to 1."""
    powers = np.exp(scores - scores.max())
    shares: npt.NDArray[np.float64] = powers / powers.sum()
    return shares


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learned: the three forests, the word tables, and how far a confidence can be trusted."""

    source: Forest
    resolution: Forest
    scare: Forest
    cues: Mapping[str, float]
    odds: Mapping[str, float]
    calibration: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
    features: Mapping[str, Sequence[str]]


@cache
def packaged_model() -> Model:
    """The model that ships with the package, read once."""
    return read_model(json.loads(files("indexer").joinpath("data", MODEL_FILE).read_text(encoding="utf-8")))


def read_model(data: Mapping[str, Any]) -> Model:
    """A model from its JSON."""
    knots = data["calibration"]
    return Model(
        forest(data["source"]["trees"]),
        forest(data["resolution"]["trees"]),
        forest(data["scare"]["trees"]),
        data["cues"],
        data["odds"],
        (np.asarray(knots["raw"], dtype=np.float64), np.asarray(knots["right"], dtype=np.float64)),
        {name: data[name]["features"] for name in ("source", "resolution", "scare")},
    )
