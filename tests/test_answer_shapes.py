"""The shapes of JSON answers are those of what is written: nothing missing, nothing besides."""

from __future__ import annotations

import json

import msgspec
import pytest

from search.answer_shapes import DocumentObject, ResultObject, RevisionObject, SpeakerObject, UtteranceObject
from search.checking.check import check_manuscript
from search.checking.formats.json import ListReportObject, ReportObject, list_report_object, report_object
from search.checking.listed_quotations import manuscript_of
from search.documents.revisions import diff_revisions
from search.find.find import find
from search.find.utterance_page import utterance_of_quote
from search.model import Document, Query, Region, RegionRole, Span
from search.renderers.json import (
    document_object,
    encoded,
    result_object,
    revision_object,
    speaker_object,
    utterance_object,
)
from search.storage.store import Store

QUERIES = [
    Query("minister of apologies", explain=True, scare=True, indirect=True),
    Query("minister of apologies", speaker=("Nobody",)),
    Query(speaker=("Joram Halvesk",), limit=1000),
    Query("badgers"),
]


def fits(shape: object, written: object) -> None:
    """Read what was written as its shape, which drops what the shape does not have."""
    read = json.loads(encoded(written))
    assert json.loads(msgspec.json.encode(msgspec.convert(read, shape))) == read


@pytest.mark.parametrize("query", QUERIES)
def test_an_answer_has_its_shape(samples: Store, query: Query) -> None:
    fits(ResultObject, result_object(find(samples, query)))


def test_each_utterance_document_and_speaker_has_its_shape(samples: Store) -> None:
    utterances = find(samples, Query(speaker=("Joram Halvesk",), limit=20)).utterances
    for one in utterances:
        fits(UtteranceObject, utterance_object(utterance_of_quote(samples, one.id)))
        document = samples.document(one.quotes[0].document_id)
        assert document is not None
        fits(DocumentObject, document_object(document, [document], []))
    fits(list[SpeakerObject], [speaker_object(row) for row in samples.speaker_table()])


def test_what_few_documents_have_has_its_shape() -> None:
    region = Region(Span(0, 3), RegionRole.COMMENT, "a reader")
    before = Document("a", "One.\n\nTwo.", title="A", regions=(region,), provenance={"outlet": "host"})
    after = Document("b", "One.\n\nThree.", authors=("Ann Lind",), published="2024-01-01T10:00:00+02:00")
    fits(DocumentObject, document_object(before, [before, after], [after]))
    fits(RevisionObject, revision_object(diff_revisions(before, after)))


def test_a_check_has_its_shape(samples: Store) -> None:
    said = [("I was the minister of apologies for other men's wars", "Agnes Kolvar"), ("badgers", None)]
    report = check_manuscript(samples, manuscript_of(said))
    fits(ReportObject, report_object(report))
    fits(ListReportObject, list_report_object(report, ["a", "b"]))
