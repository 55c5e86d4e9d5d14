"""`quotes corrections` from the command line: made, listed, taken back, carried over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.cli import quotes
from search.cli.correction_commands import corrections
from search.model import Quote
from search.settings import load
from search.storage.store import Store


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    said = {"a": "The ferry was sold to pay for it", "b": "Nobody asked the islands about anything"}
    with Store(load({"instance": tmp_path / "instance"}, environ={})) as store:
        store.add_quotes([Quote(id_, "", text, speaker="Ann Lee", confidence=1.0) for id_, text in said.items()])
        store.catch_up()
    return tmp_path / "instance"


def run(instance: Path, *words: str, group: str = corrections.name or "") -> Result:
    return CliRunner().invoke(quotes, [group, *words, "--instance", str(instance)])


def speakers(instance: Path) -> dict[str, str | None]:
    done = CliRunner().invoke(quotes, ["export", "--instance", str(instance)])
    return {row["id"]: row["speaker"] for row in map(json.loads, done.stdout.splitlines())}


def test_a_speaker_is_corrected_listed_and_taken_back(instance: Path) -> None:
    done = run(instance, "speaker", "a", "Bo Berg", "--by", "Ada Voss", "--reason", "the caption")
    id_ = done.stdout.split("undo ")[1].split("`")[0]
    assert speakers(instance) == {"a": "Bo Berg", "b": "Ann Lee"}
    listed = run(instance, "list").stdout
    assert "Ada Voss: speaker Bo Berg" in listed
    assert "“The ferry was sold to pay for it”" in listed
    assert "because: the caption" in listed
    (row,) = json.loads(run(instance, "list", "--quote", "a", "--json").stdout)
    assert (row["kind"], row["names"], row["quotes"][0]["exact"]) == ("speaker", ["Bo Berg"], "The ferry was sold to pay for it")  # fmt: skip
    assert run(instance, "undo", id_, "--by", "Ada Voss").exit_code == 0
    assert speakers(instance) == {"a": "Ann Lee", "b": "Ann Lee"}
    assert "taken back" in run(instance, "list").stdout
    assert run(instance, "undo", id_).exit_code == 2
    assert run(instance, "undo", "nothing").exit_code == 1


def test_a_quote_is_hidden_exported_when_asked_for_and_restored(instance: Path) -> None:
    assert run(instance, "hide", "a", "--reason", "withdrawn").exit_code == 0
    assert list(speakers(instance)) == ["b"]
    rows = [json.loads(line) for line in run(instance, "--hidden", group="export").stdout.splitlines()]
    assert [(row["id"], row.get("hidden")) for row in rows] == [("b", None), ("a", True)]
    assert run(instance, "restore", "a").stdout == "restored\n"
    assert run(instance, "restore", "a").exit_code == 1
    assert list(speakers(instance)) == ["b", "a"]


def test_marks_are_scare_quotes_or_not(instance: Path) -> None:
    assert run(instance, "scare", "a").exit_code == 0
    assert CliRunner().invoke(quotes, ["find", "ferry was sold", "--exact", "--json", "--instance", str(instance)]).stdout.count('"sure": true') == 0  # fmt: skip
    assert run(instance, "said", "a").exit_code == 0
    assert CliRunner().invoke(quotes, ["find", "ferry was sold", "--instance", str(instance)]).exit_code == 0


def test_corrections_of_utterances_and_names_are_among_them(instance: Path) -> None:
    run(instance, "merge", "a", "b", group="utterances")
    run(instance, "merge", "Ann Lee", "The Mayor", group="speakers")
    assert [row["kind"] for row in json.loads(run(instance, "list", "--json").stdout)] == ["join", "same_person"]


def test_what_is_exported_is_imported_once_and_what_is_no_correction_skipped(instance: Path, tmp_path: Path) -> None:
    run(instance, "hide", "a", "--by", "Ada Voss")
    file = tmp_path / "corrections.jsonl"
    file.write_text(run(instance, "export").stdout + '{"kind": "paint"}\n', encoding="utf-8")
    other = tmp_path / "other"
    done = run(other, "import", str(file))
    assert (done.exit_code, "imported 1 correction; 0 known already; 1 skipped" in done.stdout) == (1, True)
    assert "line 2: `kind` has to be one of" in done.stderr
    assert "imported 0 corrections; 1 known already" in run(other, "import", str(file)).stdout
    assert run(other, "export").stdout == run(instance, "export").stdout
    file.write_text("no json\n", encoding="utf-8")
    assert run(other, "import", str(file)).exit_code == 2
