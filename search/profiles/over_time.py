"""How many quotes were printed in each year or month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

MOST_MONTHS: Final = 36  # shown one by one; what runs over a longer time is counted by year
MOST_YEARS: Final = 120  # shown one by one; of what runs over more, only years with quotes, the last ones
_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_YEAR: Final = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Period:
    """A year ("2016") or a month ("2016-10"), and the number of quotes printed in it."""

    name: str
    quotes: int


@dataclass(frozen=True, slots=True)
class OverTime:
    """The quotes of each year or month from the first to the last, and how many have no known date."""

    periods: tuple[Period, ...]
    undated: int

    @property
    def most(self) -> int:
        """Return the number of quotes of the fullest period; 0 where there is none."""
        return max((period.quotes for period in self.periods), default=0)


def over_time(months: Mapping[str, int]) -> OverTime:
    """Return numbers of quotes by month ("2016-10", or "2016" where no more is known) as periods without a gap.

    What is neither a month nor a year counts as undated. Months become years where they run over more than
    `MOST_MONTHS`, or where of some quotes the year alone is known.
    """
    dated = {name: quotes for name, quotes in months.items() if _MONTH.fullmatch(name) or _YEAR.fullmatch(name)}
    undated = sum(months.values()) - sum(dated.values())
    if not dated:
        return OverTime((), undated)
    if all("-" in name for name in dated):
        every = [_month_name(number) for number in range(_months(min(dated)), _months(max(dated)) + 1)]
        if len(every) <= MOST_MONTHS:
            return OverTime(tuple(Period(name, dated.get(name, 0)) for name in every), undated)
    years: dict[str, int] = {}
    for name, quotes in dated.items():
        years[name[:4]] = years.get(name[:4], 0) + quotes
    return OverTime(tuple(Period(name, years.get(name, 0)) for name in _shown_years(years)), undated)


def _shown_years(years: Mapping[str, int]) -> Iterator[str]:
    first, last = int(min(years)), int(max(years))
    if last - first < MOST_YEARS:
        return (f"{year:04}" for year in range(first, last + 1))
    return iter(sorted(years)[-MOST_YEARS:])


def _months(name: str) -> int:
    return int(name[:4]) * 12 + int(name[5:]) - 1


def _month_name(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
