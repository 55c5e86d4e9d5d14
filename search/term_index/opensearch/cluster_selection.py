"""The quotes of a snapshot that meet conditions, told by OpenSearch: what comes back is as long as what was asked for.

Nothing is known here of each quote of the archive. What was deleted since is left out by its number, which the engine keeps for an hour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from search.term_index import Numbers
from search.term_index.conditions import Conditions, Labelled
from search.term_index.opensearch.server import spelled

_VALUES_AT_ONCE: Final = 10_000  # of one clause: OpenSearch takes 65,536
_MOST_AT_ONCE: Final = 10_000  # quotes of one answer

_Query = Mapping[str, Any]


class _Snapshot(Protocol):
    """What a selection asks: `search.term_index.opensearch.cluster_snapshot.ClusterSnapshot`."""

    dead: Numbers

    @property
    def part_of_it(self) -> _Query:
        """Return the query for what had been added."""

    def ask(self, what: str, body: object, **parameters: str | int) -> Any:
        """Ask the index."""

    def living(self, query: _Query) -> Numbers:
        """Return the numbers of the quotes that a query finds."""


@dataclass(frozen=True)
class ClusterSelection:
    """The quotes of a snapshot that meet conditions."""

    _snapshot: _Snapshot
    _conditions: Conditions

    @property
    def query(self) -> _Query:
        """Return the query for them, deleted ones among them."""
        return self._query()

    def _query(self, *others: _Query, without: Sequence[_Query] = ()) -> _Query:
        """Return the query for those of them that meet others, too, and none of `without`."""
        wanted = self._conditions
        met = [*map(_labelled, wanted.demanded), {"exists": {"field": "number"}}, self._snapshot.part_of_it, *others]
        if wanted.days is not None:
            start, end = wanted.days
            met.append({"range": {"day": {"gte": max(start, 1), "lt": end}}})
        if wanted.above:
            met.append({"range": {"number": {"gt": wanted.above}}})
        return {"bool": {"filter": met, "must_not": [*map(_labelled, wanted.left_out), *without]}}

    def _living(self, *others: _Query) -> _Query:
        """Return the query for those of them that meet others and are not deleted."""
        return self._query(*others, without=_numbered(*_parts(self._snapshot.dead.tolist())))

    def __call__(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """Return which of some quotes are among them."""
        found = [np.zeros(0, np.int64)]
        found += [self._snapshot.living(self._query(*_numbered(part))) for part in _parts(numbers.tolist())]
        return np.isin(numbers, np.concatenate(found))

    def count(self, term: str | None = None) -> int:
        """Return how many they are, or how many of them have a term."""
        having = [_having(term)] if term is not None else []
        return int(self._snapshot.ask("_count", {"query": self._living(*having)})["count"])

    def first_having(self, term: str, most: int) -> Numbers:
        """Return the numbers of at `most` so many of them that have a term, in order."""
        return self._first(self._living(_having(term)), [], most)

    def newest(self, most: int, *, oldest: bool = False) -> Numbers:
        """Return at `most` so many, last printed first or `oldest` first, those without a day last."""
        if not oldest:
            return self._first(self._living(), [{"day": "desc"}], most)
        dated = self._first(self._living({"range": {"day": {"gte": 1}}}), [{"day": "asc"}], most)
        others = self._first(self._living({"term": {"day": 0}}), [], most - len(dated))
        return np.concatenate([dated, others])

    def numbers(self) -> Numbers:
        """Return all of them, in order."""
        return self._snapshot.living(self.query)

    def _first(self, query: _Query, order: Sequence[_Query], most: int) -> Numbers:
        """Return the first of what a query finds, in an order and then in that of numbers."""
        found: list[int] = []
        after: list[Any] | None = None
        while len(found) < most:
            size = min(most - len(found), _MOST_AT_ONCE)
            body = {
                "size": size, "stored_fields": "_none_", "track_total_hits": False, "docvalue_fields": ["number"],
                "query": query, "sort": [*order, {"number": "asc"}],
                **({"search_after": after} if after else {}),
            }  # fmt: skip
            answer = self._snapshot.ask("_search", body, filter_path="hits.hits.fields,hits.hits.sort")
            hits = answer.get("hits", {}).get("hits", [])
            found += [hit["fields"]["number"][0] for hit in hits]
            if len(hits) < size:
                break
            after = hits[-1]["sort"]
        return np.array(found, np.int64)


def _labelled(wanted: Labelled) -> _Query:
    """Return the query for what is labelled so."""
    values = _parts([spelled(value) for value in dict.fromkeys(wanted.values)])
    printed = {
        "bool": {
            "should": [{"terms": {wanted.field: part}} for part in values],
            # Of no value at all there is none; without this OpenSearch would take it for a condition that all meet.
            "minimum_should_match": 1,
            "must_not": _numbered(*_parts(wanted.without)),
        }
    }
    both = [printed, *_numbered(*_parts(wanted.besides))] if values else _numbered(*_parts(wanted.besides))
    return {"bool": {"should": both, "minimum_should_match": 1}} if both else {"match_none": {}}


def _having(term: str) -> _Query:
    """Return the query for what has a term."""
    return {"term": {"terms": spelled(term)}}


def _numbered(*parts: Sequence[int]) -> list[_Query]:
    """Return the queries for quotes by their numbers."""
    return [{"terms": {"number": part}} for part in parts]


def _parts(values: Sequence[Any]) -> list[list[Any]]:
    """Return values in parts of as many as one clause takes."""
    return [list(values[start : start + _VALUES_AT_ONCE]) for start in range(0, len(values), _VALUES_AT_ONCE)]
