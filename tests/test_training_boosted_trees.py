"""Trees learned and flattened give the answers that the ensemble of extraction gives."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.tree_ensemble import build_ensemble
from indexer.training.boosted_trees import TrainingTable, boost, flatten_tree, group_softmax

GROUPS = st.lists(st.lists(st.floats(-50, 50), min_size=1, max_size=5), min_size=1, max_size=6)


@given(GROUPS)
def test_probabilities_add_up_to_one_in_each_group(groups: list[list[float]]) -> None:
    scores = np.array([score for group in groups for score in group])
    sizes = np.array([len(group) for group in groups], np.intp)
    ends = np.cumsum(sizes)
    parts = np.split(group_softmax(scores, sizes), ends[:-1])
    assert [part.sum() for part in parts] == pytest.approx([1.0] * len(groups))


def test_a_nested_tree_is_flattened_with_leaves_below_zero() -> None:
    leaf = [{"leaf_value": value} for value in (0.1, 0.2, 0.3)]
    inner = {"split_feature": 1, "threshold": 0.5, "left_child": leaf[0], "right_child": leaf[1]}
    root = {"split_feature": 0, "threshold": 1.5, "left_child": inner, "right_child": leaf[2]}
    flat = flatten_tree(root)
    assert flat == {
        "feature": [0, 1], "threshold": [1.5, 0.5], "left": [1, -1], "right": [-3, -2], "value": [0.1, 0.2, 0.3],
    }  # fmt: skip
    assert build_ensemble([flat]).scores([[1.0, 0.0], [1.0, 1.0], [2.0, 0.0]]).tolist() == pytest.approx(
        [0.1, 0.2, 0.3]
    )


def test_a_table_counts_its_questions() -> None:
    table = TrainingTable()
    table.add(np.array([[1.0, 2.0], [3.0, 4.0]]), [1.0, 0.0])
    table.add([[5.0, 6.0]], [1.0])
    assert (table.groups, table.right, len(table.rows)) == ([2, 1], [1.0, 0.0, 1.0], 3)


@pytest.mark.skipif(importlib.util.find_spec("lightgbm") is None, reason="the extra `learn` is not here")
def test_a_choice_is_learned() -> None:
    generator = np.random.default_rng(0)
    table = TrainingTable()
    for _ in range(200):
        rows = generator.random((3, 2)).round(3)
        table.add(rows, [float(n == rows[:, 0].argmax()) for n in range(3)])
    ensemble = build_ensemble(boost(table, rounds=30, rate=0.3, least=5, choice=True))
    rows = generator.random((300, 2))
    picked = ensemble.scores(rows).reshape(100, 3).argmax(axis=1)
    assert (picked == rows[:, 0].reshape(100, 3).argmax(axis=1)).mean() > 0.8
