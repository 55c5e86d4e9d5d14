"""Names that go on as what was typed begins, and whose name was meant where the archive has none that is written so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.find.query_language import parse_query
from search.names.speaker_table import SpeakerRow
from search.names.typed_names import SUGGESTED, NameBeginnings, may_be_meant, names_meant

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


QUELLS = (
    SpeakerRow("Marten Quell", 40, ("Mr Quell",)),
    SpeakerRow("Mona Quell", 4),
    SpeakerRow("Ida van der Linden", 12, ("Linden",)),
    SpeakerRow("Ann Lee", 9),
    SpeakerRow("Marten", 1),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Marten Quel", ("Marten Quell",)),
        ("Martin Quell", ("Marten Quell",)),
        ("Mr. Quelll", ("Marten Quell", "Mona Quell")),  # most quoted first
        ("Ida Lindne", ("Ida van der Linden",)),  # letters swapped, words left out
        ("Quell", ()),  # is not misspelt
        ("Quell Marten", ()),  # another order
        ("Anm Lee", ()),  # too short a word for a slip
        ("Karten Quell", ()),  # the first letter is hardly ever mistyped
        ("Marten", ()),
        ("one two three four five six", ()),
        ("", ()),
    ],
)
def test_the_name_with_the_fewest_edits_is_meant(typed: str, meant: tuple[str, ...]) -> None:
    assert names_meant(typed, QUELLS) == meant


@pytest.mark.parametrize("typed", ["Marten Quel", "Martin Quell", "Ida Lindne", "Quell"])
def test_who_may_be_meant_is_told_by_names_alone(typed: str) -> None:
    names = tuple(name for row in QUELLS for name in (row.name, *row.names))
    assert may_be_meant(typed, names)
    assert may_be_meant(typed, tuple(f"{name}Senate" for name in names))  # words that were run together
    assert not may_be_meant(typed, ("Marta Berg", "Quentin Marlowe"))


@given(st.text(max_size=60) | st.sampled_from(QUELLS).map(lambda row: row.name[:-1]), st.lists(st.text(max_size=30)))
def test_nobody_is_meant_who_could_not_be(typed: str, others: list[str]) -> None:
    rows = [*QUELLS, *(SpeakerRow(name, 1) for name in others)]
    names = tuple(name for row in rows for name in (row.name, *row.names))
    assert may_be_meant(typed, names) or not names_meant(typed, rows)


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_speakers_that_are_there(typed: str) -> None:
    assert set(names_meant(typed, QUELLS)) <= {row.name for row in QUELLS}
