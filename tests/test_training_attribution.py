"""Learning attribution anew from marked articles: the questions that are asked of the gold, and the whole command."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from indexer.attribution.attribution_model import MODEL_FEATURES, packaged_model, read_model
from indexer.training.attribution import (
    annotate_gold,
    coreference_training_table,
    count_words,
    gold_quotations,
    model_json,
    right_source,
    source_training_table,
)  # fmt: skip

LEARN = all(importlib.util.find_spec(name) for name in ("lightgbm", "sklearn"))
TEXT = "Susan Park met Robert Cole and Omar Diaz. “It is late,” {source} said. Then it rained on the old bridge."


def article(source: str = "she", canonical: str = "Susan Park", kind: str = "pronoun") -> dict[str, Any]:
    text = TEXT.format(source=source)
    at, said, quoted = text.rindex(f"{source} said"), text.index("said"), text.index("It is late")
    speaker = {"start": at, "end": at + len(source), "text": source, "kind": kind, "canonical": canonical}
    return {
        "text": text, "title": "Talks",
        "attributions": [{"source": [[at, at + len(source)]], "cue": [[said, said + 4]]}],
        "quotations": [
            {"start": quoted, "end": quoted + 10, "direct": True, "nested": False, "overlap": 1.0, "speaker": speaker}
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "head"),
    [
        (article(), "she"),
        (article("Omar Diaz", "Omar Diaz", "name"), "Omar Diaz"),
        (article("the mayor", "", "none"), "mayor"),
    ],
)
def test_the_right_source_is_the_mention_in_the_golds_span(gold: dict[str, Any], head: str) -> None:
    doc = annotate_gold(gold, packaged_model())
    quotation = gold_quotations(gold, doc)[0]
    right = right_source(doc, quotation["speaker"], range(len(doc.mentions)))
    assert right is not None
    assert doc.mentions[right].head == head
    assert right_source(doc, None, range(len(doc.mentions))) is None


def test_every_quotation_is_a_question_with_one_right_answer() -> None:
    docs = [
        (gold, annotate_gold(gold, packaged_model())) for gold in (article(), article("Omar Diaz", "Omar Diaz", "name"))
    ]
    table = source_training_table(docs)
    assert len(table.groups) == 2
    assert sum(table.right) == 2.0
    assert len(table.rows) == len(table.right) == sum(table.groups)
    assert {len(row) for row in table.rows} == {len(MODEL_FEATURES["source"])}


def test_a_pronoun_is_one_question_about_its_antecedents() -> None:
    gold = article("he", "Robert Cole")
    table = coreference_training_table([(gold, annotate_gold(gold, packaged_model()))])
    assert (table.groups, table.right) == ([2], [0.0, 1.0])
    wrong = article("he", "Somebody Else")
    assert coreference_training_table([(wrong, annotate_gold(wrong, packaged_model()))]).groups == []


def test_words_are_counted_as_cues_and_sources() -> None:
    cues, priors = count_words([article()] * 5)
    assert cues == {"said": pytest.approx((5 + 2.4) / (5 + 4), abs=0.005)}
    assert priors["she"] == pytest.approx((5 + 1) / (5 + 5))


@pytest.mark.skipif(not LEARN, reason="the extra `learn` is not here")
def test_the_command_writes_a_model_that_is_read(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    people = [("she", "Susan Park", "pronoun"), ("he", "Robert Cole", "pronoun"), ("Omar Diaz", "Omar Diaz", "name")]
    rows = [article(*people[n % 3]) for n in range(240)]
    for row in rows[::2]:  # something for the scare-quote model to tell apart
        row["text"] += " The so-called “smart” bridge fell."
        at = row["text"].index("smart")
        row["quotations"].append({"start": at, "end": at + 5, "direct": False, "nested": False, "overlap": 0.0})
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    out = tmp_path / "model.json"
    command = [
        sys.executable,
        "-m",
        "indexer.training.attribution",
        "--gold",
        str(gold),
        "--out",
        str(out),
        "--rounds",
        "3",
    ]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    assert "kept aside, 30 articles" in printed
    data = json.loads(out.read_text(encoding="utf-8"))
    read_model(data)
    assert model_json(data) == out.read_text(encoding="utf-8")
