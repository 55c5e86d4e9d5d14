"""Candidates and their order: found by rare words, by the best hit's words, by their group; in bounded work."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from search.ranking import candidates as module
from search.ranking.candidates import candidates
from search.ranking.ranker import ranked
from search.term_index import Numbers, TermReader
from search.term_index.memory_index import MemoryIndex, MemoryReader
from search.text.tokens import stems_of, terms

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
    index.update([(number, terms(quote)) for number, quote in enumerate(quotes)], [], 1)
    return index.reader()


def read(numbers: Sequence[int]) -> list[list[str]]:
    return [stems_of(QUOTES[number]) for number in numbers]


def alone(numbers: Collection[int]) -> dict[int, int]:
    """Each quote is a version group of its own."""
    return {number: number for number in numbers}


def test_the_best_hit_is_the_one_with_the_rare_words_in_order() -> None:
    """And other wordings of it come next."""
    found = [one.number for one in candidates(held(QUOTES), "the ferry to the northern islands was sold", limit=3)]
    assert found[:2] == [0, 1]


def test_a_query_without_any_known_word_finds_nothing() -> None:
    """No hit, no error."""
    assert candidates(held(QUOTES), "zyzzyva", limit=5) == []
    assert candidates(held(QUOTES), "", limit=5) == []
    assert ranked(held(QUOTES), "zyzzyva", read=read, groups=alone, members=alone) == []


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
    alone = candidates(held(QUOTES), "northern speeches harvest", limit=2)
    assert len(found) > len(alone)
    assert {one.number for one in alone} <= {one.number for one in found}
    assert all(one.first == one.score for one in alone)
    assert all(one.score >= one.first for one in found)


def test_a_brief_query_finds_words_of_the_same_family() -> None:
    """ "diplomacy" finds what is undiplomatic, after what has the word itself."""
    reader = held([*QUOTES, "It was an undiplomatic answer.", "We believe in diplomacy."])
    found = [one.number for one in candidates(reader, "diplomacy", limit=5)]
    assert found == [len(QUOTES) + 1, len(QUOTES)]


def test_a_group_brings_its_members_along() -> None:
    """Its best member decides where it stands; a member that shares no word with the query stands with it."""
    groups = {0: 0, 1: 0, 4: 0}
    found = ranked(
        held(QUOTES),
        "the ferry to the northern islands",
        read=read,
        groups=lambda numbers: {number: groups.get(number, -number) for number in numbers},
        members=lambda some: {n: g for g in some for n in range(len(QUOTES)) if groups.get(n, -n) == g},
    )
    assert set(found[:3]) == {0, 1, 4}


def test_members_of_a_group_pass_the_filter_too() -> None:
    """A group never smuggles in what was filtered out."""
    found = ranked(
        held(QUOTES),
        "the ferry to the northern islands",
        read=read,
        accept=lambda numbers: numbers != 4,
        groups=lambda numbers: dict.fromkeys(numbers, 7),
        members=lambda some: dict.fromkeys(range(len(QUOTES)), 7),
    )
    assert 4 not in found


def test_what_the_members_of_a_group_have_together_counts() -> None:
    """Two wordings that have a half each stand before one of another group that has more than either."""
    quotes = [
        "They sold the northern ferry to a bank.",
        "It was to pay for the harbour and the school.",
        "They sold the northern harbour, and nobody minded much about it.",
        *QUOTES[3:],
    ]
    of = {0: 9, 1: 9}
    found = ranked(
        held(quotes),
        "They sold the northern ferry to pay for the harbour and the school",
        read=lambda numbers: [stems_of(quotes[number]) for number in numbers],
        groups=lambda numbers: {number: of.get(number, -number) for number in numbers},
        members=lambda some: {n: g for g in some for n in range(len(quotes)) if of.get(n, -n) == g},
    )
    assert set(found[:2]) == {0, 1}


class Counting:
    """A reader that says every term is in many quotes and counts what is read of them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.position = 0
        self.read = 0

    def frequencies(self, wanted: object) -> dict[str, int]:
        return {term: 1 + hash(term) % (self.size // 20) for term in wanted}  # type: ignore[attr-defined]

    def postings(self, term: str) -> Numbers:
        count = 1 + hash(term) % (self.size // 20)
        self.read += count
        return np.arange(count, dtype=np.int64)

    def lengths(self, numbers: Numbers) -> Numbers:
        return np.full(len(numbers), 40, dtype=np.int64)

    def close(self) -> None: ...


def test_the_work_of_a_query_is_bounded_whatever_the_archive() -> None:
    """Ten million quotes, a query of a thousand words: no more postings than the budget allows."""
    reader: TermReader = Counting(10_000_000)
    candidates(reader, " ".join(f"word{number}x" for number in range(1_000)), limit=10)
    assert isinstance(reader, Counting)
    assert reader.read <= module.BUDGET + reader.size // 20


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=6))
def test_any_query_is_answered_with_what_is_there(query: str, quotes: list[str]) -> None:
    """No text fails, no number is made up or given twice."""
    found = ranked(
        held(quotes),
        query,
        read=lambda numbers: [stems_of(quotes[number]) for number in numbers],
        groups=alone,
        members=alone,
    )
    assert len(set(found)) == len(found)
    assert all(0 <= number < len(quotes) for number in found)


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0.1, 9.0)), max_size=60))
def test_every_number_is_summed_once_and_nothing_is_left_for_the_next_query(rows: list[tuple[int, float]]) -> None:
    """In the order in which the numbers are met first."""
    expected: dict[int, float] = {}
    for number, weight in rows:
        expected[number] = expected.get(number, 0.0) + weight
    for _ in range(2):
        numbers, sums = module._PLACES.summed(
            np.array([number for number, _ in rows], dtype=np.int64), np.array([weight for _, weight in rows])
        )
        assert numbers.tolist() == list(expected)
        assert np.allclose(sums, list(expected.values()))


@given(st.lists(st.tuples(st.integers(1, 20), st.sampled_from([1, 5, 40, 60, 300, 900])), min_size=1, max_size=60))
@example([(20, 60)] * 7 + [(18, 1)])
def test_the_best_are_the_best_though_most_are_never_scored(rows: list[tuple[int, int]]) -> None:
    """What the length leaves of a sum decides: a short quote of a smaller sum stands before a long one."""
    lengths = np.array([length for _, length in rows])
    reader = Counting(len(rows))
    reader.lengths = lambda numbers: lengths[numbers]  # type: ignore[method-assign]
    found = module._Sums(np.arange(len(rows)), np.array([float(total) for total, _ in rows]))
    scores = module._scores(reader, found, np.arange(len(rows)))
    expected = sorted(range(len(rows)), key=lambda place: (-scores[place], place))
    assert module._best(reader, found, 7).tolist() == expected[:7]
