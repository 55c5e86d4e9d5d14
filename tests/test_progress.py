"""Progress: figures in a few letters, and nothing at all where nobody looks."""

from __future__ import annotations

import sys

import pytest

from search.progress import short, shown, silent


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (0.25, "0.2"),
        (9.5, "9.5"),
        (12.34, "12"),
        (950, "950"),
        (12_345, "12.3k"),
        (4.5e6, "4.5M"),
        (2e9, "2.0G"),
    ],
)
def test_a_number_is_a_few_letters(number: float, written: str) -> None:
    assert short(number) == written


def test_a_pipe_gets_no_progress(capfd: pytest.CaptureFixture[str]) -> None:
    with shown() as progress:
        assert progress is silent
        progress("indexing", 1, 2)
    assert capfd.readouterr() == ("", "")


def test_a_terminal_is_told_how_far_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with shown() as progress:
        progress("indexing", 1_200, 2_400)
    told = capsys.readouterr()
    assert told.out == ""
    assert "indexing" in told.err
    assert "1.2k/2.4k" in told.err
