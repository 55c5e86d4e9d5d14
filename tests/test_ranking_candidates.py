"""Candidates and their order: found by rare words, by the best hit's words, by their group; in bounded work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.ranking import candidates as module
from search.ranking.candidates import Candidate
from search.term_index import IndexedQuote, Numbers, TermReader, tally
from search.term_index.memory_index import MemoryIndex, MemoryReader
from search.text.analysis import analyse
from search.text.terms import index_terms

QUOTES = (
    "The ferry to the northern islands was sold to pay for the new harbour.",
    "They sold the northern ferry so that a harbour could be paid for.",
    "Nobody asked the islanders before the boat was given away.",
    "A good harbour is worth more than any number of speeches.",
    "We have always been honest about the price of bread.",
    "The price of bread has doubled since the harvest failed.",
    "The islanders were never asked whether their boat could be given away.",
    "Speeches do not build schools, and they do not mend roads.",
)


def held(quotes: Sequence[str]) -> MemoryReader:
    index = MemoryIndex()
    index.update([IndexedQuote(number, index_terms(analyse(quote))) for number, quote in enumerate(quotes)], [], 1)
    return index.reader()


def read(numbers: Sequence[int]) -> list[list[str]]:
    return [list(analyse(QUOTES[number]).stems) for number in numbers]


def candidates(reader: TermReader, text: str, **how: Any) -> list[Candidate]:
    return module.candidates(reader, analyse(text), **how)


def test_the_best_hit_is_the_one_with_the_rare_words_in_order() -> None:
    """And other wordings of it come next."""
    found = [one.number for one in candidates(held(QUOTES), "the ferry to the northern islands was sold", limit=3)]
    assert found[:2] == [0, 1]


def test_a_query_without_any_known_word_finds_nothing() -> None:
    """No hit, no error."""
    assert candidates(held(QUOTES), "zyzzyva", limit=5) == []
    assert candidates(held(QUOTES), "", limit=5) == []


def test_a_filter_keeps_what_it_accepts() -> None:
    """Asked about arrays of numbers."""
    found = candidates(held(QUOTES), "northern ferry sold", limit=5, accept=lambda numbers: numbers != 0)
    assert found
    assert 0 not in [one.number for one in found]


def test_the_words_of_the_best_hit_find_a_version_that_shares_none_with_the_query() -> None:
    """Feedback: the query knows neither "boat" nor "given"."""
    reader, query = held(QUOTES), "never asked whether"
    without = [one.number for one in candidates(reader, query, limit=8)]
    assert 2 not in without[:1]
    assert 2 in [one.number for one in candidates(reader, query, limit=8, read=read)]


def test_the_query_s_own_words_keep_a_place_beside_the_best_hit_s() -> None:
    """Each candidate says how it stands without feedback, and the best of those are there with it."""
    found = candidates(held(QUOTES), "northern speeches harvest", limit=2, read=read)
    plain = candidates(held(QUOTES), "northern speeches harvest", limit=2)
    assert len(found) > len(plain)
    assert {one.number for one in plain} <= {one.number for one in found}
    assert all(one.own_score == one.score for one in plain)
    assert all(one.score >= one.own_score for one in found)


def test_a_brief_query_finds_words_of_the_same_family() -> None:
    """ "diplomacy" finds what is undiplomatic, after what has the word itself."""
    reader = held([*QUOTES, "It was an undiplomatic answer.", "We believe in diplomacy."])
    found = [one.number for one in candidates(reader, "diplomacy", limit=5)]
    assert found == [len(QUOTES) + 1, len(QUOTES)]


class Counting:
    """A reader that says every term is in many quotes and counts what is read of them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.position = 0
        self.read = 0

    def frequencies(self, wanted: object) -> dict[str, int]:
        return {term: 1 + hash(term) % (self.size // 20) for term in wanted}  # type: ignore[attr-defined]

    def postings_of(self, terms: Sequence[str]) -> tuple[Numbers, list[int]]:
        counts = [1 + hash(term) % (self.size // 20) for term in terms]
        self.read += sum(counts)
        return np.concatenate([np.arange(count, dtype=np.int64) for count in [0, *counts]]), counts

    def lengths(self, numbers: Numbers) -> Numbers:
        return np.full(len(numbers), 40, dtype=np.int64)

    def tally(self, weights: Mapping[str, float], accept: tally.Accept | None) -> tally.PostingsTally:
        return tally.PostingsTally(self, weights, accept)  # type: ignore[arg-type]

    def close(self) -> None: ...


def test_the_work_of_a_query_is_bounded_whatever_the_archive() -> None:
    """Ten million quotes, a query of a thousand words: no more postings than the budget allows."""
    reader: TermReader = Counting(10_000_000)
    candidates(reader, " ".join(f"word{number}x" for number in range(1_000)), limit=10)
    assert isinstance(reader, Counting)
    assert reader.read <= module.BUDGET + reader.size // 20


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0.1, 9.0)), max_size=60), st.integers(0, 60))
def test_every_number_is_summed_and_nothing_is_left_for_the_next_query(
    rows: list[tuple[int, float]], known: int
) -> None:
    """Those that were summed before, and others behind them; each place where a number stands has its whole sum."""
    expected: dict[int, float] = {}
    for number, weight in rows:
        expected[number] = expected.get(number, 0.0) + weight
    numbers, weights = np.array([row[0] for row in rows], dtype=np.int64), np.array([row[1] for row in rows])
    for _ in range(2):
        first = tally._PLACES.summed(numbers[:0], weights[:0], numbers[:known], weights[:known])
        sums = tally._PLACES.summed(numbers[:known], first, numbers[known:], weights[known:])
        assert np.allclose(sums, [expected[number] for number in numbers.tolist()])
        assert numbers[tally._PLACES.first_of_each(numbers)].tolist() == list(expected)


@given(st.lists(st.tuples(st.integers(1, 20), st.sampled_from([1, 5, 40, 60, 300, 900])), min_size=1, max_size=60))
@example([(20, 60)] * 7 + [(18, 1)])
def test_the_best_are_the_best_though_most_are_never_scored(rows: list[tuple[int, int]]) -> None:
    """What the length leaves of a sum decides: a short quote of a smaller sum stands before a long one."""
    lengths = np.array([length for _, length in rows])
    reader = Counting(len(rows))
    reader.lengths = lambda numbers: lengths[numbers]  # type: ignore[method-assign]
    reader.postings_of = lambda terms: (np.array([int(term) for term in terms]), [1] * len(terms))  # type: ignore[method-assign]
    found = reader.tally({str(place): float(total) for place, (total, _) in enumerate(rows)}, None)
    scores = np.array([float(total) for total, _ in rows]) / tally.allowance(lengths)
    expected = sorted(range(len(rows)), key=lambda place: (-scores[place], place))
    assert found.best(7).tolist() == expected[:7]


def test_a_short_quote_is_met_though_as_many_as_are_asked_for_have_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two long quotes have the highest sums, one of them by two terms; the short one behind them has the best score."""
    monkeypatch.setattr(tally, "_TERMS_SHARED", 1)
    reader, lengths = Counting(4), np.array([300, 300, 1, 300])
    reader.lengths = lambda numbers: lengths[numbers]  # type: ignore[method-assign]
    reader.postings_of = lambda terms: (np.array([0, 0, 1, 2, 3, 3, 3]), [1] * 7)  # type: ignore[method-assign]
    found = reader.tally(dict(zip("abcdefg", (5.0, 5.0, 9.0, 8.9, 0.1, 0.1, 0.1), strict=True)), None)
    assert found.best(2).tolist() == [2, 0]


def test_quotes_on_the_same_matter_are_found_in_whatever_order_their_words_stand() -> None:
    assert module.akin(held(QUOTES), ["boat", "islander", "ask"], 2) in ([2, 6], [6, 2])


def test_a_rare_stem_weighs_more_than_a_common_one() -> None:
    weights = module.query_weights(held(QUOTES), ["the", "northern", "zyzzyva"], pairs=False)
    assert weights["snorthern"] > weights["sthe"]
    assert "szyzzyva" not in weights
    rare = module.rarity(held(QUOTES), ["the", "northern"])
    assert rare["northern"] > rare["the"]
