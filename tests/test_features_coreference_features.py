"""The antecedents of a pronoun and their numbers."""

from __future__ import annotations

import pytest

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.features.coreference_features import (
    CoreferenceFeatures,
    QuotationsSaid,
    candidate_antecedents,
    coreference_table,
    required_gender,
)  # fmt: skip
from indexer.entities.mentions import Mention, MentionKind
from search.model import Document
from search.names.given_names import Gender

TEXT = "Susan Park met Robert Cole and Omar Diaz. Mr. Diaz left.\n\nThen he said so."


def annotated(text: str) -> tuple[AnnotatedDocument, int]:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    return doc, max(n for n, mention in enumerate(doc.mentions) if mention.kind == MentionKind.PRONOUN)


@pytest.mark.parametrize(
    ("kind", "head", "gender"),
    [
        (MentionKind.PRONOUN, "He", Gender.MALE), (MentionKind.PRONOUN, "her", Gender.FEMALE),
        (MentionKind.PRONOUN, "they", Gender.UNKNOWN), (MentionKind.NAME, "He", Gender.UNKNOWN),
    ],
)  # fmt: skip
def test_a_pronoun_asks_for_a_gender(kind: MentionKind, head: str, gender: Gender) -> None:
    assert required_gender(Mention(kind, 0, 1, 0, head, "", 0, 2)) is gender


@pytest.mark.parametrize(
    ("pronoun", "names"), [("he", ["Omar Diaz", "Robert Cole"]), ("she", ["Susan Park"]), ("they", None)]
)
def test_candidates_are_nearest_first_and_never_of_the_other_gender(pronoun: str, names: list[str] | None) -> None:
    doc, index = annotated(TEXT.replace(" he ", f" {pronoun} "))
    found = [doc.entities[number].name for number, _ in candidate_antecedents(doc, index)]
    assert found == (names or ["Omar Diaz", "Robert Cole", "Susan Park"])


def test_twelve_entities_are_looked_at() -> None:
    # First names of no list, since two names that agree in their words are one person.
    people = " ".join(f"Then Xa{letter}a Qo{letter}o left." for letter in "bcdfghjklmnpqrst")
    doc, index = annotated(f"{people} Then he said so.")
    assert len(candidate_antecedents(doc, index)) == 12


def test_the_numbers_of_two_antecedents() -> None:
    doc, index = annotated(TEXT)
    candidates = candidate_antecedents(doc, index)
    diaz, cole = (number for number, _ in candidates)
    said = {cole: QuotationsSaid(3, 2)}
    table = coreference_table(doc, index, "i like cole", candidates, said, cole)
    near, far = (dict(zip(CoreferenceFeatures._fields, row, strict=True)) for row in table.tolist())
    assert (near["rank"], near["fitting_rank"], near["nearest_that_fits"]) == (0.0, 0.0, 1.0)
    assert (far["rank"], far["fitting_rank"], far["nearest_that_fits"]) == (1.0, 1.0, 0.0)
    assert (near["mentions_before"], near["antecedent_has_title"], near["mentioned_once"]) == (2.0, 1.0, 0.0)
    assert (far["said_last_quotation"], far["quotations_said"], far["named_in_quotation"]) == (1.0, 2.0, 1.0)
    assert (near["said_last_quotation"], near["quotations_said"], near["named_in_quotation"]) == (0.0, 0.0, 0.0)
    assert near["paragraphs_apart"] == far["paragraphs_apart"] == 1.0
    assert near["share_of_mentions"] + far["share_of_mentions"] == pytest.approx(1.0)
    assert diaz != cole
