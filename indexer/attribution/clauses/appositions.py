"""Find who is named beside a phrase: "the spokesman, Josh Earnest," and "Earnest, the spokesman,"."""

from __future__ import annotations

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.clauses.subject_phrases import phrase_end
from indexer.entities.mentions import Entity
from indexer.word_lists import joined_phrases, word_list

_AFTER_APPOSITION = word_list("words_after_appositions") | {",", ".", ";", ")", ":", "("}
_BODIES = word_list("body_nouns") | word_list("groups")
_PLACES = joined_phrases("places")
_POSSESSIVES = word_list("possessive_determiners")
_TITLE_MODIFIERS, _BEFORE_PLACES = word_list("title_modifiers"), word_list("words_before_places")


def apposed_person(doc: AnnotatedDocument, index: int) -> int | None:
    """Return the person named beside the phrase of mention `index`: "the spokesman, Josh Earnest," or "Earnest, the spokesman,"."""
    mention = doc.mentions[index]
    words, lower, sentence = doc.outline.words, doc.outline.lower, doc.outline.sentence
    end = phrase_end(doc, index)
    following = index + 1  # past "the ministry" in "a spokeswoman for the ministry, Ann Lee,"
    while following < len(doc.mentions) and doc.mentions[following].first < end:
        following += 1
    previous = index - 1  # past "the Party" in "Lee, a former Party chairman"
    while previous >= 0 and doc.mentions[previous].first >= mention.first:
        previous -= 1
    is_body = mention.head.lower() in _BODIES
    for other in (following, previous):
        if not 0 <= other < len(doc.mentions) or doc.entity_of[other] < 0:
            continue
        beside = doc.mentions[other]
        first, second = (mention, beside) if other > index else (beside, mention)
        gap = words[phrase_end(doc, index if first is mention else other) : second.first]
        while len(gap) > 1 and gap[-1].lower() in _TITLE_MODIFIERS:  # "Hale's niece, state Del. Ann Lee,"
            gap.pop()
        if is_body and gap[-1:] == ["the"]:  # "another group, the Harbour Coalition,"
            gap.pop()
        closed = second.last >= len(words) or words[second.last] in _AFTER_APPOSITION
        if second is mention and first.first and lower[first.first - 1] in _BEFORE_PLACES:  # "In Chelsea, the mayor"
            closed = words[end : end + 1] == [","]
        is_name = gap in (["is"], ["was"]) and first is mention and lower[first.first] in _POSSESSIVES
        if (
            ((gap == [","] and closed) or is_name)
            and sentence[first.first] == sentence[second.first]
            and _may_be(doc.entities[doc.entity_of[other]], is_body=is_body)
        ):
            return doc.entity_of[other]
    return None


def _may_be(entity: Entity, *, is_body: bool) -> bool:
    """Whether what a name stands for may be called by the phrase: a person; and where that is a body, neither a place nor surely somebody."""
    if is_body:
        return not (entity.titled or entity.gender or entity.place or " ".join(entity.key) in _PLACES)
    return entity.person
