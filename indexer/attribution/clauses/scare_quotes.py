"""Judge whether marks quote nobody: by the learned score, by how short the words are, and by a reporting clause beside them."""

from __future__ import annotations

from indexer.attribution.annotated_document import SPEAKING_CUE, AnnotatedDocument
from indexer.quotations.outline import DASHES
from indexer.word_lists import word_list
from search.text.scripts import has_spaceless_script

# Probability of scare quotes from which they are taken for such. Most scare quotes are short, and less is lost with a
# short one: by the number of words.
SCARE_PROBABILITY = 0.5
SCARE_PROBABILITY_BY_WORDS = {1: 0.15, 2: 0.15, 3: 0.25}
LONG = 4  # words from which on a stretch is not short
# A speaker at least this sure makes speech of the words beside his clause, however short. Set by hand: answers of one word
# in ten languages have .88 to 1.0.
_LEAST_CONFIDENCE = 0.85
_CUE_REACH = 4  # items between the marks and the reporting word, subject and all: "“No,” Mayor Ann Lee said"
_SUBJECT_REACH = 8  # items between the marks and the subject
_ENDS_OF_SPEECH = frozenset(",.!?…，。！？،؟")
_NAMING = word_list("naming_words") | word_list("work_nouns")
_PERSONAL = word_list("subject_pronouns") & {"he", "she", "they"}
_CUES_BEFORE = tuple(word_list("cues_before_marks"))
_CUES_AFTER = tuple(word_list("cues_after_marks"))
_WORDS_OF_SENTENCE = 8  # "Werden von Polizisten begangene Straftaten ..." had .53
_CROSSHEAD_WORDS = (2, 8)  # least, most
_BETWEEN_MARKS_AND_CUE = " :：,，、\t\u3000"
_SPACELESS_REACH = 8  # characters of a name between the marks and a verb, in scripts without spaces: “…”李安市长说
_CLAUSE_ENDS = frozenset('。！？；!?;\n“”「」『』"')


def is_scare(score: float, words: int) -> bool:
    """Return whether a stretch of so many words is taken for scare quotes at a probability of `score`."""
    return score >= SCARE_PROBABILITY_BY_WORDS.get(words, SCARE_PROBABILITY)


def is_crosshead(doc: AnnotatedDocument, number: int) -> bool:
    """Return whether a few capitalised words between marks fill a paragraph in the body: a heading, and said already."""
    if number not in doc.item_of_quotation:
        return False
    at = doc.item_of_quotation[number]
    paragraph = doc.outline.paragraph[at]
    quotation = doc.quotations[number]
    words = doc.outline.text[quotation.start : quotation.end].split()
    alone = doc.paragraph_first[paragraph] == at and doc.paragraph_last[paragraph] - at <= 1
    longer = [word for word in words if len(word) > 3]
    least, most = _CROSSHEAD_WORDS
    capitalised = longer != [] and all(word[0].isupper() for word in longer)
    return alone and paragraph > 0 and least <= len(words) <= most and capitalised


def is_spoken(doc: AnnotatedDocument, number: int, source: int, confidence: float) -> bool:
    """Return whether a clause beside quotation `number` says that somebody spoke it: "“Never,” said Ann Lee".

    source      the number of the mention that was found to be its source, -1 for none
    confidence  0 to 1, that it is the right one
    """
    at = doc.item_of_quotation.get(number)
    if at is None:
        return False
    if _has_spaceless_cue(doc, number) or _is_sentence(doc, at, number):
        return True
    cue = _cue_after(doc, at, number)
    if cue is None:
        cue = _cue_before(doc, at)
    if cue is None:
        return False
    word = doc.outline.words[cue]
    if word.lower() in _NAMING:  # "the novel is titled, “Never”"
        return False
    if word.lower() == word.upper():  # no capitals show a name in such a script, so that no speaker can be found
        return True
    if cue > at and _opens_with_pronoun(doc, at, cue):
        return True
    near = source >= 0 and abs(doc.mentions[source].first - at) <= _SUBJECT_REACH
    return near and confidence >= _LEAST_CONFIDENCE


def _opens_with_pronoun(doc: AnnotatedDocument, at: int, cue: int) -> bool:
    """Whether nobody but "he" or "she" stands between a whole utterance and its verb, whoever that is: "“No,” she said"."""
    between = [k for k in range(at + 1, cue) if doc.outline.words[k][0].isalpha()]
    return len(between) == 1 and doc.outline.lower[between[0]] in _PERSONAL


def _is_sentence(doc: AnnotatedDocument, at: int, number: int) -> bool:
    """Whether a stretch opens its sentence and is one itself: titles of so many words stand within one, headings have capitals."""
    content = doc.outline.text[doc.quotations[number].start : doc.quotations[number].end]
    is_long = len(content.split()) >= _WORDS_OF_SENTENCE
    return doc.outline.opens_sentence(at) and is_long and content[:1].isupper() and not content.isupper()


def _cue_after(doc: AnnotatedDocument, at: int, number: int) -> int | None:
    """Return the reporting word after a stretch that opens its sentence and ends like speech: "“Never,” said Ann Lee"."""
    outline, quotation = doc.outline, doc.quotations[number]
    opens = outline.opens_sentence(at) or outline.quotation[at - 1] >= 0 or outline.words[at - 1] in DASHES
    start = at + 1
    while start < len(outline) and (outline.words[start] in DASHES or outline.words[start] in _ENDS_OF_SPEECH):
        start += 1
    ended = start > at + 1 or outline.text[quotation.end - 1 : quotation.end] in _ENDS_OF_SPEECH
    if not (opens and ended):
        return None
    for k in range(start, min(start + _CUE_REACH, len(outline))):
        if outline.paragraph[k] != outline.paragraph[at] or not outline.words[k][0].isalpha():
            return None
        if doc.cue_weights[k] >= SPEAKING_CUE:
            return k
    return None


def _cue_before(doc: AnnotatedDocument, at: int) -> int | None:
    """Return the reporting word before a stretch that a colon or comma introduces: "The judge told him: “Life.”"."""
    outline = doc.outline
    if at == 0 or outline.words[at - 1] not in (":", ",", "："):
        return None
    for k in range(at - 2, max(-1, at - 2 - _CUE_REACH), -1):
        if outline.sentence[k] != outline.sentence[at - 1] or not outline.words[k][0].isalpha():
            return None
        if doc.cue_weights[k] >= SPEAKING_CUE:
            return k
    return None


def _has_spaceless_cue(doc: AnnotatedDocument, number: int) -> bool:
    """Whether a reporting verb touches the marks in a script without spaces, or a particle that ends a Korean quotation."""
    text, quotation = doc.outline.text, doc.quotations[number]
    after = text[quotation.close : quotation.close + _SPACELESS_REACH + 4].lstrip(_BETWEEN_MARKS_AND_CUE)
    before = text[max(0, quotation.open - _SPACELESS_REACH - 4) : quotation.open].rstrip(_BETWEEN_MARKS_AND_CUE)
    if (after + before).isascii():
        return False
    if after.startswith(_CUES_AFTER) or before.endswith(_CUES_BEFORE):
        return True
    clause = next((after[:k] for k, mark in enumerate(after) if mark in _CLAUSE_ENDS), after)
    ended = text[quotation.end - 1 : quotation.end] in _ENDS_OF_SPEECH or after != text[quotation.close :][: len(after)]
    return ended and has_spaceless_script(clause) and any(cue in clause for cue in _CUES_BEFORE)
