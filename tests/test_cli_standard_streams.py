"""Standard streams that are closed lead nowhere, and those that are not are left alone."""

from __future__ import annotations

import sys

import pytest

from search.cli.standard_streams import open_closed_streams


def test_only_what_is_closed_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = sys.stderr
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)
    open_closed_streams()
    assert sys.stderr is kept
    with sys.stdin as nothing, sys.stdout as nowhere:
        assert nothing.read() == ""
        assert nowhere.write("not seen") == 8
