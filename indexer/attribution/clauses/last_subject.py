"""Find what the last clause before a mention was about: "he", "the conservative" and "the company" go on with it."""

from __future__ import annotations

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.clauses.subject_phrases import named_between_commas
from indexer.attribution.features.coreference_features import required_gender
from indexer.attribution.features.mention_features import FollowingWord, PrecedingWord, mention_features
from indexer.entities.mentions import MentionKind
from indexer.entities.noun_phrases import POSSESSIVE_ENDINGS
from indexer.word_lists import word_list
from search.names.given_names import Gender, gender_shown

_MENTIONS_BACK, _SENTENCES_BACK = 10, 3
_OPENING_CLAUSES, _CLAUSE_BACK = word_list("clause_openers"), 7  # items from "when" to a name
_MALE_NOUNS, _FEMALE_NOUNS = word_list("male_nouns"), word_list("female_nouns")
_ADJUNCT_OPENERS = _OPENING_CLAUSES - {"if", "once", "that", "what", "where", "whether", "why"}
_SUBJECTS, _ARTICLES, _MOST_IN_CLAUSE = frozenset(("he", "she")), word_list("articles"), 6
_PERSONS = (
    word_list("role_nouns")
    - word_list("things_that_speak")
    - word_list("document_nouns")
    - word_list("organisation_words")
    - word_list("collective_nouns")
)
_CUE, _SAID = float(FollowingWord.CUE), float(PrecedingWord.CUE)
_COMMA, _POSSESSIVE = float(PrecedingWord.COMMA), float(FollowingWord.POSSESSIVE)
_FOLLOWING_COMMA = float(FollowingWord.COMMA)


def last_subject(doc: AnnotatedDocument, index: int) -> int | None:
    """Return the last mention of the sentences before mention `index` that opens its sentence or stands at a reporting word."""
    sentence = doc.outline.sentence[doc.mentions[index].first]
    for before in range(index - 1, max(-1, index - _MENTIONS_BACK), -1):
        mention = doc.mentions[before]
        if sentence - doc.outline.sentence[mention.first] > _SENTENCES_BACK:
            return None
        counted = mention_features(doc, before)
        if counted.following_word == _CUE and not _is_inner(doc, before):
            return before
        if counted.preceding_word == _SAID and not _is_said_of(doc, before):
            return before
        if counted.opens_sentence > 0 and _is_owner(doc, before):
            owned = named_between_commas(doc, before)
            if owned is not None and owned < index:
                return owned  # "Lee's successor, Bob Roe, issued a statement" is about Roe
        person = mention.kind == MentionKind.NAME or mention.head.lower() in _PERSONS
        if counted.opens_sentence > 0 and (person or mention.kind == MentionKind.PRONOUN):
            return before
        # "Asked about it, Lee demurred" is about Lee; ", Lee's rival," and ", Lee," are not.
        late = counted.preceding_word == _COMMA and counted.following_word not in (_FOLLOWING_COMMA, _POSSESSIVE)
        if person and (late or counted.first_in_sentence > 0):
            return before
    return None


def _is_owner(doc: AnnotatedDocument, index: int) -> bool:
    return mention_features(doc, index).following_word == _POSSESSIVE


def _is_said_of(doc: AnnotatedDocument, index: int) -> bool:
    """Whether the reporting word before a mention is somebody else's: "Lee said Roe's", "Lee said Roe went on"."""
    mention = doc.mentions[index]
    return _is_owner(doc, index) or (index > 0 and doc.mentions[index - 1].last == mention.first - 1)


def _is_inner(doc: AnnotatedDocument, index: int) -> bool:
    """Whether a mention is the subject of a clause inside another: "when the host Lee noted", "Roe said Lee claimed"."""
    low, first = doc.outline.lower, doc.mentions[index].first
    if mention_features(doc, index).preceding_word == _SAID:
        return _is_said_of(doc, index)
    for k in range(first - 1, max(-1, first - _CLAUSE_BACK), -1):
        if doc.outline.sentence[k] != doc.outline.sentence[first] or low[k] == ",":
            return False
        if low[k] in _OPENING_CLAUSES:
            return True
    return False


def last_named_speaker(doc: AnnotatedDocument, subject: int, index: int) -> int:
    """Return whom `subject`, a mention, names before a reporting word: Lee in "Lee said Roe was late. “Q,” he added"; and Roe
    in "Lee's successor, Bob Roe, issued a statement", where Lee stands first.

    -1 where it names nobody, or where somebody else is named in the sentence of mention `index` before it.
    """
    entity, sentence = doc.entity_of[subject], doc.outline.sentence
    is_owned = subject > 0 and _is_owner(doc, subject - 1) and named_between_commas(doc, subject - 1) == subject
    if entity < 0 or not (is_owned or mention_features(doc, subject).following_word == _CUE):
        return -1
    here = sentence[doc.mentions[index].first]
    between = range(index - 1, subject, -1)
    return -1 if any(doc.entity_of[k] >= 0 and sentence[doc.mentions[k].first] == here for k in between) else entity


def fits_gender(noun: str, gender: Gender) -> bool:
    """Return whether a noun in small letters can be said of somebody of a gender: "chairman" of no woman."""
    shown = gender_shown(noun in _MALE_NOUNS, noun in _FEMALE_NOUNS)
    return shown == Gender.UNKNOWN or shown != -gender


def not_meant_by(doc: AnnotatedDocument, index: int) -> frozenset[int]:
    """Return the entities that a subject pronoun, mention `index`, cannot mean: whom it speaks to, and whom its clause names later.

    Lee in "he told Lee" and "he said to Lee", and Roe in "he said that Roe would go".
    """
    mention, outline = doc.mentions[index], doc.outline
    if mention.head.lower() not in _SUBJECTS:
        return frozenset()
    others: set[int] = set()
    at = mention.last
    for number in range(index + 1, min(index + 1 + _MOST_IN_CLAUSE, len(doc.mentions))):
        later = doc.mentions[number]
        if any(_ends_clause(doc, k) for k in range(at, later.first + 1)):
            break
        at = later.first
        # Not Lee in "he said the Lee campaign": a name with an article before it belongs to the noun behind it.
        if doc.entity_of[number] >= 0 and (at == 0 or outline.lower[at - 1] not in _ARTICLES):
            others.add(doc.entity_of[number])
    return frozenset(others)


def _ends_clause(doc: AnnotatedDocument, k: int) -> bool:
    """Whether a clause is over at item k: at a mark, a new sentence, a quotation that ends in a mark, or "after" a subject:
    he may be Lee in "he said after the judge asked Lee", but not in "he said when asked about Lee".
    """
    outline = doc.outline
    if outline.lower[k] in _ADJUNCT_OPENERS:
        is_within = outline.lower[k - 1 : k] == ["that"]  # "said that when Lee left"
        return not is_within and not "".join(outline.lower[k + 1 : k + 2]).endswith(("ed", "ing"))
    if outline.quotation[k] >= 0:
        quotation = doc.quotations[outline.quotation[k]]
        return outline.text[quotation.end - 1] in ",.?!"
    if outline.lower[k] == "but":  # "It says he vowed “no” but goes on to Lee"
        return True
    is_mark = not outline.words[k][0].isalnum() and outline.lower[k] not in POSSESSIVE_ENDINGS
    return is_mark or outline.opens_sentence(k)


def is_unnamed_person(doc: AnnotatedDocument, subject: int, pronoun: int) -> bool:
    """Return whether a subject is one person without a name whom "he" or "she" can mean: "a ranger"."""
    mention = doc.mentions[subject]
    noun = mention.head.lower()
    beside = mention_features(doc, subject).preceding_word == _COMMA  # "Lee, a senior adviser, told" has a name
    if mention.kind != MentionKind.NOMINAL or noun not in _PERSONS or beside or noun.endswith("s"):
        return False
    return fits_gender(noun, required_gender(doc.mentions[pronoun]))
