"""Find who speaks before a tail of his noun phrase: the driver in "a driver who saw the blast said", and not the blast."""

from __future__ import annotations

from bisect import bisect_left

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.clauses.clause_subjects import is_governed
from indexer.attribution.clauses.subject_phrases import phrase_end
from indexer.entities.mentions import MentionKind
from indexer.entities.no_persons import names_people
from indexer.entities.noun_phrases import is_role_noun
from indexer.quotations.outline import Outline
from indexer.word_lists import word_list

_MOST_TAILS, _LONGEST_TAIL = 3, 6  # tails of one phrase; items from "who" to what a tail ends with
_MOST_WITHIN = 3  # mentions that end together, one within the other
_RELATIVES = word_list("relative_subjects") | {"that"}
_BEFORE_THINGS = (
    word_list("prepositions") | word_list("place_prepositions") | {"against", "behind", "during", "of", "over"}
)
_ADJECTIVES = word_list("adjectives_before_tails")
_TITLES = word_list("titles")
_LEAST_PARTICIPLE = 5  # letters: "king" and "ring" are none


def whole_subject(doc: AnnotatedDocument, index: int) -> int:
    """Return the mention whose phrase ends in mention `index` where that is a thing: "members attending the meeting said".

    The mention itself where it may speak, or where nobody stands before it.
    """
    outline, mention = doc.outline, doc.mentions[index]
    if mention.kind != MentionKind.NOMINAL or _is_somebody(doc, index):
        return index
    at = mention.first
    for _ in range(_MOST_TAILS):
        start = _tail_start(outline, at)
        before = _ending_at(doc, start) if start is not None else None
        if before is None:
            return index
        if _is_somebody(doc, before):
            return before
        at = doc.mentions[before].first
    return index


def _is_somebody(doc: AnnotatedDocument, index: int) -> bool:
    """Whether a mention is a noun that can speak, or a person's name."""
    mention, entity = doc.mentions[index], doc.entity_of[index]
    if mention.kind == MentionKind.NOMINAL:
        return is_role_noun(doc.outline, mention.core) or mention.head.lower() in _TITLES
    if names_people(mention.head.lower()):
        return not is_governed(doc, mention)
    return entity >= 0 and doc.entities[entity].person


def _tail_start(outline: Outline, at: int) -> int | None:
    """Return where the words before item `at` begin that tie it to a noun: "during", "attending", "who wants to leave"."""
    for k in range(at - 1, max(-1, at - 1 - _LONGEST_TAIL), -1):
        low = outline.lower[k]
        if outline.sentence[k] != outline.sentence[at] or outline.quotation[k] >= 0 or not outline.words[k].islower():
            return None
        if k == at - 1 and low in _BEFORE_THINGS:
            return k - (outline.lower[k - 1] in _ADJECTIVES)  # "one person familiar with the matter said"
        is_participle = low.endswith("ing") and len(low) >= _LEAST_PARTICIPLE
        # "The agency that released inmates said", not "told Lee that generals said"
        if is_participle or (low in _RELATIVES and (k < at - 1 or outline.lower[at].endswith("ed"))):
            return k - (is_participle and outline.lower[k - 1] in _BEFORE_THINGS)  # "foes of barring the weapons said"
    return None


def _ending_at(doc: AnnotatedDocument, item: int) -> int | None:
    """Return the mention that ends right before an item, or whose phrase does: the chief in "the chief of Harbour Patrol"."""
    nearest = bisect_left(doc.mention_starts, item) - 1
    within = range(nearest, max(-1, nearest - _MOST_WITHIN), -1)
    ending = [k for k in within if item in (doc.mentions[k].core + 1, doc.mentions[k].last, phrase_end(doc, k))]
    return ending[-1] if ending else None
