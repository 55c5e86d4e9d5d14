"""Count what is true of a mention whatever the quotation: how it hangs in its sentence, and who it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from enum import IntEnum
from typing import NamedTuple

from indexer.attribution.annotated_document import SPEAKING_CUE, AnnotatedDocument
from indexer.entities.mentions import Entity, Mention, MentionKind
from indexer.quotations.outline import DASHES, Outline
from indexer.word_lists import word_list

FAR = 60.0  # items: what stands further off than this, or in another sentence, is not there for a reader
_KIND_CODES = {MentionKind.NAME: 0.0, MentionKind.NOMINAL: 1.0, MentionKind.PRONOUN: 2.0}
# Codes, not an order: the trees cut them apart. 8 is any other pronoun, 0 no pronoun.
PRONOUN_CODES = {"he": 1, "she": 1, "they": 2, "we": 3, "i": 3, "it": 4, "who": 5, "which": 6, "you": 7}
_OTHER_PRONOUN = 8
_OBJECT_VERBS, _AUXILIARIES = word_list("object_verbs"), word_list("auxiliaries")


class PrecedingWord(IntEnum):
    """The kind of the item right before a mention. The numbers are those that the model was learned with."""

    SENTENCE_START = 0
    QUOTATION = 1
    COMMA = 2  # or a dash
    ACCORDING_TO = 3
    OBJECT_VERB = 4  # "told", "asked": the mention is who was told
    CUE = 5
    TOPIC_PREPOSITION = 6  # "of", "about"
    PLACE_PREPOSITION = 7  # "to", "in"
    AGENT_PREPOSITION = 8  # "by"
    COORDINATOR = 9
    SUBORDINATOR = 10
    BRACKET = 11
    COPULA = 12
    OTHER_WORD = 13
    OTHER_MARK = 14


class FollowingWord(IntEnum):
    """The kind of the item right after a mention. The numbers are those that the model was learned with."""

    PARAGRAPH_END = 0
    QUOTATION = 1
    COMMA = 2
    POSSESSIVE = 3
    CUE = 4
    AUXILIARY = 5
    SENTENCE_END = 6
    COLON = 7
    BRACKET = 8
    COORDINATOR = 9
    RELATIVE = 10
    PREPOSITION = 11
    ADVERB = 12
    WEAK_CUE = 13
    OTHER_WORD = 14
    OTHER_MARK = 15


_WEAK_CUE = 0.2  # a share of a word's uses that report speech, as `cue_weights` have it
_PRECEDING = {
    **dict.fromkeys(word_list("copulas"), PrecedingWord.COPULA),
    **dict.fromkeys(word_list("subordinators"), PrecedingWord.SUBORDINATOR),
    **dict.fromkeys(word_list("coordinators") | {"&"}, PrecedingWord.COORDINATOR),
    **dict.fromkeys(word_list("agent_prepositions"), PrecedingWord.AGENT_PREPOSITION),
    **dict.fromkeys(word_list("place_prepositions"), PrecedingWord.PLACE_PREPOSITION),
    **dict.fromkeys(word_list("topic_prepositions"), PrecedingWord.TOPIC_PREPOSITION),
    "(": PrecedingWord.BRACKET,
}
_FOLLOWING = {
    **dict.fromkeys(word_list("adverbs_after_mentions"), FollowingWord.ADVERB),
    **dict.fromkeys(word_list("prepositions_after_mentions"), FollowingWord.PREPOSITION),
    **dict.fromkeys(word_list("relative_pronouns"), FollowingWord.RELATIVE),
    **dict.fromkeys(word_list("coordinators") | {"&"}, FollowingWord.COORDINATOR),
    **dict.fromkeys(".?!", FollowingWord.SENTENCE_END),
    "(": FollowingWord.BRACKET,
    ":": FollowingWord.COLON,
}


class MentionFeatures(NamedTuple):
    """The numbers of one mention; gaps are items of the outline, weights shares of a word's uses that report speech.

    cue_after_gap, cue_after_weight      the next cue of the sentence
    mentions_to_cue_after                mentions between the two
    cue_before_gap, cue_before_weight    the last cue of the sentence before the mention
    preceding_word, following_word       `PrecedingWord` and `FollowingWord`
    pronoun                              a code of `PRONOUN_CODES`; 0 for no pronoun
    person_evidence                      of: taken for a person, titled, of known gender; -1 without an entity
    source_prior                         share of such mentions that are a source
    entity_cues                          how often its entity stands right beside a speaking cue
    label                                opens its paragraph and a colon follows
    cues_after_in_sentence               the sum of the weights in the rest of the sentence
    """

    cue_after_gap: float
    cue_after_weight: float
    mentions_to_cue_after: float
    cue_before_gap: float
    cue_before_weight: float
    preceding_word: float
    following_word: float
    opens_sentence: float
    opens_paragraph: float
    mention_kind: float
    pronoun: float
    person_evidence: float
    entity_mentions: float
    entity_in_title: float
    name_words: float
    has_title: float
    source_prior: float
    entity_cues: float
    in_brackets: float
    first_in_sentence: float
    apposition: float
    in_headline: float
    label: float
    cues_after_in_sentence: float


def mention_features(doc: AnnotatedDocument, index: int) -> MentionFeatures:
    """Return the numbers of mention `index`; counted once a mention."""
    counted = doc.mention_features.get(index)
    if counted is None:
        counted = doc.mention_features[index] = _count(doc, index)
    return counted


def _count(doc: AnnotatedDocument, index: int) -> MentionFeatures:
    mention, outline, totals = doc.mentions[index], doc.outline, doc.totals
    first, last = mention.first, mention.last
    sentence, paragraph = outline.sentence[first], outline.paragraph[first]
    number = doc.entity_of[index]
    entity = doc.entities[number] if number >= 0 else None
    cue_after_gap, cue_after_weight, mentions_to_cue_after = _cue_after(doc, index)
    cue_before_gap, cue_before_weight = _cue_before(doc, mention)
    return MentionFeatures(
        cue_after_gap=cue_after_gap,
        cue_after_weight=cue_after_weight,
        mentions_to_cue_after=mentions_to_cue_after,
        cue_before_gap=cue_before_gap,
        cue_before_weight=cue_before_weight,
        preceding_word=float(preceding_word(doc, first)),
        following_word=float(following_word(doc, last)),
        opens_sentence=float(first == 0 or outline.sentence[first - 1] != sentence),
        opens_paragraph=float(doc.paragraph_first[paragraph] == first),
        mention_kind=_KIND_CODES[mention.kind],
        pronoun=_pronoun_code(mention, outline),
        person_evidence=_person_evidence(entity),
        entity_mentions=min(30.0, float(len(entity.mentions))) if entity else 0.0,
        entity_in_title=float(entity is not None and entity.key[-1] in doc.title_words),
        name_words=float(len(entity.key)) if entity else 0.0,
        has_title=float(bool(mention.title)),
        source_prior=doc.source_prior(mention),
        entity_cues=min(9.0, doc.cue_counts[number]) if entity else 0.0,
        in_brackets=float(totals.opening_brackets[first] > totals.closing_brackets[first]),
        first_in_sentence=float(index == 0 or outline.sentence[doc.mentions[index - 1].first] != sentence),
        apposition=float(_is_apposition(doc, index)),
        in_headline=float(paragraph == doc.headline_paragraph),
        label=float(last < len(outline) and outline.words[last] == ":" and doc.paragraph_first[paragraph] == first),
        cues_after_in_sentence=_cues_after_in_sentence(doc, mention),
    )


def _pronoun_code(mention: Mention, outline: Outline) -> float:
    if mention.kind != MentionKind.PRONOUN:
        return 0.0
    return float(PRONOUN_CODES.get(outline.lower[mention.core], _OTHER_PRONOUN))


def _person_evidence(entity: Entity | None) -> float:
    if entity is None:
        return -1.0
    return float(entity.person) + float(entity.titled) + float(entity.gender != 0)


def _cue_after(doc: AnnotatedDocument, index: int) -> tuple[float, float, float]:
    """Return items, weight and mentions to the next cue in the mention's sentence."""
    mention, outline = doc.mentions[index], doc.outline
    at = doc.next_cue[mention.last]
    if at < 0 or outline.sentence[at] != outline.sentence[mention.first]:
        return FAR, 0.0, 9.0
    between = bisect_left(doc.mention_starts, at) - index - 1
    return min(FAR, float(at - mention.last)), doc.cue_weights[at], float(between)


def _cue_before(doc: AnnotatedDocument, mention: Mention) -> tuple[float, float]:
    """Return items and weight to the last cue before the mention in its sentence."""
    at = doc.previous_cue[mention.first]
    if at < 0 or doc.outline.sentence[at] != doc.outline.sentence[mention.first]:
        return FAR, 0.0
    return min(FAR, float(mention.first - at - 1)), doc.cue_weights[at]


def _cues_after_in_sentence(doc: AnnotatedDocument, mention: Mention) -> float:
    """Return how much reporting the rest of the mention's sentence holds, up to three words of weight 1."""
    outline = doc.outline
    end = bisect_right(outline.sentence, outline.sentence[mention.first])
    return min(3.0, doc.totals.cues[end] - doc.totals.cues[mention.last])


def preceding_word(doc: AnnotatedDocument, first: int) -> PrecedingWord:
    """Return the kind of the item before a mention that begins at item `first`."""
    outline = doc.outline
    if outline.opens_sentence(first):
        return PrecedingWord.SENTENCE_START
    word = outline.lower[first - 1]
    if outline.quotation[first - 1] >= 0:
        return PrecedingWord.QUOTATION
    if word == "," or word in DASHES:
        return PrecedingWord.COMMA
    if word == "to" and first > 1 and outline.lower[first - 2] == "according":
        return PrecedingWord.ACCORDING_TO
    if word in _OBJECT_VERBS:
        return PrecedingWord.OBJECT_VERB
    if doc.cue_weights[first - 1] >= SPEAKING_CUE:
        return PrecedingWord.CUE
    listed = _PRECEDING.get(word)
    if listed is not None:
        return listed
    return PrecedingWord.OTHER_WORD if word[0].isalnum() else PrecedingWord.OTHER_MARK


def following_word(doc: AnnotatedDocument, last: int) -> FollowingWord:
    """Return the kind of item `last`, the one right after a mention."""
    outline = doc.outline
    if last >= len(outline) or outline.paragraph[last] != outline.paragraph[last - 1]:
        return FollowingWord.PARAGRAPH_END
    word = outline.lower[last]
    if outline.quotation[last] >= 0:
        return FollowingWord.QUOTATION
    if word == ",":
        return FollowingWord.COMMA
    if word in ("'s", "’s"):
        return FollowingWord.POSSESSIVE
    if doc.cue_weights[last] >= SPEAKING_CUE:
        return FollowingWord.CUE
    if word in _AUXILIARIES:
        return FollowingWord.AUXILIARY
    listed = _FOLLOWING.get(word)
    if listed is not None:
        return listed
    if word.endswith("ly"):
        return FollowingWord.ADVERB
    if doc.cue_weights[last] >= _WEAK_CUE:
        return FollowingWord.WEAK_CUE
    return FollowingWord.OTHER_WORD if word[0].isalnum() else FollowingWord.OTHER_MARK


def _is_apposition(doc: AnnotatedDocument, index: int) -> bool:
    """Whether a mention follows another one after just a comma, as "a spokesman" does after a name."""
    if index == 0:
        return False
    mention, before = doc.mentions[index], doc.mentions[index - 1]
    return mention.first - before.last == 1 and doc.outline.words[before.last] == ","
