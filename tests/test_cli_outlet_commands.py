"""`quotes outlets`, and `quotes speakers compare`."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from search.cli import quotes
from search.cli.outlet_commands import outlets
from search.settings import Settings
from search.storage.store import Store


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(quotes, ["--instance", str(settings.instance), *words])


def test_outlets_are_listed_and_shown(samples: Store, sample_settings: Settings) -> None:
    listed = run(sample_settings, outlets.name or "", "list").output
    assert "Northway Radio, in" in listed
    assert "Le Courrier du Littoral, in 1 document\n" in listed
    shown = run(sample_settings, "outlets", "show", "Northway Radio").output
    for part in ("speakers", "over time", "newest", "█"):
        assert part in shown
    shapes = json.loads(run(sample_settings, "outlets", "show", "Northway Radio", "--json").output)
    assert shapes["holdings"]["quotes"] == sum(
        row["quotes"]
        for row in json.loads(run(sample_settings, outlets.name or "", "list", "--json").output)
        if row["outlet"] == "Northway Radio"
    )


def test_an_unknown_outlet_is_one_sentence(samples: Store, sample_settings: Settings) -> None:
    answer = run(sample_settings, "outlets", "show", "Nowhere")
    assert (answer.exit_code, answer.output.count("\n")) == (1, 1)


def test_speakers_are_set_side_by_side(samples: Store, sample_settings: Settings) -> None:
    answer = run(sample_settings, "speakers", "compare", "Joram Halvesk", "Osvald Brekker", "--on", "treaty")
    assert "Joram Halvesk:" in answer.output
    assert "Osvald Brekker:" in answer.output
    assert run(sample_settings, "speakers", "compare", "Joram Halvesk", "--on", "treaty").exit_code == 2
