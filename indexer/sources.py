"""Who spoke: the ranker asked about every quotation of a document, and the answers made into speakers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from indexer.features import candidates, rows
from indexer.mentions import Mention
from indexer.ranker import Model, softmax
from indexer.resolution import Resolver
from indexer.scene import Scene
from indexer.words import cue_weight

_CONSIDERED = 0.08  # a candidate less likely than this adds nothing to its speaker's chance


@dataclass(frozen=True, slots=True)
class Choice:
    """The likely source of one quotation: its mention, what that stands for, and the chance that this is right."""

    mention: int
    entity: int
    name: str
    chance: float
    method: str
    ranked: tuple[tuple[int, float], ...] = field(default=())


def cue_strength(model: Model) -> Callable[[str], float]:
    """How much a word reports speech: as learned, else as listed."""
    return lambda word: model.cues.get(word, 0.8 * cue_weight(word))


def head_odds(model: Model) -> Callable[[Mention, Scene], float]:
    """How often such a head noun or pronoun is a source."""
    return lambda mention, _: 0.4 if mention.kind == "name" else model.odds.get(mention.head.lower(), 0.15)


def chances(scene: Scene, model: Model, numbers: Sequence[int]) -> dict[int, list[tuple[int, float]]]:
    """For each quotation its possible sources with their chances, likeliest first. One call of the ranker for all."""
    chosen = [candidates(scene, number) for number in numbers]
    table = [row for number, picks in zip(numbers, chosen, strict=True) for row in rows(scene, number, picks)]
    if not table:
        return {number: [] for number in numbers}
    scores = model.source.scores(np.asarray(table, dtype=np.float32))
    out: dict[int, list[tuple[int, float]]] = {}
    at = 0
    for number, picks in zip(numbers, chosen, strict=True):
        out[number] = _ranked(picks, scores[at : at + len(picks)])
        at += len(picks)
    return out


def _ranked(picks: list[int], scores: npt.NDArray[np.float64]) -> list[tuple[int, float]]:
    if not picks:
        return []
    shares = softmax(scores).tolist()
    return sorted(zip(picks, shares, strict=True), key=lambda pair: -pair[1])


def choose(scene: Scene, number: int, ranked: Sequence[tuple[int, float]], resolver: Resolver) -> Choice | None:
    """The speaker with most chance behind it, adding up the mentions that stand for the same one."""
    if not ranked:
        return None
    quotation = scene.quotations[number]
    quote = scene.outline.text[quotation.start : quotation.end]
    mass: dict[str, float] = {}
    first: dict[str, tuple[int, int, float, str]] = {}
    for mention, share in ranked:
        if share < _CONSIDERED and first:
            break
        for entity, name, part, method in resolver.readings(mention, quote):
            mass[name] = mass.get(name, 0.0) + share * part
            if name not in first:
                first[name] = (mention, entity, share, method)
    if not mass:
        return None
    name = max(mass, key=lambda each: mass[each])
    mention, entity, _, method = first[name]
    return Choice(mention, entity, name, min(1.0, mass[name]), method, tuple(ranked[:5]))
