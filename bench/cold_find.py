"""How long a cold `quotes find` takes: `python bench/cold_find.py INSTANCE WORDS [--other CHECKOUT] [--times 15]`.

Each time a process of its own, in turns with what no find can do without (Python itself; click and numpy imported) and, where
another checkout is named, with its program on the same instance. Prints medians: the clock, and CPU of the process, in ms.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
FIND = "import sys; from search.cli import quotes; quotes(sys.argv[1:])"


def once(code: str, words: list[str], checkout: Path) -> tuple[float, float]:
    """Run Python code in a new process, in a checkout; returns ms by the clock and of CPU."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # as the program itself sets it
    begun = time.perf_counter()
    child = subprocess.Popen(
        # The packages of the folder that it runs in come first.
        [sys.executable, "-c", code, *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=checkout,
    )
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return (time.perf_counter() - begun) * 1e3, (used.ru_utime + used.ru_stime) * 1e3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instance", type=Path)
    parser.add_argument("words")
    parser.add_argument("--other", type=Path, help="another checkout, measured in turns with this one")
    parser.add_argument("--times", type=int, default=15)
    asked = parser.parse_args()
    find = ["--instance", str(asked.instance.resolve()), "find", asked.words]
    kinds = {
        "Python": ("pass", [], HERE),
        "click and numpy": ("import click, numpy", [], HERE),
        "find": (FIND, find, HERE),
        **({"find, other checkout": (FIND, find, asked.other.resolve())} if asked.other else {}),
    }
    taken: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    for _ in range(asked.times):
        for kind, (code, words, checkout) in kinds.items():
            taken[kind].append(once(code, words, checkout))
    print("| | clock ms | CPU ms |", "|---|---|---|", sep="\n")
    for kind, times in taken.items():
        clock, cpu = (statistics.median(column) for column in zip(*times, strict=True))
        print(f"| {kind} | {clock:.0f} | {cpu:.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
