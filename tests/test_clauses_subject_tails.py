"""Who speaks where a thing stands right before the verb."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.subject_tails import whole_subject
from search.model import Document


@pytest.mark.parametrize(
    ("text", "thing", "head"),
    [
        ("A driver who saw the explosion said so.", "explosion", "driver"),
        ("Members attending the press conference said so.", "conference", "Members"),
        ("Residents at the hearing said so.", "hearing", "Residents"),
        ("A person familiar with the cranes said so.", "cranes", "person"),
        ("The chief of Harbour Patrol during Ann Lee’s presidency said so.", "presidency", "chief"),
        ("A manager who helped to build its tools said so.", "tools", "manager"),
        ("The agency that released prisoners said so.", "prisoners", "agency"),
        ("Ann Lee told a driver that different captains said so.", "captains", "captains"),
        ("Many who saw the explosion said so.", "explosion", "explosion"),
        ("A man who saw the explosion said so.", "explosion", "man"),
        ("The explosion said so.", "explosion", "explosion"),
    ],
)
def test_the_head_of_the_phrase_speaks(text: str, thing: str, head: str) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    found = next(n for n, mention in enumerate(doc.mentions) if mention.head == thing)
    assert doc.mentions[whole_subject(doc, found)].head == head


@pytest.mark.parametrize(
    "text",
    [
        "A driver who saw the explosion told the Herald the bus was “burnt out from end to end.”",
        "A driver who saw the explosion said that the bus was burnt out from end to end.",
    ],
)
def test_with_marks_and_without(text: str) -> None:
    assert [each.speaker for each in attribute(Document(id="t", text=text))] == ["driver"]
