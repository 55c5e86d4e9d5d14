"""Learn the weights of search/data/ranking.json anew: `python bench/learn_ranking.py INSTANCE=QUERIES ... [--write]`.

INSTANCE is the folder of an instance that holds the quotes, QUERIES a JSON Lines file (gzip or not) with the `text` of
each query, its `utt`, its `kind`, and the ids of the quotes that are `relevant`. Learns on the queries of half of the
utterances and prints, for those of the other half, how often the best hit is a version (S@1), by kind. Every query is
looked at twice: with the instance's version groups, and with each quote standing alone, since an archive may have none.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from search.candidates import candidates
from search.normalise import stems_of
from search.ranking import CONSTANT, READ, SHORT, features, to_read, with_constant
from search.settings import load
from search.shares import NAMES, Floats
from search.store import Store

OUT = Path(__file__).parents[1] / "search" / "data" / "ranking.json"
STRENGTH, ROUNDS = 3.0, 20
CARD = (
    "What each feature of search/shares.py counts in the order of the answers, and what it counts more for each e-fold "
    "of the query's length. Logistic regression, learned by bench/learn_ranking.py; figures in docs/versions.md."
)
Groups = Callable[[Collection[int]], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: what it is a kind of, whether it is learned from, a row for each candidate, and which are versions."""

    kind: str
    learned: bool
    rows: Floats
    right: Floats


def main() -> int:
    """Learn, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="INSTANCE=QUERIES")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    found: list[Asked] = []
    for each in chosen.sets:
        folder, _, path = each.partition("=")
        with Store(load({"instance": folder})) as store:
            queries = list(_queries(Path(path)))
            for name, groups in (("groups", store.versions.groups), ("alone", _alone)):
                asked = list(looked_at(store, queries, groups))
                found += asked
                print(f"{len(asked)} queries of {folder}, {name}", file=sys.stderr)
    weights = fit([one for one in found if one.learned])
    for kind, figures in sorted(measured([one for one in found if not one.learned], weights).items()):
        print(f"{kind:10} S@1 {figures:.3f}")
    if chosen.write:
        write(weights)
    return 0


def _queries(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _alone(numbers: Collection[int]) -> Mapping[int, int]:
    return {number: -number for number in numbers}


def looked_at(store: Store, queries: Sequence[Mapping[str, str]], groups: Groups) -> Iterator[Asked]:
    """The features of the candidates of each query that has some; too short ones are not ranked by features."""
    with store.reading() as reader:
        for query in queries:
            asked = stems_of(query["text"])
            found = candidates(reader, query["text"], limit=READ, read=store.readings.stems)
            if len(asked) < SHORT or not found:
                continue
            of = groups([one.number for one in found])
            read = to_read(found)
            values = features(reader, asked, read, store.readings.stems, of)
            relevant = set(map(store.archive.number_of, query["relevant"]))
            rows = with_constant(values)
            yield Asked(
                query.get("kind", "full"),
                crc32(query["utt"].encode()) % 2 == 0,
                np.hstack([rows, rows * math.log(len(asked))]),
                np.array([float(one.number in relevant) for one in read]),
            )


def fit(asked: Sequence[Asked]) -> Floats:
    """The weights of a logistic regression, by Newton's method; the constant is the feature that is always 1."""
    rows, right = np.vstack([one.rows for one in asked]), np.concatenate([one.right for one in asked])
    scale = rows.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = rows / scale
    weights = np.zeros(rows.shape[1])
    penalty = np.eye(len(weights)) * STRENGTH
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (chance - right) + penalty @ weights
        bend = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + penalty
        weights -= np.linalg.solve(bend, slope)
    return np.array(weights / scale)


def measured(asked: Sequence[Asked], weights: Floats) -> dict[str, float]:
    """How often the best hit is right, by kind of query."""
    hits = defaultdict(list)
    for one in asked:
        best = one.right[int(np.argmax(one.rows @ weights))]
        hits[one.kind].append(best)
        hits["all"].append(best)
    return {kind: float(np.mean(some)) for kind, some in hits.items()}


def write(weights: Floats) -> None:
    """Write the weights with their card."""
    names = (*NAMES, CONSTANT)
    pairs = zip(names, weights[: len(names)], weights[len(names) :], strict=True)
    model = {"about": CARD, "weights": {name: [round(w, 3), round(more, 3)] for name, w, more in pairs}}
    OUT.write_text(json.dumps(model, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
