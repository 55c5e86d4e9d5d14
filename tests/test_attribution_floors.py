"""The floors that attribution has to hold on hand-marked articles; skipped where these are not at hand."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.attribution.attribute import attribute
from search.model import Document

SHARED = Path(os.environ.get("QUOTES_SHARED", Path(__file__).resolve().parents[2] / "shared"))
GOLD = SHARED / "gold" / "quotes" / "dev.jsonl.gz"
SCORE = SHARED / "eval" / "score_quotes.py"

pytestmark = pytest.mark.skipif(not (GOLD.exists() and SCORE.exists()), reason=f"no gold articles under {SHARED}")

FLOORS = {"f1": 0.975, "speaker_lenient": 0.90, "speaker_strict": 0.84, "e2e_f1": 0.90}


def test_the_floors_hold_on_the_development_articles(tmp_path: Path) -> None:
    with gzip.open(GOLD, "rt", encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    plain, predicted = tmp_path / "gold.jsonl", tmp_path / "pred.jsonl"
    plain.write_text("".join(json.dumps(row) + "\n" for row in gold), encoding="utf-8")
    with predicted.open("w", encoding="utf-8") as out:
        for row in gold:
            found = attribute(Document(id=row["id"], text=row["text"], title=row["title"]))
            quotes = [
                {"start": span.start, "end": span.end, "text": span.of(row["text"]), "speaker": each.speaker}
                for each in found
                if each.kind != "indirect" and not each.scare
                for span in each.contents
            ]
            out.write(json.dumps({"id": row["id"], "quotes": quotes}) + "\n")
    command = [sys.executable, str(SCORE), "--gold", str(plain), "--pred", str(predicted), "--json", "--no-interval"]
    scored = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["projected"]
    assert {name: scored[name] for name, floor in FLOORS.items() if scored[name] < floor} == {}


SEEDS = SHARED / "eval" / "measure_seeds.py"
COMMAND = Path(sys.executable).parent / "quotes"


@pytest.mark.skipif(
    not (SEEDS.exists() and COMMAND.exists()), reason=f"no seed articles under {SHARED}, or not installed"
)
def test_the_floors_hold_on_the_seed_articles() -> None:
    command = [sys.executable, str(SEEDS), "--quotes", str(COMMAND)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    numbers = [int(number) for number in re.findall(r"\d+", printed)]
    found, wanted, beside, right, _, apart, aside, chains, _ = numbers[:9]
    assert (wanted, aside) == (85, 16), printed
    assert found >= 80, printed
    assert beside <= 5, printed
    assert right >= 76, printed
    assert apart >= 13, printed
    assert chains >= 6, printed
