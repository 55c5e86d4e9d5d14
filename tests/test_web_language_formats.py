"""Numbers and dates in the language of the request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from web.language.formats import (
    calendar_day,
    clock_time,
    comma_list,
    decimal,
    digits,
    language_called,
    number,
    text_direction,
)

INSTANT = datetime(2024, 3, 14, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("say", "english", "persian"),
    [
        (lambda: number(1_234_567), "1,234,567", "۱٬۲۳۴٬۵۶۷"),
        (lambda: decimal(0.873), "0.87", "۰٫۸۷"),
        (lambda: digits("a1b0"), "a1b0", "a۱b۰"),
        (lambda: calendar_day(date(2024, 3, 4)), "4 March 2024", "۴ مارس ۲۰۲۴"),
        (lambda: calendar_day(date(2024, 3, 4), "d MMM y"), "4 Mar 2024", "۴ مارس ۲۰۲۴"),
        (lambda: clock_time(INSTANT), "09:12 UTC", "۰۹:۱۲ UTC"),
        (lambda: language_called("de-AT"), "German", "آلمانی"),
        (lambda: language_called("xx"), "xx", "xx"),
        (lambda: comma_list(["A", "B"]), "A, B", "A، B"),
    ],
)
def test_it_is_written_as_the_language_writes_it(
    client: FlaskClient, say: Callable[[], str], english: str, persian: str
) -> None:
    for code, expected in (("en", english), ("fa", persian)):
        with client.application.test_request_context(f"/?lang={code}"):
            assert say() == expected


@pytest.mark.parametrize(
    ("code", "direction"),
    [("fa", "rtl"), ("he-IL", "rtl"), ("ar", "rtl"), ("en", "auto"), ("zz", "auto"), ("?", "auto"), (None, "auto")],
)
def test_the_words_of_a_language_have_its_direction(code: str | None, direction: str) -> None:
    assert text_direction(code) == direction
