"""Count what the scare-quote model reads: what a stretch between marks looks like and how it hangs in its sentence.

Scare quotes are marks around words that nobody is quoted as saying: titles of works, nicknames, slogans, terms, words
held at arm's length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.entities.mentions import MentionKind
from indexer.quotations.outline import split_words
from indexer.word_lists import word_list

_NO_SOURCE_GAP = 60.0  # items: the gap of a stretch that has no possible source, and the longest that is told apart
_SENTENCE_ITEMS = 60  # how far a sentence is measured on either side
_NEAR_ITEMS = 4  # items before the marks in which "the novel" or "so-called" shows a name and no speech
_CLAUSE_ITEMS = 30  # items between a source and the marks that are looked through for a cue
_FAR_QUOTATION = 9.0  # items: another stretch that stands as far off or further is not beside this one
_AFTER_ITEMS = 3  # items after the marks in which "show" tells a title
_LETTERS, _LONGEST, _MOST_LETTERS = 6, 40, 15.0  # letters of a word, words of a stretch, letters a word
_MAX_REPEATED = 60  # code points: longer stretches are not counted as repeated terms
_CUE = 0.3  # cue weight from which a word beside the marks is a cue
_EDGE_MARKS = " .,;:!?"
_WORKS, _NAMING = word_list("work_nouns"), word_list("naming_words")
_BROADCASTS = _WORKS | word_list("media_words")
_SOURCE_CODES = {MentionKind.NAME: 0.0, MentionKind.NOMINAL: 1.0, MentionKind.PRONOUN: 2.0}
_NO_SOURCE = -1.0
_VERBS, _FIRST_PERSON = word_list("finite_verbs"), word_list("first_person_words")
_FUNCTION_WORDS, _DETERMINERS = word_list("function_words"), word_list("determiners")
_PREPOSITIONS = word_list("prepositions")
_COORDINATORS, _RELATIVES = word_list("contrasting_coordinators"), word_list("relative_words_beside_terms")
_COPULAS = word_list("copulas_and_articles")
_FINAL_MARKS = {
    ",": 1.0, "，": 1.0, ".": 2.0, "…": 2.0, "。": 2.0, "?": 3.0, "？": 3.0, "؟": 3.0, "!": 4.0, "！": 4.0,
}  # fmt: skip


class BesideStretch(IntEnum):
    """The kind of the item beside a stretch. The numbers are those that the model was learned with."""

    PARAGRAPH_EDGE = 0
    QUOTATION = 1
    COMMA = 2
    COLON = 3
    SEMICOLON = 4
    STOP = 5
    CUE = 6
    DETERMINER = 7
    PREPOSITION = 8
    COORDINATOR = 9
    RELATIVE = 10
    COPULA = 11
    OTHER_WORD = 12
    OTHER_MARK = 13


_MARKS = {
    ",": BesideStretch.COMMA, ":": BesideStretch.COLON, ";": BesideStretch.SEMICOLON, ".": BesideStretch.STOP,
}  # fmt: skip


class ScareQuoteFeatures(NamedTuple):
    """The numbers of one outermost stretch; gaps are items of the outline.

    capitals               share of its longer words that begin with a capital; -1 when it has none
    item_before, _after    `BesideStretch`
    source_probability     of the likeliest source, and `source_gap` to it
    repeated               how often the document has this wording between marks
    source_kind            code of its `MentionKind`, -1 for none; `source_cue` the heaviest cue from it to the marks
    source_is_person       1 or 0 of a named one, 2 where nothing is known
    quotation_gap_...      to the next other stretch of the paragraph; `longest_beside` in words of about six letters
    broadcast_before, ...  a word for a show, a book or an outlet stands near
    """

    words: float
    opens_with_capital: float
    capitals: float
    final_mark: float
    item_before: float
    item_after: float
    cue_right_before: float
    cue_right_after: float
    opens_paragraph: float
    closes_paragraph: float
    quotations_before_in_paragraph: float
    quotations_after_in_paragraph: float
    source_probability: float
    source_gap: float
    cue_gap_before: float
    cue_gap_after: float
    cue_weight_before: float
    cue_weight_after: float
    in_headline: float
    in_headline_or_next: float
    work_before: float
    naming_word_before: float
    determiner_before: float
    preposition_before: float
    noun_after: float
    repeated: float
    share_of_function_words: float
    first_person: float
    single_mark: float
    has_verb: float
    mark_follows: float
    hyphen: float
    sentence_items: float
    sentence_cues: float
    source_kind: float
    source_in_sentence: float
    source_cue: float
    source_is_person: float
    source_before: float
    quotation_gap_before: float
    quotation_gap_after: float
    longest_beside: float
    broadcast_before: float
    broadcast_after: float
    capital_before: float
    capital_after: float
    letters_a_word: float


def repeated_wordings(doc: AnnotatedDocument) -> Counter[str]:
    """Return how often each short wording stands between marks in the document, in small letters."""
    text = doc.outline.text
    return Counter(
        text[q.start : q.end].strip(_EDGE_MARKS).lower() for q in doc.quotations if q.end - q.start < _MAX_REPEATED
    )


def scare_quote_features(
    doc: AnnotatedDocument, number: int, source: int, source_probability: float, repeated: Counter[str]
) -> ScareQuoteFeatures:
    """Return the numbers of outermost quotation `number`.

    source, source_probability  the number of the mention that is its likeliest source, -1 for none, and how likely it is
    repeated                    `repeated_wordings` of the document
    """
    outline, quotation = doc.outline, doc.quotations[number]
    at = doc.item_of_quotation[number]
    content = outline.text[quotation.start : quotation.end]
    pieces = split_words(content)
    stripped = [piece.strip(".,;:!?()[]").lower() for piece in pieces]
    words = [piece for piece in stripped if piece]
    capitals = [piece[:1].isupper() for piece in pieces if len(piece) > 3]
    paragraph, sentence = outline.paragraph[at], outline.sentence[at]
    first, last = doc.paragraph_first[paragraph], doc.paragraph_last[paragraph]
    before = outline.lower[at - 1] if at > first else ""
    after = outline.lower[at + 1] if at < last else ""
    cue_before, cue_after = doc.previous_cue[at], doc.next_cue[at + 1]
    gap_before = at - cue_before if cue_before >= 0 and outline.sentence[cue_before] == sentence else _SENTENCE_ITEMS
    gap_after = cue_after - at if cue_after >= 0 and outline.sentence[cue_after] == sentence else _SENTENCE_ITEMS
    near = outline.lower[max(first, at - _NEAR_ITEMS) : at]
    quotations, cues = doc.totals.quotations, doc.totals.cues
    low, high = _sentence_around(doc, at, first, last)
    mention = doc.mentions[source] if source >= 0 else None
    entity = doc.entity_of[source] if source >= 0 else -1
    earlier, later = list(_neighbours(doc, number, -1)), list(_neighbours(doc, number, 1))
    return ScareQuoteFeatures(
        words=float(min(60, len(words))),
        opens_with_capital=float(content[:1].isupper()),
        capitals=sum(capitals) / len(capitals) if capitals else -1.0,
        final_mark=_FINAL_MARKS.get(content[-1:], 0.0),
        item_before=float(_beside(doc, at - 1, before)),
        item_after=float(_beside(doc, at + 1, after)),
        cue_right_before=doc.cue_weights[at - 1] if at > first else 0.0,
        cue_right_after=doc.cue_weights[at + 1] if at < last else 0.0,
        opens_paragraph=float(at == first),
        closes_paragraph=float(at == last),
        quotations_before_in_paragraph=min(9.0, quotations[at] - quotations[first]),
        quotations_after_in_paragraph=min(9.0, quotations[last + 1] - quotations[at + 1]),
        source_probability=source_probability,
        source_gap=min(_NO_SOURCE_GAP, abs(mention.first - at)) if mention else _NO_SOURCE_GAP,
        cue_gap_before=float(min(_SENTENCE_ITEMS, gap_before)),
        cue_gap_after=float(min(_SENTENCE_ITEMS, gap_after)),
        cue_weight_before=doc.cue_weights[cue_before] if gap_before < _SENTENCE_ITEMS else 0.0,
        cue_weight_after=doc.cue_weights[cue_after] if gap_after < _SENTENCE_ITEMS else 0.0,
        in_headline=float(paragraph == doc.headline_paragraph),
        in_headline_or_next=float(paragraph <= doc.headline_paragraph + 1),
        work_before=float(not _WORKS.isdisjoint(near)),
        naming_word_before=float(not _NAMING.isdisjoint(near)),
        determiner_before=float(before in _DETERMINERS or before in ("'s", "’s")),
        preposition_before=float(before in _PREPOSITIONS),
        noun_after=float(after[:1].isalpha() and after not in _FUNCTION_WORDS and not doc.cue_weights[at + 1]),
        repeated=float(min(5, repeated[content.strip(_EDGE_MARKS).lower()])),
        share_of_function_words=sum(word in _FUNCTION_WORDS for word in words) / len(words) if words else 0.0,
        first_person=float(not _FIRST_PERSON.isdisjoint(words)),
        single_mark=float(quotation.mark in "'‘’‚‛`´‹›" and quotation.mark != ""),
        has_verb=float(any(word.replace("’", "'") in _VERBS for word in words)),
        # At the very end of the text "" is in every string: as it was learned, the end counts as a mark.
        mark_follows=float(outline.text[quotation.close : quotation.close + 1] in ",.;:?!"),
        hyphen=float("-" in content),
        sentence_items=float(min(_SENTENCE_ITEMS, high - low)),
        sentence_cues=min(5.0, cues[high + 1] - cues[low]),
        source_kind=_SOURCE_CODES[mention.kind] if mention else _NO_SOURCE,
        source_in_sentence=float(mention is not None and outline.sentence[mention.first] == sentence),
        source_cue=_source_cue(doc, at, source),
        source_is_person=float(doc.entities[entity].person) if entity >= 0 else 2.0,
        source_before=float(mention.first < at) if mention else 2.0,
        quotation_gap_before=min(_FAR_QUOTATION, earlier[0][0]) if earlier else _FAR_QUOTATION,
        quotation_gap_after=min(_FAR_QUOTATION, later[0][0]) if later else _FAR_QUOTATION,
        longest_beside=float(min(_LONGEST, max((words for _, words in earlier + later), default=0))),
        broadcast_before=float(not _BROADCASTS.isdisjoint(near)),
        broadcast_after=float(not _BROADCASTS.isdisjoint(outline.lower[at + 1 : at + 1 + _AFTER_ITEMS])),
        capital_before=float(at > first and outline.words[at - 1][:1].isupper()),
        capital_after=float(at < last and outline.words[at + 1][:1].isupper()),
        letters_a_word=min(_MOST_LETTERS, len(content) / max(1, len(pieces))),
    )


def _source_cue(doc: AnnotatedDocument, at: int, source: int) -> float:
    """Return the weight of the heaviest cue between a stretch and its likeliest source, 0 to 1."""
    if source < 0:
        return 0.0
    mention = doc.mentions[source]
    low, high = (mention.last, at) if mention.last <= at else (at + 1, mention.first)
    return max(doc.cue_weights[low : min(high, low + _CLAUSE_ITEMS)], default=0.0)


def _neighbours(doc: AnnotatedDocument, number: int, step: int) -> Iterator[tuple[int, int]]:
    """Yield the other outermost quotations of a paragraph on one side (`step` 1 or -1): the gap in items, and the words.

    Nearest first, within a sentence's length; words are reckoned by their letters.
    """
    outline, at = doc.outline, doc.item_of_quotation[number]
    other = number + step
    while 0 <= other < len(doc.quotations):
        item = doc.item_of_quotation.get(other)
        if item is not None:
            if outline.paragraph[item] != outline.paragraph[at] or abs(item - at) > _SENTENCE_ITEMS:
                return
            yield abs(item - at), (outline.ends[item] - outline.starts[item]) // _LETTERS
        other += step


def _sentence_around(doc: AnnotatedDocument, at: int, first: int, last: int) -> tuple[int, int]:
    """Return the first and last item of the sentence around item `at`, within its paragraph first..last."""
    sentences = doc.outline.sentence
    low = high = at
    while low > first and sentences[low - 1] == sentences[at] and at - low < _SENTENCE_ITEMS:
        low -= 1
    while high < last and sentences[high + 1] == sentences[at] and high - at < _SENTENCE_ITEMS:
        high += 1
    return low, high


def _beside(doc: AnnotatedDocument, at: int, word: str) -> BesideStretch:
    """Return the kind of item `at` beside a stretch, which reads `word`; "" where the paragraph ends."""
    if not word:
        return BesideStretch.PARAGRAPH_EDGE
    if doc.outline.quotation[at] >= 0:
        return BesideStretch.QUOTATION
    if word in _MARKS:
        return _MARKS[word]
    if doc.cue_weights[at] >= _CUE:
        return BesideStretch.CUE
    if word in _DETERMINERS:
        return BesideStretch.DETERMINER
    if word in _PREPOSITIONS:
        return BesideStretch.PREPOSITION
    if word in _COORDINATORS:
        return BesideStretch.COORDINATOR
    if word in _RELATIVES:
        return BesideStretch.RELATIVE
    if word in _COPULAS:
        return BesideStretch.COPULA
    return BesideStretch.OTHER_WORD if word[0].isalnum() else BesideStretch.OTHER_MARK
