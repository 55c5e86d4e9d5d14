"""Quotes of each year or month."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.profiles.over_time import MOST_YEARS, Period, over_time


def test_months_have_no_gap_and_what_is_undated_is_counted() -> None:
    times = over_time({"2024-11": 2, "2025-02": 1, "": 4})
    assert times.periods == (Period("2024-11", 2), Period("2024-12", 0), Period("2025-01", 0), Period("2025-02", 1))
    assert (times.undated, times.most) == (4, 2)


def test_a_long_time_and_a_bare_year_are_counted_by_year() -> None:
    assert [period.name for period in over_time({"2019-01": 1, "2022-12": 1}).periods] == [
        "2019",
        "2020",
        "2021",
        "2022",
    ]
    assert over_time({"2024-01": 1, "2024": 2}).periods == (Period("2024", 3),)


def test_without_a_date_there_is_no_period() -> None:
    assert over_time({"": 3}) == over_time({"no date": 3})
    assert over_time({}).most == 0


@given(st.dictionaries(st.text(max_size=8) | st.from_regex(r"\A[0-9]{4}(-[01][0-9])?\Z"), st.integers(1, 99)))
def test_every_quote_is_in_a_period_or_undated_unless_the_time_is_too_long(months: dict[str, int]) -> None:
    times = over_time(months)
    counted = sum(period.quotes for period in times.periods) + times.undated
    assert counted == sum(months.values()) or len(times.periods) == MOST_YEARS
    assert len(times.periods) <= MOST_YEARS
