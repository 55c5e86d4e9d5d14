"""Names that go on as what was typed begins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.find.query_language import parse_query
from search.names.name_beginnings import SUGGESTED, NameBeginnings
from search.names.speaker_table import SpeakerRow

SPEAKERS = [SpeakerRow("José Hartwell", 3), SpeakerRow("Ann Hart", 1), *(SpeakerRow(f"Hartmut Number{n}", 1) for n in range(20))]  # fmt: skip
NAMES = NameBeginnings(SPEAKERS, ["Harbour Post", 'The "Hart" Ledger'])


def test_a_name_is_suggested_by_the_beginning_of_any_of_its_words() -> None:
    assert [each.name for each in NAMES.going_on("jose")] == ["José Hartwell"]
    assert [each.name for each in NAMES.going_on("HARTW")] == ["José Hartwell"]
    assert [(each.field, each.quotes) for each in NAMES.going_on("harbour p")] == [("outlet", None)]
    assert NAMES.going_on("hart")[0].quotes == 3
    assert len(NAMES.going_on("hart")) == SUGGESTED
    assert NAMES.going_on("") == NAMES.going_on("  ") == NAMES.going_on("nobody") == NAMES.going_on("artwell") == []


def test_what_is_suggested_asks_for_that_name() -> None:
    (found,) = NAMES.going_on("jose")
    assert parse_query(found.query).speaker == ("José Hartwell",)
    # A mark in a name would end the filter.
    assert NAMES.going_on("the") == []


@given(st.text())
def test_whatever_is_typed_is_answered(typed: str) -> None:
    assert len(NAMES.going_on(typed)) <= SUGGESTED
