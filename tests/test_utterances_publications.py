"""What places and days of print tell about two wordings being one utterance."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.utterances.publications import (
    NO_WEEKS,
    SAME_DAY_LOG_ODDS,
    Publication,
    Saying,
    copublication_penalty,
    elapsed_log_odds,
    neighbouring_occasions,
    occasion,
    week_of,
    weeks_apart,
)

MONDAY = Publication("Harbour Ledger", "a", "2024-03-11")
FRIDAY = Publication("Evening Mercury", "b", "2024-03-15T08:00:00Z")
SUMMER = Publication("Evening Mercury", "c", "2024-07-01")
UNDATED = Publication("Sarune Times")


def test_an_occasion_is_a_week_of_a_known_speaker() -> None:
    """Nobody's words are of one document; where no day is known, one occasion is as good as another."""
    assert weeks_apart(occasion(MONDAY, "Marta Lind"), occasion(FRIDAY, "Marta Lind")) <= 1
    assert weeks_apart(occasion(MONDAY, "Marta Lind"), occasion(SUMMER, "Marta Lind")) == 16
    assert occasion(MONDAY, None) == "a"
    assert weeks_apart(occasion(MONDAY, None), occasion(FRIDAY, None)) == NO_WEEKS
    assert occasion(UNDATED, "Marta Lind") == ""
    assert occasion(Publication(published="soon"), "Marta Lind") == ""


def test_the_weeks_beside_one_are_found_by_name() -> None:
    """A document has none."""
    here = occasion(MONDAY, "Marta Lind")
    assert [weeks_apart(here, other) for other in neighbouring_occasions(here)] == [1, 1]
    assert neighbouring_occasions("a") == ()
    assert neighbouring_occasions("") == ()


def test_more_weeks_beside_one_come_nearest_first() -> None:
    here = week_of(MONDAY)
    assert [weeks_apart(here, other) for other in neighbouring_occasions(here, 3)] == [1, 1, 2, 2, 3, 3]
    assert week_of(UNDATED) == ""


def test_the_longer_apart_the_less_it_is_one_utterance() -> None:
    """The nearest two publications count."""
    tuesday = Publication(published="2024-03-12")
    assert elapsed_log_odds([MONDAY], [tuesday], contained=False) == SAME_DAY_LOG_ODDS
    assert (
        elapsed_log_odds([MONDAY], [SUMMER], contained=False) < elapsed_log_odds([MONDAY], [SUMMER], contained=True) < 0
    )
    assert elapsed_log_odds([MONDAY], [SUMMER, tuesday], contained=True) == SAME_DAY_LOG_ODDS
    assert elapsed_log_odds([MONDAY], [UNDATED], contained=True) == 0


@pytest.mark.parametrize(
    ("days", "contained", "saying", "one_occasion"),
    [
        (4, True, Saying.BRIEF, False),
        (4, False, Saying.DATED, False),
        (4, True, Saying.DATED, True),
        (40, True, Saying.DATED, False),
        (29, True, Saying.PHRASE, True),
        (31, True, Saying.PHRASE, False),
        (240, True, Saying.PHRASE, False),
        (240, True, Saying.DISTINCT, True),
        (4000, True, Saying.DISTINCT, True),
    ],
)
def test_what_says_little_is_of_the_news_of_its_days_alone(
    days: int, contained: bool, saying: Saying, one_occasion: bool
) -> None:
    """The same words and pieces for some weeks, other words for some days; what is distinct is quoted years later."""
    later = Publication("Evening Mercury", "c", str(date(2024, 3, 11) + timedelta(days)))
    assert (elapsed_log_odds([MONDAY], [later], contained=contained, saying=saying) > -math.inf) is one_occasion


def test_a_document_without_a_day_has_no_version_of_a_word_or_two() -> None:
    """Quotes that came without documents are taken as they are."""
    undated = Publication("Harbour Ledger", "a")
    assert occasion(undated, "Marta Lind") == "a"
    assert elapsed_log_odds([MONDAY], [undated], contained=True, saying=Saying.BRIEF) == -math.inf
    assert elapsed_log_odds([MONDAY], [undated], contained=True, saying=Saying.DATED) == 0
    assert elapsed_log_odds([MONDAY], [UNDATED], contained=True, saying=Saying.BRIEF) == 0


def test_whoever_prints_both_means_two_things() -> None:
    """One document above all; an outlet where no document is known; another outlet tells nothing."""
    same = Publication("Harbour Ledger", "a", None)
    assert copublication_penalty([MONDAY], [same]) > copublication_penalty([FRIDAY], [SUMMER]) > 0
    assert copublication_penalty([UNDATED], [UNDATED]) == copublication_penalty(
        [MONDAY], [Publication("Veldania Observer", "a")]
    )
    assert (
        copublication_penalty([MONDAY], [FRIDAY])
        == copublication_penalty([MONDAY], [UNDATED])
        == copublication_penalty([Publication()], [Publication()])
        == 0
    )


days = st.one_of(st.none(), st.dates().map(str), st.text(max_size=12))
publications = st.lists(
    st.builds(Publication, st.sampled_from(["a", "b", None]), st.sampled_from(["1", "2", None]), days), max_size=4
)


@given(publications, publications, st.booleans(), st.sampled_from(Saying))
def test_direction_tells_nothing(
    ours: list[Publication], theirs: list[Publication], part: bool, saying: Saying
) -> None:
    """And no date or place, however odd, is an error."""
    assert elapsed_log_odds(ours, theirs, contained=part, saying=saying) == elapsed_log_odds(
        theirs, ours, contained=part, saying=saying
    )
    assert copublication_penalty(ours, theirs) == pytest.approx(copublication_penalty(theirs, ours))
    assert all(weeks_apart(occasion(one, "x"), occasion(other, "x")) >= 0 for one in ours for other in theirs)
