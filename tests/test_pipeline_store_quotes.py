"""Attributions become quotes; what was deleted stays out until it is asked for, and every run says so."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from indexer.input.input_file import ReadOptions
from indexer.pipeline.extract import with_attributions
from indexer.pipeline.items import ExtractedDocument
from indexer.pipeline.store_quotes import (
    SHARED_WITH_ATTRIBUTION,
    SHARED_WITH_DOCUMENT,
    RunReport,
    quotes_of,
    store_documents,
)
from indexer.pipeline.workers import extract_files
from search.model import Attribution, Document, Quote
from search.settings import Settings
from search.storage.store import Store

WORDS = "“The bridge stays closed until spring {n},” said Mara Velt, the mayor.\n"


def run(path: Path, settings: Settings, *, again: bool = False) -> tuple[RunReport, list[str]]:
    told: list[str] = []
    with Store(settings) as store:
        known = (lambda path, stamp: False) if again else store.is_read
        items = extract_files([str(path)], ReadOptions(), known=known)
        report = store_documents(items, store, batch=5, restore=again, tell=told.append)
    return report, told


def delete_first(settings: Settings) -> str:
    with Store(settings) as store:
        first = next(store.documents()).id
        assert store.delete_document(first) == 1
    return first


@pytest.fixture(params=["jsonl", "txt", "folder"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file or a folder with two documents."""
    place = tmp_path / "articles"
    if request.param == "jsonl":
        place = tmp_path / "d.jsonl"
        rows = [json.dumps({"id": f"x{n}", "text": WORDS.format(n=n)}) for n in range(2)]
        place.write_text("\n".join(rows), encoding="utf-8")
    elif request.param == "txt":
        place = tmp_path / "d.txt"
        place.write_text(WORDS.format(n=1), encoding="utf-8")
    else:
        place.mkdir()
        for n in range(2):
            (place / f"{n}.txt").write_text(WORDS.format(n=n), encoding="utf-8")
    return place


def touch(path: Path) -> None:
    for file in [path, *path.glob("*")] if path.is_dir() else [path]:
        file.write_bytes(file.read_bytes() + b"\n") if file.is_file() else None


def test_an_unchanged_file_says_that_a_document_of_it_was_deleted(path: Path, settings: Settings) -> None:
    whole, told = run(path, settings)
    assert (whole.deleted, told) == (0, [])
    gone = delete_first(settings)
    report, told = run(path, settings)
    assert (report.documents, report.unchanged, report.deleted) == (0, whole.documents - 1, 1)
    (sentence,) = told
    assert "has not changed since it was read; of its documents 1 was deleted; --again reads it all" in sentence
    with Store(settings) as store:
        assert store.document_text(gone) is None
        assert store.is_deleted(gone)


def test_a_changed_file_does_not_bring_back_what_was_deleted(path: Path, settings: Settings) -> None:
    whole, _ = run(path, settings)
    delete_first(settings)
    touch(path)
    report, told = run(path, settings)
    assert (report.documents, report.unchanged, report.deleted) == (0, whole.documents - 1, 1)
    (sentence,) = told
    assert sentence.endswith("of its documents 1 was deleted and not stored; --again stores what was deleted, too.")


def test_again_brings_back_what_was_deleted_and_says_so_once(path: Path, settings: Settings) -> None:
    whole, _ = run(path, settings)
    gone = delete_first(settings)
    report, told = run(path, settings, again=True)
    assert (report.documents, report.restored, report.deleted) == (1, 1, 0)
    (sentence,) = told
    assert sentence.endswith("of its documents 1 had been deleted and is back.")
    with Store(settings) as store:
        assert store.document_text(gone) is not None
        assert not store.is_deleted(gone)
    report, told = run(path, settings)
    assert (report.unchanged, report.deleted, told) == (whole.documents, 0, [])


def test_a_quote_has_every_field_of_its_attribution_and_its_document() -> None:
    document = Document("d", WORDS, outlet="Ledger", url="https://ledger.example/a", title="A", published="2024-03-05")
    item = with_attributions(document, 0)
    assert isinstance(item, ExtractedDocument)
    (attribution,), (quote,) = item.attributions, quotes_of(item)
    own = {"id", "document_id", "text", "spans", "parent", "before", "after", "speaker_id"}
    assert {field.name for field in fields(Quote)} == own | {*SHARED_WITH_ATTRIBUTION, *SHARED_WITH_DOCUMENT}
    assert all(getattr(quote, name) == getattr(attribution, name) for name in SHARED_WITH_ATTRIBUTION)
    assert all(getattr(quote, name) == getattr(document, name) for name in SHARED_WITH_DOCUMENT)
    # `contents` are the spans; `source` and a nested one's index mean nothing outside of the document.
    assert {field.name for field in fields(Attribution)} - {*SHARED_WITH_ATTRIBUTION} == {
        "contents",
        "source",
        "parent",
    }


def test_the_words_around_a_quote_are_the_articles() -> None:
    text = f"The harbour burnt.\n\n{WORDS.strip()}\n\nStory Continued Below\n\nIt opens in May."
    item = with_attributions(Document("d", text), 0)
    assert isinstance(item, ExtractedDocument)
    (quote,) = quotes_of(item)
    assert quote.before.endswith("The harbour burnt. “")
    assert quote.after == "” said Mara Velt, the mayor. It opens in May."
