"""Tell who "they" are where two people were the subject before, which body "it" is, and whose company "her colleagues" are.

"Lee and Roe argued ... “Q,” they wrote" is both of them; "Lee and her colleagues" and "Lee and other advocates" are Lee.
"""

from __future__ import annotations

from typing import Final

from indexer.attribution.annotated_document import SPEAKING_CUE, AnnotatedDocument
from indexer.attribution.clauses.subject_phrases import joined_mentions, stands_as_subject
from indexer.attribution.features.mention_features import PrecedingWord, mention_features, preceding_word
from indexer.entities.mentions import MentionKind
from indexer.entities.noun_phrases import is_plural
from indexer.entities.party_tags import past_party_tag
from indexer.word_lists import phrase_list, word_list

_WITH_OTHERS: Final = frozenset({"his", "her", "other"})  # "Lee and her aides", "Lee and other conservatives"
_GOVERNORS: Final = (
    PrecedingWord.TOPIC_PREPOSITION,
    PrecedingWord.PLACE_PREPOSITION,
    PrecedingWord.AGENT_PREPOSITION,
)
_PLACES: Final = phrase_list("places")
_PLURALS: Final = word_list("plural_pronouns")
_THINGS: Final = word_list("things_that_speak")
# What "it" stands for is looked for among so many mentions; each sentence back costs 1, and these are worth so many
# sentences: to stand first in a sentence, and to be a body or a thing that speaks.
_BODIES_BACK, _SUBJECT_BONUS, _THING_BONUS = 14, 1.2, 0.6
_MENTIONS_BACK, _SENTENCES_BACK = 14, 4


def last_plural_subject(doc: AnnotatedDocument, index: int) -> tuple[int, ...]:
    """Return the mentions that the "they" of mention `index` goes on with: two names or more, or another "they"; () for none."""
    sentence = doc.outline.sentence
    for before in range(index - 1, max(-1, index - 1 - _MENTIONS_BACK), -1):
        mention = doc.mentions[before]
        if sentence[doc.mentions[index].first] - sentence[mention.first] > _SENTENCES_BACK:
            break
        speaks = mention.last < len(doc.outline) and doc.cue_weights[mention.last] >= SPEAKING_CUE
        if mention.kind == MentionKind.PRONOUN:
            if mention.head.lower() == "they" and speaks:
                return (before,)
            continue
        if doc.entity_of[before] < 0:
            if is_plural(mention.head) and (speaks or mention_features(doc, before).opens_sentence):
                return ()
            continue
        members = joined_mentions(doc, before)
        if len(members) > 1 and doc.entities[doc.entity_of[before]].person:
            is_governed = preceding_word(doc, doc.mentions[members[0]].first) in _GOVERNORS
            opens = mention_features(doc, members[0]).first_in_sentence > 0 and not is_governed
            if opens or stands_as_subject(doc, members[0], members[-1]):
                return members
    return ()


def leader_of_company(doc: AnnotatedDocument, index: int) -> int | None:
    """Return the entity of Lee where mention `index` is the end of "Lee (D-Ohio) and her colleagues"; None elsewhere."""
    mention, outline = doc.mentions[index], doc.outline
    if outline.lower[mention.first] not in _WITH_OTHERS or outline.lower[mention.first - 1 : mention.first] != ["and"]:
        return None
    before = next((k for k in range(index - 1, -1, -1) if doc.mentions[k].first < mention.first - 1), -1)
    if before < 0 or doc.entity_of[before] < 0 or not doc.entities[doc.entity_of[before]].person:
        return None
    end = past_party_tag(outline, doc.mentions[before].last)
    return doc.entity_of[before] if end == mention.first - 1 and mention.head.endswith("s") else None


def last_body(doc: AnnotatedDocument, index: int) -> int | None:
    """Return the body, the paper or the group that the "it", "they" or "we" of mention `index` stands for: the last, subjects first."""
    plural = doc.mentions[index].head.lower() in _PLURALS
    sentence = doc.outline.sentence[doc.mentions[index].first]
    best: tuple[float, int] | None = None
    for before in range(index - 1, max(-1, index - 1 - _BODIES_BACK), -1):
        mention, entity = doc.mentions[before], doc.entity_of[before]
        head = mention.head.lower()
        if mention.kind == MentionKind.PRONOUN:
            continue
        if entity >= 0 and (doc.entities[entity].person or doc.entities[entity].place):
            continue
        if plural and entity >= 0 and doc.entities[entity].key in _PLACES:  # "they" is no Washington
            continue
        if mention.kind == MentionKind.NOMINAL and plural != is_plural(head):
            continue
        score = (
            _SUBJECT_BONUS * (mention_features(doc, before).first_in_sentence > 0)
            + _THING_BONUS * (head in _THINGS or entity >= 0)
            - (sentence - doc.outline.sentence[mention.first])
        )
        if best is None or score > best[0]:
            best = (score, before)
    return None if best is None else best[1]
