"""The ratchet that holds floors and figures: `--update` makes them better, and nothing makes them worse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ratchet import Better, hold


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    path = tmp_path / "figures.json"
    path.write_text(json.dumps({"speaker": 0.99, "other": 1}), encoding="utf-8")
    return path


def content(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("update", [False, True])
@pytest.mark.parametrize(("better", "value"), [("higher", 0.934), ("lower", 0.991)])
def test_what_got_worse_fails_and_is_not_written(figures: Path, update: bool, better: Better, value: float) -> None:
    before = figures.read_bytes()
    with pytest.raises(AssertionError, match=f"speaker is {value}; it was 0.99 already"):
        hold(figures, {"speaker": value}, better=better, update=update)
    assert figures.read_bytes() == before


@pytest.mark.parametrize(("better", "value"), [("higher", 0.995), ("lower", 0.5)])
def test_what_got_better_passes_and_is_written_by_update_alone(figures: Path, better: Better, value: float) -> None:
    hold(figures, {"speaker": value}, better=better, update=False)
    assert content(figures) == {"speaker": 0.99, "other": 1}
    hold(figures, {"speaker": value}, better=better, update=True)
    assert content(figures) == {"speaker": value, "other": 1}


def test_one_figure_that_got_worse_keeps_the_better_ones_from_being_written(figures: Path) -> None:
    with pytest.raises(AssertionError, match="other is 0"):
        hold(figures, {"speaker": 1.0, "other": 0}, better="higher", update=True)
    assert content(figures) == {"speaker": 0.99, "other": 1}


def test_a_figure_that_is_new_has_to_be_written_first(figures: Path) -> None:
    with pytest.raises(AssertionError, match="has no found: run pytest --update"):
        hold(figures, {"found": 3}, better="lower", update=False)
    hold(figures, {"found": 3}, better="lower", update=True)
    hold(figures, {"found": 3}, better="lower", update=False)
