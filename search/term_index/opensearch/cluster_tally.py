"""A tally that OpenSearch makes: it adds up our weights, divides by what length leaves, and gives the best numbers back.

Asking for the postings instead, to add them up here, took 82 to 344 ms a query of 17,000 postings, this 12 (docs/cluster.md).
The engine's scores have 24 bits, so that a few more are asked for than are wanted, and all are scored anew here, by the
terms that each matched, in the order in which every engine sums them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import numpy as np

from search.term_index import Numbers
from search.term_index.opensearch.cluster_selection import ClusterSelection
from search.term_index.tally import (
    LEAST_EXCESS,
    LENGTH_WEIGHT,
    MOST_EXCESS,
    USUAL_LENGTH,
    Accept,
    Floats,
    allowance,
)

_MARGIN: Final = 16  # quotes asked for beyond those wanted: what 24 bits may have put in another order
_MOST_AT_ONCE: Final = 10_000  # quotes of one answer
_GROWTH: Final = 8  # of what is asked for, while a filter leaves too little
_SCORE: Final = (
    "_score / (1 + params.weight * Math.max(params.least, "
    "Math.min(params.most, doc['length'].value / params.usual - 1)))"
)
_SCORED_BY: Final = {
    "source": _SCORE,
    "params": {"weight": LENGTH_WEIGHT, "least": LEAST_EXCESS, "most": MOST_EXCESS, "usual": USUAL_LENGTH},
}


class _Snapshot(Protocol):
    """What a tally asks: `search.term_index.opensearch.cluster_snapshot.ClusterSnapshot`."""

    dead: Numbers

    @property
    def part_of_it(self) -> Mapping[str, Any]:
        """Return the query for what had been added."""

    def ask(self, what: str, body: object, **parameters: str | int) -> Any:
        """Ask the index."""

    def learn_lengths(self, lengths: Mapping[int, int]) -> None:
        """Keep how many terms some quotes have."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A quote that came back: its length, and which of the terms that were asked for it has."""

    length: int
    terms: frozenset[str]
    asked: frozenset[str]


@dataclass
class OpensearchTally:
    """The quotes that have one of some weighted terms, known as far as they were asked for."""

    _snapshot: _Snapshot
    _weights: Mapping[str, float]
    _accept: Accept | None
    _found: dict[int, _Found] = field(default_factory=dict)

    def added(self, weights: Mapping[str, float]) -> OpensearchTally:
        """Return the tally of these terms and of others."""
        both = {**self._weights, **weights}
        return OpensearchTally(self._snapshot, both, self._accept, self._found)

    def best(self, limit: int) -> Numbers:
        """Return the numbers of the `limit` quotes with the highest scores, best first."""
        if not self._weights:
            return np.zeros(0, np.int64)
        wanted, size, after = limit + _MARGIN, min(limit + _MARGIN, _MOST_AT_ONCE), None
        kept: list[Numbers] = []
        while sum(map(len, kept)) < wanted:
            numbers, after = self._page(size, after)
            kept.append(numbers[self._passing(numbers)])
            if after is None:
                break
            size = min(size * _GROWTH, _MOST_AT_ONCE)
        found = np.concatenate(kept)
        best: Numbers = found[np.lexsort((found, -self.scores(found)))[:limit]]
        return best

    def scores(self, numbers: Numbers) -> Floats:
        """Return the scores of quotes that were given out; 0 without one of the terms."""
        asked = frozenset(self._weights)
        unknown = [number for number in numbers.tolist() if not asked <= self._found[number].asked]
        if unknown:
            self._search(len(unknown), {"terms": {"number": unknown}}, None)
            for number in unknown:
                if not asked <= self._found[number].asked:  # it has none of the terms
                    self._found[number] = _Found(self._found[number].length, frozenset(), asked)
        found = [self._found[number] for number in numbers.tolist()]
        sums = [sum(weight for term, weight in self._weights.items() if term in one.terms) for one in found]
        scores: Floats = np.array(sums, np.float64) / allowance(np.array([one.length for one in found], np.int64))
        return scores

    def _passing(self, numbers: Numbers) -> np.ndarray[Any, np.dtype[np.bool_]]:
        passing = ~np.isin(numbers, self._snapshot.dead)
        if self._accept is not None and not isinstance(self._accept, ClusterSelection):
            passing &= self._accept(numbers)
        return passing

    def _page(self, size: int, after: list[Any] | None) -> tuple[Numbers, list[Any] | None]:
        """Return the next numbers in the engine's order, and behind what the following ones stand, if there are any."""
        wanted = self._accept.query if isinstance(self._accept, ClusterSelection) else None
        hits = self._search(size, wanted, after)
        numbers = np.array([hit["fields"]["number"][0] for hit in hits], np.int64)
        return numbers, hits[-1]["sort"] if len(hits) == size else None

    def _search(self, size: int, among: Mapping[str, Any] | None, after: list[Any] | None) -> list[Any]:
        from search.term_index.opensearch.server import spelled

        terms = list(self._weights)
        clauses = [
            {
                "constant_score": {
                    "filter": {"term": {"terms": spelled(term)}},
                    "boost": self._weights[term],
                    "_name": str(place),
                }
            }
            for place, term in enumerate(terms)
        ]
        matching = {
            "bool": {
                "should": clauses,
                "minimum_should_match": 1,
                "filter": [self._snapshot.part_of_it, *([among] if among else [])],
            }
        }
        body = {
            "size": size,
            # Neither the document nor its id, which the engine would unpack for each: a millisecond for a hundred.
            "stored_fields": "_none_",
            "track_total_hits": False,
            "docvalue_fields": ["number", "length"],
            "query": {"script_score": {"query": matching, "script": _SCORED_BY}},
            "sort": ["_score", {"number": "asc"}],
            **({"search_after": after} if after else {}),
        }
        answer = self._snapshot.ask(
            "_search", body, filter_path="hits.hits.fields,hits.hits.sort,hits.hits.matched_queries"
        )
        hits: list[Any] = answer.get("hits", {}).get("hits", [])
        asked = frozenset(terms)
        for hit in hits:
            matched = frozenset(terms[int(name)] for name in hit["matched_queries"])
            self._found[hit["fields"]["number"][0]] = _Found(hit["fields"]["length"][0], matched, asked)
        self._snapshot.learn_lengths({hit["fields"]["number"][0]: hit["fields"]["length"][0] for hit in hits})
        return hits
