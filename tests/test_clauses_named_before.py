"""Whom "the conservative" and what "the company" means that nobody was called: the only fitting name before."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.named_before import (
    holder_named_before,
    is_surely_somebody,
    leads_a_body,
    may_be_called,
    may_be_he,
    named_before,
)
from search.model import Document


def holder(text: str, head: str, last_speaker: str = "") -> str | None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    index = max(n for n, mention in enumerate(doc.mentions) if mention.head == head)
    speaker = next((n for n, each in enumerate(doc.entities) if each.name == last_speaker), -1)
    number = holder_named_before(doc, index, speaker)
    return None if number is None else doc.entities[number].name


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("Robert Cole was cautious. The Alabama conservative said so.", "conservative", "Robert Cole"),
        ("Ana Soto met Robert Cole. Asked of it, Cole was cautious. The rapper said so.", "rapper", "Robert Cole"),
        ("Ana Soto was cautious. The chairman said so.", "chairman", None),
        ("Robert Cole met Mark Park. They left the town. Nobody knew. It rained. The singer said so.", "singer", None),
        ("Robert Cole was cautious. They took the singer with them.", "singer", None),
        ("Robert Cole was cautious. The Scientist said so.", "Scientist", None),
        ("The Harbour Company was fined. The company said so.", "company", "Harbour Company"),
        ("Apple was fined. The company said so.", "company", "Apple"),
        ("Mark Park bought the Northport Herald. The daily said so.", "daily", "Northport Herald"),
        ("The Northport Herald met the Harbour Institute. The company said so.", "company", "Harbour Institute"),
        ("The Harbour Institute met the Lake Council. The company said so.", "company", None),
        ("The Lake Bank met the Harbour Institute. The bank said so.", "bank", "Lake Bank"),
        ("Robert Cole was fined in Lenstow. The company said so.", "company", None),
    ],
)
def test_the_only_fitting_name_holds_the_role(text: str, head: str, name: str | None) -> None:
    assert holder(text, head) == name


def test_who_spoke_last_is_meant_where_no_subject_is_left() -> None:
    text = "“So,” said Robert Cole, who met Mark Park then. “So,” the singer said."
    assert holder(text, "singer", "Robert Cole") == "Robert Cole"


def test_the_senator_may_be_a_leader_and_is_no_general() -> None:
    doc = annotate_document(
        Document(id="t", text="Senate Majority Leader Ann Lee met General Bo Berg."), packaged_model()
    )
    leader, general = doc.entities
    assert may_be_called(leader, "senator")
    assert not may_be_called(general, "senator")
    assert may_be_called(general, "general")
    assert may_be_called(general, "republican")


def test_a_day_is_surely_nobody() -> None:
    doc = annotate_document(
        Document(id="t", text="Ann Lee left after Memorial Day. Memorial Day came. He said so."), packaged_model()
    )
    names = [doc.entities[number].name for number in named_before(doc, len(doc.mentions) - 1)]
    assert names == ["Memorial Day", "Ann Lee"]
    assert [each.name for n, each in enumerate(doc.entities) if is_surely_somebody(doc, n)] == ["Ann Lee"]


@pytest.mark.parametrize(
    ("text", "is_another"),
    [
        ("Robert Cole, the president of the Harbour Union, left.", True),
        ("Robert Cole, the president of France, left.", False),
        ("President Robert Cole left.", False),
    ],
)
def test_the_president_of_a_body_is_not_the_president(text: str, is_another: bool) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    assert leads_a_body(doc.entities[0], "president") is is_another
    assert not leads_a_body(doc.entities[0], "senator")


def test_chairmen_are_many() -> None:
    doc = annotate_document(
        Document(id="t", text="Robert Cole, the chairman of the Harbour Union, left."), packaged_model()
    )
    assert not leads_a_body(doc.entities[0], "chairman")


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("They spoke of Norxit.", False),
        ("Then Norxit said so.", True),
        ("They spoke of Mr. Norxit.", True),
        ("They spoke of Ann.", True),
        ("Then Norxit openly dodged it.", True),
        ("They spoke of Quillon Norxit.", True),
    ],
)
def test_he_is_no_word_alone_that_nothing_shows_to_be_somebody(text: str, may_be: bool) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    assert may_be_he(doc, 0) == may_be
