"""Texts of a book's length: attributed in parts, and told as one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.attribute import attribute
from indexer.quotations.chunks import MAX_CHUNK_LENGTH, split_document
from search.model import Document, Region, Span

SAID = "“The bridge is late, and ‘never’ is no answer,” Ann Lee said. The mayor of Northport left at noon."


@given(st.text(alphabet="ab \n", max_size=80), st.integers(2, 20))
def test_the_parts_are_the_text_and_none_is_too_long(text: str, longest: int) -> None:
    parts = list(split_document(Document(id="d", text=text), longest))
    assert "".join(part.text for _, part in parts) == text
    assert all(len(part.text) <= longest for _, part in parts)
    assert all(text[offset:].startswith(part.text) for offset, part in parts)


def test_a_part_ends_with_a_paragraph_where_there_is_one() -> None:
    text = "one two\n\nthree four\nfive six seven eight"
    assert [part.text for _, part in split_document(Document(id="d", text=text), 16)] == [
        "one two\n\n", "three four\n", "five six seven ", "eight",
    ]  # fmt: skip


def test_regions_go_with_their_words() -> None:
    document = Document(
        id="d", text="aaaa bbbb cccc", regions=(Region(Span(2, 8), "caption"), Region(Span(10, 14), "heading"))
    )
    first, second = (part for _, part in split_document(document, 9))
    assert first.text == "aaaa "
    assert [region.span for region in first.regions] == [Span(2, 5)]
    assert second.text == "bbbb cccc"
    assert [(region.role, region.span) for region in second.regions] == [
        ("caption", Span(0, 3)),
        ("heading", Span(5, 9)),
    ]


def test_a_book_is_told_as_one_document() -> None:
    paragraphs = MAX_CHUNK_LENGTH // len(SAID) + 100
    text = "\n\n".join([SAID] * paragraphs)
    found = [each for each in attribute(Document(id="d", text=text)) if each.kind != "indirect"]
    outer = [each for each in found if each.parent is None]
    assert [each.words(text) for each in outer] == ["The bridge is late, and ‘never’ is no answer,"] * paragraphs
    assert {each.speaker for each in outer} == {"Ann Lee"}
    assert all(each.source is not None and each.source.of(text) == each.mention for each in outer)
    inner = [each for each in found if each.parent is not None]
    everything = attribute(Document(id="d", text=text))
    assert len(inner) == paragraphs
    assert all(
        everything[each.parent].start < each.start < everything[each.parent].end for each in inner if each.parent
    )
