"""Vectors on disk: appended to, forgotten, and made anew when they are damaged or of another model."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from search.semantic.vector_file import STATE_FILE, VectorFile

WIDTH = 64


def vectors(*seeds: int) -> np.ndarray:
    return np.stack([np.random.default_rng(seed).normal(size=WIDTH) for seed in seeds]).astype(np.float32)


@pytest.fixture
def file(tmp_path: Path) -> VectorFile:
    one = VectorFile(tmp_path / "semantic", "model/1", WIDTH)
    one.append([5, 9], ["en", "fa"], vectors(1, 2), 2)
    one.append([12], ["en"], vectors(3), 3)
    return one


def test_what_is_appended_is_there_in_its_order(file: VectorFile) -> None:
    snapshot = file.snapshot()
    assert snapshot.numbers.tolist() == [5, 9, 12]
    assert [snapshot.state.languages[code] for code in snapshot.languages] == ["en", "fa", "en"]
    assert (snapshot.state.rows, snapshot.state.position) == (3, 3)
    assert (np.unpackbits(snapshot.bits.view(np.uint8), axis=1) == (vectors(1, 2, 3) > 0)).all()


def test_a_quote_that_went_is_forgotten(file: VectorFile, tmp_path: Path) -> None:
    file.drop([9])
    assert file.snapshot().numbers.tolist() == [5, 12]
    assert len(list((tmp_path / "semantic").glob("*.bin"))) == 2
    file.append([20], ["de"], vectors(4), 5)
    assert file.snapshot().numbers.tolist() == [5, 12, 20]


def test_rows_of_a_run_that_was_killed_do_not_count_and_are_written_over(file: VectorFile, tmp_path: Path) -> None:
    state = (tmp_path / "semantic" / STATE_FILE).read_bytes()
    file.append([77], ["en"], vectors(8), 9)
    (tmp_path / "semantic" / STATE_FILE).write_bytes(state)
    assert file.snapshot().numbers.tolist() == [5, 9, 12]
    file.append([13], ["en"], vectors(9), 4)
    assert file.snapshot().numbers.tolist() == [5, 9, 12, 13]


def test_vectors_of_another_model_are_none(file: VectorFile, tmp_path: Path) -> None:
    assert VectorFile(tmp_path / "semantic", "model/2", WIDTH).state().rows == 0
    assert VectorFile(tmp_path / "semantic", "model/1", 128).state().rows == 0


@pytest.mark.parametrize(
    "damage",
    [b"", b"[]", b"null", b"{", b"\x80\x04K\x01.", b'{"format": 1}', b"[" * 100_000],
)
def test_a_damaged_state_is_an_empty_one(file: VectorFile, tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "semantic" / STATE_FILE).write_bytes(damage)
    assert file.state().rows == 0
    assert file.snapshot().numbers.tolist() == []


@pytest.mark.parametrize(("key", "value"), [("rows", 10**12), ("rows", -1), ("rows", True), ("generation", "../x")])
def test_a_state_that_does_not_fit_its_files_is_an_empty_one(
    file: VectorFile, tmp_path: Path, key: str, value: object
) -> None:
    path = tmp_path / "semantic" / STATE_FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    assert file.state().rows == 0


def test_clearing_leaves_nothing(file: VectorFile) -> None:
    file.clear()
    assert (file.state().rows, file.state().position) == (0, 0)
