"""Learn the weights of search/data/ranking.json anew: `python search/training/ranking.py INSTANCE=QUERIES ... [--write]`.

INSTANCE is the folder of an instance that holds the quotes, QUERIES a JSON Lines file (gzip or not) with the `text` of
each query, its `utt`, its `kind`, and the ids of the quotes that are `relevant`. Prints how often the best hit is a version
(S@1), by set and kind, of each half of the utterances by what was learned from the other half; what is written is learned
from all. Every query is looked at twice: with the instance's version groups, and with each quote standing alone, since an
archive may have none.
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
import numpy.typing as npt

from search.ranking.candidates import candidates, foremost
from search.ranking.features import NAMES, Floats
from search.ranking.ranker import CONSTANT, READ, SHORT, features, with_constant
from search.settings import load
from search.storage.store import Store
from search.text.tokens import stems_of

OUT = Path(__file__).parents[1] / "data" / "ranking.json"
STRENGTH, ROUNDS, STEPS = 10.0, 100, 20  # the versions' shares are slow to settle
CARD = (
    "What each feature of search/ranking/features.py counts in the order of the answers, and what it counts more for each e-fold "
    "of the query's length. Learned by search/training/ranking.py; figures in docs/versions.md."
)
Groups = Callable[[Collection[int]], Mapping[int, int]]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: where it is asked, what it is a kind of, of which half, a row for each candidate, and which are versions."""

    among: str
    kind: str
    half: int
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
            for name, groups in (("groups", store.utterances_of), ("alone", _alone)):
                asked = list(looked_at(store, queries, groups, f"{Path(folder).name} {name}"))
                found += asked
                print(f"{len(asked)} queries of {folder}, {name}", file=sys.stderr)
    hits: defaultdict[str, list[float]] = defaultdict(list)
    for half in (0, 1):
        weights = fit([one for one in found if one.half != half])
        for kind, some in best([one for one in found if one.half == half], weights).items():
            hits[kind] += some
    for kind, some in sorted(hits.items()):
        print(f"{kind:24} S@1 {np.mean(some):.3f}")
    if chosen.write:
        write(fit(found))
    return 0


def _queries(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _alone(numbers: Collection[int]) -> Mapping[int, int]:
    return {number: -number for number in numbers}


def looked_at(store: Store, queries: Sequence[Mapping[str, str]], groups: Groups, among: str) -> Iterator[Asked]:
    """The features of the candidates of each query that has some; too short ones are not ranked by features."""
    with store.reading() as reader:
        for query in queries:
            asked = stems_of(query["text"])
            found = candidates(reader, query["text"], limit=READ, read=store.stems)
            if len(asked) < SHORT or not found:
                continue
            of = groups([one.number for one in found])
            read = foremost(found, READ)
            values = features(reader, asked, read, store.stems, of)
            relevant, ids = set(query["relevant"]), store.quote_ids(one.number for one in read)
            rows = with_constant(values)
            yield Asked(
                among,
                query.get("kind", "full"),
                crc32(query["utt"].encode()) % 2,
                np.hstack([rows, rows * math.log(len(asked))]),
                np.array([float(ids[one.number] in relevant) for one in read]),
            )


def fit(asked: Sequence[Asked]) -> Floats:
    """The weights with which a version is most likely to be the best hit, such that the sum is its log odds.

    By Newton's method: first what tells the candidates of one query apart (a softmax over them, of which the versions
    together should have as much as can be), then the constant and the scale that make a chance of it.
    """
    some = [one for one in asked if one.right.any()]
    starts = np.cumsum([0, *(len(one.right) for one in some)])[:-1]
    rows, right = np.vstack([one.rows for one in some]), np.concatenate([one.right for one in some])
    scale = rows.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = rows / scale
    weights = np.zeros(rows.shape[1])
    penalty = np.eye(len(weights)) * STRENGTH
    for _ in range(ROUNDS):
        worth = scaled @ weights
        shares, of_right = _shares(worth, np.ones(len(right)), starts), _shares(worth, right, starts)
        means = np.add.reduceat(scaled * shares[:, None], starts)
        bend = (scaled * shares[:, None]).T @ scaled - means.T @ means + penalty
        weights -= np.linalg.solve(bend, scaled.T @ (shares - of_right) + penalty @ weights)
    weights /= scale
    constant, longer, steep = _odds(asked, weights)
    weights *= steep
    half = len(weights) // 2
    weights[half - 1] += constant
    weights[-1] += longer
    return np.array(weights)


def _shares(worth: Floats, counted: Floats, starts: Places) -> Floats:
    """The share that each row has in the softmax over those of its query that are counted."""
    lengths = np.diff([*starts, len(worth)])
    powers = np.exp(worth - np.repeat(np.maximum.reduceat(worth, starts), lengths)) * counted
    shares: Floats = powers / np.repeat(np.add.reduceat(powers, starts), lengths).clip(1e-300)
    return shares


def _odds(asked: Sequence[Asked], weights: Floats) -> Floats:
    """How the log odds of being a version follow from the weighted sum: a constant, the length's share, and a factor."""
    half = len(weights) // 2
    rows = np.vstack([np.column_stack([one.rows[:, [half - 1, -1]], one.rows @ weights]) for one in asked])
    right = np.concatenate([one.right for one in asked])
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows
        found -= np.linalg.solve(bend, rows.T @ (chance - right))
    return found


def best(asked: Sequence[Asked], weights: Floats) -> Mapping[str, Sequence[float]]:
    """Whether the best hit of each query is right, by set and kind."""
    hits: defaultdict[str, list[float]] = defaultdict(list)
    for one in asked:
        right = float(one.right[int(np.argmax(one.rows @ weights))])
        hits[f"{one.among} {one.kind}"].append(right)
        hits[f"{one.among} all"].append(right)
    return hits


def write(weights: Floats) -> None:
    """Write the weights with their card."""
    names = (*NAMES, CONSTANT)
    pairs = zip(names, weights[: len(names)], weights[len(names) :], strict=True)
    model = {"about": CARD, "weights": {name: [float(f"{w:.4g}"), float(f"{more:.4g}")] for name, w, more in pairs}}
    OUT.write_text(json.dumps(model, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
