"""`quotes check`: exit codes for a gate, formats for tools, one sentence for what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.cli import quotes
from search.settings import Settings

EXACT = "“I was the minister of apologies for other men's wars,” said Joram Halvesk.\n"
ALTERED = "“I was the minister of apologies for other men's parties,” said Joram Halvesk.\n"


@pytest.fixture
def check(sample_settings: Settings, tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(quotes, ["--instance", str(sample_settings.instance), "check", *arguments], typed)

    return run


def test_a_manuscript_that_is_exact_ends_with_0_and_one_that_is_not_with_1(check, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(EXACT, encoding="utf-8")
    bad.write_text(ALTERED, encoding="utf-8")
    assert check(str(good)).exit_code == 0
    assert check(str(bad)).exit_code == 1
    assert check(str(good), str(bad)).exit_code == 1


def test_standard_input_is_a_manuscript(check) -> None:  # type: ignore[no-untyped-def]
    done = check("-", "--json", typed=EXACT)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["exact"] is True


def test_each_quotation_begins_with_its_place(check, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    draft = tmp_path / "draft.md"
    draft.write_text(f"# Title\n\n{ALTERED}", encoding="utf-8")
    assert f"{draft}:3:2: Altered" in check(str(draft)).stdout


def test_what_cannot_be_read_is_one_sentence_and_2_and_the_rest_is_checked(check, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    good = tmp_path / "good.md"
    good.write_text(EXACT, encoding="utf-8")
    done = check(str(tmp_path / "missing.md"), str(good))
    assert done.exit_code == 2
    assert "missing.md cannot be read" in done.stderr
    assert "1 quotation: 1 exact" in done.stdout


def test_several_manuscripts_are_one_sarif_log(check, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(ALTERED, encoding="utf-8")
    log = json.loads(check("--sarif", str(tmp_path / "a.md"), str(tmp_path / "b.md")).stdout)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["altered", "altered"]
