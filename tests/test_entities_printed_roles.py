"""What a document calls somebody, and what merely stands beside a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.attribute import attribute
from indexer.entities.entities import cluster_names
from indexer.entities.mention_detection import find_mentions
from indexer.entities.printed_roles import apposition_as_role, title_as_role
from indexer.quotations.outline import build_outline
from indexer.quotations.quotation_marks import find_quotations
from search.model import Document


def roles(text: str) -> dict[str, str | None]:
    quotations = find_quotations(text)
    lines = build_outline(text, quotations)
    found = cluster_names(text, lines, find_mentions(lines), [(q.start, q.end) for q in quotations], "")
    return {entity.name: entity.role for entity in found.entities}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("South Korean President Robert Cole spoke.", "South Korean President"),
        ("On Monday Harbour Times President and CEO Robert Cole spoke.", "Harbour Times President and CEO"),
        ("Vice President Robert Cole spoke.", "Vice President"),
        ("Republican Sens. Robert Cole and Ann Lee spoke.", "Republican Sen."),
        ("Then retired general Robert Cole spoke.", "retired general"),
        ("An engineering professor, Robert Cole, spoke.", "engineering professor"),
        ("Mayor Soto even challenged candidate Robert Cole.", "candidate"),
        ("The aide threatened famed journalist Robert Cole.", "famed journalist"),
        ("We saw television reporter Robert Cole there.", "television reporter"),
        ("Fearing President Robert Cole, they left.", "President"),
        ("“It is late,” chirped spokesman Robert Cole.", "spokesman"),
        ("In another tweet President Robert Cole wrote so.", "President"),
        ("On Tuesday retired general Robert Cole spoke.", "retired general"),
        ("They met President and Mrs. Cole. Ann Cole left.", None),
        ("He read the memo Robert Cole wrote.", None),
        ("They know the person Robert Cole hired.", None),
    ],
)
def test_a_title_is_taken_without_the_verb_before_it_and_whole(text: str, role: str | None) -> None:
    found = roles(text)
    assert [found[name] for name in found if name.endswith("Cole")] == [role]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Robert Cole, a deputy press director, spoke.", "deputy press director"),
        ("Robert Cole, a spokesman for Mr. Soto refused to go.", "spokesman for Mr. Soto"),
        ("Robert Cole, the official charged with the port, spoke.", "official"),
        ("Robert Cole, a tax policy specialist, spoke.", None),
        ("Robert Cole, polls show, is ahead.", None),
        ("Robert Cole, many people say, is ahead.", None),
        ("Robert Cole, an innocent man, spoke.", None),
        ("In a statement, Robert Cole said so.", None),
        ("In the book, Robert Cole said so.", None),
        ("During a visit to the mayor, Robert Cole said so.", None),
        ("After talks with the group's director, Robert Cole, they left.", "group's director"),
    ],
)
def test_an_apposition_is_taken_whole_and_nothing_else_that_stands_beside_a_name(text: str, role: str | None) -> None:
    assert roles(text)["Robert Cole"] == role


def test_a_body_may_be_a_group_or_a_site_but_no_statement() -> None:
    assert roles("The nonpartisan group Northport Watch spoke.")["Northport Watch"] == "nonpartisan group"
    assert roles("In a statement, Northport Council said so.")["Northport Council"] is None


def test_who_is_not_told_has_no_role() -> None:
    text = "I wrote to those senators, “ships are late.” The judge, Robert Cole, had said “it is dark.”"
    told = [(each.speaker, each.role) for each in attribute(Document(id="t", text=text))]
    assert told == [(None, None), ("Robert Cole", "judge")]


@given(st.text(alphabet=" .,“”'Aab-" + "é", max_size=60), st.data())
def test_no_items_are_too_odd(text: str, data: st.DataObject) -> None:
    text = f"the senior {text} President Robert Cole, a deputy {text}"
    lines = build_outline(text, find_quotations(text))
    mentions = find_mentions(lines)
    for before, mention in zip([None, *mentions], mentions, strict=False):
        first = data.draw(st.integers(0, mention.core))
        assert isinstance(title_as_role(lines, first, mention.core, free=0, is_person=True), str)
        if before:
            assert isinstance(apposition_as_role(lines, before, mention, is_person=False), str)
