"""Whether quotes come to the same utterances bit by bit as at once: `python bench/groups_order.py QUOTES.jsonl[.gz]`.

QUOTES is what `quotes export` prints. The quotes are imported at once, as they stand, and in PIECES imports in an order
drawn with a seed; of the pairs that are one utterance in either, it prints how many are so in both.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path


def imported(pieces: Sequence[Sequence[str]], folder: Path) -> dict[str, str]:
    """Import lines of JSON piece by piece; the utterance of each quote."""
    quotes = [sys.executable, "-c", "from search.cli import quotes; quotes()", "--instance", str(folder / "instance")]
    for number, lines in enumerate(pieces):
        piece = folder / f"{number}.jsonl"
        piece.write_text("\n".join(lines), "utf-8")
        subprocess.run([*quotes, "import", str(piece)], check=True, stdout=subprocess.DEVNULL)
    exported = subprocess.run([*quotes, "export", "--jsonl"], check=True, stdout=subprocess.PIPE).stdout
    rows = (json.loads(line) for line in exported.decode("utf-8").splitlines())
    return {row["id"]: row["utterance"] for row in rows}


def pairs(versions: dict[str, str]) -> set[tuple[str, str]]:
    """The pairs of quotes that are one utterance."""
    groups: dict[str, list[str]] = defaultdict(list)
    for quote, version in versions.items():
        groups[version].append(quote)
    return {pair for members in groups.values() for pair in combinations(sorted(members), 2)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotes", type=Path)
    parser.add_argument("--pieces", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    opener = gzip.open if asked.quotes.suffix == ".gz" else open
    with opener(asked.quotes, "rt", encoding="utf-8") as file:
        lines = [line.strip() for line in file if line.strip()]
    shuffled = random.Random(asked.seed).sample(lines, len(lines))
    size = -(-len(lines) // asked.pieces)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        at_once = pairs(imported([lines], Path(one)))
        by_bits = pairs(imported([shuffled[i : i + size] for i in range(0, len(shuffled), size)], Path(other)))
    both, either = len(at_once & by_bits), len(at_once | by_bits)
    print(f"{len(lines)} quotes; pairs at once {len(at_once)}, in {asked.pieces} pieces {len(by_bits)}, in both {both}")
    print(f"agreement {both / max(1, either):.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
