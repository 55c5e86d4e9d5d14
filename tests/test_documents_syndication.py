"""Wire copies: documents that print the same quotes in the same words."""

from __future__ import annotations

import pytest

from search.documents.syndication import LEAST_SHARED_VERSIONS, SHOWN_COPIES, copies
from search.model import Document, Quote
from search.storage.store import Store

SAID = [
    "The ferry to the northern islands was sold to pay for the new harbour wall",
    "Bread has doubled in price since the harvest failed in the southern valleys",
    "Speeches do not build schools, and they do not mend roads between villages",
    "Nobody in the council ever asked the fishermen what they thought of the tunnel",
    "We shall rebuild the old lighthouse stone by stone before the autumn storms",
    "The orchestra played for eleven hours while the rain came through the ceiling",
]


def put(store: Store, id_: str, said: list[str], work: str | None = None, day: str = "2024-03-04") -> Document:
    document = Document(id_, "\n".join(said), published=day)
    quotes = [
        Quote(f"{id_}-{n}", id_, text, speaker="Marta Lind", published=day, confidence=1.0)
        for n, text in enumerate(said)
    ]
    store.add([(document, work or id_, quotes)])
    store.catch_up()
    return document


def test_a_wire_copy_is_known_by_its_quotes_and_the_earliest_comes_first(store: Store) -> None:
    put(store, "late", SAID, day="2024-03-06")
    wire = put(store, "wire", SAID)
    put(store, "early", [text.upper() for text in SAID], day="2024-03-03")
    assert [copy.id for copy in copies(store, wire)] == ["early", "late"]


@pytest.mark.parametrize(
    ("said", "copied"),
    [
        (SAID[:5], True),  # 5 of 6
        (SAID[:4], False),  # 4 of 6 are less than .7
        ([*SAID[:5], *(f"{text} indeed, and again" for text in SAID[:3])], False),  # 5 of 8
        (SAID[: LEAST_SHARED_VERSIONS - 1], False),
    ],
)
def test_most_versions_of_both_have_to_be_shared(store: Store, said: list[str], copied: bool) -> None:
    wire = put(store, "wire", SAID)
    put(store, "other", said)
    assert [copy.id for copy in copies(store, wire)] == (["other"] if copied else [])


def test_two_reports_of_few_quotes_and_editions_of_one_page_are_no_copies(store: Store) -> None:
    short = put(store, "short", SAID[:2])
    put(store, "other", SAID[:2])
    assert copies(store, short) == []
    page = put(store, "page", SAID, work="address")
    put(store, "page again", SAID, work="address")
    assert copies(store, page) == []


def test_so_many_are_shown_at_most(store: Store) -> None:
    first = put(store, "first", SAID[:3])
    store.add(
        (
            Document(f"d{n}", "words"),
            f"d{n}",
            [Quote(f"d{n}-{m}", f"d{n}", text, speaker="Marta Lind") for m, text in enumerate(SAID[:3])],
        )
        for n in range(SHOWN_COPIES + 5)
    )
    store.catch_up()
    assert len(copies(store, first)) == SHOWN_COPIES
