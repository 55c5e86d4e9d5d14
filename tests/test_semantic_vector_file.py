"""Vectors on disk: appended to, forgotten, and made anew when they are damaged or of another model."""

from __future__ import annotations

import json
import os
import sys
import threading
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.errors import StoreUnavailable
from search.semantic.vector_file import STATE_FILE, VectorFile, kept_numbers

WIDTH = 64


def vectors(*seeds: int) -> np.ndarray:
    return np.stack([np.random.default_rng(seed).normal(size=WIDTH) for seed in seeds]).astype(np.float32)


@pytest.fixture
def file(tmp_path: Path) -> VectorFile:
    one = VectorFile(tmp_path / "semantic", "model/1", WIDTH)
    one.append([5, 9], ["en", "fa"], vectors(1, 2), 2, "m2")
    one.append([12], ["en"], vectors(3), 3, "m3")
    return one


def test_what_is_appended_is_there_in_its_order(file: VectorFile) -> None:
    snapshot = file.snapshot()
    assert snapshot.numbers.tolist() == [5, 9, 12]
    assert [snapshot.state.languages[code] for code in snapshot.languages] == ["en", "fa", "en"]
    assert (snapshot.state.rows, snapshot.state.position, snapshot.state.mark) == (3, 3, "m3")
    assert (np.unpackbits(snapshot.bits.view(np.uint8), axis=1) == (vectors(1, 2, 3) > 0)).all()


def test_a_quote_that_went_is_forgotten(file: VectorFile, tmp_path: Path) -> None:
    file.drop([9])
    assert file.snapshot().numbers.tolist() == [5, 12]
    assert len(list((tmp_path / "semantic").glob("*.bin"))) == 2
    file.append([20], ["de"], vectors(4), 5, "m5")
    assert file.snapshot().numbers.tolist() == [5, 12, 20]


def test_rows_of_a_run_that_was_killed_do_not_count_and_are_written_over(file: VectorFile, tmp_path: Path) -> None:
    state = (tmp_path / "semantic" / STATE_FILE).read_bytes()
    file.append([77], ["en"], vectors(8), 9, "m9")
    (tmp_path / "semantic" / STATE_FILE).write_bytes(state)
    assert file.snapshot().numbers.tolist() == [5, 9, 12]
    file.append([13], ["en"], vectors(9), 4, "m4")
    assert file.snapshot().numbers.tolist() == [5, 9, 12, 13]


@pytest.mark.parametrize(("model", "width"), [("model/2", WIDTH), ("model/1", 128)])
def test_vectors_of_another_model_are_none_and_that_is_said(
    file: VectorFile, tmp_path: Path, model: str, width: int
) -> None:
    other = VectorFile(tmp_path / "semantic", model, width)
    assert other.state().rows == 0
    assert other.trouble() == "are of another model"


@pytest.mark.parametrize(
    "damage",
    [b"", b"[]", b"null", b"{", b"\x80\x04K\x01.", b'{"format": 1}', b"[" * 100_000],
)
def test_a_damaged_state_is_an_empty_one_and_that_is_said(file: VectorFile, tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "semantic" / STATE_FILE).write_bytes(damage)
    assert file.state().rows == 0
    assert file.snapshot().numbers.tolist() == []
    assert (file.trouble() or "").startswith("are ")


@pytest.mark.parametrize("name", ["vectors-0.bin", "rows-0.bin"])
def test_a_file_that_was_cut_short_is_none_and_that_is_said(file: VectorFile, tmp_path: Path, name: str) -> None:
    before = file.snapshot()
    with (tmp_path / "semantic" / name).open("r+b") as opened:
        opened.truncate(20)
    assert file.snapshot().numbers.tolist() == []
    assert file.trouble() == "are damaged"
    # Whoever read them before still has them: a mapped file would end the process here.
    assert before.bits.sum() > 0


def test_a_file_that_is_gone_is_none(file: VectorFile, tmp_path: Path) -> None:
    (tmp_path / "semantic" / "vectors-0.bin").unlink()
    assert file.snapshot().numbers.tolist() == []
    assert file.trouble() == "are damaged"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rows", 10**12),
        ("rows", -1),
        ("rows", True),
        ("generation", "../x"),
        ("mark", 7),
        ("means", {"fa": "AAAA"}),
        ("means", {"fa": 3}),
        ("means", [1]),
    ],
)
def test_a_state_that_does_not_fit_its_files_is_an_empty_one(
    file: VectorFile, tmp_path: Path, key: str, value: object
) -> None:
    path = tmp_path / "semantic" / STATE_FILE
    facts = json.loads(path.read_text()) | {key: value}
    told = {name: fact for name, fact in facts.items() if name not in ("format", "digest")}
    # As one would write it who knows the digest.
    path.write_text(json.dumps(facts | {"digest": zlib.crc32(json.dumps(told, sort_keys=True).encode())}))
    assert file.state().rows == 0


@pytest.mark.parametrize("name", ["vectors-0.bin", "rows-0.bin", STATE_FILE])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_flipped_bit_is_told_and_never_served(file: VectorFile, name: str, place: float, bit: int) -> None:
    path = file._folder / name
    whole = path.read_bytes()
    changed = bytearray(whole)
    changed[int(place * len(whole))] ^= 1 << bit
    try:
        path.write_bytes(changed)
        again = VectorFile(file._folder, "model/1", WIDTH)
        # A blank at the end of the state may be any other blank.
        if name != STATE_FILE or again.snapshot().state.rows == 0:
            assert again.snapshot().numbers.tolist() == []
            assert (again.trouble() or "").startswith("are ")
            assert again.state().rows == 0
            with pytest.raises(StoreUnavailable, match=r"The vectors in .* are "):
                kept_numbers(file._folder)
        else:
            assert again.state() == file.state()
    finally:
        path.write_bytes(whole)
    assert VectorFile(file._folder, "model/1", WIDTH).snapshot().numbers.tolist() == [5, 9, 12]


def test_digests_are_right_after_a_language_and_a_quote_were_exchanged(file: VectorFile) -> None:
    file.replace_language("en", [5, 12], vectors(7, 8), np.zeros(WIDTH, np.float32))
    file.drop([9])
    file.append([30], ["fa"], vectors(6), 4, "m4")
    again = VectorFile(file._folder, "model/1", WIDTH)
    assert again.snapshot().numbers.tolist() == [5, 12, 30]
    assert again.trouble() is None


def test_clearing_leaves_nothing(file: VectorFile) -> None:
    file.clear()
    assert (file.state().rows, file.state().position, file.trouble()) == (0, 0, None)


def test_rows_are_on_the_disk_before_they_count(
    file: VectorFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []

    def noted(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)

    monkeypatch.setattr(os, "fsync", noted)
    file.append([20], ["de"], vectors(4), 5, "m")
    assert synced[:2] == ["vectors-0.bin", "rows-0.bin"]
    assert STATE_FILE in synced[2]


def test_the_quotes_that_have_a_vector_are_told_of_any_model(file: VectorFile, tmp_path: Path) -> None:
    folder = tmp_path / "semantic"
    assert kept_numbers(tmp_path) is None
    found = kept_numbers(folder)
    assert found is not None
    assert (found[0].position, found[1]) == (3, [5, 9, 12])
    (folder / "rows-0.bin").write_bytes(b"")
    with pytest.raises(StoreUnavailable):
        kept_numbers(folder)


def test_the_mean_of_a_language_is_kept_with_the_vectors_that_it_was_taken_out_of(
    file: VectorFile, tmp_path: Path
) -> None:
    mean = np.linspace(-1, 1, WIDTH, dtype=np.float32)
    file.replace_language("fa", [9], vectors(7), mean)
    snapshot = file.snapshot()
    assert snapshot.numbers.tolist() == [5, 9, 12]
    assert (np.unpackbits(snapshot.bits.view(np.uint8), axis=1) == (vectors(1, 7, 3) > 0)).all()
    kept = VectorFile(tmp_path / "semantic", "model/1", WIDTH).state()
    assert kept.mean("fa") == pytest.approx(mean, abs=1e-3)
    assert kept.mean("en") is None
    assert len(list((tmp_path / "semantic").glob("*.bin"))) == 2


def test_a_state_whose_files_a_writer_has_just_removed_is_read_again(tmp_path: Path) -> None:
    """It was taken for damaged, and the reader had no vectors until the next change."""
    writer, reader = (VectorFile(tmp_path / "semantic", "m", WIDTH) for _ in range(2))
    writer.append([1], ["en"], vectors(1), 1, "m")
    sizes: set[int] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            sizes.add(reader.snapshot().state.rows)

    thread, interval = threading.Thread(target=read), sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # so that the two take turns between any two steps
    try:
        thread.start()
        for number in range(2, 120):
            writer.append([number], ["en"], vectors(1), number, "m")
            writer.drop([number])
    finally:
        done.set()
        thread.join()
        sys.setswitchinterval(interval)
    assert sizes <= {1, 2}
