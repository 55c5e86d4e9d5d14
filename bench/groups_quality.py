"""How good the utterances are: `quotes export --jsonl | python bench/groups_quality.py GOLD.jsonl[.gz]`.

GOLD has a line `{"id", "utt"}` a quote; quotes with the same `utt` are versions of one utterance. Prints B-cubed
precision, recall and F, and the precision and recall of pairs, as one line; nothing but the standard library.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path


def rows(lines: Iterable[str], name: str) -> dict[str, str]:
    """`{id: value}` of JSON lines."""
    parsed = (json.loads(line) for line in lines if line.strip())
    return {row["id"]: str(row[name]) for row in parsed if row.get(name) is not None}


def scores(gold: Mapping[str, str], found: Mapping[str, str]) -> dict[str, float]:
    """B-cubed and pair scores over the quotes that both sides have."""
    both = [(gold[quote], found[quote]) for quote in gold if quote in found]
    right, truth, groups = Counter(both), Counter(g for g, _ in both), Counter(f for _, f in both)
    count = max(1, len(both))
    precision = sum(n * n / groups[f] for (_, f), n in right.items()) / count
    recall = sum(n * n / truth[g] for (g, _), n in right.items()) / count
    pairs, of_groups, of_truth = (sum(n * (n - 1) // 2 for n in c.values()) for c in (right, groups, truth))
    return {
        "quotes": len(both),
        "groups": len(groups),
        "largest": max(groups.values(), default=0),
        "B3 precision": precision,
        "B3 recall": recall,
        "B3 F": 2 * precision * recall / max(1e-9, precision + recall),
        "pair precision": pairs / max(1, of_groups),
        "pair recall": pairs / max(1, of_truth),
    }


def main() -> int:
    """Read the gold file and the export, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--export", type=Path, help="a file with the export; default: standard input")
    chosen = parser.parse_args()
    with gzip.open(chosen.gold, "rt") if chosen.gold.suffix == ".gz" else chosen.gold.open() as lines:
        gold = rows(lines, "utt")
    found = rows(chosen.export.open() if chosen.export else sys.stdin, "utterance")
    table = scores(gold, found)
    print(
        "  ".join(
            f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}" for name, value in table.items()
        )
    )
    return 0 if table["quotes"] else 1


if __name__ == "__main__":
    sys.exit(main())
