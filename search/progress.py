"""Progress on standard error: a moving line for a person, nothing for a pipe or a log."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """A function that is told how far some work has come."""

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """Say that `done` of `total` (None while that is not known) of the work called `what` is done."""


def silent(what: str, done: int, total: int | None) -> None:
    """Show nothing."""


def short(number: float) -> str:
    """Return a number in a few letters: 950, 12.3k, 4.5M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:.1f}{letter}"
    return f"{number:.0f}" if number >= 10 or number == int(number) else f"{number:.1f}"


@contextmanager
def shown() -> Iterator[Progress]:
    """Give a function to call as work goes on; it draws only if standard error is a terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    # rich takes 60 ms to import, which a pipe must not pay.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Count(ProgressColumn):
        """How much is done, of how much, and how much a second."""

        def render(self, task: Task) -> Text:
            of = "" if task.total is None else f"/{short(task.total)}"
            speed = task.finished_speed or task.speed
            return Text(f"{short(task.completed)}{of}" + (f"  {short(speed)}/s" if speed else ""))

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        Count(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, object] = {}

        def draw(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield draw
