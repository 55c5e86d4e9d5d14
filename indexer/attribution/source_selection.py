"""Who spoke: the ranker asked about every quotation of a document, and the answers made into speakers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from indexer.attribution.annotated_document import Scene
from indexer.attribution.coreference import Resolver
from indexer.attribution.source_features import candidates, rows
from indexer.attribution.tree_ensemble import Model, softmax
from indexer.entities.lexicon import cue_weight
from indexer.entities.mentions import Mention

_CLEAR = 0.6  # a word that reports speech at least so often is a plain cue
_NEAR = 8  # words before a quotation in which its plainest clauses stand
_REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
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
    at = scene.place[number]
    inner = _worded(scene, at)
    if inner is None:
        inner = _inner_source(scene, ranked[0][0], at)
    if inner is not None:
        ranked = [(inner, 0.9)]
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
    together = _together(scene, mention, name) if method == "name" else name
    return Choice(mention, entity, together, min(1.0, mass[name]), method, tuple(ranked[:5]))


def _worded(scene: Scene, at: int) -> int | None:
    """The mention that the words beside the quotation at item `at` leave no doubt about; None when there is none.

    "Ann quoted Bob as saying Q", "Ann calls herself Q", "Q, in the words of Ann", "in Ann's words, Q".
    """
    lower = scene.outline.lower
    first = bisect_left(scene.outline.sentence, scene.outline.sentence[at])
    near = lower[max(first, at - _NEAR) : at]
    behind = lower[at + 1 : at + 6]
    of = next((k for k in range(len(behind) - 3) if behind[k : k + 4] == ["in", "the", "words", "of"]), None)
    if of is not None and of <= 1:
        return _mention_at(scene, at + of + 5)
    while near and near[-1] in (",", ":"):
        near.pop()
    end = max(first, at - _NEAR) + len(near)
    if near[-1:] == ["words"] and near[-2:-1] and near[-2] in ("'s", "’s"):
        return _mention_before(scene, end - 2)
    if near[-1:] and near[-1] in _REFLEXIVE:
        near, end = near[:-1], end - 1
        if near[-1:] and near[-1].startswith(("call", "describ", "styl")) and near[-2:-1] != ["as"]:
            return _subject(scene, end - 1, first)
    if len(near) >= 3 and near[-2] == "as" and near[-1].endswith("ing") and cue_weight(near[-1]) > 0:
        return _mention_before(scene, end - 2)
    return None


def _mention_at(scene: Scene, item: int) -> int | None:
    """The mention that begins at an item of the outline or right after its article."""
    place = bisect_left(scene.firsts, item)
    return place if place < len(scene.firsts) and scene.firsts[place] - item <= 1 else None


def _mention_before(scene: Scene, item: int) -> int | None:
    """The mention that ends right before an item of the outline."""
    place = bisect_left(scene.firsts, item) - 1
    return place if place >= 0 and scene.mentions[place].last == item else None


def _subject(scene: Scene, verb: int, first: int) -> int | None:
    """The nearest mention before a verb in its sentence that is not "according to" somebody."""
    place = bisect_left(scene.firsts, verb) - 1
    while place >= 0 and scene.firsts[place] >= first:
        start = scene.firsts[place]
        if scene.outline.lower[max(0, start - 3) : start + 1].count("according") == 0:
            return place
        place -= 1
    return None


def _inner_source(scene: Scene, outer: int, at: int) -> int | None:
    """Ann in "Bob said that Ann had said Q": the subject of the clause right at the quotation at item `at`."""
    mentions, lower, cue = scene.mentions, scene.outline.lower, scene.cue
    first = mentions[outer]
    if outer + 1 >= len(mentions) or not first.last < at or cue[first.last] < _CLEAR:
        return None
    inner = mentions[outer + 1]
    verb = scene.next_cue[inner.last] if inner.last < at else -1
    embedded = lower[first.last + 1 : inner.first] in (["that"], []) and 0 <= verb - inner.last <= 2
    close = 0 < at - verb <= 2 and cue[verb] >= _CLEAR
    return outer + 1 if embedded and close and lower[inner.last : verb] in ([], ["had"], ["has"], ["once"]) else None


def _together(scene: Scene, index: int, name: str) -> str:
    """Both names when two people are the subject: "Ann Lee and Bob Roe said", "said Ann Lee and Bob Roe."."""
    lower, cue = scene.outline.lower, scene.cue
    mention = scene.mentions[index]
    if mention.last < len(lower) and cue[mention.last] >= _CLEAR:
        other = index - 1
    elif mention.first and cue[mention.first - 1] >= _CLEAR:
        other = index + 1
    else:
        return name
    if not 0 <= other < len(scene.mentions) or scene.cast.of[other] < 0:
        return name
    one, two = sorted((index, other))
    entities = [scene.cast.entities[scene.cast.of[each]] for each in (one, two)]
    joined = lower[scene.mentions[one].last : scene.mentions[two].first] == ["and"]
    ends = scene.mentions[two].last
    subject = other < index or ends >= len(lower) or lower[ends] in (".", ",", ";", "in")
    if not (joined and subject and all(entity.person for entity in entities)) or entities[0] is entities[1]:
        return name
    return f"{entities[0].name} and {entities[1].name}"
