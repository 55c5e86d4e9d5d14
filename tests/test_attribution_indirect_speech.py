"""Speech reported without marks: where its clause begins and ends, and whose it is."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.indirect_speech import find_indirect_quotations
from search.model import Document


def clauses(text: str) -> list[tuple[str, str, str]]:
    """The subject, the cue and the words of each clause."""
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    return [
        (doc.mentions[each.mention].head, each.cue, text[each.start : each.end])
        for each in find_indirect_quotations(doc)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ann Lee said that the bridge would open in May.", ("Lee", "said", "the bridge would open in May")),
        ("Ann Lee said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee has also said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee said on Monday that the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee told the council that the bridge would open.", ("Lee", "told", "the bridge would open")),
        ("Ann Lee, the mayor, said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee believes that the bridge would open.", ("Lee", "believes", "the bridge would open")),
        ("She said the bridge would open.", ("She", "said", "the bridge would open")),
    ],
)
def test_a_clause_has_its_words_and_its_subject(text: str, wanted: tuple[str, str, str]) -> None:
    (subject, cue, words) = clauses(text)[0]
    assert (subject.split()[-1], cue, words) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee said on Monday.",
        "Ann Lee said so again.",
        "Ann Lee believes the bridge is late.",
        "Ann Lee told the council a long story.",
        "Ann Lee said: “The bridge would open in May.”",
        "It said that the bridge would open in May.",
        "The man who said that the bridge would open in May left.",
        "They spoke with Ann Lee said the bridge would open in May.",
    ],
)
def test_what_is_no_clause_of_a_speaker_is_left(text: str) -> None:
    assert clauses(text) == []


def test_a_second_clause_after_a_participle_has_the_same_subject() -> None:
    text = "Ann Lee said that the bridge would open in May, adding that it was late by a year."
    assert [(cue, words) for _, cue, words in clauses(text)] == [
        ("said", "the bridge would open in May"),
        ("adding", "it was late by a year"),
    ]


def test_a_clause_ends_where_marks_take_over() -> None:
    ((_, _, words),) = clauses("Ann Lee said the bridge would open soon, and “a fine one, I say”.")
    assert words == "the bridge would open soon"
