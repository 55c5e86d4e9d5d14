"""Count what is true of a quotation whatever its source: how it looks, and what stands beside it."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.features.mention_features import FAR, PRONOUN_CODES
from indexer.quotations.outline import DASHES
from indexer.word_lists import word_list

PATTERN_CUE = 0.3  # a word of at least this cue weight, right beside, makes one of the plain patterns ("Q", said m)
_FIRST_PERSON = word_list("first_person_words")
_CLAUSE_WORDS = word_list("words_inside_clauses")
_WORDS_READ = 60  # of a quotation, for its first person: long ones all have one
_TITLE_CASE = 0.7  # share of words with a capital from which a quotation looks like a title


class WordBefore(IntEnum):
    """The kind of the item before a quotation. The numbers are those that the model was learned with."""

    PARAGRAPH_START = 0
    COMMA = 1
    CUE_AND_COMMA = 2
    COLON = 3
    THAT = 4
    QUOTATION = 5
    CUE = 6
    SENTENCE_END = 7
    CLAUSE_WORD = 8  # "the", "of": the quotation goes on with the outlet's sentence
    OTHER_WORD = 9
    OTHER_MARK = 10


class WordAfter(IntEnum):
    """The kind of the item after a quotation. The numbers are those that the model was learned with."""

    PARAGRAPH_END = 0
    CUE = 1
    PRONOUN = 2
    STOP = 3
    CAPITAL = 4
    QUOTATION = 5
    DASH = 6  # or a bracket
    OTHER_WORD = 7
    OTHER_MARK = 8


class FinalMark(IntEnum):
    """The mark that a quotation ends in. The numbers are those that the model was learned with."""

    NONE = 0
    COMMA = 1
    STOP = 2
    QUESTION = 3
    DASH = 4


_FINAL_MARKS = {
    ",": FinalMark.COMMA,
    **dict.fromkeys(".…", FinalMark.STOP),
    **dict.fromkeys("?!", FinalMark.QUESTION),
    **dict.fromkeys("-–—", FinalMark.DASH),
}


class QuotationFeatures(NamedTuple):
    """The numbers of one outermost quotation; gaps are items of the outline.

    final_mark, word_before, word_after        `FinalMark`, `WordBefore`, `WordAfter`
    cue_before_quotation, _after_quotation     weight of the item right beside it, in its paragraph
    carries_on                                 goes on with the speech of the paragraph before
    """

    quotation_words: float
    opens_with_capital: float
    final_mark: float
    word_before: float
    word_after: float
    cue_before_quotation: float
    cue_after_quotation: float
    quotation_opens_paragraph: float
    quotation_closes_paragraph: float
    quotations_before_in_paragraph: float
    quotations_after_in_paragraph: float
    carries_on: float
    first_person: float
    items_since_quotation: float
    title_case: float


def quotation_features(doc: AnnotatedDocument, number: int) -> QuotationFeatures:
    """Return the numbers of outermost quotation `number`."""
    outline, quotation = doc.outline, doc.quotations[number]
    at = doc.item_of_quotation[number]
    content = outline.text[quotation.start : quotation.end]
    words = content.split()
    paragraph = outline.paragraph[at]
    first, last = doc.paragraph_first[paragraph], doc.paragraph_last[paragraph]
    quotations = doc.totals.quotations
    previous = _previous_quotation(doc, at)
    capitals = sum(word[0].isupper() for word in words)
    return QuotationFeatures(
        quotation_words=float(min(len(words), 80)),
        opens_with_capital=float(content[:1].isupper()),
        final_mark=float(_FINAL_MARKS.get(content[-1:], FinalMark.NONE)),
        word_before=float(_word_before(doc, at, first)),
        word_after=float(_word_after(doc, at, last)),
        cue_before_quotation=doc.cue_weights[at - 1] if at > first else 0.0,
        cue_after_quotation=doc.cue_weights[at + 1] if at < last else 0.0,
        quotation_opens_paragraph=float(at == first),
        quotation_closes_paragraph=float(at == last),
        quotations_before_in_paragraph=min(9.0, quotations[at] - quotations[first]),
        quotations_after_in_paragraph=min(9.0, quotations[last + 1] - quotations[at + 1]),
        carries_on=float(quotation.follows is not None),
        first_person=float(any(word.lower().strip(".,") in _FIRST_PERSON for word in words[:_WORDS_READ])),
        items_since_quotation=min(FAR, float(at - previous - 1)) if previous >= 0 else FAR,
        title_case=float(capitals >= _TITLE_CASE * len(words)),
    )


def _previous_quotation(doc: AnnotatedDocument, at: int) -> int:
    """Return the item of the last quotation before item `at`, -1 when there is none within `FAR` items."""
    previous = at - 1
    while previous >= 0 and doc.outline.quotation[previous] < 0:
        previous -= 1
        if at - previous > FAR:
            return -1
    return previous


def _word_before(doc: AnnotatedDocument, at: int, first: int) -> WordBefore:
    """Return the kind of the item before the quotation at item `at`, whose paragraph begins at item `first`."""
    if at == first:
        return WordBefore.PARAGRAPH_START
    word = doc.outline.lower[at - 1]
    if word == ",":
        cued = at - 1 > first and doc.cue_weights[at - 2] >= PATTERN_CUE
        return WordBefore.CUE_AND_COMMA if cued else WordBefore.COMMA
    if word == ":":
        return WordBefore.COLON
    if word == "that":
        return WordBefore.THAT
    if doc.outline.quotation[at - 1] >= 0:
        return WordBefore.QUOTATION
    if doc.cue_weights[at - 1] >= PATTERN_CUE:
        return WordBefore.CUE
    if word in (".", "?", "!"):
        return WordBefore.SENTENCE_END
    if word in _CLAUSE_WORDS:
        return WordBefore.CLAUSE_WORD
    return WordBefore.OTHER_WORD if word[0].isalnum() else WordBefore.OTHER_MARK


def _word_after(doc: AnnotatedDocument, at: int, last: int) -> WordAfter:
    """Return the kind of the item after the quotation at item `at`, whose paragraph ends with item `last`."""
    if at == last:
        return WordAfter.PARAGRAPH_END
    word, low = doc.outline.words[at + 1], doc.outline.lower[at + 1]
    if doc.outline.quotation[at + 1] >= 0:
        return WordAfter.QUOTATION
    if doc.cue_weights[at + 1] >= PATTERN_CUE:
        return WordAfter.CUE
    if low in PRONOUN_CODES:
        return WordAfter.PRONOUN
    if word in (".", ",", ";"):
        return WordAfter.STOP
    if word[0].isupper():
        return WordAfter.CAPITAL
    if word in DASHES or word in ("(", "["):
        return WordAfter.DASH
    return WordAfter.OTHER_WORD if word[0].isalnum() else WordAfter.OTHER_MARK
