"""Whom "the South Carolina Republican" means: who is said to be of that state, and never somebody of another one."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.party_members import PartyMembers
from search.model import Document

PHRASE = "Nobody knew. “We will not sell the ferry to anybody,” the South Carolina Republican said."


def member(text: str) -> str | None:
    doc = annotate_document(Document(id="t", text=f"{text} {PHRASE}"), packaged_model())
    index = max(n for n, mention in enumerate(doc.mentions) if mention.head == "Republican")
    members = PartyMembers(doc)
    assert members.state_of_phrase(index) == "south carolina"
    found = members.member("south carolina", index)
    return None if found is None else doc.entities[found].name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rep. Ann Lee (R-S.C.) met Bo Berg (D-Ohio).", "Ann Lee"),
        ("Rep. Ann Lee, R-South Carolina, met Bo Berg.", "Ann Lee"),
        ("Rep. Ann Lee (R-SC) met Bo Berg.", "Ann Lee"),
        ("Rep. Ann Lee, South Carolina Republican, met Bo Berg.", "Ann Lee"),
        ("Rep. Ann Lee, a first-term South Carolina Republican, met Bo Berg.", "Ann Lee"),
        ("South Carolina Sen. Ann Lee met Bo Berg.", "Ann Lee"),
        ("Sen. Ann Lee of South Carolina met Bo Berg.", "Ann Lee"),
        ("Rep. Ann Lee (R-S.C.) met Rep. Bo Berg (R-S.C.).", None),
        ("Rep. Ann Lee (R-N.C.) met Bo Berg.", None),
        ("Ann Lee, South Carolina was lovely.", None),
        ("The Southern District of South Carolina was asked.", None),
    ],
)
def test_a_state_stands_behind_a_name_or_in_its_title(text: str, name: str | None) -> None:
    assert member(text) == name


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Rep. Ann Lee (R-S.C.) left. Rep. Robert Cole (R-Ohio) was cautious.", "Ann Lee"),
        ("Rep. Robert Cole (R-Ohio) was cautious.", "South Carolina Republican"),  # nobody rather than somebody of Ohio
    ],
)
def test_who_speaks_is_of_the_state(text: str, speaker: str) -> None:
    (said,) = attribute(Document(id="t", text=f"{text} {PHRASE}"))
    assert said.speaker == speaker


def test_a_republican_is_nobody_of_the_other_party_and_a_governor_nobody_of_another_office() -> None:
    text = "Adam Berg (D-Calif.) met Gov. Ann Lee of Ohio and Rep. Bo Roe (R-Ohio). The California Republican and the Ohio governor left."
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    members = PartyMembers(doc)
    republican = next(n for n, mention in enumerate(doc.mentions) if mention.head == "Republican")
    governor = next(n for n, mention in enumerate(doc.mentions) if mention.head == "governor")
    berg = next(n for n, each in enumerate(doc.entities) if each.name == "Adam Berg")
    assert members.is_member(republican)
    assert not members.is_member(governor)
    assert members.is_of_another_party(berg, republican)
    assert members.member("california", republican) is None
    found = members.member("ohio", governor)
    assert found is not None
    assert doc.entities[found].name == "Ann Lee"
