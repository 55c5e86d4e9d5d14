"""What the order of the answers is learned by: `fit` of search/training/ranking.py, on queries that are made up."""

from __future__ import annotations

import importlib.util
import math
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

BENCH = Path(__file__).parents[1] / "search" / "training" / "ranking.py"


@pytest.fixture(scope="module")
def learning() -> ModuleType:
    spec = importlib.util.spec_from_file_location("learn_ranking", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["learn_ranking"] = module
    spec.loader.exec_module(module)
    return module


def asked(learning: ModuleType, count: int) -> list[object]:
    """Queries of ten candidates, one of them right: it has more of the first feature than the others of its query.

    How much of it all candidates of a query have says nothing about which is right. The second feature says a little,
    and the same in all queries.
    """
    chance = np.random.default_rng(7)
    found = []
    for number in range(count):
        right = np.zeros(10)
        right[chance.integers(10)] = 1.0
        telling = chance.normal(size=10) + 3.0 * right + 20.0 * chance.normal()
        rows = np.column_stack([telling, chance.normal(size=10) + 0.8 * right, np.ones(10)])
        found.append(
            learning.Asked("made up", "full", number % 2, np.hstack([rows, rows * math.log(4 + number % 30)]), right)
        )
    return found


def test_what_tells_the_candidates_of_one_query_apart_is_learned(learning: ModuleType) -> None:
    """One chance a row would have gone by the second feature alone, which stands the same in all queries."""
    queries = asked(learning, 300)
    weights = learning.fit(queries)
    assert np.mean(learning.best(queries, weights)["made up all"]) > 0.5


def test_the_sum_is_the_log_odds_of_a_version(learning: ModuleType) -> None:
    """On the whole: of all candidates, as many are right as the chances say."""
    queries = asked(learning, 300)
    weights = learning.fit(queries)
    chances = np.concatenate([1 / (1 + np.exp(-one.rows @ weights)) for one in queries])  # type: ignore[attr-defined]
    assert abs(chances.mean() - 0.1) < 0.01
