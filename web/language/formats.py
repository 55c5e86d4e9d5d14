"""Numbers, dates and lists as the language of the request writes them (CLDR, by babel). Days are those of the Gregorian calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from web.language.catalogue import locale_of
from web.language.choice import language

# Babel knows which digits a language has, but writes those of Latin. What is missing here stays in them.
_DIGITS: Final = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}


def digits(text: str) -> str:
    """Return `text` with its digits as the language of the request writes them."""
    system = str(locale_of(language()).default_numbering_system)
    return (
        text.translate(dict(zip(map(ord, "0123456789"), _DIGITS[system], strict=True))) if system in _DIGITS else text
    )


def number(value: int) -> str:
    """Return a whole number: "1,200", "۱٬۲۰۰"."""
    return digits(format_decimal(value, locale=locale_of(language()), numbering_system="default"))


def decimal(value: float, places: int = 2) -> str:
    """Return a number with so many places after the point: "0.87", "۰٫۸۷"."""
    pattern = "0." + "0" * places
    return digits(format_decimal(value, pattern, locale=locale_of(language()), numbering_system="default"))


def calendar_day(day: date, pattern: str = "d MMMM y") -> str:
    """Return a day: "14 March 2024", "۱۴ مارس ۲۰۲۴"; `pattern` as in CLDR."""
    return digits(format_date(day, pattern, locale=locale_of(language())))


def clock_time(instant: datetime) -> str:
    """Return the time of an instant with its zone: "09:12 UTC"."""
    return f"{digits(f'{instant:%H:%M}')} {instant.tzname() or 'UTC'}"


def language_called(code: str) -> str:
    """Return the name of a language; the code itself where CLDR has none."""
    names = locale_of(language()).languages
    return str(names.get(code.lower().partition("-")[0], code))


def text_direction(code: str | None) -> str:
    """Return the `dir` of words in a language: "rtl" where it is written so, else "auto", by which the words themselves decide.

    A quote in Persian may begin with a name in Latin letters, which would turn it round.
    """
    try:
        direction = Locale.parse((code or "en").partition("-")[0].lower()).text_direction
    except (UnknownLocaleError, ValueError):
        return "auto"
    return "rtl" if direction == "rtl" else "auto"


def comma_list(items: Iterable[str]) -> str:
    """Return "A, B, C" with the commas of the language of the request."""
    return ("، " if locale_of(language()).text_direction == "rtl" else ", ").join(items)
