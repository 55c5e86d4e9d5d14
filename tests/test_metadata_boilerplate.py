"""Lines around an article, by the phrases of indexer/data."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from indexer.metadata.boilerplate import (
    LineKind,
    announces_byline,
    byline_authors,
    copyright_holder,
    date_in_line,
    is_byline,
    is_caption,
    is_date_line,
    line_kind,
    without_date,
)
from indexer.metadata.phrases import compile_phrases, phrases

TABLES = ("boilerplate", "bylines", "block_names", "non_articles", "comments", "url_parameters")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Leave a Reply", LineKind.COMMENTS),
        ("12 Comments", LineKind.COMMENTS),
        ("Kommentare (3)", LineKind.COMMENTS),
        ("اترك تعليقا", LineKind.COMMENTS),
        ("More from Politics", LineKind.RELATED),
        ("Lesen Sie auch", LineKind.RELATED),
        ("Share on Facebook", LineKind.DROP),
        ("Facebook Twitter WhatsApp", LineKind.DROP),
        ("Tags: harbour, ferry", LineKind.DROP),
        ("Advertisement", LineKind.DROP),
        ("5 min read", LineKind.DROP),
        ("harbour.jpg", LineKind.DROP),
        ("https://courier.example/x", LineKind.ADDRESS),
        ("* * *", LineKind.RULE),
        ("© 2024 Example Courier. All rights reserved.", LineKind.COPYRIGHT),
        ("By Lena Brandt, Geneva", LineKind.BYLINE),
        ("Written by", LineKind.BYLINE),
        ("Updated: May 6, 2024, 10:15 a.m.", LineKind.DATE),
        ("6. Mai 2024", LineKind.DATE),
        ("Foreign minister Dana Osei (left) at the talks. (AP Photo/Ann Lee)", LineKind.CAPTION),
        # A sentence of the article stays, whatever it mentions.
        ("She told her readers to leave a reply and share it on Facebook.", None),
        ("By noon the harbour was empty.", None),
        ("The mayor said on May 6, 2024 that the bridge would hold.", None),
        ("Comments by the minister were not welcome.", None),
        ("x" * 500, None),
    ],
)
def test_the_kind_of_a_line(line: str, kind: LineKind | None) -> None:
    assert line_kind(line) is kind


def test_the_parts_of_lines() -> None:
    assert is_date_line("Published on 6 May 2024")
    assert date_in_line("Published on 6 May 2024") == "2024-05-06"
    assert is_byline("By Lena Brandt")
    assert announces_byline("Written by:")
    assert byline_authors("By Lena Brandt, Geneva, 6 May 2024") == ("Lena Brandt",)
    assert without_date("Lena Brandt on May 6, 2024") == "Lena Brandt"
    assert is_caption("Dana Osei (left) and Amir Rahimi (right) in Geneva")
    assert not is_caption("Dana Osei (left) said that the talks had failed")
    assert copyright_holder("© 2024 Example Courier. All rights reserved.") == "Example Courier"
    assert copyright_holder("Copyright notice") is None


@pytest.mark.parametrize("table", TABLES)
def test_every_phrase_is_a_pattern_in_a_language_and_stands_once(table: str) -> None:
    topics = tomllib.loads((files("indexer") / "data" / f"{table}.toml").read_text("utf-8"))
    for topic, by_language in topics.items():
        assert all(re.fullmatch(r"[a-z]{2,3}", language) for language in by_language)
        listed = phrases(table, topic)
        assert len(listed) == len(set(listed))
        for phrase in listed:
            re.compile(phrase.replace("<networks>", "x"))
            # It matches something, and not everything.
            assert not re.fullmatch(phrase.replace("<networks>", "x"), "")


def test_a_placeholder_stands_for_another_topic() -> None:
    pattern = compile_phrases("boilerplate", "drop", "^", "$")
    assert pattern.match("Facebook, Twitter")
    assert "<networks>" not in pattern.pattern
