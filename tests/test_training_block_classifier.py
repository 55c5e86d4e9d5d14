"""The block classifier is learned anew by a command, and what it learns is what the reader of pages loads."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from indexer.html.block_classifier import keep_probabilities, neighbour_features
from indexer.training import block_classifier as training
from indexer.training.month_names import CLDR_LANGUAGES, month_names

PARAGRAPHS = [
    f"“The bridge will hold for winter {n},” said Ann Lee, the mayor of Marnholt, who had asked for it."
    for n in range(6)
]


def page(number: int) -> tuple[str, str]:
    links = "".join(f"<li><a href='/{n}'>Story {n}</a></li>" for n in range(12))
    body = [f"{words} Page {number}." for words in PARAGRAPHS]
    article = "".join(f"<p>{words}</p>" for words in body)
    return f"<html><body><ul>{links}</ul><article><h1>Bridge {number}</h1>{article}</article></body></html>", "\n".join(
        body
    )


def test_it_learns_to_tell_an_article_from_a_menu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is in the extra `learn`")
    rows = []
    for number in range(12):
        html, body = page(number)
        (tmp_path / f"{number}.html").write_text(html)
        rows.append({"html": f"{number}.html", "body": body, "set": "invented", "url": f"https://o{number}.example/"})
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    monkeypatch.setattr(training, "_MODEL_FILE", tmp_path / "model.json")
    monkeypatch.setattr(sys, "argv", ["block_classifier", str(tmp_path / "gold.jsonl"), "--write"])
    training._main()
    assert "F1 1.0000" in capsys.readouterr().out
    model = json.loads((tmp_path / "model.json").read_text())
    assert model["pages"] == 12
    assert model["first"]["links"] < 0 < model["first"]["share"]


def test_a_paragraph_among_paragraphs_is_likelier_than_a_stray_one() -> None:
    row = {"bias": 1.0, "share": 0.5, "length": 0.7}
    near = neighbour_features([0.9, 0.5, 0.9], [100, 100, 100])[1]
    far = neighbour_features([0.1, 0.5, 0.1], [100, 100, 100])[1]
    assert near["p_around"] == pytest.approx(0.9)
    assert far["p_both"] == pytest.approx(0.1)
    probabilities = keep_probabilities([row, {}, row], [100, 100, 100])
    assert all(0 <= probability <= 1 for probability in probabilities)
    # A block without features is far from the text.
    assert probabilities[1] == 0


def test_the_months_are_those_of_cldr() -> None:
    pytest.importorskip("babel", reason="babel is in the extra `learn`")
    import tomllib

    table = tomllib.loads(training._MODEL_FILE.with_name("month_names.toml").read_text("utf-8"))
    assert set(table) == set(CLDR_LANGUAGES)
    assert month_names("hr")[5].split()[0] == "lipnja"
    # Another release of CLDR may have another short form; the whole names stay.
    for language in ("de", "fi", "hr", "pl", "uk"):
        whole = [forms.split()[0] for forms in month_names(language)]
        assert [forms.split()[0] for forms in table[language]] == whole
