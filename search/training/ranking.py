"""Learn the weights of search/data/ranking.json anew: `python -m search.training.ranking INSTANCE=QUERIES ... [--write]`.

INSTANCE is the folder of an instance that holds the quotes, QUERIES a JSON Lines file (gzip or not) with the `text` of
each query, its `utt`, its `kind`, and the ids of the quotes that are `relevant`. Prints how often the best hit is a version
(S@1), by set and kind, of each half of the utterances by what was learned from the other half; what is written is learned
from all. Every query is looked at twice: with the instance's version groups, and with each quote standing alone, since an
archive may have none. Needs scikit-learn: `pip install .[learn]`.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from search.ranking.candidates import candidates, foremost
from search.ranking.features import RankingFeatures
from search.ranking.ranker import CONSTANT, RERANKED, SHORT_QUERY, Groups, features_of, with_constant
from search.settings import load
from search.storage.store import Store
from search.term_index.tally import Floats
from search.text.analysis import AnalysedText
from search.training.json_lines import read_rows

OUT: Final = Path(__file__).parents[1] / "data" / "ranking.json"
PENALTY: Final = 10.0  # on the squares of the weights of scaled features
ROUNDS: Final = 100  # of Newton's method; the shares of the versions are slow to settle
CARD: Final = (
    "The weight of each feature of search/ranking/features.py in the order of the answers, and what is added to it for "
    "each e-fold of the query's length in stems. Learned by `python -m search.training.ranking`; figures in docs/versions.md."
)
_Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RankedQuery:
    """A query to learn from.

    among   where it is asked
    kind    of which kind it is
    half    0 or 1: the half of the utterances that it belongs to
    rows    (candidates, 44) the features with the constant, then all of them times the log of the query's length
    right   (candidates,) 1 for a version, 0 for another quote
    """

    among: str
    kind: str
    half: int
    rows: Floats
    right: Floats


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, measure, write; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="INSTANCE=QUERIES")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args(arguments)
    queries: list[RankedQuery] = []
    for each in chosen.sets:
        folder, _, path = each.partition("=")
        with Store(load({"instance": folder})) as store:
            rows = list(read_rows(Path(path)))
            for name, groups in (("groups", store.utterances_of), ("alone", _alone)):
                asked = list(ranked_queries(store, rows, groups, f"{Path(folder).name} {name}"))
                queries += asked
                print(f"{len(asked)} queries of {folder}, {name}", file=sys.stderr)
    hits: defaultdict[str, list[float]] = defaultdict(list)
    for half in (0, 1):
        weights = learn_weights([one for one in queries if one.half != half])
        for kind, some in best_hits([one for one in queries if one.half == half], weights).items():
            hits[kind] += some
    for kind, some in sorted(hits.items()):
        print(f"{kind:24} S@1 {np.mean(some):.3f}")
    if chosen.write:
        write_model(learn_weights(queries), chosen.out)
    return 0


def _alone(numbers: Collection[int]) -> Mapping[int, int]:
    return {number: -number for number in numbers}


def ranked_queries(
    store: Store, rows: Sequence[Mapping[str, Any]], groups: Groups, among: str
) -> Iterator[RankedQuery]:
    """Yield each query that has candidates with their features; too short ones are not ranked by features."""
    with store.reading() as reader:
        for row in rows:
            query = AnalysedText(row["text"])
            pool = candidates(reader, query, limit=RERANKED, read=store.stems)
            if len(query.stems) < SHORT_QUERY or not pool:
                continue
            group_of = groups([one.number for one in pool])
            chosen = foremost(pool, RERANKED)
            features = with_constant(features_of(reader, query.stems, chosen, store.stems, group_of))
            relevant, ids = set(row["relevant"]), store.quote_ids(one.number for one in chosen)
            yield RankedQuery(
                among,
                row.get("kind", "full"),
                crc32(row["utt"].encode()) % 2,
                np.hstack([features, features * math.log(len(query.stems))]),
                np.array([float(ids[one.number] in relevant) for one in chosen]),
            )


def learn_weights(queries: Sequence[RankedQuery]) -> Floats:
    """Return the weights `(44,)` with which a version is most likely to be the best hit, such that the sum is its log odds.

    First what tells the candidates of one query apart, then the constant and the scale that make a probability of it.
    """
    weights = softmax_weights(queries)
    constant, longer, steep = calibration(queries, weights)
    weights = weights * steep
    half = len(weights) // 2
    weights[half - 1] += constant
    weights[-1] += longer
    return np.array(weights)


def softmax_weights(queries: Sequence[RankedQuery]) -> Floats:
    """Return the weights by which the versions of each query have the most of a softmax over its candidates.

    By Newton's method with a penalty on their squares. Ours and not a library's: multinomial regressions know classes,
    which are the same for each row, and not the candidates of a query, several of which may be right.
    """
    some = [one for one in queries if one.right.any()]
    starts = np.cumsum([0, *(len(one.right) for one in some)])[:-1]
    rows, right = np.vstack([one.rows for one in some]), np.concatenate([one.right for one in some])
    scale = rows.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = rows / scale
    weights = np.zeros(rows.shape[1])
    penalty = np.eye(len(weights)) * PENALTY
    for _ in range(ROUNDS):
        sums = scaled @ weights
        shares, of_right = _shares(sums, np.ones(len(right)), starts), _shares(sums, right, starts)
        means = np.add.reduceat(scaled * shares[:, None], starts)
        bend = (scaled * shares[:, None]).T @ scaled - means.T @ means + penalty
        weights -= np.linalg.solve(bend, scaled.T @ (shares - of_right) + penalty @ weights)
    unscaled: Floats = weights / scale
    return unscaled


def _shares(sums: Floats, counted: Floats, starts: _Places) -> Floats:
    """The share that each row has in the softmax over those of its query that are counted."""
    lengths = np.diff([*starts, len(sums)])
    powers = np.exp(sums - np.repeat(np.maximum.reduceat(sums, starts), lengths)) * counted
    shares: Floats = powers / np.repeat(np.add.reduceat(powers, starts), lengths).clip(1e-300)
    return shares


def calibration(queries: Sequence[RankedQuery], weights: Floats) -> Floats:
    """Return how the log odds of being a version follow from the weighted sum: a constant, the length's share, a factor."""
    from sklearn.linear_model import LogisticRegression

    half = len(weights) // 2
    rows = np.vstack([np.column_stack([one.rows[:, [half - 1, -1]], one.rows @ weights]) for one in queries])
    right = np.concatenate([one.right for one in queries])
    # As good as without a penalty; the constant is a column of the rows.
    fitted = LogisticRegression(C=1e9, fit_intercept=False, tol=1e-8, max_iter=1_000, solver="newton-cholesky")
    odds: Floats = fitted.fit(rows, right).coef_[0]
    return odds


def best_hits(queries: Sequence[RankedQuery], weights: Floats) -> Mapping[str, Sequence[float]]:
    """Return whether the best hit of each query is right (1 or 0), by set and kind."""
    hits: defaultdict[str, list[float]] = defaultdict(list)
    for one in queries:
        right = float(one.right[int(np.argmax(one.rows @ weights))])
        hits[f"{one.among} {one.kind}"].append(right)
        hits[f"{one.among} all"].append(right)
    return hits


def write_model(weights: Floats, path: Path = OUT) -> None:
    """Write the weights by name, with their card; `search.ranking.ranker.read_ranking_model` reads them."""
    names = (*RankingFeatures._fields, CONSTANT)
    pairs = zip(names, weights[: len(names)], weights[len(names) :], strict=True)
    model = {"about": CARD, "weights": {name: [float(f"{w:.4g}"), float(f"{more:.4g}")] for name, w, more in pairs}}
    path.write_text(json.dumps(model, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
