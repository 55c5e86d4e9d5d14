"""What a quote has of its document: stored once, and given back as it came, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.errors import StoreUnavailable
from search.model import Document, Quote, Span
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.packing.document_context import REACH, cut_after, cut_before, words_after, words_before

TEXT = "The council met on Monday.\n\nMarta Lind  said: “We were never asked about the ferry.” Nobody answered her."
START, END = TEXT.index("We were"), TEXT.index(".”") + 1
LETTERS = st.text(alphabet="ab \n\t\u00a0\u3000“”.é界👩\u200d", max_size=80)


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database)


def kept(archive: Archive) -> tuple[object, ...]:
    rows = archive._db.execute(
        "SELECT before, after, url, title, words_before, words_after, as_document FROM quotes ORDER BY number DESC LIMIT 1"
    )
    return rows[0]


def stored(archive: Archive, document: Document | None, quote: Quote) -> Quote:
    """Store a quote, with its document or without, and read it."""
    with archive._db.transaction():
        if document is None:
            archive.add_quotes([quote])
        else:
            archive.add(document, document.id, [quote])
    number = archive.number_of(quote.id)
    assert number is not None
    return archive.quotes([number])[number]


def test_the_words_around_are_counted_and_not_kept(archive: Archive) -> None:
    document = Document("d", TEXT, url="https://a.example/1", title="Ferry")
    quote = Quote(
        "q", "d", TEXT[START:END], (Span(START, END),), before="met on Monday. Marta Lind said: “", after="” Nobody",
        url=document.url, title=document.title,
    )  # fmt: skip
    assert stored(archive, document, quote) == quote
    assert kept(archive) == (None, None, None, None, 7, 2, 1)


@pytest.mark.parametrize(
    ("changed", "row"),
    [
        ({"before": "Lind said: “"}, (None, None, None, None, 3, 2, 1)),
        ({"before": ""}, (None, None, None, None, 0, 2, 1)),
        ({"before": "Berg said: “"}, ("Berg said: “", None, None, None, None, 2, 1)),
        ({"after": "Nobody"}, (None, "Nobody", None, None, 7, None, 1)),
        ({"url": None}, (None, None, None, "Ferry", 7, 2, 0)),
        ({"title": "Another"}, (None, None, "https://a.example/1", "Another", 7, 2, 0)),
        ({"spans": ()}, ("met on Monday. Marta Lind said: “", "” Nobody", None, None, None, None, 1)),
    ],
)
def test_what_is_not_the_documents_is_spelled_out(archive: Archive, changed: dict[str, object], row: object) -> None:
    document = Document("d", TEXT, url="https://a.example/1", title="Ferry")
    facts: dict[str, object] = {
        "spans": (Span(START, END),), "before": "met on Monday. Marta Lind said: “", "after": "” Nobody",
        "url": document.url, "title": document.title,
    }  # fmt: skip
    quote = Quote("q", "d", "words", **(facts | changed))  # type: ignore[arg-type]
    assert stored(archive, document, quote) == quote
    assert kept(archive) == row


def test_a_quote_that_came_without_its_document_is_kept_whole(archive: Archive) -> None:
    quote = Quote("q", "d", "words", (Span(3, 8),), before="a b", after="c", url="https://a.example/1", title="T")
    assert stored(archive, None, quote) == quote
    assert kept(archive) == ("a b", "c", "https://a.example/1", "T", None, None, 0)
    # And stays so when a document of that id comes.
    with archive._db.transaction():
        archive.add(Document("d", TEXT), "d", [])
    assert archive.quotes([1]) == {1: quote}


def test_a_quote_whose_document_is_lost_is_refused(archive: Archive) -> None:
    document = Document("d", TEXT)
    stored(archive, document, Quote("q", "d", "words", (Span(START, END),), before="Marta Lind said: “"))
    archive._db.execute("DELETE FROM documents")
    with pytest.raises(StoreUnavailable, match="the document of quote q cannot be read"):
        archive.quotes([1])


@given(LETTERS, st.integers(0, 90), st.integers(0, 20), LETTERS, st.integers(0, 9), st.booleans())
@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_around_any_text_come_back(
    text: str, start: int, length: int, other: str, count: int, cut: bool
) -> None:
    end = start + length
    before = cut_before(text, start, count) if cut else other
    after = cut_after(text, end, count) if cut else other
    counted_before, counted_after = words_before(text, start, before), words_after(text, end, after)
    assert counted_before is None or cut_before(text, start, counted_before) == before
    assert counted_after is None or cut_after(text, end, counted_after) == after
    if cut:
        assert counted_before is not None
        assert counted_after is not None


def test_no_more_of_a_text_is_read_than_is_near() -> None:
    text = "far " + "x" * REACH + " near"
    assert cut_before(text, len(text), 9) == "x" * (REACH - 5) + " near"
    assert cut_after(text, 0, 2) == "far " + "x" * (REACH - 4)
