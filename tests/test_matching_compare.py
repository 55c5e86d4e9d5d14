"""Verdicts on pairs of wordings: the kinds, the warnings, the differences, and what holds for any text."""

from __future__ import annotations

import json
import string
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.matching.alignment import MOST_WORDS
from search.matching.compare import compare
from search.matching.similarity import alike, bag, likeness, most_alike, speakers_agree

LONG = (
    "The harbour commission will publish every contract it has signed since the flood, and it will do so before winter."
)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (LONG.upper(), "exact"),
        (f"“{LONG}”", "exact"),
        ("The harbour commission will publish every contract it has signed since the flood,", "part"),
        ("The harbour commission will publish every contract ... and it will do so before winter.", "part"),
        (LONG.replace("commission", "[commission]"), "edited"),
        (LONG.replace("before winter", "before spring"), "edited"),
        ("Our bakery sells the finest plum cake between the river and the old mill.", "different"),
    ],
)
def test_each_kind_of_change_has_its_name(other: str, kind: str) -> None:
    """Exact, part, edited, different."""
    assert compare(LONG, other).kind == kind


def test_a_retelling_of_the_same_sentence_is_reworded_or_edited() -> None:
    """Two translations share most of what they say, not all of how."""
    match = compare(
        "We asked the engineers to inspect the northern bridge before the first snow falls.",
        "We have asked engineers for an inspection of the northern bridge before first snow.",
    )
    assert match.kind in ("edited", "reworded")


@pytest.mark.parametrize(
    ("one", "other", "alters"),
    [
        ("We will sign the treaty this week.", "We will not sign the treaty this week.", ("negation",)),
        ("We will not sign the treaty this week.", "We will ... sign the treaty this week.", ("negation",)),
        ("There were 24 ships in the bay at dawn.", "There were 42 ships in the bay at dawn.", ("number",)),
        ("I spoke with Marta Lind about the bay.", "I spoke with Jonas Lind about the bay.", ("name",)),
        ("It was a responsible answer to the strike.", "It was an irresponsible answer to the strike.", ("negation",)),
        ("We don't see a way out of the valley.", "We do not see a way out of the valley.", ()),
        ("We lost three ships and two hundred men.", "We lost 3 ships and 200 men.", ()),
        ("It was a rude and non-diplomatic answer.", "It was a rude and undiplomatic answer.", ()),
        ("We are at war with a lie and it will not end soon.", "We are at war with a lie", ()),
    ],
)
def test_a_change_that_turns_the_meaning_is_told(one: str, other: str, alters: tuple[str, ...]) -> None:
    """A "not", a number, a name; and nothing where nothing turned."""
    match = compare(one, other)
    assert match.kind != "different"
    assert match.alters == alters


def test_differences_show_both_texts_as_they_stand() -> None:
    """Word by word, with the marks, and another form of a word is a change."""
    found = compare("We won't sacrifice the harbour.", "We won't, ever, have sacrificed the harbour!").differences
    assert " ".join(d.query for d in found if d.query) == "We won't sacrifice the harbour."
    assert " ".join(d.quote for d in found if d.quote) == "We won't, ever, have sacrificed the harbour!"
    assert any(d.kind == "changed" and "sacrificed" in d.quote for d in found)


def test_another_speaker_has_to_have_said_very_much_of_it() -> None:
    """A stock phrase of two people is not one utterance; a long speech printed under the wrong name is."""
    phrase = "enough is enough for this valley"
    assert compare(phrase, phrase, a_speaker="Marta Lind", b_speaker="Jonas Berg").score < 0.8
    part = "this is the right thing to do for the valley"
    assert compare(part, "the right thing to do", a_speaker="Marta Lind", b_speaker="Jonas Berg").kind == "different"
    assert compare(LONG, LONG + " So be it.", a_speaker="Marta Lind", b_speaker="Jonas Berg").kind != "different"


def test_names_agree_when_one_is_a_part_of_the_other() -> None:
    """Titles aside; None when one is not known."""
    assert speakers_agree("Foreign Minister Marta Lind", "Lind")
    assert speakers_agree("Mr. Berg", "Marta Lind") is False
    assert speakers_agree(None, "Lind") is None


WORDS = st.lists(st.sampled_from([*LONG.split(), "not", "24", "[and]", "...", "don't", "Marta"]), max_size=30).map(
    " ".join
)


@given(WORDS, WORDS)
def test_compare_is_symmetric_in_everything_but_direction(one: str, other: str) -> None:
    """Removed and added change places; kind, score and warnings do not change."""
    there, back = compare(one, other), compare(other, one)
    assert (there.kind, there.score, there.alters) == (back.kind, back.score, back.alters)
    turned = {"removed": "added", "added": "removed"}
    assert [(turned.get(d.kind, d.kind), d.quote, d.query) for d in there.differences] == [
        (d.kind, d.query, d.quote) for d in back.differences
    ]


@given(st.text(alphabet=string.ascii_letters + " ", min_size=1, max_size=120).filter(str.strip))
def test_a_text_is_exact_to_itself_in_any_case_marks_and_spacing(text: str) -> None:
    """What the reader cannot see is no change."""
    assert compare(text, f" “{text.upper()}”\u200b ".replace(" ", "  ")).kind == "exact"


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    """No input fails; the score is a chance."""
    match = compare(one, other)
    assert 0 <= match.score <= 1
    assert abs(likeness(one, other) - match.score) < 1e-3 or match.kind in ("exact", "different") or match.reason


def test_very_long_texts_are_compared_in_bounded_time() -> None:
    """Beyond some thousand words only the beginning is aligned."""
    text = "harbour winter contract " * MOST_WORDS
    started = time.process_time()
    assert compare(text, text + "snow").kind != "different"
    assert time.process_time() - started < 60


TRAPS = Path(__file__).parents[2] / "shared" / "gold" / "versions" / "traps.jsonl"


@pytest.mark.skipif(not TRAPS.exists(), reason="needs ../shared/gold/versions/traps.jsonl, which is not in the project")
def test_the_floors_of_the_traps_hold() -> None:
    """Real quotes with one edit each: at least 165 of 170 turned meanings told, no false alarm, edits still versions."""
    told: Counter[str] = Counter()
    for line in TRAPS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        match = compare(row["a"], row["b"])
        turned = row["kind"].startswith("neg") or row["kind"] == "number"
        told["turned"] += turned and bool(match.alters)
        told["false alarms"] += row["label"] == "equal" and bool(match.alters)
        told["versions"] += row["label"] == "equal" and match.kind != "different"
    assert told["turned"] >= 165
    assert told["false alarms"] == 0
    assert told["versions"] >= 270


@given(
    *[st.lists(st.sampled_from("ferry ferri sold sell diplomaci diplomat the of 12 20 island".split()), max_size=20)]
    * 2
)
def test_two_wordings_are_never_more_alike_than_they_can_be(left: list[str], right: list[str]) -> None:
    """So that what is given up for it is given up rightly."""
    assert alike(left, right) <= most_alike(bag(tuple(left)), right) + 1e-9
    assert alike(left, right) <= most_alike(bag(tuple(right)), left) + 1e-9
