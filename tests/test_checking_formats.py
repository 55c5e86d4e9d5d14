"""Each format of a check against its golden file, and what a manuscript may not do to whoever reads the report."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from html_page import HtmlPage
from hypothesis import given
from hypothesis import strategies as st
from published_schemas import sarif_faults

from indexer.input.input_file import ReadOptions
from indexer.manuscript import read_manuscript
from search.checking.check import check_manuscript
from search.checking.formats import render_reports, report_formats
from search.checking.report import CheckedQuotation, CheckReport, Position, Verdict
from search.errors import ConfigError
from search.storage.store import Store

GOLDEN = Path(__file__).parent / "golden" / "check"
DRAFT = """Halvesk wrote a letter. “I was the minister of apologies for other men's wars,” Joram Halvesk said.

“There is more money in the cupboard,” said Gerald Stannard. “The gulls vote twice,” said Marian Ashcombe.
"""
HOSTILE = "</script><script>alert(1)</script>\n::error::owned\x1b[2J\u202e"


@pytest.fixture(scope="module")
def reports(samples: Store) -> list[CheckReport]:
    return [check_manuscript(samples, one) for one in read_manuscript(DRAFT.encode(), "draft.txt", ReadOptions())]


@pytest.mark.parametrize("name", report_formats())
def test_a_format_is_as_it_was_reviewed(name: str, reports: list[CheckReport], update: bool) -> None:
    shown = render_reports(name, reports)
    if name == "json":
        # How sure a speaker is, and the words around a quote, are the extraction's own golden files.
        shown = re.sub(r'"quote": \{.*?"text": ("(?:[^"\\]|\\.)*").*?"document_id": "[^"]*"\}', r'"quote": {\1}', shown)
    file = GOLDEN / f"report.{name}"
    if update:
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


@pytest.fixture
def hostile() -> list[CheckReport]:
    one = CheckedQuotation(HOSTILE, HOSTILE, Position(1, 1, 1, 2), Verdict.ABSENT, HOSTILE)
    return [CheckReport(HOSTILE, 1, (one,))]


def test_html_holds_no_markup_of_a_manuscript(hostile: list[CheckReport]) -> None:
    page = HtmlPage(render_reports("html", hostile))
    assert "script" not in [tag for tag, _ in page.tags]
    assert "\u202e" not in "".join(page.words)


def test_an_annotation_is_one_line_and_begins_no_command(hostile: list[CheckReport]) -> None:
    lines = render_reports("github", hostile).splitlines()
    assert [line.startswith("::") for line in lines] == [True, False]
    assert "::error::" not in lines[0].removeprefix("::warning ").split("::", 1)[0]


def test_a_terminal_is_given_no_controls(hostile: list[CheckReport]) -> None:
    assert not set(render_reports("text", hostile)) & {"\x1b", "\u202e"}


def test_json_and_sarif_are_json_whatever_the_words(hostile: list[CheckReport]) -> None:
    assert json.loads(render_reports("json", hostile))["quotations"][0]["text"] == HOSTILE
    result = json.loads(render_reports("sarif", hostile))["runs"][0]["results"][0]
    assert result["level"] == "warning"


def test_sarif_is_what_its_schema_says(reports: list[CheckReport], hostile: list[CheckReport]) -> None:
    for checked in (reports, hostile, [], [CheckReport("empty.md", 0, ())]):
        log = json.loads(render_reports("sarif", checked))
        assert sarif_faults(log) == []
    log["runs"][0]["columnKind"] = "bytes"
    assert len(sarif_faults(log)) == 1


@given(st.text(), st.text())
def test_an_annotation_is_read_back_as_github_reads_it(words: str, path: str) -> None:
    """By the runner's own rules: the command ends at `::`, properties at `,`, and what is escaped comes back."""
    one = CheckedQuotation(words, None, Position(3, 1, 4, 2), Verdict.ABSENT, "Nothing like it.")
    shown = render_reports("github", [CheckReport(path, 1, (one,))])
    assert "\r" not in shown
    annotation, summary = shown.removesuffix("\n").split("\n")
    assert not summary.lstrip().startswith(("::", "##["))
    head, message = annotation.removeprefix("::").split("::", 1)
    properties = dict(pair.split("=", 1) for pair in head.removeprefix("warning ").split(","))
    assert properties == {"line": "3", "endLine": "4", "col": "1", "endColumn": "2", "title": "Not in this archive", "file": properties["file"]}  # fmt: skip
    assert _as_the_runner_reads(properties["file"], {"%3A": ":", "%2C": ","}) == path
    assert _as_the_runner_reads(message) == f"“{words}”: Nothing like it."


def _as_the_runner_reads(text: str, more: Mapping[str, str] = MappingProxyType({})) -> str:
    """`%25` last, so that a `%2525` is a `%25`."""
    for escaped, character in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        text = text.replace(escaped, character)
    return text


def test_a_format_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError, match="not a format"):
        render_reports("papyrus", [])
