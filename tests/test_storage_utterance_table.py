"""Versions and utterances as they are asked for: counts, members, first quotes, the largest, and what documents share."""

from __future__ import annotations

import pytest

from search.model import Document, Quote
from search.storage.store import Store
from search.storage.utterance_table import SharedVersions, UtteranceSize

FERRY = "The ferry to the northern islands was sold to pay for the new harbour wall"
OTHER_WORDS = "This ferry to the northern islands was sold to pay for the new harbour wall"
BREAD = "Bread has doubled in price since the harvest failed in the southern valleys"


@pytest.fixture
def filled(store: Store) -> Store:
    """Quotes 1 and 2 are one version, 3 another of the same utterance; 4 is by itself; 5 quotes nobody."""
    rows = [
        ("d1", FERRY, {}),
        ("d2", FERRY.upper(), {}),
        ("d3", OTHER_WORDS, {}),
        ("d1", BREAD, {}),
        ("d2", "unity", {"scare": True}),
    ]
    quotes = [
        Quote(f"q{n}", document, text, speaker="Marta Lind", published=f"2024-03-0{n}", confidence=1.0, **more)  # type: ignore[arg-type]
        for n, (document, text, more) in enumerate(rows, 1)
    ]
    store.add(
        (Document(id_, "words"), id_, [quote for quote in quotes if quote.document_id == id_])
        for id_ in ("d1", "d2", "d3")
    )
    store.catch_up()
    return store


def number(store: Store, id_: str) -> int:
    return store.number_of(id_)


def test_what_has_no_version_counts_as_one_by_itself(filled: Store) -> None:
    status = filled.status()
    assert (status.quotes, status.versions, status.utterances) == (5, 4, 3)
    alone = number(filled, "q5")
    assert filled.utterances_of([alone]) == {alone: -alone}
    assert filled.quotes_of_utterances([-alone]) == {alone: -alone}
    assert filled.utterance_ids([-alone]) == {-alone: "q5"}
    assert filled.version_records([alone, 99]) == [None, None]


def test_the_quotes_of_an_utterance_lead_to_it_and_it_is_called_by_its_first(filled: Store) -> None:
    numbers = [number(filled, f"q{n}") for n in (1, 2, 3)]
    (utterance,) = set(filled.utterances_of(numbers).values())
    assert filled.quotes_of_utterances([utterance]) == dict.fromkeys(sorted(numbers), utterance)
    assert filled.utterance_ids([utterance]) == {utterance: filled.quote_ids([min(numbers)])[min(numbers)]}
    records = filled.version_records(numbers)
    assert [record.id for record in records if record] == [records[0].id, records[0].id, records[2].id]  # type: ignore[union-attr]
    assert records[0] != records[2]


def test_the_largest_are_those_with_the_most_quotes(filled: Store) -> None:
    (utterance,) = set(filled.utterances_of([number(filled, "q1")]).values())
    assert filled.largest_utterances(5) == [UtteranceSize(utterance, quotes=3, versions=2)]
    assert filled.largest_utterances(0) == []


def test_documents_share_versions_not_utterances(filled: Store) -> None:
    assert filled.shared_versions("d1") == (2, [SharedVersions("d2", shared=1, of=1)])
    assert filled.shared_versions("d3") == (1, [])
    assert filled.shared_versions("unknown") == (0, [])
