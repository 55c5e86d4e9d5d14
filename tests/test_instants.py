"""The day that is cited is the one that was printed, and the order among papers of two zones goes by UTC."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.instants import first_known, in_utc, printed_day


@pytest.mark.parametrize(
    ("published", "utc", "day", "first"),
    [
        ("2024-03-04T23:30:00-05:00", "2024-03-05T04:30:00Z", "2024-03-04", "2024-03-04"),
        ("2024-03-04T01:30:00+09:00", "2024-03-03T16:30:00Z", "2024-03-04", "2024-03-04"),
        ("2024-03-04T12:00:00+01:00", "2024-03-04T11:00:00Z", "2024-03-04", "2024-03-04T11:00:00Z"),
        ("2024-03-04T12:00:00Z", "2024-03-04T12:00:00Z", "2024-03-04", "2024-03-04T12:00:00Z"),
        ("2024-03-04", "2024-03-04", "2024-03-04", "2024-03-04"),
        ("some time in March", "some time in March", "some time ", "some time in March"),
        (None, None, None, None),
    ],
)
def test_an_instant_has_a_day_of_its_own(
    published: str | None, utc: str | None, day: str | None, first: str | None
) -> None:
    assert (in_utc(published), printed_day(published), first_known(published)) == (utc, day, first)


@given(st.text(max_size=40))
def test_what_is_no_date_stays(text: str) -> None:
    assert isinstance(in_utc(text), str)
