"""A value that no program of this project wrote is one sentence of whichever command meets it; any other error is shown whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from search.cli import quotes
from search.cli.damage import refuse_damage
from search.settings import Settings


@pytest.fixture
def archive(sample_settings: Settings, tmp_path: Path) -> Settings:
    copytree(sample_settings.instance, tmp_path / "instance")
    return replace(sample_settings, instance=tmp_path / "instance")


@pytest.mark.parametrize(
    ("statement", "command", "advice"),
    [
        ("UPDATE names SET quotes = X'00ff'", ["speakers", "list"], "quotes rebuild"),
        ("UPDATE log SET quote = '[1]'", ["rebuild"], "quotes restore"),
    ],
)
def test_a_value_of_another_type_is_one_sentence(
    archive: Settings, statement: str, command: list[str], advice: str
) -> None:
    with closing(sqlite3.connect(archive.instance / "archive.sqlite3")) as file, file:
        file.execute(statement)
    ended = CliRunner().invoke(quotes, ["--instance", str(archive.instance), *command])
    assert ended.exit_code == 2
    assert "is damaged. There are texts in place of numbers, or the reverse, in " in ended.stderr
    assert (ended.stderr.count("\n"), advice in ended.stderr) == (1, True)


def test_a_fault_of_the_program_is_shown_whole(archive: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise TypeError("broken")

    monkeypatch.setattr("search.settings.load", lambda _: archive)
    monkeypatch.setattr("search.storage.store.Store.__init__", broken)
    ended = CliRunner().invoke(quotes, ["status"])
    assert isinstance(ended.exception, TypeError)


def test_no_archive_is_made_to_look_for_damage(settings: Settings) -> None:
    refuse_damage(settings, TypeError("broken"))
    assert not settings.instance.exists()
