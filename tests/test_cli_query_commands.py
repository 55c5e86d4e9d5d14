"""The commands that ask the archive, and the lines of JSON that they read."""

from __future__ import annotations

import io
import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from search import renderers
from search.cli import json_lines, quotes
from search.cli.query_commands import cite, compare_command, find_command
from search.errors import ReadError
from search.find.find import find
from search.model import Query
from search.renderers import CITATION_FORMATS, PRINTED_FORMATS
from search.settings import Settings
from search.storage.store import Store
from web.views.api import MEDIA_TYPES


def test_the_options_stand_in_the_help_in_the_order_of_the_code() -> None:
    listed = CliRunner().invoke(quotes, [find_command.name or "", "--help"]).stdout.partition("Options:")[2]
    names = ("speaker", "outlet", "language", "after", "before", "kind", "scare", "indirect")
    places = [listed.index(f"--{name}") for name in names]
    assert places == sorted(places)


def test_a_command_that_is_told_nothing_prints_its_help_as_it_is() -> None:
    done = CliRunner().invoke(quotes, [find_command.name or ""])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")


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


def test_every_format_can_be_asked_for() -> None:
    assert sorted((*PRINTED_FORMATS, *CITATION_FORMATS)) == renderers.format_names()
    assert ["text", *MEDIA_TYPES] == [*PRINTED_FORMATS, *CITATION_FORMATS]  # of the API, which answers no terminal


@pytest.mark.parametrize("format_", CITATION_FORMATS)
def test_a_quote_is_cited_alone_and_an_answer_with_all_its_places(
    format_: str, samples: Store, sample_settings: Settings
) -> None:
    said = find(samples, Query("I was the minister of apologies for other men's wars", limit=1)).utterances[0]
    place = ["--instance", str(sample_settings.instance), "--format", format_]
    first, second = (said.versions[0].quotes[0].id, said.quotes[-1].id)
    done = CliRunner().invoke(quotes, [cite.name or "", first, second, *place])
    assert done.exit_code == 0
    one = CliRunner().invoke(quotes, [cite.name or "", first, *place])
    if format_ != "csl":
        assert done.stdout.startswith(one.stdout)
    assert len(done.stdout) > len(one.stdout) > 20
    found = CliRunner().invoke(quotes, ["find", said.text, "--limit", "1", *place])
    assert (found.exit_code, len(found.stdout) > len(one.stdout)) == (0, True)
    assert CliRunner().invoke(quotes, [cite.name or "", "none", *place]).exit_code == 1


@pytest.mark.parametrize("options", [["--csv"], ["--format", "apa"], ["--offset", "2"], ["--explain"]])
def test_what_a_list_of_queries_does_not_heed_is_refused(options: list[str]) -> None:
    found = CliRunner().invoke(quotes, ["find", "--batch", "-", *options], input="")
    assert (found.exit_code, found.stderr) == (
        2,
        "quotes: --batch prints JSON Lines, and takes no other format, --offset or --explain.\n",
    )


def test_texts_beside_a_list_of_pairs_are_refused() -> None:
    compared = CliRunner().invoke(quotes, ["compare", "a", "b", "--batch", "-"], input="")
    assert (compared.exit_code, compared.stderr) == (
        2,
        "quotes: give either two texts to compare or --batch, not both.\n",
    )


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400"])
def test_a_number_that_json_does_not_have_is_refused(number: str) -> None:
    compared = CliRunner().invoke(quotes, ["compare", "--batch", "-"], input=f'{{"id": {number}, "a": "x", "b": "x"}}')
    assert (compared.exit_code, compared.stdout, compared.stderr) == (2, "", "quotes: --batch, line 1, is not JSON.\n")
