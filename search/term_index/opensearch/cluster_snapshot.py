"""What an index on OpenSearch held after one update. Everything is asked in batches: a request costs a millisecond."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from search.errors import StoreUnavailable
from search.term_index import Numbers
from search.term_index.conditions import Conditions, SelectingReader
from search.term_index.opensearch.cluster_selection import ClusterSelection
from search.term_index.opensearch.cluster_tally import OpensearchTally
from search.term_index.opensearch.server import OpensearchServer, spelled, unspelled
from search.term_index.snapshot_reader import SnapshotReader
from search.term_index.tally import Accept

_NUMBERS_AT_ONCE: Final = 50_000  # below `search.max_buckets`, 65,535
_VALUES_AT_ONCE: Final = 10_000  # terms of a term query, documents of an answer, buckets that come in order
_KEPT_FREQUENCIES: Final = 200_000  # terms: some 40 MB
_KEPT_LENGTHS: Final = 200_000  # quotes: some 20 MB
_KEPT_VALUES: Final = 100_000  # of a label: some 10 MB
_TERMS_NEAR: Final = 1_000  # terms of a shard that may have been meant by another: five of them are suggested
_LAST_CHARACTER: Final = "\U0010ffff"

_Query = Mapping[str, Any]


class ClusterSnapshot:
    """What there is after one update, shared by the readers of a process while there is no later one."""

    def __init__(
        self, server: OpensearchServer, name: str, state: Mapping[str, Any], before: ClusterSnapshot | None = None
    ) -> None:
        self._server = server
        self._name = name
        self.update = int(state["update"])
        self.position = int(state["position"])
        self.mark = str(state["mark"])
        self.routes: Sequence[str] = before.routes if before is not None else _routes(server, name)
        seen = before.update if before is not None and before.update <= self.update else -1
        fresh = self.numbers({"exists": {"field": "gone"}}, field="gone", after_update=seen)
        known = before.dead if before is not None and seen >= 0 else np.zeros(0, np.int64)
        self.dead: Numbers = np.union1d(known, fresh)
        there = {"bool": {"filter": [{"exists": {"field": "number"}}, self.part_of_it]}}
        self.size = int(self.ask("_count", {"query": there})["count"]) - len(self.lengths_of(self.dead)[0])
        self._frequencies: dict[str, int] = {}
        # A quote never changes under its number; those that came since are in no earlier snapshot.
        self._lengths: dict[int, int] = dict(before._lengths) if before is not None and seen >= 0 else {}
        self._label_values: dict[str, Mapping[str, int]] = {}
        self._lock = threading.Lock()

    @property
    def part_of_it(self) -> _Query:
        """Return the query for what had been added."""
        return {"range": {"added": {"lte": self.update}}}

    def ask(self, what: str, body: object, **parameters: str | int) -> Any:
        """Ask this index; an answer of some of its shards alone is none."""
        if what == "_search":
            parameters["allow_partial_search_results"] = "false"
        return self._server.ask("POST", f"/{self._name}/{what}", body, **parameters)

    def numbers(self, query: _Query, *, field: str = "number", after_update: int = -1) -> Numbers:
        """Return the numbers of all that a query finds, each once, in order, deleted ones among them."""
        parts = [np.zeros(0, np.int64)]
        last: int | None = -1
        while last is not None:
            wanted = [
                query,
                {"range": {"added": {"lte": self.update, "gt": after_update}}},
                {"range": {field: {"gt": last}}},
            ]
            groups = {"terms": {"field": field, "size": _NUMBERS_AT_ONCE, "order": {"_key": "asc"}}}
            answer = self.ask(
                "_search",
                {"size": 0, "query": {"bool": {"filter": wanted}}, "aggs": {"numbers": groups}},
                filter_path="aggregations.numbers.buckets.key",
            )
            found = [bucket["key"] for bucket in answer.get("aggregations", {}).get("numbers", {}).get("buckets", [])]
            parts.append(np.array(found, np.int64))
            last = found[-1] if len(found) == _NUMBERS_AT_ONCE else None
        return np.concatenate(parts)

    def living(self, query: _Query) -> Numbers:
        """Return the numbers of the quotes that a query finds."""
        found = self.numbers(query)
        return found[~np.isin(found, self.dead)] if len(self.dead) else found

    def lengths_of(self, numbers: Numbers, field: str = "length") -> tuple[Numbers, Numbers]:
        """Return those of some numbers that there are, deleted or not, and what each has in a field."""
        keys: list[int] = []
        values: list[int] = []
        for start in range(0, len(numbers), _VALUES_AT_ONCE):
            part = numbers[start : start + _VALUES_AT_ONCE]
            # Of neighbours a range: ten thousand numbers are half a second to find one by one.
            dense = len(part) > 1 and part[-1] - part[0] == len(part) - 1
            which: _Query = (
                {"range": {"number": {"gte": int(part[0]), "lte": int(part[-1])}}}
                if dense
                else {"terms": {"number": part.tolist()}}
            )
            answer = self.ask(
                "_search",
                {
                    "size": _VALUES_AT_ONCE, "stored_fields": "_none_", "docvalue_fields": ["number", field],
                    "sort": ["_doc"],
                    "query": {"bool": {"filter": [which, self.part_of_it]}},
                },
                filter_path="hits.hits.fields",
            )  # fmt: skip
            for hit in answer.get("hits", {}).get("hits", []):
                keys.append(hit["fields"]["number"][0])
                values.append(hit["fields"][field][0])
        return np.array(keys, np.int64), np.array(values, np.int64)

    def learn_lengths(self, lengths: Mapping[int, int]) -> None:
        """Keep what came with an answer: how many terms some quotes have."""
        with self._lock:
            if len(self._lengths) > _KEPT_LENGTHS:
                self._lengths.clear()
            self._lengths.update(lengths)

    def known_lengths(self, numbers: Sequence[int]) -> dict[int, int]:
        """Return how many terms those of some quotes have whose lengths were learned."""
        with self._lock:
            return {number: self._lengths[number] for number in numbers if number in self._lengths}

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return the number of quotes of each term; see the reader's."""
        with self._lock:
            unknown = [term for term in dict.fromkeys(terms) if term not in self._frequencies]
        if unknown:
            counts = self._asked_frequencies(unknown)
            with self._lock:
                if len(self._frequencies) > _KEPT_FREQUENCIES:
                    self._frequencies.clear()
                self._frequencies |= counts
        with self._lock:
            missing = [term for term in terms if term not in self._frequencies]
            known = {term: self._frequencies[term] for term in terms if term not in missing}
        return known | (self._asked_frequencies(missing) if missing else {})

    def _asked_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        counts = dict.fromkeys(terms, 0)
        for start in range(0, len(terms), _VALUES_AT_ONCE):
            part = {spelled(term): term for term in terms[start : start + _VALUES_AT_ONCE]}
            # An artificial document with all these terms, whose statistics each shard is asked for.
            asked = {
                "doc": {"terms": list(part)}, "fields": ["terms"], "term_statistics": True, "field_statistics": False,
                "positions": False, "offsets": False, "payloads": False,
            }  # fmt: skip
            answer = self.ask(
                "_mtermvectors",
                {"docs": [asked | {"routing": route} for route in self.routes]},
                filter_path="docs.error,docs.term_vectors.terms.terms.*.doc_freq",
            )
            for shard in answer.get("docs", []):
                if "error" in shard:
                    raise StoreUnavailable("The search index on OpenSearch cannot be used: a shard does not answer.")
                found = shard.get("term_vectors", {}).get("terms", {}).get("terms", {})
                for key, statistics in found.items():
                    counts[part[key]] += statistics["doc_freq"]
        return counts

    def terms_near(self, term: str, edits: int, kept: int) -> dict[str, int]:
        """Return terms at most so many edits away; see the reader's. Each shard walks its own terms for them, and no quote."""
        wanted = {
            "field": "terms", "analyzer": "keyword", "suggest_mode": "always", "max_edits": edits, "prefix_length": kept,
            "min_word_length": 1, "size": _TERMS_NEAR, "shard_size": _TERMS_NEAR,
        }  # fmt: skip
        answer = self.ask(
            "_search",
            {"size": 0, "suggest": {"near": {"text": spelled(term), "term": wanted}}},
            filter_path="suggest.near.options.text,suggest.near.options.freq",
        )
        found = [one for entry in answer.get("suggest", {}).get("near", []) for one in entry.get("options", [])]
        return {unspelled(one["text"]): one["freq"] for one in found}

    def label_values(self, field: str) -> Mapping[str, int]:
        """Return all values of a label, kept while there is no later snapshot: the engine looks at each quote for them."""
        with self._lock:
            known = self._label_values.get(field)
        if known is None:
            known = dict(self.values(field))
            if len(known) <= _KEPT_VALUES:
                with self._lock:
                    self._label_values[field] = known
        return known

    def values(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield the values of a field that begin with a prefix, in order, each with the number of its quotes."""
        start = spelled(prefix)
        # The greatest string below all that begin so; the range is what lets the engine walk its terms in order.
        after = start[:-1] + chr(ord(start[-1]) - 1) + _LAST_CHARACTER if start else None
        while True:
            groups: dict[str, Any] = {"size": _VALUES_AT_ONCE, "sources": [{"value": {"terms": {"field": field}}}]}
            if after is not None:
                groups["after"] = {"value": after}
            answer = self.ask("_search", {"size": 0, "aggs": {"values": {"composite": groups}}})["aggregations"][
                "values"
            ]
            for bucket in answer["buckets"]:
                if not bucket["key"]["value"].startswith(start):
                    return
                yield unspelled(bucket["key"]["value"]), bucket["doc_count"]
            if len(answer["buckets"]) < _VALUES_AT_ONCE:
                return
            after = answer["buckets"][-1]["key"]["value"]


def _routes(server: OpensearchServer, name: str) -> Sequence[str]:
    """Return for each shard a word that leads to it."""
    shards = len(server.ask("GET", f"/{name}/_search_shards")["shards"])
    found: dict[int, str] = {}
    word = 0
    while len(found) < shards:
        where = server.ask("GET", f"/{name}/_search_shards", routing=str(word))["shards"]
        found.setdefault(where[0][0]["shard"], str(word))
        word += 1
    return list(found.values())


class OpensearchReader(SnapshotReader[ClusterSnapshot], SelectingReader):
    """A snapshot of an index on OpenSearch, for one thread."""

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return the number of quotes of each term, by each shard's statistics: deleted ones count until they are merged away."""
        return self._open().frequencies(list(terms))

    def terms_beginning(self, prefix: str) -> Mapping[str, int]:
        """Return all terms with a beginning, each with the number of its quotes, deleted ones among them."""
        return dict(self._open().values("terms", prefix))

    def terms_near(self, term: str, edits: int, kept: int) -> Mapping[str, int]:
        """Return terms at most so many edits (Damerau 1964; 1 or 2) away, each with the number of its quotes as `frequencies` has it.

        They begin with the same `kept` characters, and the term itself is none of them. Where there are thousands, the likeliest.
        """
        return self._open().terms_near(term, edits, kept)

    def postings(self, term: str) -> Numbers:
        """Return the numbers of the quotes that hold a term, in order."""
        return self._open().living({"term": {"terms": spelled(term)}})

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return with how many terms each of these quotes was added; 0 for one that is not there."""
        if len(numbers) > _VALUES_AT_ONCE:
            return self._values_of(numbers, "length")
        # Nearly always candidates, whose lengths came with them.
        known = self._open().known_lengths(numbers.tolist())
        if len(known) < len(numbers):
            unknown = np.array([number for number in numbers.tolist() if number not in known], np.int64)
            fresh = dict(zip(unknown.tolist(), self._values_of(unknown, "length").tolist(), strict=True))
            self._open().learn_lengths(fresh)
            known |= fresh
        lengths = np.array([known[number] for number in numbers.tolist()], np.int64)
        lengths[np.isin(numbers, self._open().dead)] = 0
        return lengths

    def labelled(self, field: str, values: Iterable[str]) -> Numbers:
        """Return the numbers of the quotes that one of some values labels in a field."""
        spellings = [spelled(value) for value in dict.fromkeys(values)]
        parts = [spellings[start : start + _VALUES_AT_ONCE] for start in range(0, len(spellings), _VALUES_AT_ONCE)]
        found = [self._open().living({"terms": {field: part}}) for part in parts]
        return np.unique(np.concatenate([np.zeros(0, np.int64), *found]))

    def label_values(self, field: str) -> Mapping[str, int]:
        """Return all values that a field has, each with the number of its quotes, deleted ones among them."""
        return self._open().label_values(field)

    def printed_between(self, start: int, end: int) -> Numbers:
        """Return the numbers of the quotes with a day from `start` on and before `end`."""
        return self._open().living({"range": {"day": {"gte": max(start, 1), "lt": end}}})

    def days(self, numbers: Numbers) -> Numbers:
        """Return the day of each of these quotes; 0 where it is not known."""
        return self._values_of(numbers, "day")

    def _values_of(self, numbers: Numbers, field: str) -> Numbers:
        unique, places = np.unique(numbers, return_inverse=True)
        found = np.zeros(len(unique), np.int64)
        keys, values = self._open().lengths_of(unique, field)
        found[np.searchsorted(unique, keys)] = values
        found[np.isin(unique, self._open().dead)] = 0
        return found[places]

    def selected(self, conditions: Conditions) -> ClusterSelection:
        """Return the quotes that meet conditions, as the engine tells them."""
        return ClusterSelection(self._open(), conditions)

    def tally(self, weights: Mapping[str, float], accept: Accept | None) -> OpensearchTally:
        """Return the quotes that have one of some weighted terms and pass a filter: the engine adds the weights up."""
        snapshot = self._open()
        return OpensearchTally(snapshot, weights, accept)

    def close(self) -> None:
        """Let go of the snapshot; a closed reader answers no more."""
        self._snapshot = None
