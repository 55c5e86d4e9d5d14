"""What a card says of a quote."""

from __future__ import annotations

from dataclasses import replace

from search.model import Match, MatchKind, Quote, Utterance, Version
from web.presentation.sharing.quote_card import CARD_WORDS, quote_card

MATCH = Match(MatchKind.EXACT, 1.0)
ONE = Quote(
    "a",
    "d",
    "We will\nstay,",
    speaker="Ann Lee",
    confidence=0.9,
    outlet="Evening Tide",
    published="2024-03-09",
    language="en",
)
OTHER = replace(ONE, id="b", text="They will stay", scare=True, flags=("denied", "joined"))
SAID = Utterance("a", ONE.text, MATCH, (Version(ONE.text, MATCH, (ONE,)), Version(OTHER.text, MATCH, (OTHER,))), None, (), ())  # fmt: skip


def test_a_card_has_the_words_of_its_own_quote_and_how_widely_it_was_printed() -> None:
    card = quote_card(SAID, "a")
    assert (card.words, card.speaker, card.source) == ("We will stay", "Ann Lee", "Evening Tide, 9 March 2024")
    assert (card.extent, card.warnings) == ("2 versions, printed twice", ())
    assert quote_card(SAID, "b").words == "They will stay"


def test_a_card_says_what_must_be_known_before_it_is_believed() -> None:
    assert [warning.split()[0] for warning in quote_card(SAID, "b").warnings] == ["in", "the"]


def test_what_is_not_known_is_said_and_what_is_long_is_cut() -> None:
    bare = Quote("a", "", "word " * 1000)
    card = quote_card(replace(SAID, versions=(Version(bare.text, MATCH, (bare,)),)), "a")
    assert (card.speaker, card.source, card.extent) == ("Speaker not known", "outlet not known", "")
    assert len(card.words) <= CARD_WORDS + 2
    endless = quote_card(replace(SAID, versions=(Version("x", MATCH, (replace(ONE, speaker="x" * 9_000, outlet="y z" * 9_000),)),)), "a")  # fmt: skip
    assert len(endless.sentence) < 200
    assert len(endless.source) < 200


def test_a_day_behind_persian_keeps_its_order() -> None:
    persian = replace(SAID, versions=(Version(ONE.text, MATCH, (replace(ONE, outlet="خبر بندر"),)),))
    assert quote_card(persian, "a").source == "خبر بندر, \u200e9 March 2024"


def test_a_speaker_in_doubt_is_named_so() -> None:
    doubtful = replace(SAID, versions=(Version(ONE.text, MATCH, (replace(ONE, confidence=0.4),)),))
    assert quote_card(doubtful, "a").speaker == "perhaps Ann Lee"
