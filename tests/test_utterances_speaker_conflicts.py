"""One utterance under two names: the places in the minority are flagged, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import Quote, QuoteFlag
from search.utterances.speaker_conflicts import SpeakerConflict, speaker_conflicts, with_conflicts_flagged


def printed(*speakers: str | None, one_document: bool = False) -> list[Quote]:
    return [
        Quote(str(number), "a" if one_document else f"document {number}", "The ferry was sold.", speaker=speaker)
        for number, speaker in enumerate(speakers)
    ]


@pytest.mark.parametrize(
    ("speakers", "conflicts"),
    [
        (("Marta Lind", "Marta Lind", "Jonas Berg"), {"2": SpeakerConflict(2, 3)}),
        (("Jonas Berg", "Marta Lind", "Lind", "M. Lind", "Berg"), {n: SpeakerConflict(3, 5) for n in ("0", "4")}),
        # As many for one as for the other: nobody can tell.
        (("Marta Lind", "Jonas Berg"), {}),
        # Nobody named, and one person in several forms of the name.
        ((None, None, None, "Jonas Berg"), {}),
        (("Marta Lind", "Lind", "Minister Marta Lind"), {}),
        ((), {}),
    ],
)
def test_the_minority_is_in_conflict(speakers: tuple[str | None, ...], conflicts: dict[str, SpeakerConflict]) -> None:
    assert speaker_conflicts(printed(*speakers)) == conflicts
    assert speaker_conflicts(reversed(printed(*speakers))) == conflicts


def test_a_document_counts_once() -> None:
    """However often it prints the words."""
    quotes = [
        *printed("Jonas Berg", "Jonas Berg", "Jonas Berg", one_document=True),
        Quote("9", "b", "", speaker="Lind"),
    ]
    assert speaker_conflicts(quotes) == {}


def test_the_flag_is_added_to_those_of_the_quote_and_the_order_stays() -> None:
    flagged = with_conflicts_flagged(printed("Jonas Berg", "Marta Lind", "Lind"))
    assert [quote.id for quote in flagged] == ["0", "1", "2"]
    assert [quote.flags for quote in flagged] == [(QuoteFlag.OTHER_SPEAKER,), (), ()]


@given(st.lists(st.none() | st.text(max_size=8) | st.sampled_from(["Lind", "Marta Lind", "Berg"]), max_size=6))
def test_order_tells_nothing(speakers: list[str | None]) -> None:
    quotes = printed(*speakers)
    assert speaker_conflicts(quotes) == speaker_conflicts(quotes[::-1])
    assert all(one.others <= one.documents for one in speaker_conflicts(quotes).values())
