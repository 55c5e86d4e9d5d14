"""The folder of renderers is the list of formats."""

from __future__ import annotations

import pytest

from search.errors import ConfigError
from search.model import Query, Result
from search.renderers import Style, format_names, render_as

NOTHING = Result(Query(text="x"), 0, 0, 0, ())


def test_the_formats_are_those_of_the_command_line_and_the_api() -> None:
    assert {"text", "json", "jsonl", "csv"} <= set(format_names())


@pytest.mark.parametrize("name", format_names())
def test_every_format_shows_an_empty_answer(name: str) -> None:
    shown = render_as(name, NOTHING, Style(width=1))
    assert not shown or shown.endswith("\n")


@pytest.mark.parametrize("name", ["", "xml", "__init__", "../json", "json.json"])
def test_a_format_that_does_not_exist_is_one_sentence(name: str) -> None:
    with pytest.raises(ConfigError, match="is not an output format; there are: apa, bibtex, "):
        render_as(name, NOTHING)
