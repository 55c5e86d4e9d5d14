"""Read the whole subject of a reporting clause: the owner in "Ann's lawyer, Bob," is not it, and "Ann and Bob" are both it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from indexer.attribution.annotated_document import SPEAKING_CUE, AnnotatedDocument
from indexer.entities.lexicon import ANY_CUE, cue_weight
from indexer.entities.mentions import MentionKind
from indexer.entities.namesakes import ROLE_WORDS
from indexer.entities.noun_phrases import POSSESSIVE_ENDINGS
from indexer.word_lists import joined_phrases, word_list

# Items from an owner to what he owns ("'s long-time chief legal"), of an apposition between two joint subjects (", the
# governor of the state , and"), and between a joint subject and its cue ("have both").
_MAX_TO_POSSESSED, _MAX_APPOSITION, _MAX_TO_CUE = 6, 10, 3
_MAX_JOINT = 8  # longer lists are no joint statement
_DOCUMENTS = word_list("document_nouns")
_TITLE_WORDS = word_list("title_modifiers") | ROLE_WORDS
_KIN, _FUNCTION_WORDS = word_list("nouns_of_kin"), word_list("function_words")
_ARTICLES = word_list("articles")
_PREPOSITIONS = word_list("place_prepositions") | word_list("topic_prepositions") | {"among", "within"}
_JOINING, _RELATIVES = word_list("joining_words"), word_list("relative_subjects")
_END_OF_SUBJECT = word_list("words_after_joint_subject") | {".", ",", ";", "?", "!"}
_PLACES = joined_phrases("places")


def possessed_mention(doc: AnnotatedDocument, index: int) -> int:
    """Return the mention of what mention `index` owns when that speaks instead: `index` itself unless it is an owner.

    "Ann's lawyer, Bob," is Bob, "Ann's lawyer" the lawyer, "Northport's Bob" Bob; "Ann's statement" stays Ann.
    """
    mention, outline = doc.mentions[index], doc.outline
    if mention.kind != MentionKind.NAME or outline.lower[mention.last : mention.last + 1] not in (["'s"], ["’s"]):
        return index
    named = named_between_commas(doc, index)
    if named is not None and doc.cue_weights[doc.mentions[named].last + 1] >= SPEAKING_CUE:
        return named
    sentence = outline.sentence[mention.first]
    for other in range(index + 1, min(index + 4, len(doc.mentions))):
        owned = doc.mentions[other]
        if owned.core - mention.last > _MAX_TO_POSSESSED or outline.sentence[owned.first] != sentence:
            return index
        between = outline.lower[mention.last + 1 : owned.core]
        if any(not word[0].isalnum() and word not in POSSESSIVE_ENDINGS for word in between):
            return index
        if owned.kind == MentionKind.PRONOUN:
            return index
        if owned.kind == MentionKind.NAME and outline.lower[owned.last : owned.last + 1] in (["'s"], ["’s"]):
            continue
        if owned.kind == MentionKind.NAME:
            entity = doc.entities[doc.entity_of[other]]
            adjacent = all(word in _TITLE_WORDS or word in POSSESSIVE_ENDINGS for word in between) or _calls(between)
            return other if adjacent and (owned.title or len(entity.key) > 1) else index
        is_owned = mention.first <= owned.first <= mention.last + 1 or owned.first == mention.last
        if not is_owned or owned.head.lower() in _DOCUMENTS or owned.head.lower() not in ROLE_WORDS:
            return index
        return _named_after(doc, other)
    return index


def _calls(words: Sequence[str]) -> bool:
    """Whether the words between an owner and a name say who bears it: "Ann's eldest son-in-law Bob Roe", "Ann's old fixer"."""
    noun = words[-1] if words else ""
    is_called = noun in ROLE_WORDS or noun in _KIN or noun.endswith("-in-law")
    return (
        is_called and _FUNCTION_WORDS.isdisjoint(words) and not any(cue_weight(word) >= ANY_CUE for word in words[:-1])
    )


def named_between_commas(doc: AnnotatedDocument, owner: int) -> int | None:
    """Return Bob in "Ann's next-door neighbour, Bob, told": who is named between commas, whatever the owner calls him.

    Words follow the second comma.
    """
    outline = doc.outline
    start = doc.mentions[owner].last + 1
    comma = next(
        (k for k in range(start, min(start + _MAX_TO_POSSESSED, len(outline))) if outline.words[k] == ","), start
    )
    noun = outline.words[start:comma]
    if not noun or not noun[-1].islower() or not all(word[0].isalpha() for word in noun) or noun[-1] in _DOCUMENTS:
        return None
    for other in range(owner + 1, min(owner + 4, len(doc.mentions))):
        name = doc.mentions[other]
        if name.first == comma + 1 and doc.entity_of[other] >= 0 and doc.entities[doc.entity_of[other]].person:
            closed = outline.words[name.last : name.last + 1] == [","] and name.last + 1 < len(outline)
            return other if closed else None
    return None


def _named_after(doc: AnnotatedDocument, nominal: int) -> int:
    """Return the person who is named after a comma behind "Ann's lawyer", else the phrase itself."""
    outline, phrase = doc.outline, doc.mentions[nominal]
    end = phrase_end(doc, nominal)
    if outline.lower[end : end + 1] == ["and"] and outline.lower[end + 1 : end + 2] != []:  # "friend and lawyer, Bob"
        end = next((k + 1 for k in range(end + 1, min(end + 4, len(outline))) if outline.lower[k] in ROLE_WORDS), end)
        nominal += any(each.core == end - 1 for each in doc.mentions[nominal + 1 : nominal + 2])
    if nominal + 1 >= len(doc.mentions) or outline.words[end : end + 1] != [","]:
        return nominal
    name = doc.mentions[nominal + 1]
    person = doc.entity_of[nominal + 1] >= 0 and doc.entities[doc.entity_of[nominal + 1]].person
    same = outline.sentence[name.first] == outline.sentence[phrase.first]
    return nominal + 1 if name.first == end + 1 and person and same else nominal


def phrase_end(doc: AnnotatedDocument, index: int) -> int:
    """Return the item after a mention as it is printed: "a spokeswoman for the ministry" is longer than its head."""
    mention = doc.mentions[index]
    return max(mention.last, bisect_left(doc.outline.starts, mention.end))


def governing_phrase(doc: AnnotatedDocument, index: int) -> int:
    """Return the judge in "a judge in California, who": the phrase that ends in mention `index`, a place; else the mention."""
    mention, entity = doc.mentions[index], doc.entity_of[index]
    is_place = entity >= 0 and (doc.entities[entity].place or " ".join(doc.entities[entity].key) in _PLACES)
    if not is_place or index == 0:
        return index
    before = doc.mentions[index - 1]
    is_within = before.kind == MentionKind.NOMINAL and before.core < mention.first and before.end >= mention.end
    return index - 1 if is_within else index


def joint_subject(doc: AnnotatedDocument, index: int) -> tuple[int, ...]:
    """Return the mentions that are the subject together with mention `index`, in order; it alone when nobody is."""
    members = joined_mentions(doc, index)
    return members if len(members) > 1 and stands_as_subject(doc, members[0], members[-1]) else (index,)


def joined_names(names: Sequence[str]) -> str:
    """Return names as one speaker: "A", "A and B", "A, B and C"."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def joined_mentions(doc: AnnotatedDocument, index: int) -> tuple[int, ...]:
    """Return the names that stand joined with mention `index`, in order; it alone when none does.

    "Ann Lee, Bob Roe and Cy Poe wrote", "said Lee, the mayor, and Roe, her deputy."
    """
    names = _names_of_sentence(doc, index)
    at = names.index(index) if index in names else -1
    if at < 0:
        return (index,)
    last = at
    while last + 1 < len(names) and _link(doc, names[last], names[last + 1]) == ",":
        last += 1
    if last + 1 < len(names) and _link(doc, names[last], names[last + 1]) == "and":
        last += 1
    elif at == 0 or _link(doc, names[at - 1], names[at]) != "and":
        return (index,)
    else:
        last = at
    first = last - 1
    while first > 0 and last - first < _MAX_JOINT and _link(doc, names[first - 1], names[first]) == ",":
        first -= 1
    members = names[first : last + 1]
    if len(members) > 2 and first_word_before(doc, members[0]) in _PREPOSITIONS:
        members = members[-2:]  # "In Paris, Ann Lee and Bob Roe said"
    return tuple(members) if index in members and _same_kind(doc, members) else (index,)


def first_word_before(doc: AnnotatedDocument, index: int) -> str:
    """Return the word right before a mention, in small letters; "" at the head of the text."""
    first = doc.mentions[index].first
    return doc.outline.lower[first - 1] if first else ""


def _names_of_sentence(doc: AnnotatedDocument, index: int) -> list[int]:
    """Return the names in the sentence of mention `index` that stand within reach of it."""
    sentence = doc.outline.sentence[doc.mentions[index].first]
    near = range(max(0, index - 2 * _MAX_JOINT), min(len(doc.mentions), index + 2 * _MAX_JOINT))
    return [k for k in near if doc.entity_of[k] >= 0 and doc.outline.sentence[doc.mentions[k].first] == sentence]


def _link(doc: AnnotatedDocument, one: int, two: int) -> str:
    """Return how two names that follow each other are joined: "," or "and", past an apposition of the first; else ""."""
    outline = doc.outline
    low, high = doc.mentions[one].last, doc.mentions[two].first
    between = outline.lower[low:high]
    while between and between[-1] in _ARTICLES:
        between = between[:-1]
    if between == [","]:
        return ","
    if len(between) == 1 and between[0] in _JOINING:
        return "and"
    if len(between) == 2 and between[0] == "," and between[1] in _JOINING:
        return "and" if _is_listed(doc, one) else ""
    if len(between) < 4 or len(between) > _MAX_APPOSITION or between[0] != ",":
        return ""
    inner = between[1:-2] if between[-1] in _JOINING and between[-2] == "," else []
    names_role = inner and (inner[0] in _ARTICLES or inner[0] in ROLE_WORDS) and not {",", ".", ";", ":"} & set(inner)
    plain = all(weight < SPEAKING_CUE for weight in doc.cue_weights[low:high])
    return "and" if names_role and plain and set(inner) & ROLE_WORDS else ""


def _is_listed(doc: AnnotatedDocument, index: int) -> bool:
    """Whether a name follows another after a comma: the last "and" of "A, B, and C" has a comma before it."""
    before = doc.mentions[index - 1] if index else None
    return (
        before is not None
        and doc.entity_of[index - 1] >= 0
        and (doc.outline.words[before.last : doc.mentions[index].first] == [","])
    )


def _same_kind(doc: AnnotatedDocument, members: list[int]) -> bool:
    """Whether all are people or all are bodies, each another one, and none is a place."""
    entities = [doc.entities[doc.entity_of[member]] for member in members]
    apart = len({doc.entity_of[member] for member in members}) == len(members)
    places = any(" ".join(entity.key) in _PLACES for entity in entities)
    return apart and not places and len({entity.person for entity in entities}) == 1


def stands_as_subject(doc: AnnotatedDocument, first: int, last: int) -> bool:
    """Return whether a reporting word stands right before the first mention or soon after the last one."""
    outline, low, high = doc.outline, doc.mentions[first].first, doc.mentions[last].last
    after = doc.next_cue[high]
    near = 0 <= after - high < _MAX_TO_CUE and outline.sentence[after] == outline.sentence[low]
    if (
        near
        and all(outline.words[k][0].isalpha() for k in range(high, after))
        and doc.cue_weights[after] >= SPEAKING_CUE
    ):
        return True
    is_told_of = outline.words[high : high + 1] == [","] and outline.lower[high + 1 : high + 2] == ["who"]
    if is_told_of and outline.opens_sentence(low):  # "Lee and Roe, who wrote the plan, have said"
        return True
    spoken = low > 0 and doc.cue_weights[low - 1] >= SPEAKING_CUE
    return spoken and (high >= len(outline) or outline.lower[high] in _END_OF_SUBJECT)


def phrase_speaks(doc: AnnotatedDocument, index: int) -> bool:
    """Return whether a phrase is the subject of a reporting word, or of a clause with "who"."""
    end, first = phrase_end(doc, index), doc.mentions[index].first
    behind = doc.outline.lower[end : end + 2]
    cues = doc.cue_weights[end : end + 2] + doc.cue_weights[max(0, first - 1) : first]
    return max(cues, default=0.0) >= SPEAKING_CUE or not _RELATIVES.isdisjoint(behind)
