"""A version cut where it differs from what was asked."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from search.matching.compare import compare, differing
from search.model import Difference, Match, MatchKind, MeaningChange, Version
from search.text.analysis import analyse
from web.presentation.diff_view import diff_pieces, shared_pieces, version_pieces

WORDS = st.lists(st.sampled_from("we will not [never] sign, the “treaty” now … 3 three".split()), max_size=9).map(
    " ".join
)


@given(WORDS, WORDS)
def test_pieces_keep_the_printed_words_to_the_letter(typed: str, printed: str) -> None:
    pieces = diff_pieces(printed, compare(analyse(typed), analyse(printed)).differences)
    kept = "".join(piece.text for piece in pieces if piece.kind != "removed")
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", printed)


@given(
    st.text(),
    st.lists(st.builds(Difference, st.sampled_from(["same", "added", "removed", "changed"]), st.text(), st.text())),
)
def test_pieces_of_differences_that_do_not_fit_still_show_the_whole_text(text: str, steps: list[Difference]) -> None:
    pieces = diff_pieces(text, steps)
    kept = "".join(piece.text for piece in pieces if piece.kind != "removed")
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)


def test_words_beyond_what_was_asked_are_no_change_and_words_in_between_are() -> None:
    pieces = diff_pieces(
        "Well, we will surely sign today",
        compare(analyse("we will sign"), analyse("Well, we will surely sign today")).differences,
    )
    assert [piece.kind for piece in pieces if piece.text.strip()] == ["beyond", "hit", "added", "hit", "beyond"]


@given(st.text() | WORDS, st.text() | WORDS)
def test_pieces_of_what_is_shared_are_the_text_to_the_letter(text: str, asked: str) -> None:
    assert "".join(piece.text for piece in shared_pieces(text, asked)) == text


def test_of_what_is_near_the_telling_words_are_marked_in_whatever_form_and_no_others() -> None:
    pieces = shared_pieces("The baskets of the deplorable, of all", "a basket of deplorables and of others")
    assert [piece.text for piece in pieces if piece.kind == "hit"] == ["baskets", "deplorable"]
    assert [piece.kind for piece in shared_pieces("The baskets", "")] == ["between"]


def test_of_what_may_be_the_same_the_telling_words_are_marked() -> None:
    version = Version("The baskets are full", Match(MatchKind.REWORDED, 0.3), ())
    assert [piece.text for piece in version_pieces(version, "full basket") if piece.kind == "hit"] == [
        "baskets",
        "full",
    ]
    assert [piece.kind for piece in version_pieces(version)] == ["between"]


def test_which_number_is_another_one_is_seen_however_unsure_the_match_is() -> None:
    """The "$500bn" of the quote was marked as if it were the "$50 billion" that was typed, and nothing said which number differs."""
    typed, printed = (
        "The harbour costs $50 billion a year",
        "We all agree. The harbour costs $500bn a year, as you know.",
    )
    match = Match(MatchKind.REWORDED, 0.3, alters=(MeaningChange.NUMBER,))
    seen = version_pieces(
        Version(printed, replace(match, differences=differing(analyse(typed), analyse(printed))), ()), typed
    )
    assert [(piece.kind, piece.text) for piece in seen if piece.kind in ("removed", "added")] == [
        ("removed", "$50 billion"),
        ("added", "$500bn"),
    ]
    other = "What a harbour like that costs us, $500bn, nobody will tell you within a year"
    marked = version_pieces(
        Version(other, replace(match, differences=differing(analyse(typed), analyse(other))), ()), typed
    )
    assert [piece.text for piece in marked if piece.kind == "hit"] == ["harbour", "costs", "year"]
