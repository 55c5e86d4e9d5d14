"""Who "they" are where two people spoke, and whose company "her colleagues" are."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.plural_subjects import last_body
from search.model import Document

NAMES = "Ann Lee and Bo Berg lead the town. "


def speakers(text: str) -> list[str | None]:
    return [one.speaker for one in attribute(Document(id="d", text=text)) if one.kind != "indirect"]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee and Bo Berg argued in a paper that the harbour council had run amok. “It has no control at all,” they wrote.",
        "Ann Lee and Bo Berg argued in a paper that the council had gone. “It has no say,” they wrote. “If it cannot act, it must go,” they added.",
        "The rules are hard to change. But Ann Lee and Bo Berg do not think that is likely. They write: “The most likely motor of decline is the harbour itself.”",
    ],
)
def test_they_are_the_two_who_were_the_subject_before(text: str) -> None:
    assert set(speakers(text)) == {"Ann Lee and Bo Berg"}


def test_a_later_subject_of_many_is_who_they_are() -> None:
    text = f"{NAMES}Harbour officials spoke on Friday. “The lock is shut for the whole winter,” they said."
    assert speakers(text) == ["Harbour officials"]


def test_two_names_far_back_are_not_taken_up() -> None:
    rain = "It rained on the harbour all day. " * 5
    assert "Ann Lee and Bo Berg" not in speakers(f"{NAMES}{rain}“The lock is shut for the winter,” they said.")


@pytest.mark.parametrize("company", ["and her colleagues", "(D-Ohio) and her colleagues", "and her aides"])
def test_who_speaks_with_her_colleagues_is_named(company: str) -> None:
    assert speakers(f"Ann Lee {company} wrote, “The lock is shut for the whole winter.”") == ["Ann Lee"]


def test_their_colleagues_stay_without_a_name() -> None:
    assert speakers("Ann Lee, Bo Berg and their colleagues wrote, “The lock is shut for the winter.”") != ["Bo Berg"]


def test_it_is_the_last_body_that_was_a_subject() -> None:
    text = "The Harbour Council met the Norvik Union in the hall. It said nothing."
    doc = annotate_document(Document(id="d", text=text), packaged_model())
    it = next(k for k, each in enumerate(doc.mentions) if each.head == "It")
    body = last_body(doc, it)
    assert body is not None
    assert doc.mentions[body].head == "Harbour Council"
