"""How far a run has come."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from indexer.pipeline import workers
from indexer.pipeline.byte_progress import ByteProgress
from indexer.pipeline.read import DEFAULT_READ_OPTIONS
from indexer.pipeline.workers import extract_files
from search.progress import short

LINE = json.dumps({"text": "“The ferry will sail in March,” said Ann Lee, the harbour master of Marnholt."}) + "\n"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("jobs", [1, 2])
def test_bytes_read_grow_to_the_bytes_there_are(
    tmp_path: Path, jobs: int, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of large files within them, packed or not; small ones count when they are done."""
    monkeypatch.setattr(workers, "SMALL_FILE_BYTES", 100)
    data = "".join(f'{{"id": {n}, {LINE[1:]}' for n in range(3000)).encode()
    (tmp_path / "a.jsonl").write_bytes(gzip.compress(data, 0) if packed else data)
    (tmp_path / "b.txt").write_text("“It will hold,” she said.\n")
    meter = ByteProgress([str(tmp_path)])
    seen: list[tuple[int, int | None]] = []
    found = extract_files([str(tmp_path)], DEFAULT_READ_OPTIONS, jobs=jobs, opened=meter.opened)
    items = list(meter.watched(found, lambda what, done, total: seen.append((done, total))))
    total = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert len(items) == len(seen) == 3003
    assert {of for _, of in seen} == {total}
    done = [count for count, _ in seen]
    assert done[-1] == total
    assert done == sorted(done)
    assert len(set(done)) > 4


def test_of_standard_input_nobody_knows_the_end() -> None:
    assert ByteProgress(["-"]).total is None
    assert ByteProgress(["nowhere/at/all"]).total == 0


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (7, "7"), (7.25, "7.2"), (950, "950"), (12_345, "12.3k"), (4.5e6, "4.5M"), (2e9, "2.0G")],
)
def test_numbers_are_short(number: float, words: str) -> None:
    assert short(number) == words
