"""Where on the page an offset stands."""

from __future__ import annotations

import pytest

from indexer.attribution.page_places import PagePlaces
from search.model import Document, Region, Span

REGIONS = (
    Region(Span(30, 40), "caption"),
    Region(Span(50, 90), "comment"),
    Region(Span(60, 70), "caption"),
    Region(Span(100, 110), "heading"),
    Region(Span(120, 130), "blockquote", "— Ann Lee, The Bridge (1901)"),
    Region(Span(140, 150), "blockquote", "—"),
)


@pytest.mark.parametrize(
    ("offset", "place"),
    [
        (0, "headline"), (19, "headline"), (20, "body"), (29, "body"), (30, "caption"), (39, "caption"), (40, "body"),
        (55, "comment"), (65, "comment"), (105, "headline"), (125, "body"),
    ],
)  # fmt: skip
def test_the_region_around_an_offset_says_its_place(offset: int, place: str) -> None:
    places = PagePlaces(Document(id="t", text="x" * 200, regions=REGIONS), headline_end=20)
    assert places.place_of(offset) == place


def test_the_name_under_a_block_quotation_is_read_from_its_note() -> None:
    places = PagePlaces(Document(id="t", text="x" * 200, regions=REGIONS), headline_end=0)
    assert [places.cited_name(offset) for offset in (119, 120, 129, 130, 145, 35)] == [
        None, "Ann Lee", "Ann Lee", None, None, None,
    ]  # fmt: skip


def test_the_words_between_marks_in_a_post_are_not_signed_by_it() -> None:
    post = Region(Span(10, 60), "blockquote", "Ann Lee (@annlee) May 16, 2018")
    places = PagePlaces(Document(id="t", text="x" * 200, regions=(post, *REGIONS)), headline_end=0)
    assert [places.cited_name(12), places.cited_name(12, marked=True)] == ["Ann Lee", None]
    assert places.cited_name(125, marked=True) == "Ann Lee"


def test_a_motto_behind_a_name_is_no_part_of_it() -> None:
    post = Region(Span(10, 60), "blockquote", "Ann Lee-Cole - Text PORT to 12 (@annlee) May 16, 2018")
    assert PagePlaces(Document(id="t", text="x" * 200, regions=(post,)), 0).cited_name(12) == "Ann Lee-Cole"
