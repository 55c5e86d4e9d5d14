"""The bridge from one space of vectors into another is learned: `search.training.semantic_bridge`."""

from __future__ import annotations

import numpy as np
import pytest

from search.training.semantic_bridge import fit_bridge, sentences


def test_a_turned_space_is_turned_back() -> None:
    draw = np.random.default_rng(3)
    source = draw.normal(size=(400, 8)).astype(np.float32) + 2
    turn = draw.normal(size=(8, 12)).astype(np.float32)
    bridge = fit_bridge(source, source @ turn + 1, ridge=1e-6)
    fresh = draw.normal(size=(5, 8)).astype(np.float32) + 2
    expected = fresh @ turn + 1 - bridge["universal_mean"]
    assert (fresh - bridge["e5_mean"]) @ bridge["matrix"] == pytest.approx(expected, abs=1e-2)


def test_one_sentence_of_each_article_is_drawn_and_the_same_each_time() -> None:
    text = "A short one. " + "This sentence has a length that is right for it. " * 2
    rows = [{"text": text}, {"text": "No."}, {}]
    assert list(sentences(rows)) == ["This sentence has a length that is right for it."]
