"""Alignment: the steps from one wording to the other cover both, and the differences show both as they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from search.matching.alignment import (
    Run,
    Step,
    align,
    align_texts,
    common_runs,
    differences,
    elided,
    split_by_key,
    surface,
)
from search.matching.thresholds import MOST_WORDS
from search.text.analysis import analyse

WORDS = st.lists(
    st.sampled_from("we will not go to the harbour don't [and] ... 24 sacrifice sacrificed".split()), max_size=20
)


@given(WORDS, WORDS)
def test_the_steps_cover_both_sides_without_a_gap(a: list[str], b: list[str]) -> None:
    left = right = 0
    for step in align(a, b):
        assert (step.a_start, step.b_start) == (left, right)
        left, right = step.a_end, step.b_end
        if step.same:
            assert a[step.a_start : step.a_end] == b[step.b_start : step.b_end]
    assert (left, right) == (len(a), len(b))


def test_the_most_words_are_kept() -> None:
    steps = align("we will go now".split(), "we go now".split())
    assert sum(step.a_end - step.a_start for step in steps if step.same) == 3


def test_beyond_a_bound_nothing_is_kept_and_nothing_lost() -> None:
    words = ["harbour"] * (MOST_WORDS + 5)
    steps = align(words, words)
    assert steps[-1] == Step(False, MOST_WORDS, MOST_WORDS + 5, MOST_WORDS, MOST_WORDS + 5)


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_the_differences_hold_every_letter_of_both(a: str, b: str) -> None:
    left, right = analyse(a), analyse(b)
    parts = differences(left, right, align_texts(left, right))
    if left.keys:
        assert "".join("".join(part.query for part in parts).split()) == "".join(a.split())
    if right.keys:
        assert "".join("".join(part.quote for part in parts).split()) == "".join(b.split())


def test_another_form_of_a_word_is_parted_from_the_same_word() -> None:
    left, right = analyse("we negotiate it"), analyse("we negotiated it")
    steps = align_texts(left, right)
    assert [step.same for step in steps] == [True]
    assert [step.same for step in split_by_key(left.tokens, right.tokens, steps)] == [True, False, True]


def shown(a: str, b: str) -> list[tuple[str, str, str]]:
    left, right = analyse(a), analyse(b)
    return [(step.kind, step.query, step.quote) for step in differences(left, right, align_texts(left, right))]


def test_a_written_word_is_shown_whole_and_no_word_beside_it_goes_with_it() -> None:
    """All the words before "aren't", or behind "$3 million", were shown as changed, too."""
    assert shown("the boats that are in the harbour", "the boats that aren't in the harbour") == [
        ("same", "the boats that", "the boats that"),
        ("changed", "are", "aren't"),
        ("same", "in the harbour", "in the harbour"),
    ]
    assert shown("It cost $3 million in a year", "It cost $3 billion in a year") == [
        ("same", "It cost", "It cost"),
        ("changed", "$3 million", "$3 billion"),
        ("same", "in a year", "in a year"),
    ]
    assert shown("won't go", "will go") == [("changed", "won't", "will"), ("same", "go", "go")]


def test_an_ellipsis_stands_for_what_the_other_side_has() -> None:
    left, right = analyse("we will … go"), analyse("we will surely go")
    (gap,) = (step for step in align_texts(left, right) if not step.same)
    assert elided(left, right, gap)
    plain = analyse("we will go")
    (missing,) = (step for step in align_texts(plain, right) if not step.same)
    assert not elided(plain, right, missing)


def test_the_surface_has_the_marks_around_its_words() -> None:
    text = analyse("He said “never,” again.")
    assert surface(text.text, text.tokens, 2, 3) == "“never,”"
    assert surface(text.text, text.tokens, 1, 1) == ""


def test_what_stands_whole_in_the_other_is_one_run() -> None:
    asked, printed = "i want no new bridge".split(), "i want nothing i want no new bridge tell him".split()
    assert common_runs(asked, printed) == [Run(0, 3, 5)]
    assert common_runs(printed, asked) == [Run(3, 0, 5)]


def test_a_run_stands_beside_the_next_one_where_it_can() -> None:
    """Both are the longest common subsequence; one of them has fewer breaks."""
    asked, printed = "i want no new bridge here".split(), "i want nothing i want no new bridge".split()
    assert common_runs(asked, printed) == [Run(0, 3, 5)]
    assert common_runs("no bridge at all".split(), "no bridge at noon at all".split()) in (
        [Run(0, 0, 2), Run(2, 4, 2)],
        [Run(0, 0, 3), Run(3, 5, 1)],
    )


@given(WORDS, WORDS)
def test_no_longer_common_subsequence_is_given_up(a: list[str], b: list[str]) -> None:
    assert sum(run.length for run in common_runs(a, b)) == LCSseq.similarity(a, b)
