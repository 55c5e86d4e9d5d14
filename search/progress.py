"""Progress on standard error: a moving line for a person, nothing for a pipe or a log."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    def __call__(self, what: str, done: int, total: int | None) -> None:
        """`done` of `total` (None while that is not known) of the work called `what` is done."""


def silent(what: str, done: int, total: int | None) -> None:
    """Shows nothing."""


@contextmanager
def shown() -> Iterator[Progress]:
    """A function to call as work goes on; it draws only if standard error is a terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    # rich takes 60 ms to import, which a pipe must not pay.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
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
