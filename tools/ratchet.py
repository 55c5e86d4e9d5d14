"""Keep figures that may get better and never worse: a committed JSON file has what was reached, a test holds it.

    hold(path, {"extracted": 0.93}, better="higher", update=False)

`pytest --update` writes what got better. It does not write what got worse: that is a failure with the option as without,
since a floor that the next run may lower holds nothing. Who wants a figure to get worse edits the file, for all to see.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

Better = Literal["higher", "lower"]


def hold(path: Path, measured: Mapping[str, float], *, better: Better, update: bool) -> None:
    """Compare figures with those of the file at `path`, name by name; figures of other names in it are left alone.

    With `update` the figures that got better, or are new, are written. Raises AssertionError, with or without it, for one
    that got worse, and without it for one that the file does not have.
    """
    recorded: dict[str, float] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    sign = 1 if better == "higher" else -1
    worse = {
        name: value for name, value in measured.items() if name in recorded and sign * value < sign * recorded[name]
    }
    lines = [f"{name} is {value}; it was {recorded[name]} already" for name, value in worse.items()]
    if lines:
        raise AssertionError("; ".join([*lines, f"{path.name} is never made worse by --update"]))
    if update:
        path.write_text(json.dumps(recorded | dict(measured), indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return
    missing = sorted(measured.keys() - recorded.keys())
    if missing:
        raise AssertionError(f"{path.name} has no {', '.join(missing)}: run pytest --update and review it")
