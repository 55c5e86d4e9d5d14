"""oEmbed: what is left of it behind WordPress's filter, and how large its frame is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from html_page import HOSTILE, HtmlPage
from hypothesis import given
from hypothesis import strategies as st
from wordpress_filter import as_wordpress_keeps_it

from web.presentation.sharing.oembed import WIDTH, EmbedAddresses, embed_html, frame_size, oembed_answer, script_html
from web.presentation.sharing.quote_card import QuoteCard

CARD = QuoteCard("q", "We will stay", "Ann Lee", "Evening Tide", "9 March 2024", "", ("somebody denies this",), "en")
WHERE = EmbedAddresses("https://a.example/", "https://a.example/quotes/q", "https://a.example/embed/q", None, None)


def test_behind_the_filter_the_quote_its_source_and_the_frame_are_left() -> None:
    answer = oembed_answer(CARD, WHERE, 10_000, 10_000)
    kept = as_wordpress_keeps_it(str(answer["html"]), "s3cret")
    assert kept is not None
    page = HtmlPage(kept)
    assert page.text == "“We will stay” – Ann Lee (somebody denies this), Evening Tide, 9 March 2024"
    assert page.links == [WHERE.page]
    (frame,) = page.all("iframe")
    assert (frame["src"], frame["sandbox"]) == (f"{WHERE.card}#?secret=s3cret", "allow-scripts")
    assert (frame["width"], frame["height"]) == (str(answer["width"]), str(answer["height"]))


@given(st.text(), st.text(), st.text(), st.lists(st.text(), max_size=2))
def test_whatever_was_said_is_one_line_and_text_alone(
    words: str, speaker: str, outlet: str, warnings: list[str]
) -> None:
    card = QuoteCard("q", words, speaker, outlet, "", "", tuple(warnings), None)
    for html in (embed_html(card, WHERE, 600, 300), script_html(card, WHERE, "https://a.example/embed.js")):
        page = HtmlPage(str(html))
        assert [tag for tag, _ in page.tags] in (["blockquote", "a", "iframe"], ["blockquote", "a", "script"])
        assert page.faults == []


def test_hostile_words_are_words() -> None:
    card = QuoteCard(HOSTILE, HOSTILE, HOSTILE, HOSTILE, "", "", (HOSTILE,), HOSTILE)
    kept = as_wordpress_keeps_it(str(embed_html(card, WHERE, 600, 300)), "s")
    assert kept is not None
    assert [tag for tag, _ in HtmlPage(kept).tags] == ["blockquote", "a", "iframe"]


def test_an_id_that_turns_words_round_is_written_in_numbers_and_read_as_it_is() -> None:
    html = str(script_html(replace(CARD, id="q\u202e<1"), WHERE, "https://a.example/embed.js"))
    assert "\u202e" not in html
    assert HtmlPage(html).all("blockquote")[0]["data-id"] == "q\u202e<1"


@pytest.mark.parametrize(("width", "height"), [(10_000, 10_000), (300, 200), (1, 1), (599, 10_000)])
def test_a_frame_is_never_larger_than_asked_for(width: int, height: int) -> None:
    wide, high = frame_size(CARD, width, height)
    assert 0 < wide <= min(width, WIDTH)
    assert 0 < high <= height


def test_a_narrow_frame_is_higher() -> None:
    long = replace(CARD, words="We will stay " * 9)
    assert frame_size(long, 200, 10_000)[1] > frame_size(long, 600, 10_000)[1]
