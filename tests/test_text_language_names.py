"""A language is called by its English name."""

from __future__ import annotations

import pytest

from search.text.language_names import language_name


@pytest.mark.parametrize(("code", "name"), [("de", "German"), ("DE-at", "German"), ("xx", "xx"), ("", "")])
def test_a_language_is_called_by_its_name(code: str, name: str) -> None:
    assert language_name(code) == name
