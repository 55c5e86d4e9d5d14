"""The words of the page for closed vocabularies: each value has some, none are left over, none is missing in the archive."""

from __future__ import annotations

import inspect
from enum import StrEnum
from pathlib import Path

import pytest

import search.model
import search.provenance
from indexer.pipeline.read import read_paths
from search.corrections.correction import CorrectionKind
from search.model import DifferenceKind, Document
from search.storage.store import Store
from web.presentation.wording import DOCUMENT_FLAGS, MEANING_CHANGES, PROVENANCES, QUOTE_FLAGS, WORDING

HOSTILE = Path(__file__).parent / "hostile"


def vocabularies() -> set[type[StrEnum]]:
    """The enums of the model and of what is known of documents."""
    return {
        each
        for module in (search.model, search.provenance)
        for _, each in inspect.getmembers(module, inspect.isclass)
        if issubclass(each, StrEnum) and each is not StrEnum
    }


def test_every_vocabulary_has_its_words() -> None:
    # What became of words is shown by signs, colours and elements; parts.html has the words for a screen reader.
    assert set(WORDING) == vocabularies() - {DifferenceKind} | {CorrectionKind}


@pytest.mark.parametrize("vocabulary", WORDING, ids=lambda each: each.__name__)
def test_every_value_has_words_and_no_words_are_left_over(vocabulary: type[StrEnum]) -> None:
    words = WORDING[vocabulary]
    assert set(words) == set(vocabulary)
    assert all(text.strip() for text in words.values())
    assert len(set(words.values())) == len(words)


def test_changes_of_meaning_have_words_as_the_comparison_names_them() -> None:
    from search.matching.compare import compare
    from search.text.analysis import analyse

    pairs = (
        ("we agreed to the treaty in May", "we never agreed to the treaty in May"),
        ("we lost 30 men on the river", "we lost 40 men on the river"),
        ("I told Amsel about the raid", "I told Brekker about the raid"),
        ("we bought more bread than rice", "we bought less bread than rice"),
        ("we will open the old bridge", "we might open the old bridge"),
    )
    assert {change for a, b in pairs for change in compare(analyse(a), analyse(b)).alters} == set(MEANING_CHANGES)


def test_whatever_the_sample_archive_says_of_documents_and_quotes_has_words(samples: Store) -> None:
    fields = ("outlet", "published", "modified", "title", "authors", "language", "url")
    for document in samples.documents():
        assert {document.provenance[name] for name in fields if name in document.provenance} <= set(PROVENANCES)
        assert set(document.flags) <= set(DOCUMENT_FLAGS)
        for quote in samples.quotes_of_document(document.id):
            assert set(quote.all_flags) <= set(QUOTE_FLAGS)


def test_whatever_is_odd_about_hostile_files_has_words() -> None:
    paths = [
        str(path) for path in sorted(HOSTILE.iterdir()) if path.stat().st_size < 100_000 and "bomb" not in path.name
    ]
    flags = {flag for item in read_paths(paths) if isinstance(item, Document) for flag in item.flags}
    assert flags
    assert flags <= set(DOCUMENT_FLAGS)
