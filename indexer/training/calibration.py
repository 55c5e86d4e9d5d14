"""How far a confidence can be trusted: answers on articles that were kept aside, and the line through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from indexer.attribution.attribute import attribute_with
from indexer.attribution.tree_ensemble import Model
from indexer.entities.entities import name_key
from search.model import Document

Pair = tuple[float, bool]  # what was said of the chance, and whether the speaker was right
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.000001)
EDGE = " \t\r\n\"'“”„‟«»‘’‚‛‴`´.,;:!?…-–—()[]{}*_"


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the marks, spaces and punctuation at its edges."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def answers(gold: Iterable[dict[str, Any]], model: Model) -> list[Pair]:
    """The confidence of every direct quotation found, with whether its speaker has the gold's surname or words."""
    pairs: list[Pair] = []
    for row in gold:
        text = row["text"]
        marked = {trim(text, q["start"], q["end"]): q for q in row["quotations"] if q["direct"]}
        for found in attribute_with(Document(id="", text=text, title=row.get("title")), model):
            for span in found.contents if found.kind != "indirect" and not found.scare else ():
                speaker = (marked.get(trim(text, span.start, span.end)) or {}).get("speaker") or {}
                if speaker.get("canonical"):
                    pairs.append((found.confidence, _same(found.speaker, speaker)))
    return pairs


def _same(said: str | None, speaker: dict[str, Any]) -> bool:
    """Whether a speaker has the last name of the gold's, or for a noun phrase half of its words."""
    if not said:
        return False
    names = [speaker["canonical"], *speaker.get("aliases", [])]
    if any(name_key(name)[-1:] == name_key(said)[-1:] for name in names):
        return True
    one, other = set(name_key(said)), set(name_key(speaker["text"]))
    return speaker["kind"] == "nominal" and 2 * len(one & other) >= min(len(one), len(other)) > 0


def table(pairs: Sequence[Pair]) -> list[tuple[float, float, int, float, float]]:
    """The reliability table: from, to, how many, mean confidence, share that is right."""
    out = []
    for low, high in pairwise(EDGES):
        inside = [pair for pair in pairs if low <= pair[0] < high]
        if inside:
            mean = sum(chance for chance, _ in inside) / len(inside)
            out.append((low, min(1.0, high), len(inside), mean, sum(right for _, right in inside) / len(inside)))
    return out


def knots(pairs: Sequence[Pair], least: int = 40) -> dict[str, list[float]]:
    """A rising line from raw chances to shares that are right: bins of `least` or more, pooled until they rise.

    Pooling adjacent violators (Ayer and others, 1955); each bin is drawn half-way to the diagonal, since the gold's own
    pronouns are wrong now and then.
    """
    ordered = sorted(pairs)
    bins = [ordered[at : at + least] for at in range(0, len(ordered) - least + 1, least)]
    pooled: list[tuple[float, float, int]] = []
    for inside in bins:
        mean, right = float(np.mean([p[0] for p in inside])), float(np.mean([p[1] for p in inside]))
        pooled.append((mean, right, len(inside)))
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            (a, x, m), (b, y, n) = pooled[-2:]
            pooled[-2:] = [((a * m + b * n) / (m + n), (x * m + y * n) / (m + n), m + n)]
    raw = [0.0, *(round(mean, 4) for mean, _, _ in pooled), 1.0]
    right_ = [0.0, *(round((mean + right) / 2, 4) for mean, right, _ in pooled)]
    return {"raw": raw, "right": [*right_, max(right_[-1], 0.99)]}
