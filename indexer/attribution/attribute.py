"""Who said each quotation of a document: spans, sources, speakers, chains and indirect speech in one pass.

`attribute` is the whole of it, a pure function; every step is a function of another file in this folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.attribution.annotated_document import Scene, make_scene
from indexer.attribution.assembly import Reading, assemble
from indexer.attribution.coreference import Resolver
from indexer.attribution.headlines import echoes, headline_end
from indexer.attribution.hearsay import chains
from indexer.attribution.indirect_speech import Reported, find_indirect
from indexer.attribution.scare_quotes import repeated_words, scare_row
from indexer.attribution.source_selection import Choice, chances, choose, cue_strength, head_odds
from indexer.attribution.transcripts import labelled
from indexer.attribution.tree_ensemble import Model, packaged_model
from indexer.entities.entities import cast
from indexer.entities.mentions import find_mentions
from indexer.quotations.chunks import moved, sections
from indexer.quotations.outline import outline
from indexer.quotations.quotation_marks import Quotation, find_quotations, with_blocks
from search.model import Attribution, Document


def attribute(document: Document) -> tuple[Attribution, ...]:
    """Every quotation of the document with who said it, in order of the text; nested ones name their parent."""
    return attribute_with(document, packaged_model())


def attribute_with(document: Document, model: Model) -> tuple[Attribution, ...]:
    """As `attribute`, with another model than the packaged one."""
    found: list[Attribution] = []
    for offset, part in sections(document):
        found += moved(assemble(read(part, model)), offset, len(found)) if offset else assemble(read(part, model))
    return tuple(found)


def read(document: Document, model: Model) -> Reading:
    """Find the quotations, ask the rankers, and settle speakers from left to right."""
    scene = scene_of(document, model)
    order = sorted(scene.place)
    ranked = chances(scene, model, order)
    resolver = Resolver(scene, model, document.authors)
    transcript = labelled(scene)
    choices: dict[int, Choice | None] = {}
    reported: list[tuple[Reported, Choice | None]] = []
    waiting = sorted(find_indirect(scene), key=lambda each: each.start, reverse=True)
    for number in order:
        while waiting and waiting[-1].start < scene.quotations[number].start:
            reported.append(_reported(waiting.pop(), resolver))
        if number in transcript:
            choices[number] = _by_label(scene, transcript[number][0])
        else:
            choices[number] = choose(scene, number, ranked[number], resolver)
        choice = choices[number]
        resolver.spoken(choice.entity if choice else -1, number)
    reported += [_reported(each, resolver) for each in reversed(waiting)]
    choices.update(echoes(document, scene, choices))
    via = chains(scene, choices, lambda index: _best_name(resolver, index))
    scare = _scare(scene, model, order, ranked)
    return Reading(document, scene, model, choices, scare, transcript, via, reported, headline_end(document))


def scene_of(document: Document, model: Model) -> Scene:
    """The document's quotations, outline, mentions and people, ready for counting."""
    text, title = document.text, document.title or ""
    quotations: tuple[Quotation, ...] = find_quotations(text)
    blocks = [region.span for region in document.regions if region.role == "blockquote"]
    if blocks:
        quotations = with_blocks(text, quotations, [(span.start, span.end) for span in blocks])
    lines = outline(text, quotations)
    mentions = find_mentions(lines)
    people = cast(text, lines, mentions, [(q.start, q.end) for q in quotations if q.parent is None], title)
    return make_scene(lines, quotations, mentions, people, title, cue_strength(model), head_odds(model))


def _reported(each: Reported, resolver: Resolver) -> tuple[Reported, Choice | None]:
    """An indirect quotation with its speaker."""
    readings = resolver.readings(each.mention)
    if not readings:
        return each, None
    entity, name, chance, method = readings[0]
    return each, Choice(each.mention, entity, name, 0.95 * chance, method)


def _best_name(resolver: Resolver, index: int) -> str:
    """What a mention most likely stands for, else its own words."""
    readings = resolver.readings(index)
    return readings[0][1] if readings else resolver.phrase(index)


def _by_label(scene: Scene, name: str | None) -> Choice | None:
    """The speaker that a transcript's label names."""
    if name is None:
        return None
    entity = next((n for n, e in enumerate(scene.cast.entities) if e.name == name), -1)
    mentions = scene.cast.entities[entity].mentions[:1] if entity >= 0 else []
    return Choice(mentions[0] if mentions else -1, entity, name, 0.95, "label")


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
