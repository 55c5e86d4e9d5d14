"""Who is the subject of a reporting clause: owners are not, all of a joint subject are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses import subject_phrases
from search.model import Document


def speaker(text: str) -> str | None:
    quotes = [each for each in attribute(Document(id="t", text=text)) if each.kind != "indirect"]
    return quotes[-1].speaker


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("said Liberal's Dora Finn.", "Dora Finn"),
        ("said Eastport's Liberal MP Anil Das.", "Anil Das"),
        ("said Carl Voss's lawyer, Nora Beck.", "Nora Beck"),
        ("said Carl Voss’s old friend and lawyer, Nora Beck.", "Nora Beck"),
        ("said Carl Voss's widow, Rose.", "Rose"),
        ("said Harbour's chief executive, Tess Orr.", "Tess Orr"),
        ("said France's finance minister, Luc Marchal.", "Luc Marchal"),
        ("said Eastport United's captain, Ian Foy, on Friday.", "Ian Foy"),
        ("said the mayor's spokesman, Ian Foy.", "Ian Foy"),
        ("said Nora Beck, Carl Voss's lawyer.", "Nora Beck"),
        ("Carl Voss's lawyer said.", "Carl Voss's lawyer"),
        ("said Carl Voss's lawyer.", "Carl Voss's lawyer"),
    ],
)
def test_an_owner_in_the_possessive_does_not_speak(clause: str, expected: str) -> None:
    assert speaker(f"“The house is empty and cold,” {clause}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nora Beck's brother, Sam, said: “He is gone.”", "Sam"),
        ("Nora Beck’s brother Sam said: “He is gone.”", "Sam"),
        ("Nora Beck’s son-in-law Anil Das, who met the crew, called it “a good day for all.”", "Anil Das"),
        ("But the Harbour Council in a statement said Nora Beck had “closed the house for good.”", "Harbour Council"),
        ("Carl Voss was ill. Nora Beck’s old school friend, Anil Das, told us: “He is gone.”", "Anil Das"),
        ("In Nora Beck's words, “the house is gone for good.”", "Nora Beck"),
    ],
)
def test_an_owner_before_the_quotation_speaks_only_by_his_words(text: str, expected: str) -> None:
    assert speaker(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We were wrong,” Ida Cole and Jan Roe said in a joint statement.", "Ida Cole and Jan Roe"),
        ("„Wir öffnen die Brücke“, sagten Petra Lorenz und Otto Brandt gemeinsam.", "Petra Lorenz and Otto Brandt"),
        ("« Nous ouvrirons le pont », ont déclaré Odile Marchal et Jean Petit.", "Odile Marchal and Jean Petit"),
        ("“We were wrong,” said Ida Cole and Jan Roe.", "Ida Cole and Jan Roe"),
        ("“We were wrong,” said Ida Cole, Jan Roe and Max Poe.", "Ida Cole, Jan Roe and Max Poe"),
        ("“We were wrong,” said Ida Cole, Jan Roe, and Max Poe.", "Ida Cole, Jan Roe and Max Poe"),
        ("In a letter, Ida Cole, Jan Roe and Max Poe wrote: “We were wrong.”", "Ida Cole, Jan Roe and Max Poe"),
        ("Ida Cole met Jan Roe. “We were wrong,” said Cole, the mayor, and Roe, her deputy.", "Ida Cole and Jan Roe"),
        ("Ida Cole and Jan Roe have both said: “We were wrong.”", "Ida Cole and Jan Roe"),
        ("“We were wrong,” said Ida Cole, and Jan Roe agreed.", "Ida Cole"),
        ("After talks with Ida Cole, Jan Roe said: “We were wrong.”", "Jan Roe"),
    ],
)
def test_a_joint_statement_names_all(text: str, expected: str) -> None:
    assert speaker(text) == expected


def test_a_joint_subject_may_have_a_clause_behind_it() -> None:
    text = "Ida Cole and Jan Roe, who wrote the plan, have said that the bridge would open."
    assert [each.speaker for each in attribute(Document(id="t", text=text))] == ["Ida Cole and Jan Roe"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Ann Lee", "Bob Roe", "'s", ",", "and", "the mayor", "lawyer", "said", "."]), max_size=30)
)
def test_any_run_of_names_and_marks_has_a_subject(words: list[str]) -> None:
    doc = annotate_document(Document(id="t", text=" ".join(words)), packaged_model())
    for index in range(len(doc.mentions)):
        assert 0 <= subject_phrases.possessed_mention(doc, index) < len(doc.mentions)
        assert index in subject_phrases.joint_subject(doc, index)
        assert subject_phrases.phrase_end(doc, index) >= doc.mentions[index].last
