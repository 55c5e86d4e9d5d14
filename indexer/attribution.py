"""Who said each quotation of a document: spans, sources, speakers, chains and indirect speech in one pass.

`attribute` is the whole of it, a pure function; every step is a function of another file in this folder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.features import Scene, make_scene
from indexer.mentions import find_mentions
from indexer.quotations import Quotation, find_quotations
from indexer.ranker import Model, packaged_model
from indexer.resolution import Resolver
from indexer.scare import is_markup, repeated_words, scare_row
from indexer.sources import Choice, chances, choose, cue_strength, head_odds
from indexer.speakers import cast
from indexer.tokens import outline
from indexer.transcripts import labelled
from search.model import Attribution, Document, Kind, Place, Span

LEAST_CONFIDENCE = 0.12  # below this a speaker is a guess, and a wrong speaker is worse than none
SCARE_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of one document's quotations before they are put together."""

    document: Document
    scene: Scene
    model: Model
    choices: Mapping[int, Choice | None]
    scare: Mapping[int, float]
    transcript: Mapping[int, tuple[str | None, int]]


def attribute(document: Document) -> tuple[Attribution, ...]:
    """Every quotation of the document with who said it, in order of the text; nested ones name their parent."""
    return attribute_with(document, packaged_model())


def attribute_with(document: Document, model: Model) -> tuple[Attribution, ...]:
    """As `attribute`, with another model than the packaged one."""
    reading = read(document, model)
    return tuple(_attribution(reading, number) for number in range(len(reading.scene.quotations)))


def read(document: Document, model: Model) -> Reading:
    """Find the quotations, ask the rankers, and settle speakers from left to right."""
    text, title = document.text, document.title or ""
    quotations = tuple(q for q in find_quotations(text))
    lines = outline(text, quotations)
    mentions = find_mentions(lines)
    people = cast(text, lines, mentions, [(q.start, q.end) for q in quotations if q.parent is None], title)
    scene = make_scene(lines, quotations, mentions, people, title, cue_strength(model), head_odds(model))
    order = sorted(scene.place)
    ranked = chances(scene, model, order)
    resolver = Resolver(scene, model, document.authors)
    choices: dict[int, Choice | None] = {}
    transcript = labelled(scene)
    for number in order:
        if number in transcript:
            choice = _by_label(scene, transcript[number][0])
        else:
            choice = choose(scene, number, ranked[number], resolver)
        choices[number] = choice
        resolver.spoken(choice.entity if choice else -1, number)
    return Reading(document, scene, model, choices, _scare(scene, model, order, ranked), transcript)


def _by_label(scene: Scene, name: str | None) -> Choice | None:
    """The speaker that a transcript's label names."""
    if name is None:
        return None
    entity = next((n for n, e in enumerate(scene.cast.entities) if e.name == name), -1)
    mention = scene.cast.entities[entity].mentions[:1] if entity >= 0 else []
    return Choice(mention[0] if mention else -1, entity, name, 0.95, "label")


def _scare(
    scene: Scene, model: Model, order: Sequence[int], ranked: Mapping[int, list[tuple[int, float]]]
) -> dict[int, float]:
    """The chance of each outermost stretch that nobody is quoted with it."""
    if not order:
        return {}
    repeated = repeated_words(scene)
    table = []
    for number in order:
        best = ranked[number][0] if ranked[number] else None
        gap = float(abs(scene.mentions[best[0]].first - scene.place[number])) if best else 60.0
        table.append(scare_row(scene, number, best[1] if best else 0.0, gap, repeated))
    scores = 1 / (1 + np.exp(-model.scare.scores(table)))
    return dict(zip(order, scores.tolist(), strict=True))


def _attribution(reading: Reading, number: int) -> Attribution:
    scene, document = reading.scene, reading.document
    quotation = scene.quotations[number]
    top = _top(scene.quotations, number)
    choice = reading.choices.get(top)
    place = _place(document, quotation)
    scare_score = 0.0 if number in reading.transcript else reading.scare.get(number, 0.2)
    if is_markup(document.text, quotation):
        scare_score = 1.0
    contents = (Span(quotation.start, quotation.end),)
    flags = ("unclosed",) if quotation.unclosed else ()
    plain = Attribution(
        contents, kind=_kind(scene, number), parent=quotation.parent, place=place, flags=flags,
        scare=scare_score >= SCARE_FROM, scare_score=scare_score,
    )  # fmt: skip
    if choice is None or place == "comment":
        return plain
    return _spoken(plain, reading, choice)


def _spoken(plain: Attribution, reading: Reading, choice: Choice) -> Attribution:
    """The attribution with its speaker."""
    scene = reading.scene
    mention = scene.mentions[choice.mention] if choice.mention >= 0 else None
    raw, right = reading.model.calibration
    confidence = float(np.interp(choice.chance, raw, right))
    entity = scene.cast.entities[choice.entity] if choice.entity >= 0 else None
    return Attribution(
        plain.contents,
        plain.kind,
        choice.name if confidence >= LEAST_CONFIDENCE else None,
        entity.role if entity else None,
        reading.document.text[mention.start : mention.end] if mention else None,
        Span(mention.start, mention.end) if mention else None,
        None,
        (),
        plain.parent,
        confidence,
        choice.method,
        plain.scare,
        plain.scare_score,
        plain.place,
        plain.flags,
    )


def _top(quotations: Sequence[Quotation], number: int) -> int:
    """The outermost quotation around this one."""
    while (parent := quotations[number].parent) is not None:
        number = parent
    return number


def _kind(scene: Scene, number: int) -> Kind:
    """Mixed when the words between the marks are part of a sentence that the outlet words itself."""
    if number not in scene.place:
        return "direct"
    at = scene.place[number]
    content = scene.outline.text[scene.quotations[number].start : scene.quotations[number].end]
    before = scene.outline.lower[at - 1] if at and scene.outline.sentence[at - 1] == scene.outline.sentence[at] else ""
    return "mixed" if re.match(r"[a-z]", content) and before and before[0].isalnum() else "direct"


def _place(document: Document, quotation: Quotation) -> Place:
    """Where on the page a quotation stands."""
    for region in document.regions:
        if region.span.start <= quotation.start < region.span.end:
            if region.role == "comment":
                return "comment"
            if region.role == "caption":
                return "caption"
            if region.role == "heading":
                return "headline"
    return "body"
