"""Verdicts on pairs of wordings: the kinds, the warnings, the differences, and what holds for any text."""

from __future__ import annotations

import json
import string
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.matching import compare as module
from search.matching import thresholds
from search.matching.compare import verdict, verdict_details
from search.matching.reasons import Side
from search.matching.similarity import similarity
from search.matching.thresholds import MOST_WORDS
from search.model import Match, MatchKind, MeaningChange
from search.text.analysis import AnalysedText, analyse


def compare(one: str, other: str, **known: str) -> Match:
    return module.compare(analyse(one), analyse(other), **known)


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


@given(WORDS | st.text(max_size=200), WORDS | st.text(max_size=200))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    """No input fails; the score of other words is their similarity, and its kind follows from it."""
    match = compare(one, other)
    if analyse(one).keys != analyse(other).keys:
        assert match.score == pytest.approx(similarity(analyse(one), analyse(other)), abs=5.1e-5)
        assert (match.kind == "different") == (match.score < thresholds.POSSIBLE_PROBABILITY)
    else:
        assert match.kind in ("exact", "edited", "different")


def test_very_long_texts_are_compared_up_to_a_bound() -> None:
    """Beyond some thousand words only the beginning is aligned; that it is fast is measured by bench/linear.py."""
    text = "harbour winter contract " * MOST_WORDS
    assert compare(text, text + "snow").kind != "different"


@pytest.mark.parametrize(
    ("one", "other", "kind", "reason"),
    [
        (LONG, LONG.replace("commission", "[commission]"), "edited", "the same words but for brackets"),
        (LONG, LONG.replace("flood", "flood [of May]"), "edited", "the same words but for brackets"),
        ("We negotiate the old harbour", "We negotiated the old harbour", "edited", "the same words in other forms"),
        (
            "We negotiate the old harbour",
            "We negotiated the old harbour [of Lind]",
            "edited",
            "the same words in other forms, and brackets",
        ),
        ("", "...", "different", "no words to compare"),
        (LONG, LONG.removesuffix(" before winter."), "part", "the first contains the second"),
        (LONG.removesuffix(" before winter."), LONG, "part", "the second contains the first"),
        (
            LONG.replace("signed", "signing"),
            LONG.removesuffix(" before winter."),
            "part",
            "the first contains the second, and other forms of words",
        ),
        (LONG, LONG.replace(" every contract it has signed", ""), "edited", "the second leaves out words of the first"),
        (
            LONG,
            LONG.replace(" every contract it has signed", " ..."),
            "part",
            "the first contains the second with an ellipsis",
        ),
        (LONG, LONG.replace("winter", "spring"), "edited", "one word changed"),
        (LONG, LONG.replace("before winter", "after spring"), "edited", "2 words changed"),
        (LONG, LONG.replace("before winter", "before [the] spring"), "edited", "brackets, and words changed"),
    ],
)
def test_the_reason_is_true(one: str, other: str, kind: str, reason: str) -> None:
    """Said of these very texts, and of each side what is that side's."""
    match = compare(one, other)
    assert (match.kind, match.reason) == (kind, reason)


@given(WORDS, WORDS)
def test_only_brackets_differ_where_it_says_so(one: str, other: str) -> None:
    """Without what stands in brackets, the words are the same or only bracketed ones are missing."""
    if compare(one, other).reason == "the same words but for brackets":
        left, right = ([w.key for w in analyse(text).tokens if not w.bracketed] for text in (one, other))
        shorter, longer = sorted((left, right), key=len)
        rest = iter(longer)
        assert all(word in rest for word in shorter)


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


def test_the_details_of_a_verdict_are_those_of_its_direction() -> None:
    short, long = analyse("we will sell the old bridge"), analyse("I am sure we will sell the old bridge to the bank")
    one, other = verdict_details(short, long), verdict_details(long, short)
    assert (one.reason.shorter, other.reason.shorter) == (Side.FIRST, Side.SECOND)
    assert one.vector is not None
    assert other.vector is not None
    assert (one.vector.left, one.vector.right) == (other.vector.right, other.vector.left)
    assert one.match() == verdict(short, long)
    assert verdict_details(short, short).vector is None


def test_the_same_letters_are_the_same_words() -> None:
    """However they are parted; brackets are spoken of only where there are some."""
    match = verdict(analyse("a slime ball of the town council"), analyse("a slimeball of the town council"))
    assert (match.kind, match.reason) == (MatchKind.EXACT, "the same words")


def test_a_role_noun_does_not_differ_from_a_name() -> None:
    one, other = analyse("We will sell the old bridge to the bank"), analyse("we shall sell the old bridge to a bank")
    named = verdict(one, other, a_speaker="the minister", b_speaker="Marta Lind")
    assert named.score == verdict(one, other).score


def test_the_words_around_a_phrase_are_not_placed() -> None:
    """A quote that holds the words typed is judged by keys and stems: where each word stands takes five times as long."""
    whole = "The talks were never meant to end well, and they ended badly."
    asked, quote = AnalysedText("meant to end well"), AnalysedText(whole)
    assert verdict(asked, quote).alters == (MeaningChange.NEGATION,)
    asked, quote = AnalysedText("the lights went out"), AnalysedText("We waited until the lights went out, and left.")
    assert verdict(asked, quote).alters == ()
    assert "tokens" not in quote.__dict__
