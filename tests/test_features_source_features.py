"""The pairs of a quotation and its candidates: their shapes, and what stands between the two."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.features.source_features import (
    SOURCE_FEATURES,
    ClausePattern,
    candidate_sources,
    clause_pattern,
    source_table,
)  # fmt: skip
from search.model import Document

SOUP = st.lists(
    st.sampled_from(["“a b”", " said", " Ann Lee", " he", ",", ".", "\n", ":", " that", " Tom Roe"]), max_size=60
)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("“It is late,” Ann Lee said.", ClausePattern.MENTION_CUE_AFTER),
        ("“It is late,” Ann Lee.", ClausePattern.MENTION_AFTER),
        ("“It is late,” said Ann Lee.", ClausePattern.CUE_MENTION_AFTER),
        ("“It is late,” said the tired Ann Lee.", ClausePattern.CUE_NEAR_MENTION_AFTER),
        ("“It is late,” according to Ann Lee.", ClausePattern.ACCORDING_TO_AFTER),
        ("“It is late.” — Ann Lee", ClausePattern.SIGNED),
        ("Ann Lee: “It is late.”", ClausePattern.COLON_BEFORE),
        ("Ann Lee “is late.”", ClausePattern.MENTION_BEFORE),
        ("Ann Lee said, “It is late.”", ClausePattern.CUE_BEFORE),
        ("Ann Lee has often said: “It is late.”", ClausePattern.CUE_NEAR_BEFORE),
        ("Ann Lee had a word for it in the hall: “late.”", ClausePattern.SENTENCE_COLON_BEFORE),
        ("“It is late.” It rained and Ann Lee left.", ClausePattern.NONE),
    ],
)
def test_the_plain_shapes_are_told(text: str, pattern: ClausePattern) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    lee = next(mention for mention in doc.mentions if mention.head == "Ann Lee")
    assert clause_pattern(doc, doc.item_of_quotation[0], lee) is pattern


def test_what_stands_between_is_counted_by_name() -> None:
    text = "Ann Lee, who said that Tom Roe was late, left: “Roe is late.”"
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    candidates = candidate_sources(doc, 0)
    rows = [dict(zip(SOURCE_FEATURES, row, strict=True)) for row in source_table(doc, [0], [candidates]).tolist()]
    by_head = {doc.mentions[index].head: row for index, row in zip(candidates, rows, strict=True)}
    lee, roe = by_head["Ann Lee"], by_head["Tom Roe"]
    assert (lee["commas_between"], lee["colons_between"], lee["that_between"]) == (2.0, 1.0, 1.0)
    assert (lee["names_between"], lee["names_apart"], roe["names_between"]) == (1.0, 2.0, 0.0)
    assert (lee["named_in_quotation"], roe["named_in_quotation"]) == (0.0, 1.0)
    assert (roe["rank_before"], roe["rank_after"], roe["mention_follows"]) == (0.0, -1.0, 0.0)
    assert lee["candidates_in_sentence"] == len(candidates)


@settings(deadline=None)
@given(SOUP.map("".join))
def test_a_table_of_all_quotations_is_the_tables_of_each(text: str) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    numbers = [number for number in sorted(doc.item_of_quotation) if candidate_sources(doc, number)]
    if not numbers:
        return
    candidates = [candidate_sources(doc, number) for number in numbers]
    table = source_table(doc, numbers, candidates)
    assert table.shape == (sum(map(len, candidates)), len(SOURCE_FEATURES))
    single = [source_table(doc, [number], [each]) for number, each in zip(numbers, candidates, strict=True)]
    assert np.array_equal(table, np.vstack(single))


def test_candidates_are_bounded_and_near() -> None:
    text = "Ann Lee left. " * 30 + "“It is late.” " + "Tom Roe left. " * 30 + "\n\nMary Poole left.\n\nPaul Roe left."
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    heads = [doc.mentions[index].head for index in candidate_sources(doc, 0)]
    assert heads == ["Ann Lee"] * 9 + ["Tom Roe"] * 4
