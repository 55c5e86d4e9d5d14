"""Annotate a document for attribution: its outline, mentions and entities, and what is counted on them once.

The counts are running totals and nearest positions, so that every feature of a (quotation, mention) pair takes constant
time however far the two stand apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from indexer.entities.entities import DocumentEntities
from indexer.entities.mentions import Entity, Mention, MentionKind
from indexer.quotations.outline import Outline
from indexer.quotations.quotation_marks import Quotation

if TYPE_CHECKING:
    from indexer.attribution.features.mention_features import MentionFeatures
    from search.model import QuoteFlag

# `cue_weights` are shares of a word's uses that report speech (0 to 1): from so much on a word is a cue that distances
# are measured to, and one that makes the name beside it a speaker.
NEAREST_CUE, SPEAKING_CUE = 0.2, 0.5
_MAX_HEADLINE = 40  # items: a longer first paragraph is the article's


@dataclass(frozen=True, slots=True)
class RunningTotals:
    """How many there are before each item of the outline; entry n counts items 0 to n-1."""

    commas: list[float]
    colons: list[float]
    that: list[float]
    quotations: list[float]
    cues: list[float]  # the sum of their weights
    opening_brackets: list[float]
    closing_brackets: list[float]


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """One document with its layers, as spaCy's `Doc`: all positions are items of `outline`.

    entity_of               the index in `entities` of each mention's entity, or -1
    item_of_quotation       where each outermost quotation stands
    cue_weights             how much each item reports speech, 0 to 1
    next_cue                the nearest cue at or after each item, -1 when there is none
    previous_cue            the nearest cue before each item, -1 when there is none
    mention_starts          the first item of each mention, ascending
    names_before            how many of the mentions before each are names
    paragraph_first, _last  the first and last item of each paragraph
    title_words             the words of the title and the headline, in small letters
    headline_paragraph      0 when the text begins with its headline, else -1
    cue_counts, cued_items  how often, and at which items, each entity stands right beside a speaking cue
    source_prior            the share of such mentions that are a source, whatever stands around them
    mention_features        what has been counted of mentions so far, by their number
    denials                 what has been told of denials so far, by the number of the quotation
    entities_by_word        the numbers of the entities by the last word of their names and by their initials, once a label has been looked up
    """

    outline: Outline
    quotations: Sequence[Quotation]
    mentions: Sequence[Mention]
    entities: Sequence[Entity]
    entity_of: Sequence[int]
    item_of_quotation: dict[int, int]
    cue_weights: list[float]
    next_cue: list[int]
    previous_cue: list[int]
    totals: RunningTotals
    mention_starts: list[int]
    names_before: list[int]
    paragraph_first: dict[int, int]
    paragraph_last: dict[int, int]
    title_words: frozenset[str]
    headline_paragraph: int
    cue_counts: list[float]
    cued_items: list[list[int]]
    source_prior: Callable[[Mention], float]
    mention_features: dict[int, MentionFeatures] = field(default_factory=dict)
    denials: dict[int, tuple[QuoteFlag, int] | None] = field(default_factory=dict)
    entities_by_word: dict[str, list[int]] = field(default_factory=dict)


def annotate(
    outline: Outline,
    quotations: Sequence[Quotation],
    mentions: Sequence[Mention],
    resolved: DocumentEntities,
    title: str,
    cue_weight_of: Callable[[str], float],
    source_prior: Callable[[Mention], float],
) -> AnnotatedDocument:
    """Return the document with all that pairs of quotation and source ask for counted once.

    `cue_weight_of` weighs a lower-case word as a report of speech, 0 to 1.
    """
    weights = {word: cue_weight_of(word) for word in set(outline.lower)}
    cue_weights = [weights[word] for word in outline.lower]
    next_cue, previous_cue = _nearest_cues(cue_weights)
    paragraph_first, paragraph_last = _paragraph_bounds(outline)
    headline = _headline_paragraph(paragraph_last)
    first_line = outline.text[: outline.ends[paragraph_last[0]]] if headline == 0 else ""
    cue_counts, cued_items = _count_cues(mentions, resolved, cue_weights)
    return AnnotatedDocument(
        outline=outline,
        quotations=quotations,
        mentions=mentions,
        entities=resolved.entities,
        entity_of=resolved.of_mention,
        item_of_quotation={number: i for i, number in enumerate(outline.quotation) if number >= 0},
        cue_weights=cue_weights,
        next_cue=next_cue,
        previous_cue=previous_cue,
        totals=RunningTotals(
            commas=_count_before(outline.words, ","),
            colons=_count_before(outline.words, ":"),
            that=_count_before(outline.lower, "that"),
            quotations=list(accumulate([number >= 0 for number in outline.quotation], initial=0.0)),
            cues=[0.0, *accumulate(cue_weights)],
            opening_brackets=_count_before(outline.words, "("),
            closing_brackets=_count_before(outline.words, ")"),
        ),
        mention_starts=[mention.first for mention in mentions],
        names_before=[0, *accumulate(int(mention.kind == MentionKind.NAME) for mention in mentions)],
        paragraph_first=paragraph_first,
        paragraph_last=paragraph_last,
        # As it was learned: the possessive is stripped as characters, so that a plural loses its s too.
        title_words=frozenset(word.strip("’'s").lower() for word in f"{title} {first_line}".split()),
        headline_paragraph=headline,
        cue_counts=cue_counts,
        cued_items=cued_items,
        source_prior=source_prior,
    )


def _paragraph_bounds(outline: Outline) -> tuple[dict[int, int], dict[int, int]]:
    """Return the first and the last item of each paragraph that has any."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    at = 0
    while at < len(outline):
        paragraph = outline.paragraph[at]
        first[paragraph] = at
        at = bisect_right(outline.paragraph, paragraph, at)
        last[paragraph] = at - 1
    return first, last


def _headline_paragraph(paragraph_last: dict[int, int]) -> int:
    """Return 0 when the first of several paragraphs is short enough for a headline, else -1."""
    return 0 if len(paragraph_last) > 1 and paragraph_last[0] < _MAX_HEADLINE else -1


def _nearest_cues(weights: Sequence[float]) -> tuple[list[int], list[int]]:
    """Return for each item the nearest cue at or after it, and the nearest one before it; -1 when there is none."""
    count = len(weights)
    after, before = [-1] * (count + 1), [-1] * (count + 1)
    for i in range(count - 1, -1, -1):
        after[i] = i if weights[i] >= NEAREST_CUE else after[i + 1]
    for i in range(count):
        before[i + 1] = i if weights[i] >= NEAREST_CUE else before[i]
    return after, before


def _count_before(items: Sequence[str], wanted: str) -> list[float]:
    """Return how often `wanted` stands before each item."""
    return list(accumulate([item == wanted for item in items], initial=0.0))


def _count_cues(
    mentions: Sequence[Mention], resolved: DocumentEntities, weights: Sequence[float]
) -> tuple[list[float], list[list[int]]]:
    """Return how often each entity stands right beside a speaking cue, and at which items."""
    counts = [0.0] * len(resolved.entities)
    items: list[list[int]] = [[] for _ in resolved.entities]
    for mention, entity in zip(mentions, resolved.of_mention, strict=True):
        if entity < 0:
            continue
        after = weights[mention.last] if mention.last < len(weights) else 0.0
        before = weights[mention.first - 1] if mention.first else 0.0
        if max(after, before) >= SPEAKING_CUE:
            counts[entity] += 1.0
            items[entity].append(mention.first)
    return counts, items
