"""`quotes speakers`: list, show, import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.cli import quotes
from search.cli.speaker_commands import speakers
from search.model import Quote
from search.settings import load
from search.storage.store import Store

SAID = (
    ("Marta Lind", 9),
    ("Lind", 3),
    ("Marta Lind and Otto Berg", 1),
    ("Otto Berg", 2),
    ("official", 7),
    ("Likening Lind", 1),
)


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    printed = [
        Quote(f"{name}{i}", f"d{i}", f"The dam number {i} is safe", speaker=name, role="governor", outlet="Ledger", published="2014-01-02", confidence=1.0)
        for name, count in SAID
        for i in range(count)
    ]  # fmt: skip
    with Store(load({"instance": tmp_path / "instance"}, environ={})) as store:
        store.add_quotes(printed)
        store.catch_up()
    return tmp_path / "instance"


def run(instance: Path, *words: str) -> str:
    # Within its group: Click keeps the help option of a command's first run, and the group's has -h, too.
    done = CliRunner().invoke(quotes, [speakers.name or "", *words, "--instance", str(instance)])
    return done.output


def test_the_list_has_people_and_no_officials(instance: Path) -> None:
    rows = {row["speaker"]: row for row in json.loads(run(instance, "list", "--json"))}
    assert list(rows)[:2] == ["Marta Lind", "Otto Berg"]
    assert (rows["Marta Lind"]["quotes"], rows["Marta Lind"]["names"]) == (13, ["Lind"])
    assert rows["Otto Berg"]["joint"] == ["Marta Lind and Otto Berg"]
    assert "official" not in rows


def test_a_speaker_is_explained(instance: Path) -> None:
    shown = run(instance, "show", "Lind", "--explain")
    assert "the surname alone, chance 0.8" in shown or "the surname alone, chance 0.9" in shown
    assert "left apart" in shown
    assert "Likening Lind" in shown
    assert "  governor, 2014-01-02\n" in shown
    profile = json.loads(run(instance, "show", "Lind", "--json"))
    assert profile["speaker"] == "Marta Lind"
    assert [(one["value"], one["quotes"]) for one in profile["outlets"]] == [("Ledger", 13)]
    assert profile["holdings"]["over_time"]["periods"] == [{"period": "2014-01", "quotes": 13}]


def test_what_is_imported_shows_in_the_list(instance: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "Q901", "schema": "Person", "caption": "Marta Lind"}\n{"x": 1}\n', encoding="utf-8"
    )
    done = CliRunner().invoke(quotes, ["--instance", str(instance), "speakers", "import", str(tmp_path / "a.jsonl")])
    assert (done.stdout, done.exit_code) == ("imported 1 person; 1 skipped\n", 1)
    rows = {row["speaker"]: row for row in json.loads(run(instance, "list", "--json"))}
    assert rows["Marta Lind"]["speaker_id"] == "Q901"
    assert "speaker_id" not in rows["Otto Berg"]


def test_a_name_that_is_not_there_is_not_renamed(instance: Path) -> None:
    """It was "corrected", and a correction kept that no quote had."""
    done = CliRunner().invoke(quotes, ["--instance", str(instance), "speakers", "rename", "Nobody", "Somebody"])
    assert done.exit_code == 1
    assert done.stderr == "quotes: Nobody called Nobody is quoted in this archive; nothing was renamed.\n"
    assert CliRunner().invoke(quotes, ["--instance", str(instance), "corrections", "list"]).stdout == ""


def test_a_speaker_is_renamed_by_any_of_the_names(instance: Path) -> None:
    done = CliRunner().invoke(quotes, ["--instance", str(instance), "speakers", "rename", "Lind", "M. A. Lind"])
    assert done.exit_code == 0
    assert "M. A. Lind" in [row["speaker"] for row in json.loads(run(instance, "list", "--json"))]
    assert "Marta Lind" not in [row["speaker"] for row in json.loads(run(instance, "list", "--json"))]
