"""Noun phrases and pronouns that can speak."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.mention_detection import find_mentions
from indexer.entities.mentions import Mention
from indexer.entities.noun_phrases import (
    contracted_pronoun,
    is_capitalised,
    nominal_mention,
    precedes_cue,
    pronoun_mention,
)
from indexer.quotations.outline import Outline, build_outline
from indexer.quotations.quotation_marks import find_quotations
from indexer.word_lists import word_list


def at(text: str, word: str) -> tuple[Outline, int]:
    outline = build_outline(text, ())
    return outline, outline.words.index(word)


def printed(text: str, mention: Mention | None) -> str | None:
    return text[mention.start : mention.end] if mention else None


@pytest.mark.parametrize(
    ("text", "head", "wanted"),
    [
        ("then a spokesman for the transport ministry said so", "spokesman", "a spokesman for the transport ministry"),
        ("then the former deputy minister left", "minister", "the former deputy minister"),
        ("then his lawyer left", "lawyer", "his lawyer"),
        ("the gardener said so", "gardener", "the gardener"),
        ("the gardener left", "gardener", None),
        ("Harbour.com reports that it rains", "reports", None),
        ("then the mayor's office left", "mayor", None),
        ("the report says so", "report", "the report"),
        ("a judge on Tuesday said so", "judge", "a judge"),
        ("a judge in the county court on Tuesday night said so", "judge", "a judge in the county court"),
        ("a report from last month said so", "report", "a report"),
        ("earlier this week said so", "week", None),
        ("his lawyers last month said so", "month", None),
        ("the mayor hasn’t said so", "hasn’t", None),
        ("it’s worth noting that", "worth", None),
        ("they claim that families say so", "families", "families"),
        ("they claim that nameless families say so", "families", "nameless families"),
        ("then that official said so", "official", "that official"),
        ("even though local builders say so", "builders", "local builders"),
        ("officials said so", "officials", "officials"),
        ("she later said so", "later", None),
        ("then minister Lee left", "minister", None),
    ],
)
def test_a_noun_that_can_speak_has_its_phrase(text: str, head: str, wanted: str | None) -> None:
    assert printed(text, nominal_mention(*at(text, head))) == wanted


@pytest.mark.parametrize(
    ("text", "pronoun", "wanted"),
    [
        ("then she left", "she", True),
        ("in his words it was late", "his", True),
        ("then his dog left", "his", False),
        ("Ann quotes him as saying so", "him", True),
        ("Ann met him today", "him", False),
        ("the man who left", "who", True),
    ],
)
def test_a_pronoun_is_a_source_where_it_can_speak(text: str, pronoun: str, wanted: bool) -> None:
    assert (pronoun_mention(*at(text, pronoun)) is not None) is wanted


def test_a_cue_follows_at_once_or_not_at_all() -> None:
    assert precedes_cue(*at("Lee said so", "Lee"))
    assert not precedes_cue(*at("Lee often said so", "Lee"))
    assert not precedes_cue(*at("Lee", "Lee"))


@pytest.mark.parametrize(
    ("word", "wanted"), [("Lee", True), ("lee", False), ("@lee", True), ("@1", False), ("#x#Lee", False), ("É", True)]
)
def test_handles_count_as_capitals(word: str, wanted: bool) -> None:
    assert is_capitalised(word) is wanted


@pytest.mark.parametrize(
    ("word", "pronoun"),
    [
        ("they'll", "they"),
        ("he’d", "he"),
        ("they", ""),
        ("said", ""),
        ("mayor’s", ""),
        ("he’", ""),
        ("’d", ""),
        ("", ""),
    ],
)
def test_a_pronoun_may_have_its_verb_in_it(word: str, pronoun: str) -> None:
    assert contracted_pronoun(word) == pronoun


@given(
    st.sampled_from(sorted(filter(str.isalpha, word_list("subject_pronouns")))),
    st.sampled_from("'’"),
    st.sampled_from(sorted(word_list("contracted_verbs"))),
    st.text(alphabet="hetyd'’l7é ", max_size=8),
)
def test_a_pronoun_is_told_from_its_verb_and_in_no_other_word(pronoun: str, mark: str, verb: str, other: str) -> None:
    assert contracted_pronoun(pronoun + mark + verb) == pronoun
    found = contracted_pronoun(other)
    assert not found or other[len(found) : len(found) + 1] in ("'", "’")


@pytest.mark.parametrize(
    "text",
    ["The Justice and Education departments said so.", "The New Jersey and New York governors said so."],
)
def test_many_of_two_names_are_one_phrase(text: str) -> None:
    outline, k = at(text, "departments" if "departments" in text else "governors")
    assert printed(text, nominal_mention(outline, k)) == text.removesuffix(" said so.")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("A group of experts found that it was late.", "A group of experts"),
        ("A group of six experts agreed to wait.", "A group of six experts"),
        ("A member of the council publicly referred to it.", "A member of the council"),
        ("A member of the port council repeatedly said so.", "A member of the port council"),
        ("A member of the port family said so.", "A member of the port family"),
        ("A group of members visited the port.", "A group of members"),
        ("A member of the port council campaigned on tides.", "A member of the port council"),
        ("Then the author of a key report “on tides” said so.", "the author of a key report"),
        ("Aides who do not hold federal offices said so.", "federal offices"),
        ("They run harbour ads said to be late.", "harbour ads"),
        ("Then a leader of armed guards said so.", "a leader of armed guards"),
    ],
)
def test_a_verb_is_no_part_of_a_phrase(text: str, printed: str) -> None:
    outline = build_outline(text, find_quotations(text))
    assert printed in [text[each.start : each.end] for each in find_mentions(outline)]
