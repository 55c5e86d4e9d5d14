"""What is true of a quotation: how it looks, and what stands beside it."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.features.quotation_features import (
    FinalMark,
    QuotationFeatures,
    WordAfter,
    WordBefore,
    quotation_features,
)  # fmt: skip
from search.model import Document


def features(text: str, number: int = 0) -> QuotationFeatures:
    return quotation_features(annotate_document(Document(id="t", text=text), packaged_model()), number)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("“It is late”", WordBefore.PARAGRAPH_START, WordAfter.PARAGRAPH_END),
        ("Lee left, “it is late” said Lee", WordBefore.COMMA, WordAfter.CUE),
        ("Lee said, “it is late” he said", WordBefore.CUE_AND_COMMA, WordAfter.PRONOUN),
        ("Lee: “it is late”.", WordBefore.COLON, WordAfter.STOP),
        ("Lee found that “it is late” Lee", WordBefore.THAT, WordAfter.CAPITAL),
        ("Lee said “it is late” — yes", WordBefore.CUE, WordAfter.DASH),
        ("Lee left. “It is late” and so", WordBefore.SENTENCE_END, WordAfter.OTHER_WORD),
        ("the “late bridge” “it is”", WordBefore.CLAUSE_WORD, WordAfter.QUOTATION),
        ("bridges “late again” * no", WordBefore.OTHER_WORD, WordAfter.OTHER_MARK),
    ],
)
def test_the_words_beside_a_quotation_have_their_kinds(text: str, before: WordBefore, after: WordAfter) -> None:
    counted = features(text)
    assert (counted.word_before, counted.word_after) == (float(before), float(after))


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("late,", FinalMark.COMMA), ("late.", FinalMark.STOP), ("late…", FinalMark.STOP), ("late?", FinalMark.QUESTION),
        ("late!", FinalMark.QUESTION), ("late—", FinalMark.DASH), ("late", FinalMark.NONE),
    ],
)  # fmt: skip
def test_the_last_mark_is_told(words: str, mark: FinalMark) -> None:
    assert features(f"Lee said “it is {words}”").final_mark == float(mark)


def test_the_look_of_a_quotation() -> None:
    speech, title = features("“I am late,” Lee said."), features("He read “The Bridge of Northport” there.")
    assert (speech.first_person, speech.title_case, speech.opens_with_capital) == (1.0, 0.0, 1.0)
    assert (title.first_person, title.title_case, title.quotation_words) == (0.0, 1.0, 4.0)


def test_quotations_of_the_paragraph_are_counted_on_either_side() -> None:
    second = features("“One,” he said, “two”, and “three”.\n\n“Four.”", 1)
    assert (second.quotations_before_in_paragraph, second.quotations_after_in_paragraph) == (1.0, 1.0)
    assert second.items_since_quotation == 3.0
    assert features("He said: “One is here.\n\n“Two is here.”", 1).carries_on == 1.0
