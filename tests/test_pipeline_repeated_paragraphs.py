"""A paragraph that an outlet prints again and again is its own, and no quotation comes out of it."""

from __future__ import annotations

from indexer.pipeline.extract import with_attributions
from indexer.pipeline.items import ExtractedDocument
from indexer.pipeline.repeated_paragraphs import (
    MIN_DOCUMENTS,
    count_paragraphs,
    paragraph_spans,
    without_repeated,
)
from indexer.pipeline.store_quotes import store_documents
from search.model import Document, RegionRole
from search.settings import Settings
from search.storage.store import Store

NOTICE = "“The Ledger is read in every harbour,” says Mara Velt, its owner."
OWN = "“The bridge stays closed for winter {n},” said Tom Brask, the mayor."


def extracted(number: int, outlet: str | None = "Ledger") -> ExtractedDocument:
    document = Document(f"d{number}", f"{OWN.format(n=number)}\n\n{NOTICE}", outlet=outlet)
    item = with_attributions(document, number)
    assert isinstance(item, ExtractedDocument)
    return item


def quotes_after(settings: Settings, numbers: range, batch: int) -> list[int]:
    """How many quotes each document has that was stored, in order of its number."""
    with Store(settings) as store:
        store_documents([extracted(n) for n in numbers], store, batch=batch)
        return [len(store.quotes_of_document(f"d{n}")) for n in range(numbers.stop)]


def test_a_notice_is_known_from_its_tenth_document_on_whatever_the_run(settings: Settings) -> None:
    assert quotes_after(settings, range(MIN_DOCUMENTS - 2), 100) == [2] * (MIN_DOCUMENTS - 2)
    # What is stored already is not counted again.
    assert quotes_after(settings, range(MIN_DOCUMENTS - 2), 3) == [2] * (MIN_DOCUMENTS - 2)
    after = quotes_after(settings, range(MIN_DOCUMENTS + 1), 1)
    assert after == [2] * (MIN_DOCUMENTS - 1) + [1, 1]
    with Store(settings) as store:
        document = store.document(f"d{MIN_DOCUMENTS}")
        assert document is not None
        (region,) = document.regions
        assert (region.role, region.span.of(document.text)) == (RegionRole.FURNITURE, NOTICE)
        assert document.flags == ("furniture",)


def test_a_batch_is_counted_before_it_is_judged(settings: Settings) -> None:
    assert quotes_after(settings, range(MIN_DOCUMENTS), 100) == [1] * MIN_DOCUMENTS


def test_another_outlet_and_documents_of_nobody_are_counted_apart(settings: Settings) -> None:
    some = [extracted(n, outlet) for n, outlet in enumerate(["Ledger", "Mercury", None] * 6)]
    counts = count_paragraphs(each.document for each in some)
    assert {outlet for outlet, _ in counts} == {"Ledger", "Mercury"}
    assert max(counts.values()) == 6
    with Store(settings) as store:
        assert without_repeated(some, counts, store) == some


def test_the_quotes_that_stay_keep_their_parents(settings: Settings) -> None:
    nested = "“She told me ‘the pier is lost for good’ and left,” said Tom Brask, the mayor."
    items = []
    for n in range(MIN_DOCUMENTS):
        item = with_attributions(Document(f"d{n}", f"{NOTICE}\n\n{nested} {n}", outlet="Ledger"), n)
        assert isinstance(item, ExtractedDocument)
        items.append(item)
    assert [each.parent for each in items[0].attributions] == [None, None, 1]
    with Store(settings) as store:
        kept = without_repeated(items, count_paragraphs(each.document for each in items), store)
    assert [each.parent for each in kept[0].attributions] == [None, 0]


def test_headings_and_long_paragraphs_are_nobodys() -> None:
    text = f"Short\n\n{'x' * 500}\n\n  Follow the Ledger wherever you are  \n"
    assert [span.of(text) for _, span in paragraph_spans(Document("d", text))] == ["Follow the Ledger wherever you are"]
