"""Whoever spreads the reading gets of each file what `quotes extract` prints of it, from its bytes alone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.pipeline.extracted_lines import extracted_lines
from search.cli import quotes

TEXT = "“The pier is lost for good,” said Tom Brask, the mayor, “and so is the harbour.”"


def test_the_lines_of_a_file_are_those_that_the_command_prints(tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text("\n".join(f'{{"id": "{name}", "text": "{TEXT}"}}' for name in "ab"), encoding="utf-8")
    printed = CliRunner().invoke(quotes, ["extract", str(dump)]).stdout
    assert printed.count("\n") == 2
    assert "".join(extracted_lines(io.BytesIO(dump.read_bytes()), str(dump))) == printed


def test_what_cannot_be_read_is_said_and_the_rest_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    lines = extracted_lines(io.BytesIO(f'{{"text": "{TEXT}"}}\n{{"text": 7}}\n'.encode()), "dump.jsonl")
    assert len(list(lines)) == 1
    assert capsys.readouterr().err.startswith("dump.jsonl")


def test_a_name_that_a_terminal_would_obey_is_said_without_that(capsys: pytest.CaptureFixture[str]) -> None:
    list(extracted_lines(io.BytesIO(b'{"text": 7}\n'), "du\x1b]0;gone\x07\nmp.jsonl"))
    said = capsys.readouterr().err
    assert said.startswith("du]0;gone mp.jsonl")
    assert said.count("\n") == 1
