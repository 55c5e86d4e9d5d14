"""The order of the answers: candidates read and ranked anew by what they share with the query, then by version group.

A group stands where its best member does, who is judged by what all of them have together; it brings those along that
share no rare word with the query. The weights were learned on translated news and scripture (docs/versions.md, "The
order").
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import resources
from typing import Final

import numpy as np

from search.ranking.candidates import Accept, Candidate, Read, candidates, foremost, rarity
from search.ranking.features import LONGEST, NAMES, Floats, table
from search.term_index import TermReader
from search.text.tokens import stems_of

READ: Final = 50  # candidates that are read for their score
SHORT: Final = 4  # stems: a shorter query is ranked by its terms alone
CONSTANT: Final = "constant"
_LEAST: Final = 1e-9
Groups = Callable[[Collection[int]], Mapping[int, int]]


def ranked(
    reader: TermReader,
    text: str,
    *,
    read: Read,
    groups: Groups,
    members: Groups,
    limit: int = 20,
    accept: Accept | None = None,
) -> list[int]:
    """Numbers of quotes, the likeliest versions of `text` first, group by group.

    `groups` gives the version group of each quote, `members` the quotes of groups, each with its group.
    """
    found = candidates(reader, text, limit=max(limit, READ), accept=accept, read=read)
    of = groups([one.number for one in found])
    own = _scores(reader, stems_of(text), found, read, of)
    inside: dict[int, list[int]] = {}
    for number in own:
        inside.setdefault(of[number], []).append(number)
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
    of = members(order)
    fresh = np.array([number for number in of if number not in own], dtype=np.int64)
    if accept is not None and len(fresh):
        fresh = fresh[accept(fresh)]
    for number in fresh.tolist():
        inside[of[number]].append(number)


def _scores(
    reader: TermReader, asked: Sequence[str], found: Sequence[Candidate], read: Read, of: Mapping[int, int]
) -> dict[int, float]:
    """A score between 0 and 1 for each candidate. `of` gives their groups."""
    if not found:
        return {}
    best = max(found[0].score, _LEAST)
    if len(asked) < SHORT:
        return {one.number: 0.95 * one.score / best for one in found}
    chosen = foremost(found, READ)
    values = features(reader, asked, chosen, read, of)
    weights, more = _learned()
    evidence = with_constant(values) @ (weights + more * math.log(len(asked)))
    chances = 1 / (1 + np.exp(-np.clip(evidence, -60.0, 60.0)))
    scores = {one.number: float(chance) for one, chance in zip(chosen, chances, strict=True)}
    lowest = min(scores.values())
    return {one.number: lowest * one.score / best for one in found} | scores


def features(
    reader: TermReader, asked: Sequence[str], chosen: Sequence[Candidate], read: Read, of: Mapping[int, int]
) -> Floats:
    """A row of features for each of some candidates. There is a candidate, and a stem in `asked`."""
    numbers = [one.number for one in chosen]
    asked = asked[:LONGEST]
    return table(asked, rarity(reader, dict.fromkeys(asked)), chosen, read(numbers), [of[n] for n in numbers])


def with_constant(values: Floats) -> Floats:
    """The features, and one that is always 1."""
    return np.column_stack([values, np.ones(len(values))])


@functools.cache
def _learned() -> tuple[Floats, Floats]:
    """What each feature, and the constant, counts, and what it counts more for each e-fold of the query's length."""
    model = json.loads((resources.files("search") / "data" / "ranking.json").read_text(encoding="utf-8"))
    rows = np.array([model["weights"][name] for name in (*NAMES, CONSTANT)])
    return rows[:, 0], rows[:, 1]
