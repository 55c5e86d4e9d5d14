"""The server beside its description, as a program that others wrote thinks of requests (`make test-api` makes thousands)."""

from __future__ import annotations

from pathlib import Path

from api_conformance import conformance, sample_server


def test_what_is_answered_is_what_is_described(tmp_path: Path) -> None:
    """With one seed: a request drawn anew each time is once in a while one that breaks no rule, and is taken for one that does."""
    with sample_server(tmp_path) as address:
        code, printed = conformance(address, tmp_path, examples=2, phases="fuzzing", seed=1)
    assert code == 0, printed
    assert "Tested: 16" in printed
