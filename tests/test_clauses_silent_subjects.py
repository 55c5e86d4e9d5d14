"""Phrases before a reporting word that say nothing are nobody's names."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.silent_subjects import says_nothing
from search.model import Document


def _speakers(text: str) -> list[str | None]:
    return [each.speaker for each in attribute(Document(id="t", text=text))]


@pytest.mark.parametrize(
    "text",
    [
        "After the vote, 57 percent said they were “deeply worried about all of it.”",
        "In the town two thirds said they were “deeply worried about all of it.”",
        "In the town a minority said they were “deeply worried about all of it.”",
        "There is a great old saying that people love: “The dogs bark but the cart moves on.”",
        "It was a familiar saying in the old harbour: “The dogs bark but the cart moves on.”",
        "The total harbour signups reported there were said to be a “low target by any measure.”",
        "He used it as a rallying cry: “The dogs bark but the cart moves on.”",
        "An alumnus of the harbour cranes said they were “deeply worried about all of it.”",
        "Of the port any agreement states that it is “open to all who come there.”",
    ],
)
def test_a_share_an_adjective_or_a_thing_is_nobody(text: str) -> None:
    assert all(each is None or each[0].isupper() for each in _speakers(text))


@pytest.mark.parametrize(
    "text",
    [
        "The second explained why the harbour was the costliest in the world.",
        "The bloody rampage claimed the life of the harbour master on Friday.",
        "A keeper within the old conference said that it would open.",
        "The council spoke of a striking saying that it would soon open.",
    ],
)
def test_without_marks_nothing_is_said(text: str) -> None:
    assert _speakers(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("In the House the minority said they were “deeply worried about all of it.”", "minority"),
        ("The agreement states that it is “open to all who come there.”", "agreement"),
        ("A text on one of the screenshots reads: “The harbour is open to all who come there.”", "screenshots"),
        ("The university said that the harbour would open on Monday.", "university"),
        ("One person familiar with the matter said that the harbour would open.", "One person"),
        ("Most Republicans leaving the meeting said they would open the harbour.", "Republicans"),
        ("Officials speaking of the Republicans leaving the meeting said they would open it.", "Officials"),
        ("“The harbour is open to all,” an intermediary working to set up the meeting wrote.", "intermediary"),
        ("It was quiet except for a small child asking, “Why is the harbour open to all who come?”", "small child"),
        ("It was “very personal to her,” one person familiar with the matter said.", "one person"),
        ("Foes of barring the weapons say that the harbour would open.", "Foes of barring the weapons"),
    ],
)
def test_who_may_speak_speaks(text: str, speaker: str) -> None:
    assert _speakers(text) == [speaker]


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("The foes of the cranes say so.", True),
        ("The cranes say so.", False),
        ("The driver of the cranes said so.", True),
    ],
)
def test_what_a_preposition_governs_is_silent_beside_a_reporting_word(text: str, silent: bool) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    cranes = next(number for number, mention in enumerate(doc.mentions) if mention.head == "cranes")
    assert says_nothing(doc, cranes) is silent
