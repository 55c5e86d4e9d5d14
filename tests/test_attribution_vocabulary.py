"""The closed vocabularies of attributions: every one that is produced is listed, and JSON shows plain strings."""

from __future__ import annotations

import json

from indexer.attribution.attribute import attribute
from indexer.attribution.vocabulary import AttributionMethod
from search.model import Document, QuoteFlag, Region, Span


def methods(text: str, **facts: object) -> set[str]:
    return {each.method for each in attribute(Document(id="t", text=text, **facts))}  # type: ignore[arg-type]


def test_the_strings_of_methods_do_not_change() -> None:
    assert json.loads(json.dumps(list(AttributionMethod))) == [
        "name", "role", "pronoun", "relative", "reference", "author", "label", "cite", "nested", "nested cue",
    ]  # fmt: skip


def test_every_method_is_produced() -> None:
    block = "An old text has it.\nThe bridge is not for walking.\nSo it says."
    span = Span(block.index("The"), block.index("\nSo"))
    seen = set().union(
        methods("“The bridge is late,” Ann Lee said. “He told me, ‘It is shut,’ and ‘Never,’” she said."),
        methods("The transport minister, Robert Cole, left. “The bridge is late,” the transport minister said."),
        methods("Ann Lee, who said “the bridge is late and so is he,” left."),
        methods("The Northport Port Authority met. “The bridge is late,” it said."),
        methods("“The bridge is late,” I said. I was there.", authors=("Joe Poole",)),
        methods("LEE: Is it?\n\nCOLE: It is.\n\nLEE: Thank you."),
        methods(block, regions=(Region(span, "blockquote", "— Ann Lee, The Bridge"),)),
    )
    assert seen >= set(AttributionMethod)


def test_every_flag_is_produced() -> None:
    flags = {
        flag
        for text in (
            "Ann Lee said: “The bridge is late.\n\n“And it is ugly.”",
            "Ann Lee said: “The bridge is late.",
            "“… and the bridge is late,” Ann Lee said.",
            "Ann Lee never said “the bridge is late.”",
            "A post claims that Ann Lee said “the bridge is late.”",
        )
        for each in attribute(Document(id="t", text=text))
        for flag in each.flags
    }
    # The store says the first of each quote, an answer the second, and the third whoever corrects it.
    assert flags == set(QuoteFlag) - {QuoteFlag.SCARE, QuoteFlag.OTHER_SPEAKER, QuoteFlag.CORRECTED}
