"""One document made ready for counting: running totals over its outline, and the place of everything in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from indexer.entities.entities import Cast
from indexer.entities.mentions import Mention
from indexer.quotations.outline import Outline
from indexer.quotations.quotation_marks import Quotation


@dataclass(slots=True)
class Scene:
    """One document made ready for counting: running totals over the outline's items and the place of every mention."""

    outline: Outline
    quotations: Sequence[Quotation]
    mentions: Sequence[Mention]
    cast: Cast
    place: dict[int, int]
    cue: list[float]
    next_cue: list[int]
    previous_cue: list[int]
    totals: dict[str, list[float]]
    firsts: list[int]
    names_before: list[int]
    paragraph_first: dict[int, int]
    paragraph_last: dict[int, int]
    title_words: frozenset[str]
    headline: int
    cued: list[float]
    cued_at: list[list[int]]
    odds: Callable[[Mention, Scene], float]
    static: dict[int, tuple[float, ...]]


def make_scene(
    outline: Outline,
    quotations: Sequence[Quotation],
    mentions: Sequence[Mention],
    cast: Cast,
    title: str,
    cue_of: Callable[[str], float],
    odds: Callable[[Mention, Scene], float],
) -> Scene:
    """Count once what every pair of quotation and source asks for. `cue_of` weighs a word as a report of speech."""
    count = len(outline)
    weights = {word: cue_of(word) for word in set(outline.lower)}
    cue = [weights[word] for word in outline.lower]
    next_cue, previous_cue = _nearest(cue)
    totals = {
        "commas": _total(outline.words, ","),
        "colons": _total(outline.words, ":"),
        "that": _total(outline.lower, "that"),
        "quotes": list(accumulate([number >= 0 for number in outline.quote], initial=0.0)),
        "cues": [0.0, *accumulate(cue)],
        "open": _total(outline.words, "("),
        "close": _total(outline.words, ")"),
    }
    paragraph_first: dict[int, int] = {}
    paragraph_last: dict[int, int] = {}
    at = 0
    while at < count:
        paragraph = outline.paragraph[at]
        paragraph_first[paragraph] = at
        at = bisect_right(outline.paragraph, paragraph, at)
        paragraph_last[paragraph] = at - 1
    place = {number: i for i, number in enumerate(outline.quote) if number >= 0}
    first_line = outline.text[: outline.ends[paragraph_last[0]]] if count else ""
    headline = 0 if count and paragraph_last[0] - paragraph_first[0] < 40 and len(paragraph_last) > 1 else -1
    title_words = frozenset(
        word.strip("’'s").lower() for word in (title + " " + (first_line if not headline else "")).split()
    )
    scene = Scene(
        outline, quotations, mentions, cast, place, cue, next_cue, previous_cue, totals,
        [m.first for m in mentions],
        [0, *accumulate(int(m.kind == "name") for m in mentions)],
        paragraph_first, paragraph_last, title_words, headline, [], [], odds, {},
    )  # fmt: skip
    _count_cued(scene)
    return scene


def _nearest(cue: Sequence[float]) -> tuple[list[int], list[int]]:
    """For each item the nearest cue at or after it, and the nearest one before it; -1 when there is none."""
    count = len(cue)
    after, before = [-1] * (count + 1), [-1] * (count + 1)
    for i in range(count - 1, -1, -1):
        after[i] = i if cue[i] >= 0.2 else after[i + 1]
    for i in range(count):
        before[i + 1] = i if cue[i] >= 0.2 else before[i]
    return after, before


def _total(items: Sequence[str], wanted: str) -> list[float]:
    return list(accumulate([item == wanted for item in items], initial=0.0))


def _count_cued(scene: Scene) -> None:
    """How often each entity stands right beside a strong reporting verb, and where."""
    scene.cued = [0.0] * len(scene.cast.entities)
    scene.cued_at = [[] for _ in scene.cast.entities]
    for number, mention in enumerate(scene.mentions):
        entity = scene.cast.of[number]
        if entity < 0:
            continue
        after = scene.cue[mention.last] if mention.last < len(scene.cue) else 0.0
        before = scene.cue[mention.first - 1] if mention.first else 0.0
        if max(after, before) >= 0.5:
            scene.cued[entity] += 1.0
            scene.cued_at[entity].append(mention.first)
