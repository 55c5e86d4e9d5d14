"""`quotes extract` prints a quote as every other command does, with its place in the text."""

from __future__ import annotations

from indexer.pipeline.extract import with_attributions
from indexer.pipeline.extraction_json import explained_object, explained_text, extracted_quotes, extraction_object
from indexer.pipeline.items import ExtractedDocument
from indexer.pipeline.store_quotes import SHARED_WITH_DOCUMENT, quotes_of
from search.model import Document
from search.renderers.json import quote_object

TEXT = "“She told me ‘the pier is lost for good’,” said Tom Brask, the mayor, “and left.”\n\nStory Continued Below"


def extracted() -> ExtractedDocument:
    item = with_attributions(Document("d", TEXT, outlet="Ledger"), 0)
    assert isinstance(item, ExtractedDocument)
    return item


def test_an_extracted_quote_has_the_shape_of_a_stored_one_and_the_offsets_of_the_contract() -> None:
    rows = extracted_quotes(extracted())
    assert rows == extraction_object(extracted())["quotes"]
    for row, quote in zip(rows, quotes_of(extracted()), strict=True):
        shape = {name: value for name, value in quote_object(quote).items() if name not in SHARED_WITH_DOCUMENT}
        del shape["document_id"]
        assert shape.items() <= row.items()
        places = {"start", "end", "spans", "parent", "method", "scare", "scare_score"}
        assert set(row) == set(shape) | places
        assert " ".join(TEXT[start:end] for start, end in row["spans"]) == row["text"]
        assert (row["start"], row["end"]) == (row["spans"][0][0], row["spans"][-1][1])
    assert [row["parent"] for row in rows] == [None, 0]


def test_each_quote_is_explained_whatever_furniture_stands_beside_it() -> None:
    explained = explained_object(extracted())
    assert explained["flags"] == ["furniture"]
    assert all(row["explanation"]["method"] for row in explained["quotes"])
    assert "Tom Brask" in explained_text(extracted())
