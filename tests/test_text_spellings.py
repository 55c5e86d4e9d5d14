"""Spellings of one word are one word; words that only look like another spelling stay what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.analysis import analyse
from search.text.spellings import compound_parts, fold_spelling, fold_written_umlauts

BRITISH = """honour honor, honourable honorable, labour labor, neighbours neighbors, colourful colorful, organise organize,
organisation organization, recognisable recognizable, realising realizing, analysed analyzed, paralysing paralyzing,
defence defense, defenceless defenseless, licence license, centre center, kilometres kilometers, theatres theaters,
programme program, travelled traveled, counsellors counselors, grey gray, catalogue catalog, cheques checks,
manoeuvres maneuvers, sceptical skeptical, fulfil fulfill, judgement judgment, practised practiced"""


@pytest.mark.parametrize("pair", [row.split() for row in BRITISH.replace("\n", " ").split(", ")])
def test_british_and_american_forms_are_one_word(pair: list[str]) -> None:
    british, american = pair
    assert fold_spelling(british) == fold_spelling(american) == american


@pytest.mark.parametrize(
    "word",
    "four our hour tour contour promise promised compromising advise supervised surprise sunrise otherwise raise noise "
    "precise advisory decision controlled called metropolis does goes blue shoes poem tuesday".split(),
)
def test_a_word_that_only_looks_like_another_spelling_stays(word: str) -> None:
    assert fold_spelling(word) == word


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("email", "e-mail", "en"),
        ("emails", "e-mails", "en"),
        ("cooperative", "co-operative", "en"),
        ("healthcare", "health care", "en"),
        ("health-care", "health care", "en"),
        ("colour-blind", "colorblind", "en"),
        ("re-elected", "reelected", "en"),
        ("Mueller", "Müller", "en"),
        ("Mueller", "Müller", "de"),
        ("Loesung", "Lösung", "de"),
        ("Aerzte", "Ärzte", "de"),
        ("US", "U.S.", "en"),
        ("the UK's", "the U.K.'s", "en"),
        ("J.K. Lind", "J. K. Lind", "en"),
        ("10pm", "10 p.m.", "en"),
        ("10am", "10 am", "en"),
        ("5km", "5 km", "en"),
        ("21st", "twenty-first", "en"),
        ("the 5th", "the fifth", "en"),
        ("1st", "first", "en"),
        ("won´t", "won't", "en"),
        ("won`t", "won't", "en"),
        ("l´eau", "l’eau", "fr"),
    ],
)
def test_ways_to_write_one_word_have_one_key(one: str, other: str, language: str) -> None:
    assert analyse(one, language).keys == analyse(other, language).keys
    assert analyse(one, language).stems == analyse(other, language).stems


@pytest.mark.parametrize(
    ("one", "other"), [("resign", "re-sign"), ("maybe", "may be"), ("fuel", "full"), ("for", "four")]
)
def test_words_that_are_two_words_stay_two(one: str, other: str) -> None:
    assert analyse(one, "en").keys != analyse(other, "en").keys


@given(st.text(alphabet="abcdeilmnoprstuyz", min_size=1, max_size=12))
def test_folding_twice_changes_nothing_more(word: str) -> None:
    """What is folded is folded for good, and no word is lost."""
    assert "".join(compound_parts(word)) == word or len(compound_parts(word)) > 1
    assert fold_written_umlauts(word)
    assert fold_spelling(word)
