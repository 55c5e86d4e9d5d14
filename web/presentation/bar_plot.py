"""How many quotes were printed in each year or month, as the places of bars: the template draws them as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from search.profiles.over_time import OverTime

HEIGHT: Final = 100  # user units of the longest bar, pixels on the page
_GAP: Final = 0.2  # of the width that a bar has for itself
_LEAST: Final = 1.5  # user units: one quote beside ten thousand is to be seen


@dataclass(frozen=True, slots=True)
class Bar:
    """A period: `x` and `width` in per cent of the plot's width, `height` in user units; its name and its quotes."""

    x: float
    width: float
    height: float
    name: str
    quotes: int


@dataclass(frozen=True, slots=True)
class BarPlot:
    """The bars from the first period to the last, how many quotes the fullest has, and how many have no date."""

    bars: tuple[Bar, ...]
    most: int
    undated: int


def bar_plot(times: OverTime, most: int | None = None) -> BarPlot:
    """Return the bars of some periods; `most` is what the longest bar stands for, where several plots share a scale."""
    scale = most or times.most or 1
    step = 100 / max(len(times.periods), 1)
    return BarPlot(
        tuple(
            Bar(
                round(step * (place + _GAP / 2), 3),
                round(step * (1 - _GAP), 3),
                round(max(HEIGHT * period.quotes / scale, _LEAST), 1) if period.quotes else 0.0,
                period.name,
                period.quotes,
            )
            for place, period in enumerate(times.periods)
        ),
        times.most,
        times.undated,
    )
