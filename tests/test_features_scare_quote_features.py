"""What a stretch between marks looks like, for telling scare quotes from speech."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.features.scare_quote_features import (
    BesideStretch,
    ScareQuoteFeatures,
    repeated_wordings,
    scare_quote_features,
)  # fmt: skip
from search.model import Document


def features(text: str, number: int = 0) -> ScareQuoteFeatures:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    return scare_quote_features(doc, number, -1, 0.0, repeated_wordings(doc))


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("“smart”", BesideStretch.PARAGRAPH_EDGE, BesideStretch.PARAGRAPH_EDGE),
        ("bridges, “smart” : no", BesideStretch.COMMA, BesideStretch.COLON),
        ("the “smart” of", BesideStretch.DETERMINER, BesideStretch.PREPOSITION),
        ("old ; “smart” said Lee", BesideStretch.SEMICOLON, BesideStretch.CUE),
        ("old. “smart” and new", BesideStretch.STOP, BesideStretch.COORDINATOR),
        ("one “smart” “new”", BesideStretch.DETERMINER, BesideStretch.QUOTATION),
        ("bridge “smart” is", BesideStretch.OTHER_WORD, BesideStretch.COPULA),
        ("( “smart” who", BesideStretch.OTHER_MARK, BesideStretch.RELATIVE),
    ],
)
def test_the_words_beside_a_stretch_have_their_kinds(text: str, before: BesideStretch, after: BesideStretch) -> None:
    counted = features(text)
    assert (counted.item_before, counted.item_after) == (float(before), float(after))


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Then the so-called “smart” bridges fell.", {"naming_word_before": 1.0, "noun_after": 1.0, "words": 1.0}),
        ("He read the novel “The Late Bridge” there.", {"work_before": 1.0, "capitals": 1.0}),
        (
            "“I am late,” Lee said.",
            {"first_person": 1.0, "has_verb": 1.0, "final_mark": 1.0, "naming_word_before": 0.0},
        ),
        ("a ‘self-made’ man", {"single_mark": 1.0, "hyphen": 1.0, "determiner_before": 1.0}),
        ("a “new” and a “new” and a “new” one", {"repeated": 3.0}),
        ("He spoke of “bridges”.", {"preposition_before": 1.0, "mark_follows": 1.0, "share_of_function_words": 0.0}),
    ],
)
def test_what_shows_a_scare_quote_is_counted(text: str, signs: dict[str, float]) -> None:
    counted = features(text)._asdict()
    assert {name: counted[name] for name in signs} == signs
