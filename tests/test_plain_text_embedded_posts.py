"""Posts of a network inside an article: whoever signs one said it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.pipeline.extract import with_attributions
from indexer.plain_text.embedded_posts import mark_posts
from search.model import Attribution, Document, Skip

ARTICLE = "The mayor answered at once.\n\n{}\n\nNobody answered him that day."


def said(text: str) -> list[tuple[str, str | None]]:
    found = with_attributions(Document(id="t", text=text), 0)
    assert not isinstance(found, Skip)
    attributions: tuple[Attribution, ...] = tuple(found.attributions)
    return [(text[each.start : each.end], each.speaker) for each in attributions]


@pytest.mark.parametrize(
    ("post", "words", "speaker"),
    [
        ("The port is late. Sad! — Robert Cole (@RCole) May 16, 2018", "The port is late. Sad!", "Robert Cole"),
        (
            "The port is late https://t.co/a pic.twitter.com/b — Robert Cole (@RCole) May 16, 2018",
            "The port is late",
            "Robert Cole",
        ),
        ("The port is late - Northport Watch (@watch@northport.example)", "The port is late", "Northport Watch"),
        ("The port is late – Ann Cole For Congress (@AnnCole)", "The port is late", "Ann Cole For Congress"),
    ],
)
def test_a_post_is_a_quote_of_who_signs_it(post: str, words: str, speaker: str) -> None:
    assert said(ARTICLE.format(post)) == [(words, speaker)]


@pytest.mark.parametrize(
    "line",
    [
        "pic.twitter.com/abc — Robert Cole (@RCole) May 16, 2018",
        "He wrote to Robert Cole (@RCole), who was late.",
        "The port — as Ann Lee (@annlee) of Northport and everybody else in town knows — is late, and nobody minds.",
    ],
)
def test_a_picture_and_a_name_in_a_sentence_are_no_post(line: str) -> None:
    document = Document(id="t", text=ARTICLE.format(line))
    assert mark_posts(document) is document


def test_the_words_between_marks_in_a_post_are_seldom_of_who_posts_them() -> None:
    text = "Robert Cole: “The port is late, and it will never open again.” pic.twitter.com/b — Ann Lee (@annlee) May 16, 2018"
    assert said(ARTICLE.format(text)) == [("The port is late, and it will never open again.", "Robert Cole")]


@given(st.text(alphabet="a. —-(@)\n:/“”ħttps", max_size=120))
def test_a_region_lies_in_the_text(text: str) -> None:
    document = Document(id="t", text=text + " — Ann Lee (@annlee)")
    for region in mark_posts(document).regions:
        words = region.span.of(document.text)
        assert words == words.strip() != ""
        assert region.note == "Ann Lee (@annlee)" or "(@" in (region.note or "")
