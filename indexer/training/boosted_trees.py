"""Learn boosted trees with LightGBM and flatten_tree them into the plain lists that model files have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Trees = list[dict[str, Any]]
_LEAVES = 8  # a tree: `tree_ensemble` keeps them as the bits of one byte
_BINS = 127  # thresholds tried a feature; most features have fewer values
_LEAST_HESSIAN = 1e-3  # keeps a leaf of sure answers from growing without bound


@dataclass(slots=True)
class TrainingTable:
    """Rows to learn from: a question's candidates follow each other, `groups` counts them."""

    rows: list[Sequence[float]] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)

    def add(self, rows: Iterable[Sequence[float]], right: Sequence[float]) -> None:
        """Add one question: a row a candidate, and 1 for each candidate that is right, else 0."""
        self.rows.extend(rows)
        self.right += right
        self.groups.append(len(right))


def group_softmax(scores: npt.NDArray[np.float64], groups: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """Return scores as probabilities that add up to 1 in each group; `groups` are the groups' sizes, `(groups,)`."""
    starts = np.concatenate([[0], np.cumsum(groups)[:-1]])
    owner = np.repeat(np.arange(len(groups)), groups)
    powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    probabilities: npt.NDArray[np.float64] = powers / np.add.reduceat(powers, starts)[owner]
    return probabilities


def boost(table: TrainingTable, *, rounds: int, rate: float, least: int, choice: bool) -> Trees:
    """Return boosted trees; `choice` learns which of a group's candidates is right (softmax), else each row by itself.

    `rate` is the learning rate, `least` the rows that a leaf has at least.
    """
    import lightgbm  # learning only: nothing else needs it

    groups = np.array(table.groups, np.intp)

    def softmax_objective(scores: Any, data: Any) -> tuple[Any, Any]:
        probabilities = group_softmax(scores, groups)
        hessian = np.maximum(2 * probabilities * (1 - probabilities), _LEAST_HESSIAN)
        return probabilities - data.get_label(), hessian

    settings = {
        "objective": softmax_objective if choice else "binary", "num_leaves": _LEAVES, "learning_rate": rate,
        "min_data_in_leaf": least, "lambda_l2": 2.0, "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1,
        "max_bin": _BINS, "num_threads": 1, "seed": 1, "deterministic": True, "verbose": -1, "boost_from_average": False,
    }  # fmt: skip
    rows, right = np.array(table.rows, np.float32), np.array(table.right)
    data = lightgbm.Dataset(rows, right, params={"max_bin": _BINS, "verbose": -1})
    return [
        flatten_tree(tree["tree_structure"])
        for tree in lightgbm.train(settings, data, rounds).dump_model()["tree_info"]
    ]


def flatten_tree(root: dict[str, Any]) -> dict[str, Any]:
    """Return LightGBM's nested tree as lists: a child >= 0 is a node, one < 0 is the leaf -1 - child."""
    flat: dict[str, Any] = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}

    def walk(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            flat["value"].append(round(node["leaf_value"], 4))
            return -len(flat["value"])
        here = len(flat["feature"])
        flat["feature"].append(node["split_feature"])
        flat["threshold"].append(float(np.float32(node["threshold"]).round(5)))
        flat["left"].append(0)
        flat["right"].append(0)
        flat["left"][here] = walk(node["left_child"])
        flat["right"][here] = walk(node["right_child"])
        return here

    walk(root)
    return flat
