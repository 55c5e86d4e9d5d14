"""Bars of quotes over time."""

from __future__ import annotations

from search.profiles.over_time import over_time
from web.presentation.bar_plot import HEIGHT, bar_plot


def test_bars_fill_the_width_and_the_fullest_has_the_whole_height() -> None:
    plot = bar_plot(over_time({"2024-01": 200, "2024-03": 1}))
    assert [bar.name for bar in plot.bars] == ["2024-01", "2024-02", "2024-03"]
    assert plot.bars[0].height == HEIGHT
    assert plot.bars[1].height == 0
    assert 0 < plot.bars[2].height < 5
    assert 0 < plot.bars[0].x < plot.bars[1].x < plot.bars[2].x + plot.bars[2].width < 100


def test_two_plots_may_share_a_scale() -> None:
    assert bar_plot(over_time({"2024": 5}), most=10).bars[0].height == HEIGHT / 2
    assert bar_plot(over_time({})).bars == ()
