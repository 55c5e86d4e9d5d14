"""Torture an archive: whatever goes wrong, nothing that was stored is lost. Prints a table: fault, how often, lost.

    python tools/torture [--seconds 60] [--seed 1] [--only WORD]

Kills, torn writes, a full and a broken disk at each call that writes; power losses; two writers; readers through a swap; a
wrong clock; interrupted migrations, backups and restores; damage to every file. After each: every document, quote and decision
that was acknowledged is there once, the doctor finds nothing, the same command comes to what it comes to undisturbed, and
what was printed was one sentence. Needs a C compiler. The exit code is 1 if anything was wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from backups import backup_interrupted, restore_interrupted
from contention import readers_through_a_swap, two_writers
from damage import files_damaged
from interruptions import clock_wrong, disk_broken, disk_full, killed_at_calls, killed_at_random, torn_at_calls
from layer import folder_of_layer, start_with_layer
from migrations import migration_interrupted
from power_loss import power_lost
from scene import Scene, Trials
from workload import run_through

FAULTS: Final[Mapping[str, Callable[[Scene], Trials]]] = {
    "SIGKILL at a random moment, half with --jobs 2": killed_at_random,
    "SIGKILL before a call that writes": killed_at_calls,
    "SIGKILL in the middle of a write": torn_at_calls,
    "power loss after a call that writes": power_lost,
    "disk full from a write on": disk_full,
    "disk that refuses one call": disk_broken,
    "two writers at once": two_writers,
    "readers while an index is swapped": readers_through_a_swap,
    "clock that went back, or ahead": clock_wrong,
    "migration interrupted": migration_interrupted,
    "backup interrupted": backup_interrupted,
    "restore interrupted": restore_interrupted,
    "file damaged": files_damaged,
}


def main() -> int:
    """Torture for as long as is asked for, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only the faults whose name has this word")
    options = parser.parse_args()
    # In memory, where there is such a folder: a real fsync is waited for a thousand times for nothing.
    room = Path("/dev/shm")
    folder = folder_of_layer() or Path(tempfile.mkdtemp(prefix="torture-", dir=room if room.is_dir() else None))
    try:
        start_with_layer(folder)
    except Exception:
        shutil.rmtree(folder)
        raise
    try:
        return _torture(folder, options.seconds, random.Random(options.seed), options.only)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _torture(folder: Path, seconds: int, chance: random.Random, only: str) -> int:
    _warm_up(folder)
    scene = Scene(folder, run_through(folder), chance)
    running = {name: fault(scene) for name, fault in FAULTS.items() if only in name}
    often, lost = dict.fromkeys(running, 0), dict.fromkeys(running, 0)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        # The kind that has come up least is next, so that each has its share.
        name = min(running, key=lambda one: often[one])
        what, wrong = next(running[name])
        often[name] += 1
        lost[name] += bool(wrong)
        for one in wrong:
            print(f"{name}: {what}: {one}", file=sys.stderr, flush=True)
    width = max(map(len, running))
    print(f"{'fault':{width}}  often  lost")
    for name in running:
        print(f"{name:{width}}  {often[name]:5,}  {lost[name] or 'nothing'}")
    return 1 if any(lost.values()) else 0


def _warm_up(folder: Path) -> None:
    """Load here what every child would load for itself: models and word lists, by extracting a sentence."""
    from search.cli import quotes

    (folder / "warm.txt").write_text(
        "“The bridge will not survive another winter,” said Ann Lee, the mayor.\n", "utf-8"
    )
    for words in (["extract", str(folder / "warm.txt")], ["compare", "the bridge", "a bridge"]):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
            quotes.main(words)


if __name__ == "__main__":
    sys.exit(main())
