"""The weights of the order are learned: `search.training.ranking`, on queries that are made up."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from search.ranking.features import RankingFeatures
from search.ranking.ranker import read_ranking_model
from search.training.ranking import RankedQuery, best_hits, learn_weights, softmax_weights, write_model


def made_up(count: int) -> list[RankedQuery]:
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
            RankedQuery("made up", "full", number % 2, np.hstack([rows, rows * math.log(4 + number % 30)]), right)
        )
    return found


def test_what_tells_the_candidates_of_one_query_apart_is_learned() -> None:
    """One chance a row would have gone by the second feature alone, which stands the same in all queries."""
    queries = made_up(300)
    weights = softmax_weights(queries)
    assert np.mean(best_hits(queries, weights)["made up all"]) > 0.5


def test_the_sum_is_the_log_odds_of_a_version() -> None:
    """On the whole: of all candidates, as many are right as the chances say."""
    pytest.importorskip("sklearn", reason="needs the extra `learn`")
    queries = made_up(300)
    weights = learn_weights(queries)
    chances = np.concatenate([1 / (1 + np.exp(-one.rows @ weights)) for one in queries])
    assert abs(chances.mean() - 0.1) < 0.01


def test_what_is_written_is_what_the_ranker_reads(tmp_path: Path) -> None:
    """By name, and in the order of the features."""
    count = len(RankingFeatures._fields) + 1
    weights = np.arange(2 * count, dtype=np.float64)
    write_model(weights, tmp_path / "ranking.json")
    model = read_ranking_model((tmp_path / "ranking.json").read_text("utf-8"))
    assert model.weights.tolist() == weights[:count].tolist()
    assert model.per_log_length.tolist() == weights[count:].tolist()
    assert "about" in json.loads((tmp_path / "ranking.json").read_text("utf-8"))
