"""The filters of the templates."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from web.presentation import template_filters


def test_dates_are_written_out() -> None:
    assert template_filters.long_date("2024-03-04T09:12:00Z") == "4 March 2024"
    assert template_filters.date_and_time("2024-03-04T09:12:00Z") == "4 March 2024, 09:12 UTC"
    assert template_filters.date_and_time("2024-03-04") == "4 March 2024"
    assert template_filters.long_date(None) == "date not known"


@given(st.text(), st.integers(5, 50))
def test_a_shortened_text_is_short_and_made_of_whole_words(text: str, most: int) -> None:
    for cut in (template_filters.first_words(text, most), template_filters.last_words(text, most)):
        assert len(cut) <= most + 2
    assert template_filters.first_words("one two three four", 9) == "one two\u00a0…"
    assert template_filters.last_words("one two three four", 10) == "…\u00a0four"
