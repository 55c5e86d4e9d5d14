"""Order the answers: candidates read and ranked anew by what they share with the query, then by version group.

A group stands where its best member does, who is judged by what all of them have together; it brings those along that
share no rare word with the query. The weights were learned on translated news and scripture (docs/versions.md, "The
order").
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

import numpy as np

from search.errors import ConfigError
from search.ranking.candidates import Candidate, StemReader, candidates, foremost, rarity
from search.ranking.features import MOST_STEMS, RankingFeatures, ranking_features
from search.term_index import TermReader
from search.term_index.tally import Accept, Floats
from search.text.analysis import AnalysedText

RERANKED: Final = 50  # candidates that are read for their score
SHORT_QUERY: Final = 4  # stems: a shorter query is ranked by its terms alone, the features were learned on longer ones
CONSTANT: Final = "constant"
_SHORT_QUERY_PROBABILITY: Final = 0.95  # of the best hit of a short query
_MOST_LOG_ODDS: Final = 60.0  # beyond that a probability is 0 or 1 all the same, and `exp` runs over
_LEAST_SCORE: Final = 1e-9
Groups = Callable[[Collection[int]], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class RankingModel:
    """The learned weights: of each feature and of the constant, and what each gains for an e-fold of the query's length.

    Both are `(22,)` float64, in the order of `RankingFeatures._fields` with the constant last.
    """

    weights: Floats
    per_log_length: Floats

    def weights_for(self, stems: int) -> Floats:
        """Return the weights for a query of so many stems."""
        weights: Floats = self.weights + self.per_log_length * math.log(stems)
        return weights


def read_ranking_model(text: str) -> RankingModel:
    """Return the model in the JSON text of `search/data/ranking.json`.

    Raises:
        ConfigError: its features are not those of `RankingFeatures`, in that order; its weights would fall to others.
    """
    model: dict[str, Any] = json.loads(text)
    names, expected = list(model["weights"]), [*RankingFeatures._fields, CONSTANT]
    if names != expected:
        odd = next((f"`{a}` for `{b}`" for a, b in zip(names, expected, strict=False) if a != b), "too few or too many")
        raise ConfigError(
            f"The ranking model was learned with other features than this version has ({odd}); "
            "learn it anew: python -m search.training.ranking"
        )
    rows = np.array(list(model["weights"].values()), dtype=np.float64)
    return RankingModel(rows[:, 0], rows[:, 1])


@functools.cache
def shipped_model() -> RankingModel:
    """Return the model that the project ships, read once."""
    return read_ranking_model((resources.files("search") / "data" / "ranking.json").read_text(encoding="utf-8"))


def ranked(
    reader: TermReader,
    query: AnalysedText,
    *,
    read: StemReader,
    groups: Groups,
    members: Groups,
    limit: int = 20,
    accept: Accept | None = None,
) -> list[int]:
    """Return numbers of quotes, at most `limit`, the likeliest versions of a query first, group by group.

    `groups` gives the version group of each quote, `members` the quotes of groups, each with its group.
    """
    pool = candidates(reader, query, limit=max(limit, RERANKED), accept=accept, read=read)
    group_of = groups([one.number for one in pool])
    own = _scores(reader, query.stems, pool, read, group_of)
    inside: dict[int, list[int]] = {}
    for number in own:
        inside.setdefault(group_of[number], []).append(number)
    order = sorted(inside, key=lambda group: (-max(own[number] for number in inside[group]), group))
    _bring_along(order[:limit], inside, own, accept, members)
    answer: list[int] = []
    for group in order:
        answer += sorted(inside[group], key=lambda number: (-own.get(number, 0.0), number))
        if len(answer) >= limit:
            break
    return answer[:limit]


def _bring_along(
    order: Sequence[int],
    inside: dict[int, list[int]],
    own: Mapping[int, float],
    accept: Accept | None,
    members: Groups,
) -> None:
    """Add to the groups those members that were not found by their words, as far as the filter lets them."""
    group_of = members(order)
    fresh = np.array([number for number in group_of if number not in own], dtype=np.int64)
    if accept is not None and len(fresh):
        fresh = fresh[accept(fresh)]
    for number in fresh.tolist():
        inside[group_of[number]].append(number)


def _best_score(pool: Sequence[Candidate]) -> float:
    return max(pool[0].score, _LEAST_SCORE)


def _scores(
    reader: TermReader,
    query_stems: Sequence[str],
    pool: Sequence[Candidate],
    read: StemReader,
    group_of: Mapping[int, int],
) -> dict[int, float]:
    """A score between 0 and 1 for each candidate. `group_of` gives their groups."""
    if not pool:
        return {}
    best = _best_score(pool)
    if len(query_stems) < SHORT_QUERY:
        return {one.number: _SHORT_QUERY_PROBABILITY * one.score / best for one in pool}
    scores = likelihoods(reader, query_stems, pool, read, group_of)
    # What was not read stands below what was, in the order of its terms.
    lowest = min(scores.values())
    return {one.number: lowest * one.score / best for one in pool} | scores


def likelihoods(
    reader: TermReader,
    query_stems: Sequence[str],
    pool: Sequence[Candidate],
    read: StemReader,
    group_of: Mapping[int, int],
) -> dict[int, float]:
    """Return how likely each of the foremost candidates is a version, 0 to 1, by what was learned; none of a short query.

    `group_of` gives their version groups.
    """
    if not pool or len(query_stems) < SHORT_QUERY:
        return {}
    chosen = foremost(pool, RERANKED)
    rows = with_constant(features_of(reader, query_stems, chosen, read, group_of))
    log_odds = rows @ shipped_model().weights_for(len(query_stems))
    probabilities = 1 / (1 + np.exp(-np.clip(log_odds, -_MOST_LOG_ODDS, _MOST_LOG_ODDS)))
    return {one.number: float(probability) for one, probability in zip(chosen, probabilities, strict=True)}


def features_of(
    reader: TermReader,
    query_stems: Sequence[str],
    chosen: Sequence[Candidate],
    read: StemReader,
    group_of: Mapping[int, int],
) -> Floats:
    """Return the features of some candidates as `(candidates, 21)` float64. There is a candidate, and a stem."""
    numbers = [one.number for one in chosen]
    stems = query_stems[:MOST_STEMS]
    rare = rarity(reader, dict.fromkeys(stems))
    return ranking_features(stems, rare, chosen, read(numbers), [group_of[number] for number in numbers]).matrix()


def with_constant(rows: Floats) -> Floats:
    """Return rows of features with one more column that is always 1, for the constant."""
    return np.column_stack([rows, np.ones(len(rows))])
