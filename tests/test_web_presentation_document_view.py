"""A document to read: all its words, with every quote marked in its place."""

from __future__ import annotations

import re

import pytest
from html_page import HtmlPage
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from search.model import Document, Quote, Region, RegionRole, Span
from web.presentation import document_view, template_filters
from web.presentation.document_view import MarkedParagraph


@st.composite
def documents_with_quotes(draw: st.DrawFn) -> tuple[Document, list[Quote]]:
    text = draw(st.text(alphabet="ab <&\n\u202e“”\t", max_size=60))
    places = st.integers(0, len(text))
    spans = st.tuples(places, places).map(lambda p: Span(min(p), max(p)))
    groups = draw(st.lists(st.lists(spans, min_size=1, max_size=3), max_size=8))
    roles = st.sampled_from(["heading", "caption", "blockquote", "comment", "pullquote", "furniture"])
    regions = draw(st.lists(st.builds(Region, spans, roles), max_size=3))
    quotes = [Quote(id=f"{n}", document_id="d", text="x", spans=tuple(sorted(group))) for n, group in enumerate(groups)]
    return Document(id="d", text=text, regions=tuple(regions)), quotes


@given(documents_with_quotes())
@example((Document("d", "<<<\n<", regions=tuple(Region(span, RegionRole.FURNITURE) for span in (Span(0, 5), Span(1, 1)))), []))  # fmt: skip
def test_the_reader_shows_every_word_once_and_every_quote_in_its_place(given_: tuple[Document, list[Quote]]) -> None:
    document, quotes = given_
    blocks = document_view.marked_paragraphs(document, quotes)
    pages = [HtmlPage(str(block.html)) for block in blocks]
    assert [read.faults for read in pages if read.faults] == []
    shown = re.sub(r"\s", "", "".join(word for read in pages for word in read.words))
    assert shown == re.sub(r"\s", "", str(template_filters.visible(document.text)))
    placed = [quote.id for quote in quotes if any(span.of(document.text).strip() for span in quote.spans)]
    ids = [name for read in pages for name in read.ids]
    assert sorted(ids) == sorted(f"q-{name}" for name in placed)
    assert sorted(quote.id for block in blocks for quote in block.quotes) == sorted(placed)


def test_a_mark_holds_the_words_of_its_quote_and_a_nested_one_stands_inside() -> None:
    document = Document(id="d", text="He said: I heard her say no way today.")
    outer = Quote(id="o", document_id="d", text="", spans=(Span(9, 37),))
    inner = Quote(id="i", document_id="d", text="", spans=(Span(25, 31),))
    (block,) = document_view.marked_paragraphs(document, [inner, outer])
    assert block.html == (
        'He said: <mark class="q direct" id="q-o">I heard her say <mark class="q direct" id="q-i">no way</mark> today</mark>.'
    )


def test_of_marks_that_overlap_one_is_cut_and_both_keep_all_their_words() -> None:
    document = Document(id="d", text="one two three")
    left = Quote(id="l", document_id="d", text="", spans=(Span(0, 7),))
    right = Quote(id="r", document_id="d", text="", spans=(Span(4, 13),))
    (block,) = document_view.marked_paragraphs(document, [left, right])
    assert block.html == (
        '<mark class="q direct" id="q-l">one <mark class="q direct" id="q-r">two</mark></mark>'
        '<mark class="q direct"> three</mark>'
    )


def test_overlapping_quotes_cost_no_more_marks_than_paragraphs_and_quotes() -> None:
    """Linear in both, counted in marks: a quote over the whole text is not carried through it by its thousand."""
    text = "\n\n".join("word " * 20 for _ in range(300))
    quotes = [Quote(id=f"{n}", document_id="d", text="", spans=(Span(n, len(text) - n),)) for n in range(1000)]
    rows = document_view.marked_paragraphs(Document(id="d", text=text), quotes)
    marks = sum(str(row.html).count("<mark") for row in rows)
    assert len(rows) == 300
    assert marks <= document_view.DEEPEST_MARK * (len(rows) + len(quotes))


def paragraph(role: RegionRole | None, words: str = "x") -> MarkedParagraph:
    return MarkedParagraph(role, Markup(words), ())


def test_readers_comments_stand_apart_from_the_article() -> None:
    rows = [paragraph(None), paragraph(RegionRole.HEADING), paragraph(RegionRole.COMMENT), paragraph(RegionRole.COMMENT), paragraph(None)]  # fmt: skip
    assert [(part.comments, len(part.paragraphs)) for part in document_view.split_comments(rows)] == [(False, 2), (True, 2), (False, 1)]  # fmt: skip
    assert document_view.split_comments([]) == []


@pytest.mark.parametrize(
    ("first", "title", "apart"),
    [
        (paragraph(RegionRole.HEADING, "The <mark>Halvesk</mark>\n tape"), "The Halvesk tape", True),
        (paragraph(None, "The Halvesk tape"), "The  Halvesk tape", True),
        (paragraph(None, "The Halvesk tapes"), "The Halvesk tape", False),
        (paragraph(RegionRole.CAPTION, "The Halvesk tape"), "The Halvesk tape", False),
        (paragraph(None, "The Halvesk tape"), None, False),
        (None, "The Halvesk tape", False),
    ],
)
def test_a_headline_in_the_text_is_not_shown_twice(
    first: MarkedParagraph | None, title: str | None, apart: bool
) -> None:
    rows = [*([first] if first else []), paragraph(None, "More.")]
    headline, rest = document_view.split_headline(rows, title)
    assert (headline is first and first is not None) is apart
    assert len(rest) == len(rows) - apart


def test_a_comment_keeps_its_name_whatever_stands_in_it() -> None:
    text = "Well said.\n\n“Quite so.”\n\nThe end."
    regions = (Region(Span(0, 23), RegionRole.COMMENT), Region(Span(12, 23), RegionRole.BLOCKQUOTE, "Ann Lee"))
    rows = document_view.marked_paragraphs(Document("d", text, regions=regions), [])
    assert [row.role for row in rows] == [RegionRole.COMMENT, RegionRole.COMMENT, None]


def test_marks_deeper_than_a_reader_can_follow_are_places_without_a_mark() -> None:
    text = "word " * 20
    quotes = [Quote(f"{n}", "d", "", spans=(Span(5 * n, 100 - 5 * n),)) for n in range(7)]
    (row,) = document_view.marked_paragraphs(Document("d", text), quotes)
    assert str(row.html).count("<mark") == document_view.DEEPEST_MARK
    assert str(row.html).count('<span id="q-') == 7 - document_view.DEEPEST_MARK


def test_furniture_within_a_paragraph_is_set_small_in_it_and_alone_has_its_role() -> None:
    text = "Mara Velt MORE said “no” twice.\n\nStory Continued Below"
    spans = [Span(10, 14), Span(text.index("Story"), len(text))]
    regions = tuple(Region(span, RegionRole.FURNITURE) for span in spans)
    quote = Quote("a", "d", "no", spans=(Span(21, 23),))
    first, second = document_view.marked_paragraphs(Document("d", text, regions=regions), [quote])
    assert first.role is None
    assert '<small class="furniture">MORE</small>' in first.html
    assert first.html.striptags() == "Mara Velt MORE said “no” twice."
    assert second.role == RegionRole.FURNITURE
