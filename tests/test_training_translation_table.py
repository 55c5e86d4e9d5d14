"""Words that stand for one another are learned from wordings laid side by side."""

from __future__ import annotations

import json
from pathlib import Path

from search.training.translation_table import learn_translations, main, translation_probabilities, unshared_words

THINGS = ("harbour", "school", "bridge", "hospital", "market", "station", "library", "museum")


def utterances() -> list[list[list[str]]]:
    return [
        [["they", "begin", "to", "build", "the", thing], ["they", "start", "to", "erect", "the", thing]]
        for thing in THINGS
    ] + [[["we", "begin", "with", "the", thing], ["we", "start", "with", "the", thing]] for thing in THINGS]


def test_words_in_the_same_place_stand_for_one_another() -> None:
    """And the others of the same sentence do not, once some sentences have the one without the other."""
    found = learn_translations(utterances())
    assert found["begin", "start"] > 0.5
    assert found["build", "erect"] > found.get(("begin", "erect"), 0.0)


def test_names_numbers_and_rare_accidents_are_left_out() -> None:
    """Names stand for one another only in the texts that were learned from."""
    made = [[["mr", "qzkrv", "has", "12"], ["mr", "wvxqz", "has", "15"]]] * 20
    assert learn_translations(made) == {}
    assert learn_translations(utterances()[:2]) == {}
    assert learn_translations([]) == {}


def test_utterances_that_will_be_asked_are_not_learned_from(tmp_path: Path) -> None:
    """The table is for other texts than those that it is measured with."""
    quotes, queries, out = tmp_path / "quotes.jsonl", tmp_path / "queries.jsonl", tmp_path / "translation_table.tsv"
    lines = [
        json.dumps({"utt": str(number), "text": " ".join(words)})
        for number, both in enumerate(utterances())
        for words in both
    ]
    quotes.write_text("\n".join(lines), "utf-8")
    assert main([str(quotes), "--out", str(out)]) == 0
    assert "begin\tstart\t" in out.read_text("utf-8")
    queries.write_text("\n".join(json.dumps({"utt": str(number)}) for number in range(16)), "utf-8")
    assert main([str(quotes), "--out", str(out), "--without", str(queries)]) == 0
    assert out.read_text("utf-8") == ""


def test_how_often_a_word_stands_for_another_is_of_the_times_that_the_other_is_not_kept() -> None:
    """A word with one counterpart has it more often than that one, which has several, has the word."""
    made = [
        [["we", "start", "with", "the", thing], ["we", other, "with", "the", thing]]
        for thing in THINGS
        for other in ("begin", "commence", "open")
    ]
    found = learn_translations(made)
    assert found["begin", "start"] > 1.5 * found["start", "begin"] > 0


def test_only_words_that_one_side_has_are_laid_side_by_side() -> None:
    """And none of two wordings that have next to nothing in common: they are no translations of one another."""
    pairs = list(unshared_words([["we", "begin", "now"], ["we", "start", "now"], ["harbour", "sell", "bank"]]))
    assert pairs == [(["begin"], ["start"])]


def test_a_word_that_always_stands_for_another_is_sure_of_it() -> None:
    probabilities = translation_probabilities([([0], [1])] * 20, 2)
    assert probabilities[0, 1] > 0.8
