"""Nothing in the default install is under a licence that would bind this project."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest

PROJECT = tomllib.loads((Path(__file__).resolve().parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
NAMES = [re.split(r"[<>=~!\[ ]", line)[0] for line in PROJECT["dependencies"]]


@pytest.mark.parametrize("name", NAMES)
def test_a_library_may_be_had_without_gpl(name: str) -> None:
    """By the licence that a distribution states of itself; of several to choose from, one suffices."""
    about = metadata(name)
    stated = about.get("License-Expression") or about.get("License") or ""
    stated += " ".join(line for line in about.get_all("Classifier") or [] if line.startswith("License"))
    assert stated, f"{name} states no licence"
    choices = re.split(r"\bOR\b", stated)
    assert any("GPL" not in choice and "GNU" not in choice for choice in choices), f"{name}: {stated[:200]}"
