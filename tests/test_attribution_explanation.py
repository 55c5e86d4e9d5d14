"""Why a speaker: the mention, the cue, what chose, and the runner-up."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.attribution.attribute import attribute
from indexer.attribution.explanation import AttributionExplanation, explain
from search.cli import quotes
from search.model import Document

TALKS = (
    "Susan Park met Robert Cole and Omar Diaz on Monday.\n\n“The bridge is late,” she said.\n\n"
    "Mr. Diaz walked home with Mr. Cole. “It is not late at all,” he said."
)
PIECES = st.sampled_from(
    [
        "“",
        "”",
        " said ",
        " Ann Lee",
        " he",
        ", ",
        ". ",
        "\n",
        " the minister",
        "LEE: ",
        "‘",
        "’",
        " told the Herald ",
        "x",
    ]
)


def explained(text: str) -> list[AttributionExplanation]:
    return list(explain(Document(id="t", text=text)))


def test_a_name_beside_its_cue_has_no_rival() -> None:
    (why,) = explained("“The bridge is late,” Ann Lee said.")
    assert (why.mention, why.cue, why.method, why.chosen_by) == ("Ann Lee", "said", "name", "model")
    assert why.probability > 0.9
    assert (why.runner_up, why.runner_up_probability) == (None, None)


def test_a_pronoun_has_a_runner_up_that_is_less_likely() -> None:
    why = explained(TALKS)[-1]
    assert (why.mention, why.method) == ("he", "pronoun")
    assert {why.runner_up, attribute(Document(id="t", text=TALKS))[-1].speaker} == {"Robert Cole", "Omar Diaz"}
    assert why.runner_up_probability is not None
    assert 0.0 < why.runner_up_probability <= why.probability
    assert why.probability + why.runner_up_probability <= 1.0 + 1e-9


@pytest.mark.parametrize(
    ("text", "method", "runner_up"),
    [
        ("Ann met Tom Roe. On the tape Ann Lee quotes him as saying: “The bridge stays shut.”", "pronoun", None),
        ("LEE: Is it?\n\nCOLE: It is.\n\nLEE: Thank you.", "label", None),
        ("“I met Mary Poole. She told me, ‘The bridge is shut,’” Ann Lee said.", "nested cue", "Ann Lee"),
    ],
)
def test_a_rule_is_named_as_one(text: str, method: str, runner_up: str | None) -> None:
    why = explained(text)[-1]
    assert (why.chosen_by, why.method) == ("rule", method)
    assert runner_up is None or why.runner_up == runner_up


def test_nobody_is_explained_too() -> None:
    (why,) = explained("“To be or not to be.”")
    assert why == AttributionExplanation()
    assert why.sentence() == "nobody was found near it"


@settings(deadline=None)
@given(st.lists(PIECES, max_size=50).map("".join))
def test_every_attribution_has_its_explanation(text: str) -> None:
    attributions = attribute(Document(id="t", text=text))
    reasons = explained(text)
    assert len(reasons) == len(attributions)
    for attribution, why in zip(attributions, reasons, strict=True):
        assert (why.mention, why.cue, why.method) == (attribution.mention, attribution.cue, attribution.method)
        assert 0.0 <= why.probability <= 1.0
        assert why.sentence()


def test_the_command_prints_them_for_people_and_for_programs(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "talks.txt"
    file.write_text(TALKS, encoding="utf-8")
    shown = CliRunner().invoke(quotes, ["extract", str(file), "--explain"])
    assert shown.exit_code == 0
    assert "“The bridge is late,”\n    Susan Park, " in shown.stdout
    assert "cue “said”" in shown.stdout
    printed = CliRunner().invoke(quotes, ["extract", str(file), "--explain", "--jsonl"])
    rows = json.loads(printed.stdout)["quotes"]
    assert {"mention", "cue", "method", "probability", "runner_up", "runner_up_probability"} <= set(
        rows[0]["explanation"]
    )
    plain = json.loads(CliRunner().invoke(quotes, ["extract", str(file), "--jsonl"]).stdout)["quotes"]
    assert [{k: v for k, v in quote.items() if k != "explanation"} for quote in rows] == plain
