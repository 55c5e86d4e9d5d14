"""Count what the source ranker reads: the numbers of each pair of a quotation and a mention that may be its source.

Everything is counted on the outline, so that long quotations between the two do not count as distance. The names and
their order, `SOURCE_FEATURES`, are part of the model file: a model learned with others is refused.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import IntEnum
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.features.mention_features import FAR, MentionFeatures, mention_features
from indexer.attribution.features.quotation_features import PATTERN_CUE, QuotationFeatures, quotation_features
from indexer.entities.mentions import Mention
from indexer.quotations.outline import DASHES

_Column = npt.NDArray[np.float64]
# So many mentions before a quotation and after it are considered: 99.7% of PolNeAR's sources are among them.
_MENTIONS_BEFORE, _MENTIONS_AFTER = 9, 4
_LONG_AGO = 300.0  # items: an entity's last speaking cue further back than this counts as this far


class ClausePattern(IntEnum):
    """The plain shapes of a quotation Q and its source m. The numbers are those that the model was learned with."""

    NONE = 0
    MENTION_CUE_AFTER = 1  # Q, m said
    MENTION_AFTER = 2  # Q, m
    CUE_MENTION_AFTER = 3  # Q, said m
    CUE_NEAR_MENTION_AFTER = 4  # Q, said on Monday m
    ACCORDING_TO_AFTER = 5  # Q, according to m
    COLON_BEFORE = 6  # m: Q
    MENTION_BEFORE = 7  # m Q
    CUE_BEFORE = 8  # m said, Q
    CUE_NEAR_BEFORE = 9  # m has often said, Q
    SENTENCE_COLON_BEFORE = 10  # m had this to say: Q
    SIGNED = 11  # Q — m


class PairFeatures(NamedTuple):
    """The numbers that only the two together have; one column a feature, `(pairs,)` each.

    items_between, ..._between     what stands between the quotation and the mention, quotations as one item
    rank_before, rank_after        mentions nearer on that side; -1 on the other side
    names_apart                    names between them, counted from the quotation
    clause_pattern                 `ClausePattern`
    named_in_quotation             the words between the marks hold the entity's last name
    nearest_cue_between            weight of the item next to the mention towards the quotation
    candidates_in_sentence         how many candidates stand in the quotation's sentence
    items_since_entity_cue         from the entity's last speaking cue to the quotation
    """

    mention_follows: _Column
    items_between: _Column
    sentences_apart: _Column
    paragraphs_apart: _Column
    quotations_between: _Column
    mentions_between: _Column
    names_between: _Column
    commas_between: _Column
    colons_between: _Column
    that_between: _Column
    cues_between: _Column
    rank_before: _Column
    rank_after: _Column
    names_apart: _Column
    clause_pattern: _Column
    named_in_quotation: _Column
    nearest_cue_between: _Column
    candidates_in_sentence: _Column
    items_since_entity_cue: _Column


# The columns of the ranker's table are the three one after the other; these are their names.
SOURCE_FEATURES = PairFeatures._fields + MentionFeatures._fields + QuotationFeatures._fields


def candidate_sources(doc: AnnotatedDocument, number: int) -> list[int]:
    """Return the mentions that may be the source of quotation `number`, by position: some before it, fewer after it."""
    at = doc.item_of_quotation[number]
    following = bisect_left(doc.mention_starts, at)
    paragraph = doc.outline.paragraph[at]
    before = range(max(0, following - _MENTIONS_BEFORE), following)
    after = [
        index
        for index in range(following, min(len(doc.mentions), following + _MENTIONS_AFTER))
        if doc.outline.paragraph[doc.mention_starts[index]] - paragraph <= 1
    ]
    return [*before, *after]


def source_table(
    doc: AnnotatedDocument, numbers: Sequence[int], candidates: Sequence[Sequence[int]]
) -> npt.NDArray[np.float32]:
    """Return the ranker's table for quotations and their candidates: `(pairs, len(SOURCE_FEATURES))` float32.

    The rows are the candidates of the first of `numbers`, then those of the second, and so on. What is true of a mention
    or of a quotation alone is counted once and laid beside all its pairs.
    """
    owner = np.repeat(np.arange(len(numbers)), [len(each) for each in candidates])
    index = np.fromiter(chain.from_iterable(candidates), np.intp, len(owner))
    used, place = np.unique(index, return_inverse=True)
    of_mentions = np.array([mention_features(doc, each) for each in used.tolist()], np.float32)
    of_quotations = np.array([quotation_features(doc, number) for number in numbers], np.float32)
    of_pairs = np.array(_pair_features(doc, numbers, owner, index), np.float32)
    return np.hstack([of_pairs.T, of_mentions[place], of_quotations[owner]])


def _pair_features(
    doc: AnnotatedDocument, numbers: Sequence[int], owner: npt.NDArray[np.intp], index: npt.NDArray[np.intp]
) -> PairFeatures:
    """Return the columns for the pairs of quotation `numbers[owner[n]]` and mention `index[n]`."""
    items = np.array([doc.item_of_quotation[number] for number in numbers])
    starts, names = np.array(doc.mention_starts), np.array(doc.names_before)
    sentences, paragraphs = np.array(doc.outline.sentence), np.array(doc.outline.paragraph)
    at, first = items[owner], starts[index]
    last = np.array([mention.last for mention in doc.mentions])[index]
    follows = first > at
    low = np.where(follows, at + 1, last)
    high = np.maximum(low, np.where(follows, first, at))  # a mention that runs up to its quotation has nothing between
    following = np.searchsorted(starts, items)[owner]
    between_first, between_end = np.where(follows, following, index + 1), np.where(follows, index, following)
    same_sentence = sentences[first] == sentences[at]

    def between(total: Sequence[float], most: float) -> _Column:
        counts = np.array(total, np.float64)
        column: _Column = np.minimum(most, counts[high] - counts[low])
        return column

    pairs = list(zip([numbers[each] for each in owner.tolist()], at.tolist(), index.tolist(), strict=True))
    return PairFeatures(
        mention_follows=follows.astype(np.float64),
        items_between=np.minimum(250.0, high - low),
        sentences_apart=np.minimum(20.0, np.abs(sentences[first] - sentences[at])),
        paragraphs_apart=np.minimum(12.0, np.abs(paragraphs[first] - paragraphs[at])),
        quotations_between=between(doc.totals.quotations, 12.0),
        mentions_between=(between_end - between_first).astype(np.float64),
        names_between=(names[between_end] - names[between_first]).astype(np.float64),
        commas_between=between(doc.totals.commas, 12.0),
        colons_between=between(doc.totals.colons, 4.0),
        that_between=between(doc.totals.that, 4.0),
        cues_between=between(doc.totals.cues, 8.0),
        rank_before=np.where(follows, -1.0, following - 1 - index),
        rank_after=np.where(follows, index - following, -1.0),
        names_apart=np.abs(names[following] - names[index]).astype(np.float64),
        clause_pattern=np.array(
            [clause_pattern(doc, item, doc.mentions[mention]) for _, item, mention in pairs], float
        ),
        named_in_quotation=_named_in_quotation(doc, numbers, pairs),
        nearest_cue_between=_nearest_cue(doc.cue_weights, follows, low, high),
        candidates_in_sentence=np.bincount(owner, same_sentence.astype(np.float64), len(numbers))[owner].astype(
            np.float64
        ),
        items_since_entity_cue=np.array(
            [_items_since_cue(doc, doc.entity_of[mention], item) for _, item, mention in pairs]
        ),
    )


def _named_in_quotation(
    doc: AnnotatedDocument, numbers: Sequence[int], pairs: Sequence[tuple[int, int, int]]
) -> _Column:
    """Return 1 for each pair of which the quotation's words hold the last name of the mention's entity, else 0."""
    quotations = {number: doc.quotations[number] for number in numbers}
    words = {number: doc.outline.text[each.start : each.end].lower() for number, each in quotations.items()}
    entities, entity_of = doc.entities, doc.entity_of
    return np.array(
        [
            entity_of[mention] >= 0 and entities[entity_of[mention]].key[-1] in words[number]
            for number, _, mention in pairs
        ],
        float,
    )


def _nearest_cue(
    weights: Sequence[float], follows: npt.NDArray[np.bool_], low: npt.NDArray[np.intp], high: npt.NDArray[np.intp]
) -> _Column:
    """Return the cue weight of the item next to each mention towards its quotation; 0 where nothing is between."""
    apart = high > low
    nearest = np.where(apart, np.where(follows, high - 1, low), 0)
    return np.where(apart, np.array(weights)[nearest], 0.0)


def _items_since_cue(doc: AnnotatedDocument, entity: int, at: int) -> float:
    """Return the items from the entity's last speaking cue to item `at`; `FAR` when it had none, as was learned."""
    if entity < 0:
        return FAR
    cued = doc.cued_items[entity]
    past = bisect_left(cued, at)
    return min(_LONG_AGO, float(at - cued[past - 1])) if past else FAR


def clause_pattern(doc: AnnotatedDocument, at: int, mention: Mention) -> ClausePattern:
    """Return the plain shape that the quotation at item `at` makes with the mention."""
    return _pattern_after(doc, at, mention) if mention.first > at else _pattern_before(doc, at, mention)


def _pattern_after(doc: AnnotatedDocument, at: int, mention: Mention) -> ClausePattern:
    outline, cues = doc.outline, doc.cue_weights
    first, last = mention.first, mention.last
    start = at + 1
    while start < first and (outline.words[start] == "," or outline.words[start] in DASHES):
        start += 1
    if start == first:
        dash = start > at + 1 and outline.words[start - 1] in DASHES
        ends = last >= len(outline) or outline.paragraph[last] != outline.paragraph[first]
        if dash and (ends or outline.words[last] in ".("):
            return ClausePattern.SIGNED
        cued = last < len(outline) and cues[last] >= PATTERN_CUE
        return ClausePattern.MENTION_CUE_AFTER if cued else ClausePattern.MENTION_AFTER
    if cues[start] >= PATTERN_CUE and first - start == 1:
        return ClausePattern.CUE_MENTION_AFTER
    if cues[start] >= PATTERN_CUE and first - start <= 4:
        return ClausePattern.CUE_NEAR_MENTION_AFTER
    if outline.lower[start] == "according" and first - start <= 3:
        return ClausePattern.ACCORDING_TO_AFTER
    return ClausePattern.NONE


def _pattern_before(doc: AnnotatedDocument, at: int, mention: Mention) -> ClausePattern:
    outline, cues = doc.outline, doc.cue_weights
    last = mention.last
    colon = outline.words[at - 1] == ":"
    end = at - 1
    if end >= last and outline.words[end] in (",", ":", "that"):
        end -= 1
    if end < last:
        return ClausePattern.COLON_BEFORE if colon else ClausePattern.MENTION_BEFORE
    if cues[end] >= PATTERN_CUE and end == last:
        return ClausePattern.CUE_BEFORE
    if cues[end] >= PATTERN_CUE and end - last <= 3:
        return ClausePattern.CUE_NEAR_BEFORE
    same_sentence = outline.sentence[mention.first] == outline.sentence[at]
    return ClausePattern.SENTENCE_COLON_BEFORE if colon and same_sentence else ClausePattern.NONE
