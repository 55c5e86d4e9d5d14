"""Find the subject of a reporting word: Lee in "Ann Lee, head of Roe's Harbour Council, said", and not the Council."""

from __future__ import annotations

from bisect import bisect_left

from indexer.attribution.annotated_document import SPEAKING_CUE, AnnotatedDocument
from indexer.attribution.features.mention_features import PrecedingWord, preceding_word
from indexer.entities.mentions import Mention, MentionKind
from indexer.entities.noun_phrases import POSSESSIVE_MARKS, before_time, is_capitalised
from indexer.entities.party_tags import past_party_tag
from indexer.word_lists import joined_phrases, word_list

_PLACES = joined_phrases("places")
_PARTICIPLES, _NO_SPEAKERS = word_list("participle_cues"), word_list("subjects_that_do_not_speak")
_BETWEEN, _DETERMINERS = word_list("words_between_subject_and_cue"), word_list("determiners")
_RELATIVE, _ADJECTIVES = word_list("relative_subjects"), word_list("adjectives_before_tails")
_TAILS = word_list("prepositions_of_tails")  # "an official involved in talks over Veldania said"
# Items that are looked through, each way longer than news sentences need and short enough to stay linear.
_MAX_TO_SUBJECT, _MAX_APPOSITION, _MAX_SENTENCE = 3, 22, 60
_MAX_JOINED = 8  # names that "and" joins; longer rows are lists or damage
_MAX_IN_RELATIVE = 2  # words between "who" and a preposition: "who spoke again to"
_MAX_BEFORE_NAME = 6  # "the local tenants group" before a name
# A mention after these is no subject: who was told, what was spoken of, where it was said.
_NOT_SUBJECTS = (
    PrecedingWord.OBJECT_VERB,
    PrecedingWord.TOPIC_PREPOSITION,
    PrecedingWord.PLACE_PREPOSITION,
    PrecedingWord.AGENT_PREPOSITION,
)


def clause_subject(doc: AnnotatedDocument, cue: int) -> int | None:
    """Return the mention right before a cue, past "also", "has" and an apposition between commas."""
    outline = doc.outline
    if outline.lower[cue] in _PARTICIPLES:
        return _main_subject(doc, cue)
    at = cue - 1
    while (
        at >= 0 and cue - at <= _MAX_TO_SUBJECT and (outline.lower[at] in _BETWEEN or outline.lower[at].endswith("ly"))
    ):
        at -= 1
    at = before_time(outline, at + 1) - 1  # "Lee earlier this week said"
    comma = at >= 0 and outline.words[at] == ","
    index = bisect_left(doc.mention_starts, cue) - 1
    governor = at + 1  # the item that governs a mention right before the cue, or one that was passed
    while index >= 0 and outline.sentence[doc.mentions[index].first] == outline.sentence[cue]:
        mention = doc.mentions[index]
        last = past_party_tag(outline, mention.last)
        if cue - last > _MAX_SENTENCE:  # "who said who said": each cue would look at all before it
            break
        governed = _governor(doc, mention, comma)
        if comma and mention.kind == MentionKind.NOMINAL and governed is None:
            if last == governor and preceding_word(doc, mention.first) == PrecedingWord.SENTENCE_START:
                return index
            governor = -1  # "an adviser to Berg" says who the name before is
        elif 0 <= governor - last <= _MAX_IN_RELATIVE and governor <= at and outline.lower[mention.first] in _RELATIVE:
            governor = mention.first  # "a driver who saw Lee said", "one official who spoke to Lee said"
        elif (mention.kind == MentionKind.PRONOUN and last <= at) or 0 <= governor < mention.first:
            pass  # the "who" of an apposition; Roe of "for Roe's Council"
        elif last == governor or (mention.kind == MentionKind.NOMINAL and outline.ends[at] == mention.end):
            if governed is None:
                return index if _can_speak(doc, index) else None
            governor = governed
        elif not comma or cue - last > _MAX_APPOSITION:
            break
        elif "," in outline.words[max(mention.last, last - 1) : last + 1]:
            if governed is not None:
                governor = governed
            elif _can_speak(doc, index) and mention.kind == MentionKind.NAME:
                return index
        index -= 1
    return None


def mention_before(doc: AnnotatedDocument, item: int) -> int | None:
    """Return the mention that ends right before an item of the outline."""
    index = bisect_left(doc.mention_starts, item) - 1
    return index if index >= 0 and doc.mentions[index].last == item else None


def is_governed(doc: AnnotatedDocument, mention: Mention) -> bool:
    """Return whether a preposition or a verb governs a mention, so that it is no subject."""
    return _governor(doc, mention, in_apposition=False) is not None


def _governor(doc: AnnotatedDocument, mention: Mention, in_apposition: bool) -> int | None:
    """Return what governs a mention, or the name that "and" joins with it or that owns it: "media in Syria and Russia say",
    "Lee, head of Roe's Harbour Council, said".
    """
    for _ in range(_MAX_JOINED):
        governor = _own_governor(doc, mention, in_apposition)
        before = _linked_before(doc, mention) if governor is None else None
        if before is None:
            if governor and doc.outline.lower[governor - 1] in _ADJECTIVES:
                return governor - 1  # "a person familiar with the plan said"
            return governor
        mention = before
    return None


def _linked_before(doc: AnnotatedDocument, mention: Mention) -> Mention | None:
    """Return the name that "and" joins with a name, that owns a mention, or that lies in a place: Lee before "and Roe" and
    before "’s Council", the town before ", Alabama".
    """
    link = mention.first - 1
    word = doc.outline.lower[link] if link >= 0 else ""
    entity = doc.entity_of[bisect_left(doc.mention_starts, mention.first)] if word == "," else -1
    is_place = entity >= 0 and not doc.entities[entity].person and mention.head.lower() in _PLACES
    if word not in POSSESSIVE_MARKS and not is_place and not (word == "and" and mention.kind == MentionKind.NAME):
        return None
    before = mention_before(doc, link)
    return doc.mentions[before] if before is not None and doc.mentions[before].kind == MentionKind.NAME else None


def _own_governor(doc: AnnotatedDocument, mention: Mention, in_apposition: bool) -> int | None:
    """Return the preposition or verb that governs a mention, as in "of Lee" and "at the Lee Society"; None for a subject.

    Words more may stand between where an apposition is passed: "a lawyer at the small Lee Society, said", "who heads the
    local tenants group Lee Voice, said".
    """
    first, outline = mention.first, doc.outline
    if mention.title and first > 1 and outline.lower[first - 1] == "for" and is_capitalised(outline.words[first - 2]):
        return None  # "Harbours United for Change President Ann Lee"
    if mention.kind == MentionKind.NAME and preceding_word(doc, first) not in _NOT_SUBJECTS:
        for k in range(first - 1, max(-1, first - (_MAX_BEFORE_NAME if in_apposition else 2)), -1):
            if outline.sentence[k] != outline.sentence[first]:
                break
            if outline.lower[k] in _DETERMINERS:
                # "at The Lee Society", not "All On The Line"
                first = k if outline.words[k].islower() or outline.words[k - 1].islower() else first
                break
            if not outline.words[k].islower():
                break
            if preceding_word(doc, k + 1) in _NOT_SUBJECTS:
                return k
    is_object = (  # "who represents Lee", "who wants to leave the Lee Union"
        first > 1
        and outline.sentence[first - 2] == outline.sentence[first]
        and (outline.lower[first - 2] in _RELATIVE or (in_apposition and outline.lower[first - 2] == "to"))
        and outline.words[first - 1].islower()
    )
    is_tail = first > 0 and outline.lower[first - 1] in _TAILS
    return first - 1 if is_object or is_tail or preceding_word(doc, first) in _NOT_SUBJECTS else None


def _can_speak(doc: AnnotatedDocument, index: int) -> bool:
    """Whether a mention can be a subject that talks; "who said" and "it said" hardly name a speaker."""
    return doc.mentions[index].head.lower() not in _NO_SPEAKERS


def _main_subject(doc: AnnotatedDocument, cue: int) -> int | None:
    """Return the subject of the sentence that ends in ", adding that ..."."""
    outline = doc.outline
    if outline.words[cue - 1] != "," or outline.lower[cue + 1] != "that":
        return None
    first = cue
    while first > 0 and outline.sentence[first - 1] == outline.sentence[cue] and cue - first < _MAX_SENTENCE:
        first -= 1
    index = bisect_left(doc.mention_starts, first)
    while index < len(doc.mentions) and doc.mentions[index].first < cue:
        mention = doc.mentions[index]
        if mention.last < cue and doc.cue_weights[mention.last] >= SPEAKING_CUE and _can_speak(doc, index):
            return index
        index += 1
    return None
