"""Whose words a statement, a letter or a report is."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.document_owners import DocumentOwners
from search.model import Document


def owner(text: str, head: str) -> str | None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    index = max(n for n, mention in enumerate(doc.mentions) if mention.head.lower() == head)
    number = DocumentOwners(doc).owner(index)
    return None if number is None else doc.entities[number].name


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("The Harbour Council met. A Harbour Council statement said so.", "statement", "Harbour Council"),
        ("The Lake Monetary Fund met. The LMF report said so.", "report", "Lake Monetary Fund"),
        ("The Harbour Council issued a statement. The statement said so.", "statement", "Harbour Council"),
        (
            "Robert Cole said in a statement that it rained. It rained on. The statement said so.",
            "statement",
            "Robert Cole",
        ),
        ("The Lake Ministry sent a letter to Ann Lee. The letter said so.", "letter", "Lake Ministry"),
        ("Robert Cole said the memo was stolen. The memo said so.", "memo", None),
        ("Robert Cole tore a letter up. The letter said so.", "letter", None),
        ("Robert Cole (R-Ohio) released a report. The report said so.", "report", None),
        ("Robert Cole left. The report said so.", "report", None),
        ("Robert Cole left. The minister said so.", "minister", None),
        ("The Foreign Surveillance Act passed. The Foreign Surveillance Act law says so.", "law", None),
    ],
)
def test_a_document_is_whose_who_gave_it_out(text: str, head: str, name: str | None) -> None:
    assert owner(text, head) == name


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Robert Cole met the crew. “It is late again,” his statement said.", "Robert Cole"),
        ("The crew met. “It is late again,” his statement said.", "his statement"),
        ("Robert Cole met the crew. “It is late again,” their statement said.", "their statement"),
    ],
)
def test_his_statement_is_his(text: str, speaker: str) -> None:
    assert [each.speaker for each in attribute(Document(id="t", text=text))] == [speaker]
