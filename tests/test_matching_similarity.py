"""How likely two wordings are one utterance: symmetric, bounded, and moved by each piece of evidence the right way."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.matching import similarity as similarity_module
from search.matching import thresholds
from search.matching.alignment import align_texts
from search.matching.counted_words import looked_up, printed
from search.matching.similarity import (
    NumberAgreement,
    comparison_vector,
    days_apart,
    days_log_odds,
    in_one_language,
    length_bound,
    match_probability,
    part_log_odds,
    sigmoid,
    similarity,
    similarity_bound,
    speaker_log_odds,
    whole_log_odds,
)
from search.text.analysis import analyse

LONG = "The harbour commission will publish every contract it has signed since the flood, before the winter."
WORDS = st.lists(
    st.sampled_from("the ferry ferries sold sell diplomacy diplomatic of 12 20 island harbour [note] … 港口".split()),
    max_size=20,
).map(" ".join)
PLAIN = st.lists(
    st.sampled_from("the ferry ferries sold sell diplomacy diplomatic of 12 20 island".split()), max_size=20
).map(" ".join)


@given(WORDS, WORDS, st.sampled_from([True, False, None]))
def test_similarity_is_symmetric_and_a_probability(one: str, other: str, same: bool | None) -> None:
    there = similarity(analyse(one), analyse(other), same_speaker=same)
    assert there == similarity(analyse(other), analyse(one), same_speaker=same)
    assert 0 <= there <= 1


@given(WORDS, WORDS, st.sampled_from([True, False, None]))
def test_two_wordings_are_never_more_alike_than_they_can_be(one: str, other: str, same: bool | None) -> None:
    """So that what is given up for it is given up rightly."""
    a, b = analyse(one), analyse(other)
    assert similarity(a, b, same_speaker=same) <= similarity_bound(a, b, same_speaker=same) + 1e-9
    assert similarity(a, b) <= length_bound(a, b) + 1e-9 or not (a.is_plain and b.is_plain)


@given(PLAIN, PLAIN)
def test_the_stems_of_plain_texts_tell_what_their_tokens_tell(one: str, other: str) -> None:
    a, b = analyse(one), analyse(other)
    assert comparison_vector(a, b) == pytest.approx(comparison_vector(a, b, align_texts(a, b)))


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (LONG, LONG.replace("commission", "committee")),
        (LONG.replace("commission", "committee"), "The harbour committee publishes contracts signed since a flood"),
        ("The harbour committee publishes contracts signed since a flood", "Our bakery sells the finest plum cake."),
        (LONG.replace("winter", "spring"), LONG.replace("winter", "spring").replace("flood", "fire")),
        ("We lost 24 ships of the old harbour fleet", "We lost 42 ships of the old harbour fleet"),
        ("every contract it has signed since the flood", "every contract it has since signed, the flood"),
    ],
)
def test_what_shares_more_is_more_similar(nearer: str, farther: str) -> None:
    """A constant would pass none of these."""
    given_text = "We lost 24 ships of the old harbour fleet" if "ships" in nearer else LONG
    assert similarity(analyse(given_text), analyse(nearer)) > similarity(analyse(given_text), analyse(farther)) + 1e-6


def test_speakers_and_days_move_it() -> None:
    a, b = analyse(LONG), analyse(LONG.replace("winter", "spring"))
    same, unknown, other = (similarity(a, b, same_speaker=each) for each in (True, None, False))
    assert same > unknown > other
    vector = comparison_vector(a, b)
    odds = [match_probability(vector, days=days) for days in (0, 10, 50, 300, 4_000)]
    assert odds == sorted(odds, reverse=True)
    assert len(set(odds)) == len(odds)


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("12 ships", "12 boats", NumberAgreement.SAME),
        ("12 ships", "ships", NumberAgreement.ONE_SIDE_HAS_MORE),
        ("12 ships", "20 ships", NumberAgreement.DIFFERENT),
        ("ships", "ships", NumberAgreement.SAME),
    ],
)
def test_numbers_agree_or_not(one: str, other: str, agreement: NumberAgreement) -> None:
    assert comparison_vector(analyse(one), analyse(other)).numbers is agreement


def test_an_editors_notes_say_nothing() -> None:
    with_note, without = comparison_vector(analyse("sold [by the mayor]"), analyse("sold")), analyse("sold").weight
    assert with_note.left == pytest.approx(without)


def test_a_query_that_shows_no_language_is_read_as_of_the_text_that_does() -> None:
    german = analyse("Wir haben die Verhandlung nicht gewollt und das ist der Grund")
    query, quote = in_one_language(analyse("Verhandlungen"), german)
    assert query.language == "de"
    assert set(query.stems) <= set(quote.stems)
    assert in_one_language(german, analyse("Verhandlungen"))[1].language == "de"


@given(WORDS, WORDS)
def test_the_probability_is_that_of_the_better_reading(one: str, other: str) -> None:
    vector = comparison_vector(analyse(one), analyse(other))
    best = max(sum(whole_log_odds(vector)), sum(part_log_odds(vector)))
    assert match_probability(vector) == pytest.approx(sigmoid(best))


def test_the_log_odds_of_speakers_and_days_are_those_of_the_thresholds() -> None:
    assert [speaker_log_odds(each) for each in (True, None, False)] == [
        thresholds.SAME_SPEAKER,
        0.0,
        thresholds.OTHER_SPEAKER,
    ]
    assert days_log_odds(None) == 0.0
    assert all(a > b for a, b in itertools.pairwise(map(days_log_odds, (2, 14, 60, 400, 401))))


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2021-04-25", "2021-04-28T10:00Z", 3),
        ("2021-04-28", "2021-04-25", 3),
        (None, "2021-04-25", None),
        ("soon", "2021-04-25", None),
        ("2021", "2021-04-25", None),
    ],
)
def test_days_apart(one: str | None, other: str | None, days: int | None) -> None:
    assert days_apart(one, other) == days


def test_log_odds_beyond_any_number_are_still_a_probability() -> None:
    assert sigmoid(-5_000) < 1e-300
    assert sigmoid(5_000) == 1.0


TELLING = st.sampled_from("diplomacy diplomatic diplomats [diplomatic] 12 40 the".split())


@example("12 40 storm signed the diplomatic".split(), "diplomatic the diplomacy".split(), False)
@example("12 40 storm signed diplomatic the".split(), "the diplomacy diplomatic".split(), False)
@given(st.lists(TELLING, max_size=20), st.lists(TELLING, max_size=8), st.booleans())
def test_a_long_text_is_compared_as_a_short_one_is(long: list[str], short: list[str], with_steps: bool) -> None:
    left, right = analyse(" ".join(long)), analyse(" ".join(short))
    steps = align_texts(left, right) if with_steps else None
    expected = comparison_vector(left, right, steps)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(similarity_module, "_LONG_TEXT", -1)
        found = comparison_vector(left, right, steps)
    assert found.numbers == expected.numbers
    assert found[:5] == pytest.approx(expected[:5], abs=1e-5)


def test_notes_of_an_editor_say_nothing_of_what_is_printed() -> None:
    text = analyse("the diplomacy [of 1999] and the diplomatic storm")
    assert "1999" not in printed(text).nats
    assert printed(text).numbers == looked_up(text).numbers == []
    assert list(printed(text).families["diplom"]) == ["diplomaci", "diplomat"]
