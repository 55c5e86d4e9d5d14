"""Dates as printed, to ISO 8601."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.metadata.dates import is_believable, jalali_to_iso, parse_date
from indexer.metadata.month_names import jalali_month_number, month_number


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2024-05-06", "2024-05-06"),
        ("20240506", "2024-05-06"),
        ("2024-05-06T07:30:00Z", "2024-05-06T07:30:00Z"),
        ("2024-05-06T07:30:00+02:00", "2024-05-06T07:30:00+02:00"),
        ("2024-05-06 23:30:00 -0500", "2024-05-06T23:30:00-05:00"),
        ("2024-05-06T07:30:00.123456789Z", "2024-05-06T07:30:00Z"),
        # Nobody knows which day it was elsewhere.
        ("2024-05-06T07:30:00", "2024-05-06"),
        ("Mon, 06 May 2024 07:30:00 GMT", "2024-05-06T07:30:00Z"),
        ("Mon, 06 May 2024 07:30:00 +0200", "2024-05-06T07:30:00+02:00"),
        (1714980600, "2024-05-06T07:30:00Z"),
        ("1714980600", "2024-05-06T07:30:00Z"),
        (1714980600000, "2024-05-06T07:30:00Z"),
        ("May 6, 2024", "2024-05-06"),
        ("Updated Sept. 5, 2023, 10:15 a.m.", "2023-09-05"),
        ("6th of May 2024", "2024-05-06"),
        ("Montag, 6. Mai 2024, 10 Uhr", "2024-05-06"),
        ("1. März 2021", "2021-03-01"),
        ("5. Jänner 2021", "2021-01-05"),
        ("lundi 1er août 2023", "2023-08-01"),
        ("12 déc. 2020", "2020-12-12"),
        ("6 de mayo de 2024", "2024-05-06"),
        ("4 de maig de 2024", "2024-05-04"),
        ("6 de fevereiro de 2024", "2024-02-06"),
        ("6 maggio 2024", "2024-05-06"),
        ("6 mei 2024", "2024-05-06"),
        ("10. května 2024", "2024-05-10"),
        ("5 lipca 2024", "2024-07-05"),
        ("5. lipnja 2024", "2024-06-05"),
        ("5 травня 2024", "2024-05-05"),
        ("6 мая 2024 г.", "2024-05-06"),
        ("6. toukokuuta 2024", "2024-05-06"),
        ("2024. május 6.", "2024-05-06"),
        ("2024 m. gegužės 6 d.", "2024-05-06"),
        ("6 Mayıs 2024", "2024-05-06"),
        ("6 Μαΐου 2024", "2024-05-06"),
        ("٦ مايو ٢٠٢٤", "2024-05-06"),
        ("۱۷ اردیبهشت ۱۴۰۳", "2024-05-06"),
        ("۱۰ دی ۱۴۰۲", "2023-12-31"),
        ("۱۴۰۳/۰۲/۱۷", "2024-05-06"),
        ("2024年5月6日", "2024-05-06"),
        ("2024년 5월 6일", "2024-05-06"),
        ("06.05.2024", "2024-05-06"),
        ("25/04/2021", "2021-04-25"),
        ("4/25/2021", "2021-04-25"),
        ("5/5/2021", "2021-05-05"),
        # Day and month cannot be told apart.
        ("3/4/2024", None),
        ("Marathon 21, 2024", None),
        ("iPhone Pro 12, 2024", None),
        ("Temple 5, 2024", None),
        ("31 February 2024", None),
        ("2024-13-01", None),
        ("no date", None),
        ("", None),
        (None, None),
        (True, None),
        (float("inf"), None),
    ],
)
def test_a_date_as_it_is_printed(printed: object, iso: str | None) -> None:
    assert parse_date(printed) == iso


@pytest.mark.parametrize(
    ("language", "month"), [("hr", 10), ("pl", 11), (None, None), ("en", None)], ids=["hr", "pl", "unknown", "en"]
)
def test_where_languages_disagree_the_page_decides(language: str | None, month: int | None) -> None:
    """Listopada is October in Croatian and November in Polish."""
    assert month_number("listopada", language) == month
    assert parse_date("3. listopada 2023", language) == (f"2023-{month}-03" if month else None)


@pytest.mark.parametrize(
    ("word", "number"),
    [("May", 5), ("SEPTEMBER", 9), ("Sept", 9), ("janv", 1), ("jui", None), ("ma", None), ("", None), ("Mayor", None)],
)
def test_a_month_or_the_beginning_of_one(word: str, number: int | None) -> None:
    assert month_number(word) == number


def test_months_of_the_persian_calendar() -> None:
    assert jalali_month_number("اسفند") == 12
    assert jalali_month_number("May") is None
    assert jalali_to_iso(1403, 1, 1) == "2024-03-20"
    assert jalali_to_iso(1403, 13, 1) is None
    # A leap year has a thirtieth of Esfand; the first of Farvardin follows.
    assert jalali_to_iso(1403, 12, 30) == "2025-03-20"
    assert jalali_to_iso(1404, 1, 1) == "2025-03-21"


@pytest.mark.parametrize(
    ("iso", "believable"),
    [("2024-05-06", True), ("2024-05-07", True), ("2024-05-08", False), ("1599-12-31", False), ("1600-01-01", True), ("2024", False), (None, False)],
)  # fmt: skip
def test_newspapers_are_printed_between_the_first_and_tomorrow(iso: str | None, believable: bool) -> None:
    assert is_believable(iso, datetime(2024, 5, 6, 12, tzinfo=UTC)) is believable


def test_a_clock_that_stands_at_1970_refuses_no_date_of_before_this_program() -> None:
    assert is_believable("2023-12-31", datetime(1970, 1, 1, tzinfo=UTC))
    assert not is_believable("2025-12-31", datetime(1970, 1, 1, tzinfo=UTC))


@given(st.text(max_size=150) | st.integers() | st.floats())
def test_anything_is_a_date_or_none(value: object) -> None:
    iso = parse_date(value)
    assert iso is None or datetime.fromisoformat(iso)


@given(st.dates(min_value=datetime(1600, 1, 1).date()))
def test_every_day_is_read_back(day: object) -> None:
    assert parse_date(str(day)) == str(day)
    assert parse_date(f"{day:%d.%m.%Y}") == str(day)
    assert parse_date(f"{day:%B} {day.day}, {day.year}") == str(day)  # type: ignore[attr-defined]
