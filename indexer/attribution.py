"""Who said each quotation of a document: spans, sources, speakers, chains and indirect speech in one pass.

`attribute` is the whole of it, a pure function; every step is a function of another file in this folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.features import FEATURES, Scene, candidates, make_scene, rows
from indexer.mentions import Mention, find_mentions
from indexer.quotations import Quotation, find_quotations
from indexer.speakers import cast
from indexer.tokens import outline
from indexer.words import cue_weight
from search.model import Attribution, Document, Place, Span


def attribute(document: Document) -> tuple[Attribution, ...]:
    """Every quotation of the document with who said it, in order of the text; nested ones name their parent."""
    text, title = document.text, document.title or ""
    quotations = find_quotations(text)
    lines = outline(text, quotations)
    mentions = find_mentions(lines)
    people = cast(text, lines, mentions, [(q.start, q.end) for q in quotations if q.parent is None], title)
    scene = make_scene(lines, quotations, mentions, people, title, cue_weight, _odds)
    sources = {number: _source(scene, number) for number in scene.place}
    return tuple(_attribution(document, scene, number, sources) for number in range(len(quotations)))


def _odds(mention: Mention, scene: Scene) -> float:
    return 0.5


def _score(row: Sequence[float]) -> float:
    """A plain first guess: near, beside a reporting verb, in one of the plain shapes."""
    value = dict(zip(FEATURES, row, strict=True))
    score = -value["tokens"] * 0.05 - value["sentences"] * 0.6 - value["paragraphs"] * 0.3
    score += {1: 6, 3: 6, 4: 3, 5: 6, 6: 4, 8: 5, 9: 3, 10: 3}.get(int(value["pattern"]), 0)
    score += 1.5 * value["cue_after_weight"] / (1 + 0.3 * value["cue_after_gap"])
    score += 1.0 * value["cue_before_weight"] / (1 + value["cue_before_gap"])
    score -= 2 * (value["kind"] == 1) + 1.5 * (value["pronoun"] in (3, 4, 7)) + value["apposition"]
    return score + (value["opens_sentence"] > 0) - 2 * (value["previous_class"] in (4, 6, 7))


def _source(scene: Scene, number: int) -> int | None:
    """The mention that is most likely the source of a quotation."""
    chosen = candidates(scene, number)
    if not chosen:
        return None
    scores = [_score(row) for row in rows(scene, number, chosen)]
    return chosen[scores.index(max(scores))]


def _speaker(scene: Scene, index: int) -> str:
    """The fullest name of what a mention stands for; a pronoun takes the nearest fitting person before it."""
    mention = scene.mentions[index]
    entity = scene.cast.of[index]
    if entity >= 0:
        return scene.cast.entities[entity].name
    if mention.kind == "pronoun":
        low = mention.head.lower()
        wanted = {"he": 1, "his": 1, "she": -1, "her": -1}.get(low, 0)
        for before in range(index - 1, -1, -1):
            number = scene.cast.of[before]
            if number < 0:
                continue
            who = scene.cast.entities[number]
            if (who.person or not wanted) and (not wanted or who.gender in (0, wanted)):
                return who.name
    return scene.outline.text[mention.start : mention.end]


def _attribution(document: Document, scene: Scene, number: int, sources: dict[int, int | None]) -> Attribution:
    quotation = scene.quotations[number]
    top = number
    while (parent := scene.quotations[top].parent) is not None:
        top = parent
    source = sources.get(top)
    place = _place(document, quotation)
    contents = (Span(quotation.start, quotation.end),)
    flags = ("unclosed",) if quotation.unclosed else ()
    few = len(document.text[quotation.start : quotation.end].split()) < 3
    scare = few and not (number in scene.place and _beside_cue(scene, number))
    if source is None or place == "comment":
        return Attribution(contents, parent=quotation.parent, place=place, flags=flags, scare=scare)
    mention = scene.mentions[source]
    return Attribution(
        contents,
        speaker=_speaker(scene, source),
        mention=document.text[mention.start : mention.end],
        source=Span(mention.start, mention.end),
        parent=quotation.parent,
        confidence=0.6,
        method="nearest",
        place=place,
        flags=flags,
        scare=scare,
        scare_score=0.7 if scare else 0.2,
    )


def _beside_cue(scene: Scene, number: int) -> bool:
    at = scene.place[number]
    return any(scene.cue[i] > 0.5 for i in range(max(0, at - 3), min(len(scene.cue), at + 4)))


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
