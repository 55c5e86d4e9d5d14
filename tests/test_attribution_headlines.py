"""Headlines: where they end, and whose words they repeat."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.headlines import folded_words, headline_end, headline_sources
from indexer.attribution.source_selection import SelectedSource
from indexer.attribution.vocabulary import AttributionMethod
from search.model import Document, Region, Span


@pytest.mark.parametrize(
    ("text", "title", "headline"),
    [
        ("Bridge opens\n\nIt opened.", "Bridge opens", "Bridge opens\n"),
        ("Bridge opens\n\nIt opened.", "Bridge opens | The Herald", "Bridge opens\n"),
        ("“Bridge” opens!\nIt opened.", "Bridge opens", "“Bridge” opens!\n"),
        ("It opened today\nand so on.", "Bridge opens", ""),
        ("Bridge opens\nIt opened.", None, "Bridge opens\n"),
        ("It opened today.\nAnd so on.", None, ""),
        ("Bridge opens", None, ""),
        ("", None, ""),
        (f"{'long ' * 60}\nmore", None, ""),
    ],
)
def test_a_headline_is_the_title_or_a_short_first_line_without_a_stop(
    text: str, title: str | None, headline: str
) -> None:
    assert text[: headline_end(Document(id="t", text=text, title=title))] == headline


def test_words_are_folded_for_comparing() -> None:
    assert folded_words("“The BRIDGE,  is—late!”") == "the bridge is late"


@pytest.mark.parametrize(
    ("headline", "speaker"),
    [("Bridge ‘ugly and late’", "Ann Lee"), ("Bridge ‘late’", None), ("Bridge ‘fine and early’", None)],
)
def test_a_headline_has_the_speaker_of_the_same_words_below(headline: str, speaker: str | None) -> None:
    text = f"{headline}\n\n“The bridge is ugly and late,” Ann Lee said on Monday."
    first = attribute(Document(id="t", text=text, title=headline))[0]
    assert first.place == "headline"
    assert speaker is None or first.speaker == speaker


def test_a_pull_quote_is_looked_up_like_a_headline() -> None:
    text = "“The bridge is ugly and late,” Ann Lee said on Monday.\n\n“ugly and late”\n\nRobert Cole left."
    start = text.rindex("“")
    pulled = Region(Span(start, start + len("“ugly and late”")), "pullquote")
    assert attribute(Document(id="t", text=text, regions=(pulled,)))[-1].speaker == "Ann Lee"


@pytest.mark.parametrize(("headline", "copied"), [("Bridge ‘ugly and late’", True), ("Bridge ‘late’", False)])
def test_one_word_is_repeated_by_anybody(headline: str, copied: bool) -> None:
    text = f"{headline}\n\n“The bridge is ugly and late,” Ann Lee said on Monday."
    document = Document(id="t", text=text, title=headline)
    lee = SelectedSource(0, 0, "Ann Lee", 0.9, AttributionMethod.NAME)
    doc = annotate_document(document, packaged_model())
    assert headline_sources(document, doc, {0: None, 1: lee}) == ({0: lee} if copied else {})


def test_a_text_without_headings_has_nothing_to_look_up() -> None:
    document = Document(id="t", text="“It is late,” she said.")
    assert headline_sources(document, None, {}) == {}  # type: ignore[arg-type]


def speakers(text: str) -> list[str | None]:
    return [each.speaker for each in attribute(Document(id="t", text=text)) if each.kind != "indirect"]


def test_words_that_stand_twice_are_whose_they_surely_are_once() -> None:
    """A pull quote of a plain text was whoever the paragraph before it was about."""
    beside = "Bob Cole, the mayor, wants a new one, and many of the people in the town want one too."
    words = "The bridge was late, and it will be late for many years"
    assert speakers(f"“{words},” said Ann Lee. {beside}\n\n“{words}”\n\nThe town waits.") == ["Ann Lee", "Ann Lee"]


def test_a_few_words_that_stand_twice_may_be_said_by_two() -> None:
    text = "“The bridge is late,” said Ann Lee.\n\n“The bridge is late,” said Bob Cole."
    assert speakers(text) == ["Ann Lee", "Bob Cole"]
