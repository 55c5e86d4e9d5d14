"""The commands that ask the archive, and the lines of JSON that they read."""

from __future__ import annotations

import io
import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from search.cli import json_lines, quotes
from search.cli.query_commands import compare_command, find_command
from search.errors import ReadError


def test_the_options_stand_in_the_help_in_the_order_of_the_code() -> None:
    listed = CliRunner().invoke(quotes, [find_command.name or "", "--help"]).stdout.partition("Options:")[2]
    names = ("speaker", "outlet", "language", "after", "before", "kind", "scare", "indirect")
    places = [listed.index(f"--{name}") for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("texts", "code", "match"),
    [(("we agreed to it", "We agreed to it!"), 0, "exact"), (("we agreed to it", "nobody told me"), 1, "different")],
)
def test_two_wordings_are_versions_or_not(texts: tuple[str, str], code: int, match: str) -> None:
    done = CliRunner().invoke(quotes, [compare_command.name or "", *texts, "--json"])
    assert (done.exit_code, json.loads(done.stdout)["match"]) == (code, match)


@given(st.lists(st.dictionaries(st.text(), st.text()), max_size=4))
def test_lines_of_json_are_read_with_their_numbers(rows: list[dict[str, str]]) -> None:
    text = "\n\n".join(map(json.dumps, rows))
    assert list(json_lines(io.StringIO(text), "--batch")) == [(1 + 2 * n, row) for n, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("line", "wrong"), [("[1]", "is not a JSON object"), ("{", "is not JSON"), ("[" * 100_000, "is not JSON")]
)
def test_a_line_that_is_none_is_named(line: str, wrong: str) -> None:
    with pytest.raises(ReadError, match=f"--batch, line 2, {wrong}"):
        list(json_lines(io.StringIO(f"{{}}\n{line}\n"), "--batch"))
