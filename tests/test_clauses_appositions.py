"""Who is named beside a phrase."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.appositions import apposed_person
from search.model import Document


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Another group, the Harbour Coalition, said so.", "Harbour Coalition"),
        ("Harbour Action, a cautious group, said so.", "Harbour Action"),
        ("The group, Ann Lee, said so.", None),
        ("The group, Ohio, said so.", None),
    ],
)
def test_a_body_may_be_called_a_group(text: str, name: str | None) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    index = next(n for n, mention in enumerate(doc.mentions) if mention.head == "group")
    number = apposed_person(doc, index)
    assert (None if number is None else doc.entities[number].name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The spokesman, Ann Lee, said so.", "Ann Lee"),
        ("Ann Lee, the spokesman, said so.", "Ann Lee"),
        ("Near Chelsea, the spokesman said so.", None),
        ("Ann Lee met the spokesman.", None),
    ],
)
def test_a_person_between_commas_beside_a_phrase_is_whom_it_means(text: str, name: str | None) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    index = next(n for n, mention in enumerate(doc.mentions) if mention.head == "spokesman")
    number = apposed_person(doc, index)
    assert (None if number is None else doc.entities[number].name) == name
