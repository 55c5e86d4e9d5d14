"""The commands that keep the archive: what they say of numbers, and that they take ids of quotes."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from search.cli import quotes
from search.cli.admin_commands import delete, rebuild, status
from search.cli.utterance_commands import utterances
from search.find.utterance_page import utterance_of_quote
from search.model import Quote
from search.settings import Settings
from search.storage.status import Status
from search.storage.store import Store

BRIDGE = "The bridge will not survive another winter like the last one"


@pytest.fixture
def instance(store: Store, settings: Settings) -> Path:
    """An archive of three quotes: one version printed twice, and something else."""
    texts = {"a": BRIDGE, "b": BRIDGE, "c": "Nobody asked the ferrymen about the tunnel"}
    store.add_quotes([Quote(id_, "", text, speaker="Ann Lee", outlet=id_) for id_, text in texts.items()])
    store.catch_up()
    return settings.instance


def said(command: click.Command, *words: str) -> str:
    """Run a command within its group: Click keeps the help option of its first run, and `-h` is the group's."""
    assert quotes.get_command(click.Context(quotes), command.name or "") is command
    done = CliRunner().invoke(quotes, [command.name or "", *words])
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_status_counts_quotes_versions_and_utterances(instance: Path) -> None:
    read = json.loads(said(status, "--json", "--instance", str(instance)))
    assert (read["quotes"], read["versions"], read["utterances"]) == (3, 2, 2)
    lines = said(status, "--instance", str(instance)).splitlines()
    assert [line.split()[0] for line in lines] == list(read)
    assert set(read) == {field.name for field in fields(Status)} - {"embedded", "to_embed"}  # which are off


def test_a_rebuild_says_what_it_built(instance: Path) -> None:
    assert said(rebuild, "--instance", str(instance)) == "rebuilt 3 quotes of 0 documents, 2 utterances in 2 versions\n"


def test_utterances_are_listed_with_their_numbers(instance: Path) -> None:
    assert said(utterances, "list", "--instance", str(instance)).split() == f"a 2 quotes in 1 version {BRIDGE}".split()


def test_utterances_have_as_many_versions_as_their_own_page(samples: Store, sample_settings: Settings) -> None:
    listed = json.loads(said(utterances, "list", "--json", "--instance", str(sample_settings.instance)))
    assert {one["id"]: one["versions"] for one in listed} == {
        one["id"]: len(utterance_of_quote(samples, one["id"], possible=False).versions) for one in listed
    }


@pytest.mark.parametrize(("id_", "said_of_it"), [("a", "2 quotes stay together\n"), ("c", "1 quote stays together\n")])
def test_a_pin_says_how_many_quotes_it_keeps_together(instance: Path, id_: str, said_of_it: str) -> None:
    assert said(utterances, "pin", id_, "--instance", str(instance)) == said_of_it


def test_merged_and_split_again(instance: Path) -> None:
    assert said(utterances, "merge", "a", "c", "--instance", str(instance)) == "the utterance a now has 3 quotes\n"
    assert said(utterances, "split", "c", "--instance", str(instance)) == "c is now in an utterance of 1 quote\n"


def test_a_document_that_is_not_there_is_not_deleted(instance: Path) -> None:
    done = CliRunner().invoke(quotes, [delete.name or "", "x", "--instance", str(instance)])
    assert (done.exit_code, done.stderr) == (1, "quotes: There is no document 'x' in this archive.\n")
