"""The commands that keep an archive safe: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.cli import quotes
from search.cli.upkeep_commands import backup, doctor, restore
from search.model import Document, Quote
from search.settings import Settings
from search.storage.store import Store


@pytest.fixture
def instance(settings: Settings) -> Path:
    with Store(settings) as store:
        store.add([(Document("d1", "words"), "d1", [Quote("q1", "d1", "The ferry was sold to pay for it")])])
        store.catch_up()
    return settings.instance


def done(*words: str) -> Result:
    assert {command.name for command in (doctor, backup, restore)} <= set(quotes.list_commands(None))  # type: ignore[arg-type]
    return CliRunner().invoke(quotes, list(words))


def test_a_whole_archive_is_said_to_be_whole(instance: Path) -> None:
    result = done("doctor", "--instance", str(instance))
    assert (result.exit_code, result.stdout) == (0, "nothing is wrong\n")
    result = done("doctor", "--json", "--instance", str(instance))
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"faults": []})


def test_each_fault_is_a_line_with_its_remedy(instance: Path) -> None:
    file = instance / "archive.sqlite3"
    file.write_bytes(file.read_bytes().replace(b"The ferry was sold", b"The ferry was mold"))
    result = done("doctor", "--instance", str(instance))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("archive: What is kept of quote q1 is not what was stored. Bring a backup back")
    found = json.loads(done("doctor", "--json", "--instance", str(instance)).stdout)["faults"]
    assert [f"{each['part']}: {each['fault']} {each['remedy']}" for each in found] == lines


def test_a_backup_and_what_is_brought_back_are_counted(instance: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "b.zip", tmp_path / "other"
    result = done("backup", str(file), "--instance", str(instance))
    assert result.exit_code == 0
    assert result.stdout.startswith(f"backed up 1 document, 1 quote and 0 corrections to {file} (")
    result = done("restore", str(file), "--instance", str(other))
    assert (result.exit_code, result.stdout) == (0, f"brought back 1 document, 1 quote and 0 corrections to {other}\n")
    for words in (["backup", str(file), "--instance", str(instance)], ["restore", str(file), "--instance", str(other)]):
        result = done(*words)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
