"""The nearest vectors by their bits: as a search of all of them finds them, whatever languages count."""

from __future__ import annotations

import numpy as np
import pytest

from search.semantic import nearest as nearest_module
from search.semantic.nearest import nearest
from search.semantic.vector_file import VectorSnapshot, VectorState, pack

WIDTH = 128


def snapshot(rows: int, languages: tuple[str, ...] = ("en", "fa")) -> tuple[VectorSnapshot, np.ndarray]:
    vectors = np.random.default_rng(7).normal(size=(rows, WIDTH)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    state = VectorState("m", WIDTH, rows=rows, languages=languages)
    codes = (np.arange(rows) % len(languages)).astype(np.uint8)
    return VectorSnapshot(state, pack(vectors), np.arange(rows, dtype=np.int64) + 100, codes), vectors


def test_a_vector_is_nearest_to_itself_and_its_cosine_is_near_1() -> None:
    all_rows, vectors = snapshot(500)
    for row in (0, 17, 499):
        first = nearest(all_rows, vectors[row], 3)[0]
        assert first.number == row + 100
        assert first.cosine == pytest.approx(1.0, abs=0.15)


def test_languages_are_let_in_and_left_out() -> None:
    all_rows, vectors = snapshot(400)
    assert {one.number % 2 for one in nearest(all_rows, vectors[0], 50, within=("fa",))} == {1}
    assert {one.number % 2 for one in nearest(all_rows, vectors[0], 50, without=("fa",))} == {0}
    assert nearest(all_rows, vectors[0], 5, within=("de",)) == []


def test_the_coarse_choice_keeps_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    all_rows, vectors = snapshot(5_000)
    whole = [one.number for one in nearest(all_rows, vectors[3], 1)]
    monkeypatch.setattr(nearest_module, "COARSE_ROWS", 1_000)
    monkeypatch.setattr(nearest_module, "COARSE_KEPT", 500)
    monkeypatch.setattr(nearest_module, "COARSE_WORDS", 1)
    assert [one.number for one in nearest(all_rows, vectors[3], 1)] == whole


def test_without_popcount_the_distances_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    all_rows, vectors = snapshot(300)
    asked = pack(vectors[:1])[0]
    counted = nearest_module._distances(all_rows.bits, asked)
    monkeypatch.delattr(np, "bitwise_count", raising=False)
    assert (nearest_module._distances(all_rows.bits, asked) == counted).all()


def test_nothing_is_nearest_in_an_empty_archive() -> None:
    empty, _ = snapshot(0)
    assert nearest(empty, np.ones(WIDTH, np.float32), 5) == []
