"""Chains: who quotes whom, from the outlet inwards."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import attribute
from indexer.attribution.hearsay import reporter_chains
from search.model import Document

SAID = "“The bridge will open in May,”"


def chains(text: str) -> list[tuple[str, ...]]:
    return [each.via for each in attribute(Document(id="t", text=text)) if each.kind != "indirect"]


@pytest.mark.parametrize(
    ("text", "via"),
    [
        (f"{SAID} Ann Lee told the Northport Herald.", "Northport Herald"),
        (f"{SAID} Ann Lee told reporters.", None),
        (f"{SAID} Ann Lee reported Robert Cole’s assessment.", "Ann Lee"),
        (f"{SAID} Ann Lee said of Robert Cole’s remarks.", None),
        (f"{SAID} Ann Lee said in view of a lack of money.", None),
        (f"{SAID} Ann Lee told Robert Cole.", None),
        (f"{SAID} Ann Lee said in an interview with the Daily Star.", "Daily Star"),
        (f"{SAID} Ann Lee said in remarks published by Der Spiegel.", "Der Spiegel"),
        (f"{SAID} Ann Lee wrote, according to a leaked report.", "leaked report"),
        (f"{SAID} Ann Lee said, reported the Northport Times.", "Northport Times"),
        ("Robert Cole said that Ann Lee had said “the bridge will never open.”", "Robert Cole"),
        ("According to a Northport Herald report, Ann Lee said “the bridge will never open.”", "Northport Herald"),
        (f"{SAID} Ann Lee said.", None),
    ],
)
def test_the_reporter_between_outlet_and_speaker_is_named(text: str, via: str | None) -> None:
    assert chains(text) == [(via,) if via else ()]


def test_a_chain_is_carried_on_to_the_next_paragraph_and_no_further() -> None:
    text = f"{SAID} Ann Lee told the Northport Herald.\n\n“It is late.”\n\nThe day was long.\n\nAnn Lee smiled at the sea.\n\n“We are all late.”"
    first, second, third = chains(text)
    assert (first, second, third) == (("Northport Herald",), ("Northport Herald",), ())


def test_a_quotation_without_a_source_has_no_chain() -> None:
    from indexer.attribution.attribute import annotate_document
    from indexer.attribution.attribution_model import packaged_model

    doc = annotate_document(Document(id="t", text=f"{SAID} Ann Lee told the Northport Herald."), packaged_model())
    assert reporter_chains(doc, {0: None}, lambda index: "") == {}
