"""Where a run of capitals begins and ends, and what is a headline or a dateline."""

from __future__ import annotations

import pytest

from indexer.entities.mention_detection import find_mentions
from indexer.entities.mentions import MentionKind
from indexer.entities.name_runs import NameRuns, headline_paragraphs, is_dateline, starts_sentence
from indexer.quotations.outline import Outline, build_outline
from indexer.quotations.quotation_marks import find_quotations


def outline_of(text: str) -> Outline:
    return build_outline(text, find_quotations(text))


def heads(text: str) -> list[str]:
    return [mention.head for mention in find_mentions(outline_of(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It is a new day. New York has bought more.", "New York"),
        ("Aides of the White House left the white house. White House aides say so.", "White House"),
        ("Lance Marsh said so.", "Lance Marsh"),
        ("According to USA Today, it rains.", "USA Today"),
        ("It rains in India and the U.S. China has said so.", "China"),
        ("A ship of Sailors Without Harbours came.", "Sailors Without Harbours"),
        ("He met the March for Our Parks there.", "March for Our Parks"),
        ("The White House Correspondents' Association said so.", "White House Correspondents' Association"),
        ("The Lenstow Police Officer’s Association said so.", "Lenstow Police Officer’s Association"),
        ("The Kolvar County Sheriff’s Office said so.", "Kolvar County Sheriff’s Office"),
        ("According to the South Kolvar Morning Post, “it rains.”", "South Kolvar Morning Post"),
        ("Basically, adds The Harbour Courier.\n\nIn Harbour it rains.", "Harbour Courier"),
        ("“It rains and it will rain.” — Prime Minister Charles Marsh\n\nAt prime time it rained.", "Charles Marsh"),
    ],
)
def test_a_name_is_found_whole(text: str, name: str) -> None:
    assert name in heads(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Australian media reported it.", "Australian"),
        ("He read a tweet from the Israeli military.", "Israeli"),
        ("A Democratic email said so.", "Democratic"),
        ("COLUMBIA, South Carolina — Beto Marsh came.", "COLUMBIA"),
        ("He asked in March for Our Parks.", "March for Our Parks"),
        ("House Ways and Means Chairman Dave Marsh said so.", "House Ways"),
        ("Beto Marsh, a Republican-turned-Democrat, said so.", "Republican-turned-Democrat"),
        ("Then the former Norvik-Harbour CEO said so.", "Norvik-Harbour CEO"),
    ],
)
def test_what_only_stands_before_a_noun_or_opens_a_report_is_nobody(text: str, word: str) -> None:
    assert word not in heads(text)


def test_an_adjective_is_somebody_behind_an_article_and_a_surname_behind_a_first_name() -> None:
    (texan,) = [mention for mention in find_mentions(outline_of("The Texan said so.")) if mention.head == "Texan"]
    assert texan.kind == MentionKind.NOMINAL
    assert heads("One senior Democrat said so.") == ["Democrat"]
    assert "French" in heads("David French came. French said so.")


def test_a_paragraph_in_title_case_is_a_headline_unless_it_reports_or_signs_a_quotation() -> None:
    assert headline_paragraphs(outline_of("Senate Blocks Marsh On Harbour Bridge")) == {0}
    assert headline_paragraphs(outline_of("Basically, adds The Harbour Courier")) == frozenset()
    assert headline_paragraphs(outline_of("“It rains.” — Prime Minister Charles Marsh")) == frozenset()


def test_a_dateline_ends_in_a_dash() -> None:
    assert is_dateline(outline_of("CAIRO (AP) -- It rained."), 0, 1)
    assert not is_dateline(outline_of("CAIRO (AP) is a town."), 0, 1)
    assert not is_dateline(outline_of("SMITH — It rained."), 0, 1)


def test_runs_end_before_small_words() -> None:
    outline = outline_of("Then Ann Marsh of Harbour left.")
    runs = NameRuns(outline)
    assert [runs.end(i) for i in range(3)] == [0, 3, 3]
    assert starts_sentence(outline, 0)
    assert not starts_sentence(outline, 1)
    assert runs.is_of_person("marsh")
    assert not runs.is_of_person("harbour")


@pytest.mark.parametrize(
    ("text", "word", "is_one"),
    [
        ("Then at noon Robert King left the old town.", "king", True),
        ("Then at noon Robert King Jr. left the old town.", "king", True),
        ("Then at noon Robert King Cole left the old town.", "king", False),
        ("Then at noon the Virginia Mayor left the old town.", "mayor", False),
        ("Norvik Council Backs Robert Speaker", "speaker", False),
    ],
)
def test_a_surname_stands_last_behind_a_first_name(text: str, word: str, is_one: bool) -> None:
    assert NameRuns(outline_of(text)).is_surname(word) is is_one
