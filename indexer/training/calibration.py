"""Measure how far a confidence can be trusted, on articles that were kept aside, and fit the line through the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any

import numpy as np

from indexer.attribution.attribute import attribute_with
from indexer.attribution.attribution_model import AttributionModel
from indexer.entities.entities import name_key
from search.model import Document

JudgedAnswer = tuple[float, bool]  # the confidence in a speaker, and whether the speaker was right
# Bounds of the reliability table: narrow where most answers are.
_BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.000001)
_EDGE_CHARACTERS = " \t\r\n\"'“”„‟«»‘’‚‛‴`´.,;:!?…-–—()[]{}*_"
_LEAST_IN_BIN = 40  # answers: the share that is right is known to about .08 then
_HIGHEST = 0.99  # what the surest answers are worth at least; no gold is free of slips


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the marks, spaces and punctuation at its edges, as the gold's spans are compared."""
    while start < end and text[start] in _EDGE_CHARACTERS:
        start += 1
    while end > start and text[end - 1] in _EDGE_CHARACTERS:
        end -= 1
    return start, end


def judge_answers(gold: Iterable[dict[str, Any]], model: AttributionModel) -> list[JudgedAnswer]:
    """Return the confidence of every direct quotation that the gold has too, and whether its speaker is right."""
    answers: list[JudgedAnswer] = []
    for row in gold:
        text = row["text"]
        marked = {trim(text, q["start"], q["end"]): q for q in row["quotations"] if q["direct"]}
        for attribution in attribute_with(Document(id="", text=text, title=row.get("title")), model):
            for span in attribution.contents if attribution.kind != "indirect" and not attribution.scare else ():
                speaker = (marked.get(trim(text, span.start, span.end)) or {}).get("speaker") or {}
                if speaker.get("canonical"):
                    answers.append((attribution.confidence, _is_speaker(attribution.speaker, speaker)))
    return answers


def _is_speaker(said: str | None, speaker: dict[str, Any]) -> bool:
    """Whether a speaker has the last name of the gold's, or for a noun phrase half of its words."""
    if not said:
        return False
    names = [speaker["canonical"], *speaker.get("aliases", [])]
    if any(name_key(name)[-1:] == name_key(said)[-1:] for name in names):
        return True
    one, other = set(name_key(said)), set(name_key(speaker["text"]))
    return speaker["kind"] == "nominal" and 2 * len(one & other) >= min(len(one), len(other)) > 0


def reliability_table(answers: Sequence[JudgedAnswer]) -> list[tuple[float, float, int, float, float]]:
    """Return a row a range of confidence: from, to, how many answers, their mean confidence, the share that is right."""
    rows = []
    for low, high in pairwise(_BOUNDS):
        inside = [answer for answer in answers if low <= answer[0] < high]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            rows.append((low, min(1.0, high), len(inside), mean, sum(right for _, right in inside) / len(inside)))
    return rows


def fit_calibration(answers: Sequence[JudgedAnswer], least: int = _LEAST_IN_BIN) -> dict[str, list[float]]:
    """Return a rising line from raw probabilities to shares that are right, as the model file has it.

    Isotonic regression (pooling adjacent violators; Ayer and others, 1955) over bins of `least` answers; each point is
    drawn half-way to the diagonal, since the gold's own pronouns are wrong now and then.
    """
    from sklearn.isotonic import IsotonicRegression  # learning only, as lightgbm

    ordered = sorted(answers)
    bins = [ordered[at : at + least] for at in range(0, len(ordered) - least + 1, least)]
    means = [float(np.mean([confidence for confidence, _ in each])) for each in bins]
    shares = [float(np.mean([right for _, right in each])) for each in bins]
    rising = IsotonicRegression().fit_transform(means, shares).tolist() if bins else []
    pooled = []
    for share, points in groupby(zip(rising, means, strict=True), key=lambda point: point[0]):
        pooled.append((float(np.mean([mean for _, mean in points])), share))
    raw = [0.0, *(round(mean, 4) for mean, _ in pooled), 1.0]
    right = [0.0, *(round((mean + share) / 2, 4) for mean, share in pooled)]
    return {"raw": raw, "right": [*right, max(right[-1], _HIGHEST)]}
