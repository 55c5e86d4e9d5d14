"""An office in small letters before a name is no speaker of its own, and no part of the name."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.entities.offices_before_names import without_offices
from search.model import Document


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Counselor to the president Ann Lindholm said so.", [("", "Ann Lindholm")]),
        ("The assistant secretary for tax policy Mark Lindholm said so.", [("", "Mark Lindholm")]),
        ("The Speaker of the House Ann Lindholm said so.", [("", "Ann Lindholm")]),
        (
            "The adviser to the harbour group Ann Lindholm said so.",
            [("", "adviser"), ("harbour group", "Ann Lindholm")],
        ),
        ("The professor of computer science Ann Lindholm said so.", [("", "Ann Lindholm")]),
        ("The spokesman for tax policy Ann Lindholm said so.", [("", "spokesman"), ("tax policy", "Ann Lindholm")]),
        ("The secretary for the old friend Ann Lindholm said so.", [("", "secretary"), ("old friend", "Ann Lindholm")]),
        ("He came with his wife and her husband Bill on Monday.", [("", "He"), ("", "wife"), ("", "Bill")]),
        ("He came with the health bill on Monday.", [("", "He"), ("", "bill")]),
    ],
)
def test_an_office_belongs_to_the_next_name(text: str, mentions: list[tuple[str, str]]) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    assert [(each.title, each.head) for each in doc.mentions] == mentions
    assert without_offices(doc.outline, doc.mentions) == list(doc.mentions)
