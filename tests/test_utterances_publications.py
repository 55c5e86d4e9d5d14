"""What places and days of print tell about two wordings being one utterance."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.utterances.publications import NEVER, Printing, against, later, neighbours, occasion, weeks_apart

MONDAY = Printing("Harbour Ledger", "a", "2024-03-11")
FRIDAY = Printing("Evening Mercury", "b", "2024-03-15T08:00:00Z")
SUMMER = Printing("Evening Mercury", "c", "2024-07-01")
UNDATED = Printing("Sarune Times")


def test_an_occasion_is_a_week_of_a_known_speaker() -> None:
    """Nobody's words are of one document; where no day is known, one occasion is as good as another."""
    assert weeks_apart(occasion(MONDAY, "Marta Lind"), occasion(FRIDAY, "Marta Lind")) <= 1
    assert weeks_apart(occasion(MONDAY, "Marta Lind"), occasion(SUMMER, "Marta Lind")) == 16
    assert occasion(MONDAY, None) == "a"
    assert weeks_apart(occasion(MONDAY, None), occasion(FRIDAY, None)) == NEVER
    assert occasion(UNDATED, "Marta Lind") == ""
    assert occasion(Printing(published="soon"), "Marta Lind") == ""


def test_the_weeks_beside_one_are_found_by_name() -> None:
    """A document has none."""
    here = occasion(MONDAY, "Marta Lind")
    assert [weeks_apart(here, other) for other in neighbours(here)] == [1, 1]
    assert neighbours("a") == ()
    assert neighbours("") == ()


def test_the_longer_apart_the_less_it_is_one_utterance() -> None:
    """The nearest two printings count; what says little is of the news of its days alone."""
    tuesday = Printing(published="2024-03-12")
    assert later([MONDAY], [tuesday], part=False, little=True) == 0
    assert later([MONDAY], [SUMMER], part=False, little=False) > later([MONDAY], [SUMMER], part=True, little=False) > 0
    assert later([MONDAY], [SUMMER], part=True, little=True) == math.inf
    assert later([MONDAY], [SUMMER, tuesday], part=True, little=True) == 0
    assert later([MONDAY], [UNDATED], part=True, little=True) == 0


def test_a_document_without_a_day_has_no_version_of_a_word_or_two() -> None:
    """Quotes that came without documents are taken as they are."""
    undated = Printing("Harbour Ledger", "a")
    assert occasion(undated, "Marta Lind") == "a"
    assert later([MONDAY], [undated], part=True, little=True, least=True) == math.inf
    assert later([MONDAY], [undated], part=True, little=True) == 0
    assert later([MONDAY], [UNDATED], part=True, little=True, least=True) == 0


def test_whoever_prints_both_means_two_things() -> None:
    """One document above all; an outlet where no document is known; another outlet tells nothing."""
    same = Printing("Harbour Ledger", "a", None)
    assert against([MONDAY], [same]) > against([FRIDAY], [SUMMER]) > 0
    assert against([UNDATED], [UNDATED]) == against([MONDAY], [Printing("Veldania Observer", "a")])
    assert against([MONDAY], [FRIDAY]) == against([MONDAY], [UNDATED]) == against([Printing()], [Printing()]) == 0


days = st.one_of(st.none(), st.dates().map(str), st.text(max_size=12))
printings = st.lists(
    st.builds(Printing, st.sampled_from(["a", "b", None]), st.sampled_from(["1", "2", None]), days), max_size=4
)


@given(printings, printings, st.booleans(), st.booleans())
def test_direction_tells_nothing(ours: list[Printing], theirs: list[Printing], part: bool, little: bool) -> None:
    """And no date or place, however odd, is an error."""
    assert later(ours, theirs, part=part, little=little) == later(theirs, ours, part=part, little=little)
    assert against(ours, theirs) == pytest.approx(against(theirs, ours))
    assert all(weeks_apart(occasion(one, "x"), occasion(other, "x")) >= 0 for one in ours for other in theirs)
