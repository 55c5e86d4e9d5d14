"""Page furniture inside a text: what is marked, what stays, and that nothing is quoted from it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.attribute import attribute
from indexer.pipeline.extract import with_attributions
from indexer.pipeline.items import ExtractedDocument
from indexer.plain_text.furniture import (
    cut_furniture,
    furniture_spans,
    is_furniture_line,
    mark_furniture,
    readable,
    readable_text,
)
from search.model import Document, RegionRole, Span
from search.provenance import DocumentFlag


def marked(text: str, title: str | None = None) -> list[str]:
    """The words of the furniture in a text."""
    return [span.of(text) for span in furniture_spans(text, title)]


def extracted(text: str, title: str | None = None) -> ExtractedDocument:
    item = with_attributions(Document("d", text, title=title), 0)
    assert isinstance(item, ExtractedDocument)
    return item


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Velt: ‘The harbour is closed’",
        "READ MORE: HARBOUR CLOSED FOR WINTER",
        "Mayor Velt says ‘never again’ after harbour fire Read more",
        "SEE ALSO: Harbour fire: what is known",
        "Slideshow: the harbour fire in pictures",
        "PHOTOS: See the ten oldest ferries",
        "Story Continued Below",
        "Enlarge this image toggle caption Tom Brask/Harbour Press Tom Brask/Harbour Press",
        "prev Image 2 of 9",
        "CLICK HERE TO GET THE LEDGER APP",
        "Sign up for Daily Newsletters Manage Newsletters",
        "The Brief. Sign up to receive the top stories in your inbox.",
        "1,204 shares 33 comments",
        "This article is more than 2 years old",
        "Lesen Sie auch: Hafen bleibt geschlossen",
        "Bild 3 von 12",
        "Lire la suite de cet article",
        "Leer más",
    ],
)
def test_a_link_a_button_or_an_invitation_is_furniture(line: str) -> None:
    assert is_furniture_line(line)
    assert marked(f"The harbour was closed on Monday.\n\n{line}\n\nIt opens in May.") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Residents were asked to sign up for the newsletter, Velt said in an e-mail.",
        "“Read more: that is my advice,” said Mara Velt, the mayor, when she was asked about the library.",
        "Get the money out of the harbour board, Velt said in an e-mail to members.",
        "The photo of the mayor was taken by her daughter.",
        "He said he would read more.",
        "More people came than the year before.",
        "NO! NEVER AGAIN!",
    ],
)
def test_a_sentence_of_the_article_stays(line: str) -> None:
    assert marked(f"The harbour was closed on Monday.\n\n{line}\n\nIt opens in May.") == []


def test_the_captions_of_a_gallery_are_furniture_to_the_last_counter() -> None:
    gallery = (
        "Photos: The harbour fire Photos: The harbour fire Mayor Velt said “nobody was hurt” on the pier. Hide Caption "
        "1 of 2 Photos: The harbour fire Tom Brask says: “It burnt all night.”\n\nHide Caption 2 of 2"
    )
    text = f"The harbour burnt.\n\n{gallery}\n\n“We rebuild it,” said Mara Velt, the mayor."
    assert marked(text) == [gallery]
    assert [each.words(text) for each in extracted(text).attributions] == ["We rebuild it,"]


def test_what_a_player_prints_is_furniture_and_the_next_sentence_is_not() -> None:
    player = "JUST WATCHED Velt: ‘We rebuild it’ Replay More Videos ... MUST WATCH Velt: ‘We rebuild it’ 02:54"
    text = f"The harbour burnt.\n\n{player}\n\nMara Velt, the mayor, said: “It was insured.”"
    assert marked(text) == [player]
    quotes = extracted(text).attributions
    assert [(each.words(text), each.speaker) for each in quotes] == [("It was insured.", "Mara Velt")]


@pytest.mark.parametrize(
    ("name", "block"),
    [
        ("Mara Velt", "Mara Jane VeltHarbour board: ‘The fire was set’ Overnight Ports: Ferry tax | Tug strike MORE"),
        ("Mara Velt", "Mara VeltBrask on fire: We should not be ‘rolling over’ The harbour is for sale MORE"),
        ("Tom O’Brask", "Thomas (Tom) Edward O’Brask2019 Brask: ‘No comment’ on the pier MORE"),
        ("Mara Velt", "Mara Jane Velt Harbour board should sell Brask leaves the board MORE"),
        ("Tom Brask", "Thomas Edward BraskMORE"),
        ("Jan van der Molen", "Jan Pieter van der MolenHafen: „Wir bleiben“ Werft wird verkauft MEHR"),
    ],
)
def test_headlines_set_beside_a_name_are_furniture_and_the_name_stays(name: str, block: str) -> None:
    text = f"The bill was brought in by Sen. {name} {block} (R-Veld.), who said on Monday that it was late."
    assert marked(text) == [block]
    assert extracted(text).document.text == text


def test_a_quotation_with_a_block_inside_is_cut_around_it() -> None:
    block = "Mara Jane VeltHarbour board: ‘The fire was set’ Ferry tax is paid MORE"
    text = f"“I asked Mara Velt {block} about it twice,” said Tom Brask, the harbour master."
    (quote,) = extracted(text).attributions
    assert quote.words(text) == "I asked Mara Velt about it twice,"
    assert [span.of(text) for span in quote.contents] == ["I asked Mara Velt", "about it twice,"]
    assert quote.speaker == "Tom Brask"


def test_what_is_glued_to_a_headline_is_furniture() -> None:
    title = "Velt closes the harbour for winter"
    line = f"Mayor Velt on the pier. | Tom Brask/Harbour Press Photo 2024 elections {title} The mayor gave no reason."
    assert marked(f"{line}\n\nIt was late.", title) == ["| Tom Brask/Harbour Press Photo 2024 elections "]
    assert marked(f"Shipping {title}\n\nIt was late.", title) == ["Shipping "]
    doubled = f"Law {title} {title} Listen · 6:52 6:52"
    assert marked(f"{doubled}\n\nIt was late.", "Another title of it") == [doubled]
    read = readable_text(Document("d", f"{title} The mayor gave no reason.\n\nIt was late.", title=title))
    assert read.splitlines()[:2] == [title, "The mayor gave no reason."]


def test_a_caption_printed_twice_gives_one_quotation() -> None:
    caption = "Mara Velt, the mayor, said on the pier: “It burnt all night and nobody came.”"
    text = f"{caption}\n\nThe harbour burnt on Monday.\n\n{caption}"
    assert [span.start for span in furniture_spans(text)] == [text.rindex("Mara")]
    assert len(extracted(text).attributions) == 1


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("The harbour on Monday. Tom Brask/Getty Images", "Tom Brask/Getty Images"),
        ("The harbour on Monday. Photo: Tom Brask for the Ledger", "Photo: Tom Brask for the Ledger"),
        ("The harbour on Monday. (AP Photo/Tom Brask)", "(AP Photo/Tom Brask)"),
    ],
)
def test_the_credit_of_a_picture_is_furniture_and_its_caption_stays(line: str, credit: str) -> None:
    assert marked(f"It burnt.\n\n{line}\n\nIt was late.") == [credit]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Story highlights Ann Lee said no", "Story highlights"),
        ("Facebook Twitter Pinterest Ann Lee, who said “no”", "Facebook Twitter Pinterest"),
        ("Image caption “No,” said Ann Lee", "Image caption"),
        ("Facebook said no", ""),
        ("Story highlights are told again", ""),
    ],
)
def test_a_label_before_the_articles_own_words_is_furniture(line: str, label: str) -> None:
    assert [span.of(line) for span in furniture_spans(line)] == ([label] if label else [])


def test_a_headline_in_capitals_between_paragraphs_is_furniture_unless_all_is_in_capitals() -> None:
    shout = "VELT TELLS HARBOUR BOARD: 'NEVER AGAIN'"
    assert marked(f"The harbour burnt on Monday, as the mayor told us.\n\n{shout}\n\nIt was late.") == [shout]
    assert marked(f"THE HARBOUR BURNT ON MONDAY.\n\n{shout}\n\nIT WAS LATE.") == []


def test_an_aside_with_a_headline_is_furniture_and_the_authors_own_is_not() -> None:
    aside = "(RELATED: Velt Says Harbour Is ‘Finished’)"
    assert marked(f"It burnt. {aside} It was late.") == [aside]
    assert marked("The owners (read: you and me) pay.") == []


def test_a_document_says_that_it_holds_furniture_and_keeps_its_text() -> None:
    text = "It burnt.\n\nStory Continued Below\n\nIt was late."
    document = mark_furniture(Document("d", text, flags=("lossy",)))
    assert document.text == text
    assert document.flags == ("lossy", DocumentFlag.FURNITURE)
    (region,) = document.regions
    assert (region.role, region.span.of(text)) == (RegionRole.FURNITURE, "Story Continued Below")
    plain = Document("d", "It burnt.\n\nIt was late.")
    assert mark_furniture(plain) is plain
    assert readable(plain) is plain


PIECES = st.sampled_from(
    ["Photos: ", "Hide Caption 1 of 2 ", "JUST WATCHED ", "MUST WATCH ", " 01:02", " MORE", "Ann Lee Ann Lee", "Lee", "“",
     "”", "said", "\n", "\n\n", " ", "(RELATED: A", ")", "| AP Photo", "Sign up newsletter", "/Getty Images", "x"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([None, "Ann Lee Ann Lee", "Lee said x"]))
def test_the_text_that_is_read_is_as_long_and_has_the_same_lines(text: str, title: str | None) -> None:
    document = mark_furniture(Document("d", text, title=title))
    spans = [region.span for region in document.regions]
    assert all(a.end < b.start for a, b in pairwise(spans))
    read = readable_text(document)
    assert len(read) == len(text)
    assert all(new == old for new, old in zip(read, text, strict=True) if old == "\n")
    for each in cut_furniture(attribute(readable(document)), document):
        pieces = each.contents
        assert pieces
        assert all(Span(0, 0) <= piece and piece.start < piece.end <= len(text) for piece in pieces)


@pytest.mark.parametrize(
    "piece", ["A a ", "Ann Lee ", "JUST WATCHED ", "x MORE ", "Hide Caption 1 of 2 ", "(RELATED: A", "("]
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(span.end <= len(text) for span in furniture_spans(text, piece * 3))
