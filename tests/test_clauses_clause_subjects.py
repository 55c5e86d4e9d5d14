"""The subject of a reporting word, behind appositions and prepositions."""

from __future__ import annotations

import pytest

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.clause_subjects import clause_subject, is_governed
from search.model import Document


def annotated(text: str) -> AnnotatedDocument:
    return annotate_document(Document(id="t", text=text), packaged_model())


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Ann Lee said so.", "Ann Lee"),
        ("Ann Lee, who met Bob Cole, said so.", "Ann Lee"),
        ("Ann Lee, head of Norvik’s Bridge Council, said so.", "Ann Lee"),
        ("A spokesman of Norvik’s Bridge Council said so.", "spokesman"),
        ("Ann Lee of the Bridge Council also said so.", "Ann Lee"),
        ("A driver who saw Ann Lee said so.", "driver"),
        ("An official in talks over Veldania said so.", None),
        ("Ann Lee, an old Republican-turned-Democrat, later said so.", "Ann Lee"),
        ("It was said.", None),
    ],
)
def test_the_subject_is_behind_what_tells_of_it(text: str, head: str | None) -> None:
    doc = annotated(text)
    index = clause_subject(doc, doc.outline.lower.index("said"))
    assert (None if index is None else doc.mentions[index].head) == head


def test_a_name_behind_a_preposition_is_governed_and_its_owner_too() -> None:
    doc = annotated("Ann Lee wrote about Bob Cole and for Tom Roe’s Bridge Council.")
    names = {mention.head: is_governed(doc, mention) for mention in doc.mentions if mention.kind == "name"}
    assert names == {"Ann Lee": False, "Bob Cole": True, "Tom Roe": True, "Bridge Council": True}
    doc = annotated("On Monday Norvik United for Change President Ann Lee answered.")
    assert not any(is_governed(doc, mention) for mention in doc.mentions if mention.head == "Ann Lee")
