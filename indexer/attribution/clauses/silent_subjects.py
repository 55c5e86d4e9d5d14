"""Tell which phrases before a reporting word say nothing: shares, adjectives alone, things, and what a preposition governs.

Any noun before a reporting word may be who speaks, so that "a rallying" was in "a rallying cry", and "57 percent" in "57
percent said they are “worried”".
"""

from __future__ import annotations

from typing import Final

from indexer.attribution.annotated_document import SPEAKING_CUE, AnnotatedDocument
from indexer.attribution.features.mention_features import PrecedingWord, preceding_word
from indexer.entities.mentions import Mention, MentionKind
from indexer.entities.noun_phrases import is_role_noun
from indexer.quotations.outline import Outline
from indexer.word_lists import word_list

_SHARES: Final = word_list("nouns_of_shares")
_UNCERTAIN_SHARES: Final = word_list("bodies_and_shares")
_THINGS: Final = word_list("things_that_say_nothing") | word_list("adjectives_before_cue_nouns")
_DOCUMENTS: Final = word_list("document_nouns")
_OF_ANY: Final = word_list("determiners_of_any")
_INDEFINITE: Final = frozenset({"a", "an"})
_TITLES: Final = word_list("titles")
_PREPOSITIONS: Final = word_list("prepositions_before_things")
_LEAST_PARTICIPLE: Final = 6  # letters: "king" and "being" are none


def says_nothing(doc: AnnotatedDocument, index: int) -> bool:
    """Return whether a mention is a noun phrase that is neither a person, a body nor a document that says things."""
    mention, outline = doc.mentions[index], doc.outline
    if mention.kind != MentionKind.NOMINAL:
        return False
    head = outline.lower[mention.core]
    if head in _DOCUMENTS:
        return not _OF_ANY.isdisjoint(outline.lower[mention.first : mention.first + 1])
    if head in _TITLES or is_role_noun(outline, mention.core):
        return False
    return _is_share(outline, mention) or _is_thing(head) or _is_governed(doc, mention)


def _is_share(outline: Outline, mention: Mention) -> bool:
    """Whether a phrase is a part of those who were asked: "two thirds", "57 percent", "a minority", not "the minority"."""
    head = outline.lower[mention.core]
    return head in _SHARES or (head in _UNCERTAIN_SHARES and outline.lower[mention.first] in _INDEFINITE)


def _is_thing(head: str) -> bool:
    """Whether a noun of no role is one of a thing, an adjective, or a word in "ing", as in "a familiar saying", "a rallying cry"."""
    return head in _THINGS or (head.endswith("ing") and len(head) >= _LEAST_PARTICIPLE and not head.endswith("ling"))


def _is_governed(doc: AnnotatedDocument, mention: Mention) -> bool:
    """Whether a preposition governs a phrase right before a reporting verb: "foes of the weapons say", not "with a child asking"."""
    cue = mention.core + 1
    if cue >= len(doc.outline) or doc.cue_weights[cue] < SPEAKING_CUE or doc.outline.lower[cue].endswith("ing"):
        return False
    if doc.outline.lower[max(0, mention.first - 2) : mention.first] == ["one", "of"]:  # "one of the screenshots reads"
        return False
    before = preceding_word(doc, mention.first)
    is_topic = before in (PrecedingWord.TOPIC_PREPOSITION, PrecedingWord.PLACE_PREPOSITION)
    return is_topic or (mention.first > 0 and doc.outline.lower[mention.first - 1] in _PREPOSITIONS)
