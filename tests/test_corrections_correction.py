"""Corrections as values: in order even when the clock goes back, and a quote found again by its words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.corrections.correction import CorrectionKind, NamedQuotes, is_about, name_of, new_correction, taken_back
from search.errors import QueryError
from search.model import Quote

QUOTE = Quote("q1", "d1", "“The ferry was sold,”", url="https://ledger.example/a", before="On Monday she said ", after=" and left.")  # fmt: skip


def test_a_correction_is_later_than_the_last_one_whatever_the_clock_says() -> None:
    last = "2030-01-01T00:00:00.000000Z"
    made = new_correction(CorrectionKind.HIDE, "Ann", "", (name_of(QUOTE),), after=last)
    assert made.made == "2030-01-01T00:00:00.000001Z"
    assert (taken_back(made, "Bo", "").undone or "") > made.made


def test_it_is_taken_back_once() -> None:
    made = new_correction(CorrectionKind.HIDE, "Ann", "withdrawn", (name_of(QUOTE),))
    undone = taken_back(made, "Bo", "by mistake")
    assert (undone.id, undone.undone_by, undone.undone_reason) == (made.id, "Bo", "by mistake")
    with pytest.raises(QueryError, match="taken back already, by Bo"):
        taken_back(undone, "Cy", "")


def test_a_quote_is_found_again_by_its_words_whatever_its_id_and_marks() -> None:
    again = replace(QUOTE, id="q9", text="The ferry was sold")
    others = [replace(QUOTE, id="q3", text="The ferry was not sold"), again]
    assert NamedQuotes(others).find(name_of(QUOTE)) == again
    assert NamedQuotes(others[:1]).find(name_of(QUOTE)) is None
    correction = new_correction(CorrectionKind.HIDE, "Ann", "", (name_of(QUOTE),))
    assert [is_about(correction, one) for one in (again, others[0])] == [True, False]


def test_of_two_with_the_same_words_it_is_the_one_between_the_same_words() -> None:
    yes = [Quote(f"q{n}", "d1", "Yes.", before=before, after=" Then") for n, before in enumerate(("Lind: ", "Berg: "))]
    moved = [replace(one, id=f"new{one.id}") for one in yes]
    for old, new in zip(yes, moved, strict=True):
        assert NamedQuotes(reversed(moved)).find(name_of(old)) == new


@given(st.text(min_size=1), st.text(), st.text())
def test_any_quote_is_found_by_its_own_name(text: str, before: str, after: str) -> None:
    quote = Quote("q1", "d1", text, before=before, after=after)
    assert NamedQuotes([Quote("q0", "d1", "other words"), quote]).find(name_of(quote)) == quote
