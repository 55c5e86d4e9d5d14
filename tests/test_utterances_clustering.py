"""Version groups: a partition, the same in any order of arrival, never a heap, and what a person decided wins."""

from __future__ import annotations

import itertools
import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.term_index import IndexedQuote
from search.term_index.memory_index import MemoryIndex
from search.text.analysis import analyse
from search.text.terms import index_terms
from search.utterances.clustering import connected_component, partition
from search.utterances.linking import (
    BRIDGING_NATS,
    VERBATIM_SCORE,
    Link,
    find_links,
    fingerprint,
    link_between,
    version_record,
)
from search.utterances.publications import Publication

FERRY = "The ferry to the northern islands was sold to pay for the new harbour wall."
WORDINGS = (
    FERRY,
    "The ferry to the northern islands was sold to pay for a new harbour wall, and nobody asked us.",
    "The northern islands' ferry was sold to pay for the new wall of the harbour.",
    "Bread has doubled in price since the harvest failed in the southern valleys.",
    "Bread doubled in price since the harvest failed in the southern valleys, the baker said.",
    "Speeches do not build schools, and they do not mend roads between villages.",
    "the new harbour wall",
)


def heavy(count: int) -> dict[int, float]:
    return dict.fromkeys(range(count), 2 * BRIDGING_NATS)


def full(members: Sequence[int], score: float = 0.99) -> list[Link]:
    return [Link(a, b, score) for a, b in itertools.combinations(sorted(members), 2)]


def test_wordings_that_differ_in_marks_alone_are_one() -> None:
    """Wire copies are one node; another speaker's same words are another."""
    assert fingerprint("“We won’t go,”", "Marta Lind") == fingerprint("we will not go", "marta  lind")
    assert fingerprint("we will not go", "Marta Lind") != fingerprint("we will not go", "Jonas Berg")


def test_two_reporters_words_are_versions_only_where_one_was_cut_out_of_the_other() -> None:
    """Who tells the same in his own words has many words in common with others; beside a quote he is a version of it."""
    told, other = (
        replace(version_record(1, WORDINGS[0], "Lind"), reported=True),
        replace(version_record(2, WORDINGS[2], "Lind"), reported=True),
    )
    assert link_between(told, other) is None
    assert link_between(told, replace(other, reported=False)) is not None
    assert (
        link_between(told, replace(version_record(3, WORDINGS[0].removesuffix(" wall."), "Lind"), reported=True))
        is not None
    )


def test_versions_are_linked_and_others_are_not() -> None:
    """With the same speaker; the pair is named smaller number first."""
    one, other, bread = (
        version_record(5, WORDINGS[0], "Lind"),
        version_record(2, WORDINGS[2], "Lind"),
        version_record(3, WORDINGS[3], "Lind"),
    )
    made = link_between(one, other)
    assert made is not None
    assert (made.left, made.right) == (2, 5)
    assert link_between(one, bread) is None


def test_a_stock_phrase_of_two_people_is_not_linked() -> None:
    """Equal short words of different speakers are no utterance."""
    assert (
        link_between(version_record(1, "enough is enough", "Lind"), version_record(2, "Enough is enough!", "Berg"))
        is None
    )


def test_a_chain_of_weak_links_makes_no_heap() -> None:
    """Each wording is linked with the next one only: they do not become one group."""
    chain = [Link(number, number + 1, 0.9) for number in range(50)]
    groups = partition(heavy(51), chain)
    assert max(map(len, groups)) <= 5


def test_two_groups_with_few_links_across_stay_apart() -> None:
    """One strong link is not enough for ten pairs."""
    links = [*full(range(5)), *full(range(5, 10)), Link(0, 5, 0.98)]
    assert partition(heavy(10), links) == ((0, 1, 2, 3, 4), (5, 6, 7, 8, 9))


def test_a_short_fragment_hangs_on_one_group_and_joins_none() -> None:
    """It is linked with both; they stay two, and it is in one of them."""
    links = [*full(range(3)), *full(range(3, 6)), Link(0, 6, 0.9), Link(3, 6, 0.95)]
    weights = heavy(6) | {6: BRIDGING_NATS / 2}
    assert partition(weights, links) == ((0, 1, 2), (3, 4, 5, 6))


def test_a_paper_that_prints_both_means_two_things() -> None:
    """Rows of a table are not versions of one another; what was cut out of the other is."""
    ledger = {node: [Publication("Harbour Ledger", "a")] for node in range(2)}
    assert partition(heavy(2), [Link(0, 1, 0.9)]) == ((0, 1),)
    assert partition(heavy(2), [Link(0, 1, 0.9)], publications=ledger) == ((0,), (1,))
    assert partition(heavy(2), [Link(0, 1, 0.9, contained=True)], publications=ledger) == ((0, 1),)


def test_a_long_time_sets_weak_links_apart() -> None:
    """The same words stay together whenever they are printed."""
    years = {0: [Publication(published="2019-01-05")], 1: [Publication(published="2023-01-05")]}
    assert partition(heavy(2), [Link(0, 1, 0.8)]) == ((0, 1),)
    assert partition(heavy(2), [Link(0, 1, 0.8)], publications=years) == ((0,), (1,))
    assert partition(heavy(2), [Link(0, 1, VERBATIM_SCORE, contained=True)], publications=years) == ((0, 1),)


@pytest.mark.parametrize(
    ("nats", "whole", "days", "together"),
    [
        (28.0, 90.0, 240, False),  # a phrase that stands in a statement of eight months ago
        (28.0, 90.0, 5, True),
        (28.0, 36.0, 240, True),  # most of what was said
        (40.0, 90.0, 240, True),  # distinct, and quoted for years
        (20.0, 20.0, 240, False),  # the same few words
        (20.0, 20.0, 5, True),
        (40.0, 40.0, 240, True),
    ],
)
def test_a_phrase_is_another_utterance_months_later(nats: float, whole: float, days: int, together: bool) -> None:
    later = str(date(2023, 3, 1) + timedelta(days))
    places = {0: [Publication("Ledger", "a", "2023-03-01")], 1: [Publication("Mercury", "b", later)]}
    link = Link(0, 1, VERBATIM_SCORE if nats == whole else 0.95, contained=True)
    assert (partition({0: nats, 1: whole}, [link], publications=places) == ((0, 1),)) is together


def test_two_like_statements_of_two_days_are_two() -> None:
    """On one day they are one, even where their words alone leave a doubt."""

    def places(day: str) -> dict[int, list[Publication]]:
        return {0: [Publication("Ledger", "a", "2023-03-01")], 1: [Publication("Mercury", "b", day)]}

    assert partition(heavy(2), [Link(0, 1, 0.85)], publications=places("2023-03-08")) == ((0,), (1,))
    assert partition(heavy(2), [Link(0, 1, 0.97)], publications=places("2025-03-08")) == ((0,), (1,))
    assert partition(heavy(2), [Link(0, 1, 0.45)], publications=places("2023-03-01")) == ((0, 1),)
    assert partition(heavy(2), [Link(0, 1, 0.45)]) == ((0,), (1,))


def test_pieces_of_a_long_quote_hang_on_it_however_many_there_are() -> None:
    """They share no word with one another, which tells nothing against them."""
    links = [Link(0, piece, 0.97, contained=True) for piece in range(1, 12)]
    assert partition({0: 300.0} | dict.fromkeys(range(1, 12), 35.0), links) == (tuple(range(12)),)


def test_what_says_little_is_one_wording_for_each_occasion() -> None:
    """And links with the weeks beside it alone."""
    first, next_week, later = (
        version_record(n, "a disaster", "Lind", f"week {week}") for n, week in enumerate((7, 8, 10))
    )
    assert fingerprint("a disaster", "Lind", first.occasion) != fingerprint("a disaster", "Lind", later.occasion)
    assert link_between(first, next_week) is not None
    assert link_between(first, later) is None


def test_the_same_words_are_one_utterance_whoever_says_them() -> None:
    """When they say enough; a contested attribution is a version, too."""
    said = link_between(version_record(1, FERRY, "Lind"), version_record(2, FERRY.upper(), "Berg"))
    assert said is not None
    assert said.score == VERBATIM_SCORE
    links = [*full(range(5), 0.9), Link(0, 5, VERBATIM_SCORE, contained=True)]
    assert partition(heavy(6), links) == (tuple(range(6)),)


def test_what_a_person_decided_wins() -> None:
    """Together without a link, apart in spite of one, and apart holds for those that join later."""
    assert partition(heavy(3), [Link(1, 2, 0.99)], together=[(0, 1)], apart=[(1, 2)]) == ((0, 1), (2,))
    assert partition(heavy(4), full(range(4)), apart=[(0, 3)]) in (((0, 1, 2), (3,)), ((0,), (1, 2, 3)))


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(0.53, 1)), max_size=40), st.randoms())
def test_groups_are_a_partition_and_do_not_depend_on_the_order(
    rows: list[tuple[int, int, float]], shuffler: random.Random
) -> None:
    """No wording is lost or doubled; links in another order, and other ids, make the same groups."""
    unique = {(min(a, b), max(a, b)): score for a, b, score in rows if a != b}
    links = [Link(a, b, score) for (a, b), score in unique.items()]
    weights = {node: BRIDGING_NATS * (0.5 + node % 3) for node in range(12)}
    names = {node: f"n{node:02}" for node in range(12)}
    groups = partition(weights, links, names=names)
    assert sorted(node for group in groups for node in group) == list(range(12))
    shuffler.shuffle(links)
    assert partition(weights, links, names=names) == groups
    ids = list(range(100, 112))
    shuffler.shuffle(ids)
    renamed = [Link(min(ids[e.left], ids[e.right]), max(ids[e.left], ids[e.right]), e.score) for e in links]
    again = partition(
        {ids[n]: w for n, w in weights.items()}, renamed, names={ids[n]: name for n, name in names.items()}
    )
    back = {number: node for node, number in enumerate(ids)}
    assert sorted(tuple(sorted(back[n] for n in group)) for group in again) == sorted(groups)


def test_a_component_is_all_that_links_reach() -> None:
    """And not more; what is linked too weakly to be joined is not followed."""
    links = [Link(1, 2, 0.9), Link(2, 3, 0.9), Link(8, 9, 0.9), Link(3, 8, 0.3)]

    def links_of(some: Collection[int]) -> list[Link]:
        return [edge for edge in links if edge.left in some or edge.right in some]

    assert connected_component([1], links_of) == ({1, 2, 3}, {links[0], links[1]})
    assert connected_component([5], links_of) == ({5}, set())


def arrived(order: Sequence[int], batches: int) -> set[frozenset[int]]:
    """The groups of `WORDINGS` when they arrive in this order and in so many batches."""
    index, known, links = MemoryIndex(), [], set()  # type: ignore[var-annotated]
    size = -(-len(order) // batches)
    for start in range(0, len(order), size):
        batch = order[start : start + size]
        known += batch
        index.update([IndexedQuote(n, index_terms(analyse(WORDINGS[n]))) for n in batch], [], len(known))
        reader = index.reader()
        found = find_links(
            [version_record(number, WORDINGS[number], "Lind") for number in batch],
            reader=reader,
            versions=lambda numbers: {number: number for number in numbers},
            records=lambda numbers: [version_record(n, WORDINGS[n], "Lind") for n in numbers],
        )
        links.update(link for some in found for link in some)
    groups = partition({n: analyse(WORDINGS[n]).weight for n in order}, links, names={n: WORDINGS[n] for n in order})
    return {frozenset(group) for group in groups}


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15), st.floats(0.53, 1)), max_size=60))
def test_groups_of_the_parts_are_the_groups_of_the_whole(rows: list[tuple[int, int, float]]) -> None:
    """Only what a change can reach has to be grouped anew."""
    unique = {(min(a, b), max(a, b)): score for a, b, score in rows if a != b}
    links = [Link(a, b, score) for (a, b), score in unique.items()]
    weights = {node: BRIDGING_NATS * (0.5 + node % 3) for node in range(16)}
    parts: set[tuple[int, ...]] = set()
    for node in range(16):
        reached, inside = connected_component(
            [node], lambda some: [e for e in links if e.left in some or e.right in some]
        )
        parts.update(partition({n: weights[n] for n in reached}, inside))
    assert parts == set(partition(weights, links))


@pytest.mark.parametrize("seed", range(8))
def test_online_equals_batch(seed: int) -> None:
    """One by one, in twos, all at once, in any order: the same groups."""
    order = list(range(len(WORDINGS)))
    at_once = arrived(order, 1)
    random.Random(seed).shuffle(order)
    assert arrived(order, len(order)) == arrived(order, 3) == at_once
    assert any({0, 1, 2} <= group for group in at_once)
    assert not any({0, 3} <= group for group in at_once)
