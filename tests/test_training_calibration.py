"""How far a confidence can be trusted: spans compared, answers judged, and the line through them."""

from __future__ import annotations

import importlib.util

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.attribution_model import packaged_model
from indexer.training.calibration import fit_calibration, judge_answers, reliability_table, trim

needs_sklearn = pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="the extra `learn` is not here")
ANSWERS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


@given(st.text(alphabet="ab “”.,!", max_size=30))
def test_a_trimmed_span_begins_and_ends_with_a_word(text: str) -> None:
    start, end = trim(text, 0, len(text))
    assert text[start:end] == text.strip(" “”.,!")


def speaker(name: str, kind: str = "name") -> dict[str, object]:
    return {"canonical": name, "text": name, "kind": kind, "aliases": []}


@pytest.mark.parametrize(
    ("text", "gold", "right"),
    [
        ("“It is late,” Ann Lee said.", speaker("Lee"), True),
        ("“It is late,” Ann Lee said.", speaker("Robert Cole"), False),
        ("“It is late,” the old mayor said.", speaker("the old mayor", "nominal"), True),
        ("“We will never leave this place, and you know it.”", speaker("Ann Lee"), False),
    ],
)
def test_an_answer_is_right_by_the_last_name(text: str, gold: dict[str, object], right: bool) -> None:
    row = {"text": text, "quotations": [{"start": 1, "end": text.index("”"), "direct": True, "speaker": gold}]}
    assert [answer[1] for answer in judge_answers([row], packaged_model())] == [right]


def test_the_reliability_table_counts_every_answer_once() -> None:
    answers = [(0.2, False), (0.6, True), (0.65, False), (1.0, True), (0.99, True)]
    rows = reliability_table(answers)
    assert [(low, count, right) for low, _, count, _, right in rows] == [(0.0, 1, 0.0), (0.5, 2, 0.5), (0.98, 2, 1.0)]


@needs_sklearn
@given(ANSWERS)
def test_the_line_rises_from_nothing_to_nearly_sure(answers: list[tuple[float, bool]]) -> None:
    line = fit_calibration(answers, least=5)
    assert len(line["raw"]) == len(line["right"])
    assert line["raw"] == sorted(line["raw"])
    assert line["right"] == sorted(line["right"])
    assert (line["raw"][0], line["right"][0], line["raw"][-1]) == (0.0, 0.0, 1.0)


@needs_sklearn
def test_bins_that_fall_are_pooled_and_points_lie_half_way_to_the_diagonal() -> None:
    answers = [(0.2, True), (0.2, False), (0.4, False), (0.4, False), (0.8, True), (0.8, True)]
    line = fit_calibration(answers, least=2)
    assert line["raw"] == pytest.approx([0.0, 0.3, 0.8, 1.0])
    assert line["right"] == pytest.approx([0.0, (0.3 + 0.25) / 2, 0.9, 0.99])
