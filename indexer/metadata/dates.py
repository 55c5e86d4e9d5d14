"""Dates as printed by people and machines, to ISO 8601; the absurd and the future refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from indexer.metadata.month_names import jalali_month_number, month_number

# No newspaper archive on the web reaches further back than the first newspapers.
EARLIEST_YEAR = 1600
# Code points of a line that are looked at: the longest printed dates with weekday and time have 60.
_MAX_DATE_CHARS = 120

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?(?!\d)"
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?!\d)")
_EAST = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_DAY_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.|ste|de|e)?\s+(?:of\s+|de\s+|d['’])?(?P<month>[^\W\d_]{2,14})\.?,?\s+(?:de\s+|del\s+)?(?P<year>\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(r"(?P<month>[^\W\d_]{2,14})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)")
# Hungarian ("2024. május 6.") and Lithuanian ("2024 m. gegužės 6 d.").
_YEAR_MONTH = re.compile(r"(?<!\d)(?P<year>\d{4})\.?\s+(?:m\.\s+)?(?P<month>[^\W\d_]{2,14})\s+(?P<day>\d{1,2})(?!\d)")
# A machine whose clock stands at 1970 would refuse the date of every document that it reads.
_NO_EARLIER = datetime(2024, 1, 1, tzinfo=UTC)
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def parse_date(value: object, language: str | None = None) -> str | None:
    """Return a date as ISO 8601, or None: a day, or an instant in its own zone (`2024-05-06T07:30:00-05:00`).

    Takes ISO 8601 with or without a zone, RFC 2822, seconds or milliseconds since 1970, days written in words in
    some forty languages (`language` decides where two disagree), numeric days where day and month cannot be confused, and Persian (Jalali) dates.
    An instant without a zone is taken for its day only: nobody knows which day it was elsewhere.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _epoch(value)
    if not isinstance(value, str):
        return None
    text = value.strip()[:_MAX_DATE_CHARS].translate(_DIGITS)
    if re.fullmatch(r"\d{9,13}(\.\d+)?", text):
        return _epoch(float(text))
    return _iso(text) or _rfc(text) or _words(text, language) or _numeric(text)


def is_believable(value: str | None, now: datetime | None = None) -> bool:
    """Return whether an ISO date can be a date of publication: not before the newspapers, not after tomorrow."""
    if not value or len(value) < 10:
        return False
    limit = max(now or datetime.now(UTC), _NO_EARLIER) + timedelta(days=1)
    return int(value[:4]) >= EARLIEST_YEAR and value[:10] <= limit.date().isoformat()


def _epoch(value: float) -> str | None:
    # Compared first: Python makes no float of an integer of hundreds of digits, not even to say that it is finite.
    if not -1e18 < value < 1e18:
        return None
    seconds = value / 1000 if abs(value) > 1e11 else value
    try:
        return _instant(datetime.fromtimestamp(seconds, UTC)) if seconds > 1e7 else None
    except (OverflowError, ValueError, OSError):
        return None


def _instant(moment: datetime) -> str:
    """An instant in the zone that it is given in, so that its day stays the one that was printed."""
    if moment.year < 1000:
        return moment.date().isoformat()
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _iso(text: str) -> str | None:
    found = _ISO.match(text)
    if not found:
        return None
    year, month, number, hour, minute, second, zone = found.groups()
    if int(year) < 1500 and _is_jalali(int(year)):
        return jalali_to_iso(int(year), int(month), int(number))
    try:
        whole = date(int(year), int(month), int(number))
        if not hour or not zone:
            return whole.isoformat()
        moment = datetime(
            whole.year, whole.month, whole.day, int(hour), int(minute), int(second or 0), tzinfo=_zone(zone)
        )
        return _instant(moment)
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _rfc(text: str) -> str | None:
    if not re.match(r"(?:[A-Z][a-z]{2},\s*)?\d{1,2} [A-Z][a-z]{2} \d{4} \d", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return _instant(moment) if moment.tzinfo else moment.date().isoformat()


def _words(text: str, language: str | None) -> str | None:
    """Read a date with its month in words, or with the characters of East Asia."""
    if east := _EAST.search(text):
        return _valid(*map(int, east.groups()))
    for pattern in (_DAY_MONTH, _MONTH_DAY, _YEAR_MONTH):
        for match in pattern.finditer(text):
            year, day = int(match["year"]), int(match["day"])
            if month := month_number(match["month"], language):
                return _valid(year, month, day)
            if month := jalali_month_number(match["month"]):
                return jalali_to_iso(year, month, day)
    return None


def _numeric(text: str) -> str | None:
    """Read numbers: the year first, or the day before the month; `3/4/2024` is nobody's date for sure."""
    found = _NUMERIC.search(text)
    if not found:
        return None
    first, mark, second, third = int(found.group(1)), found.group(2), int(found.group(3)), int(found.group(4))
    if first > 31:
        return jalali_to_iso(first, second, third) if _is_jalali(first) else _valid(first, second, third)
    if third < 1000:
        return None
    if mark == "." or first > 12:
        return _valid(third, second, first)
    if second > 12 or first == second:
        return _valid(third, first, second)
    return None


def _valid(year: int, month: int, number: int) -> str | None:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


def _is_jalali(year: int) -> bool:
    return 1300 <= year <= 1500


def jalali_to_iso(year: int, month: int, number: int) -> str | None:
    """Return a day of the Persian solar calendar as ISO 8601, or None when there is none, by the 33-year cycle of leap years (right from 1799 to 2256)."""
    if not (1 <= month <= 12 and 1 <= number <= (31 if month <= 6 else 30)):
        return None
    days = 365 * year + (8 * year + 21) // 33 + number - 1
    days += (month - 1) * 31 if month <= 7 else 186 + (month - 7) * 30
    try:
        return date.fromordinal(days + _JALALI_EPOCH).isoformat()
    except (ValueError, OverflowError):
        return None


# 1 Farvardin 1403 is 20 March 2024.
_JALALI_EPOCH = date(2024, 3, 20).toordinal() - (365 * 1403 + (8 * 1403 + 21) // 33)
