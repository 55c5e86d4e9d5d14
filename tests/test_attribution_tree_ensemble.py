"""Boosted trees as arrays: the same answers as walking each tree."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.tree_ensemble import build_ensemble, softmax

STUMP: dict[str, Any] = {"feature": [0], "threshold": [0.5], "left": [-1], "right": [-2], "value": [1.0, 2.0]}
DEEP: dict[str, Any] = {
    "feature": [1, 0, 2], "threshold": [1.5, 0.5, -1.0], "left": [1, -1, -2], "right": [2, -3, -4],
    "value": [0.1, 0.2, 0.4, 0.8],
}  # fmt: skip
LEAF: dict[str, Any] = {"feature": [], "threshold": [], "left": [], "right": [], "value": [0.25]}


def walked(tree: dict[str, Any], row: list[float]) -> float:
    node = 0 if tree["feature"] else -1
    while node >= 0:
        right = np.float32(row[tree["feature"][node]]) > np.float32(tree["threshold"][node])
        node = tree["right" if right else "left"][node]
    value: float = tree["value"][-1 - node]
    return value


@given(st.lists(st.lists(st.floats(-3, 3, width=32), min_size=3, max_size=3), min_size=1, max_size=20))
def test_the_score_is_the_sum_of_the_leaves_that_walking_finds(rows: list[list[float]]) -> None:
    trees = [STUMP, DEEP, LEAF]
    scores = build_ensemble(trees).scores(rows)
    assert scores.tolist() == pytest.approx([sum(walked(tree, row) for tree in trees) for row in rows], abs=1e-6)


def test_a_value_at_the_threshold_goes_left() -> None:
    assert build_ensemble([STUMP]).scores([[0.5], [0.5001]]).tolist() == [1.0, 2.0]


def test_more_rows_than_are_scored_at_once_give_one_score_each() -> None:
    rows = np.tile(np.array([[0.0], [1.0]], np.float32), (1500, 1))
    assert build_ensemble([STUMP]).scores(rows).tolist() == [1.0, 2.0] * 1500


def test_no_rows_and_no_trees_are_legal() -> None:
    assert build_ensemble([STUMP]).scores([]).tolist() == []
    assert build_ensemble([]).scores([[1.0]]).tolist() == [0.0]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=12))
def test_softmax_adds_up_to_one_and_keeps_the_order(scores: list[float]) -> None:
    probabilities = softmax(np.array(scores))
    assert probabilities.sum() == pytest.approx(1.0)
    assert probabilities[int(np.argmax(scores))] == probabilities.max()
