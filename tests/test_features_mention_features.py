"""What is true of a mention: the words beside it, and its cue."""

from __future__ import annotations

import pytest

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.features.mention_features import (
    FAR,
    FollowingWord,
    MentionFeatures,
    PrecedingWord,
    following_word,
    mention_features,
    preceding_word,
)  # fmt: skip
from search.model import Document


def annotated(text: str) -> AnnotatedDocument:
    return annotate_document(Document(id="t", text=text), packaged_model())


def of_lee(text: str) -> tuple[AnnotatedDocument, int]:
    doc = annotated(text)
    return doc, next(n for n, mention in enumerate(doc.mentions) if mention.head.endswith("Lee"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ann Lee left.", PrecedingWord.SENTENCE_START),
        ("“Yes,” Ann Lee said.", PrecedingWord.QUOTATION),
        ("Then, Ann Lee left.", PrecedingWord.COMMA),
        ("It was so — Ann Lee left.", PrecedingWord.COMMA),
        ("It was late, according to Ann Lee.", PrecedingWord.ACCORDING_TO),
        ("He told Ann Lee so.", PrecedingWord.OBJECT_VERB),
        ("So said Ann Lee.", PrecedingWord.CUE),
        ("It was of Ann Lee.", PrecedingWord.TOPIC_PREPOSITION),
        ("It came to Ann Lee.", PrecedingWord.PLACE_PREPOSITION),
        ("It was made by Ann Lee.", PrecedingWord.AGENT_PREPOSITION),
        ("He and Ann Lee left.", PrecedingWord.COORDINATOR),
        ("It rained when Ann Lee left.", PrecedingWord.SUBORDINATOR),
        ("It rained (Ann Lee left).", PrecedingWord.BRACKET),
        ("It was Ann Lee.", PrecedingWord.COPULA),
        ("Today Ann Lee left.", PrecedingWord.OTHER_WORD),
        ("It rained; Ann Lee left.", PrecedingWord.OTHER_MARK),
    ],
)
def test_the_word_before_a_mention_has_its_kind(text: str, kind: PrecedingWord) -> None:
    doc, index = of_lee(text)
    assert preceding_word(doc, doc.mentions[index].first) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Then Ann Lee\nleft.", FollowingWord.PARAGRAPH_END),
        ("Then Ann Lee “did so”.", FollowingWord.QUOTATION),
        ("Then Ann Lee, the mayor, left.", FollowingWord.COMMA),
        ("Then Ann Lee’s plan failed.", FollowingWord.POSSESSIVE),
        ("Then Ann Lee said so.", FollowingWord.CUE),
        ("Then Ann Lee would go.", FollowingWord.AUXILIARY),
        ("Then came Ann Lee.", FollowingWord.SENTENCE_END),
        ("Then Ann Lee: yes.", FollowingWord.COLON),
        ("Then Ann Lee (the mayor) left.", FollowingWord.BRACKET),
        ("Then Ann Lee and he left.", FollowingWord.COORDINATOR),
        ("Then Ann Lee who left came.", FollowingWord.RELATIVE),
        ("Then Ann Lee from Northport left.", FollowingWord.PREPOSITION),
        ("Then Ann Lee quickly left.", FollowingWord.ADVERB),
        ("Then Ann Lee left.", FollowingWord.OTHER_WORD),
        ("Then Ann Lee; it rained.", FollowingWord.OTHER_MARK),
    ],
)
def test_the_word_after_a_mention_has_its_kind(text: str, kind: FollowingWord) -> None:
    doc, index = of_lee(text)
    assert following_word(doc, doc.mentions[index].last) is kind


def test_the_numbers_of_a_plain_speaker() -> None:
    features = mention_features(*of_lee("Then Mayor Ann Lee often said so.\n\nAnn Lee left."))
    assert (features.cue_after_gap, features.mentions_to_cue_after, features.cue_before_gap) == (1.0, 0.0, FAR)
    assert features.cue_after_weight > 0.6
    assert (features.name_words, features.entity_mentions, features.has_title) == (2.0, 2.0, 1.0)
    assert (features.person_evidence, features.pronoun, features.mention_kind) == (3.0, 0.0, 0.0)


def test_a_mention_in_brackets_and_a_label_are_told() -> None:
    assert mention_features(*of_lee("It rained (as Ann Lee knew).")).in_brackets == 1.0
    assert mention_features(*of_lee("Ann Lee: it rained.")).label == 1.0
    assert mention_features(*of_lee("Robert Cole, Ann Lee and so on.")).apposition == 1.0


def test_a_mention_is_counted_once() -> None:
    doc, index = of_lee("Then Ann Lee said so.")
    assert mention_features(doc, index) is mention_features(doc, index)
    assert len(mention_features(doc, index)) == len(MentionFeatures._fields)
