"""Documents in, quotes out and stored: path -> reader -> Document -> attributions -> Quotes -> store -> Report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from indexer.pipeline.items import ExtractedDocument, FileDone, FileUnchanged, PipelineItem
from search.model import Quote, Skip, digest, quote_id
from search.progress import Progress, silent

if TYPE_CHECKING:
    from search.storage.store import Store

CONTEXT_CHARS = 240


@dataclass(slots=True)
class RunReport:
    """What a run of `index` or `import` did."""

    documents: int = 0
    quotes: int = 0
    unchanged: int = 0
    skipped: list[Skip] = field(default_factory=list)


def store_documents(
    items: Iterable[PipelineItem], store: Store, *, batch: int, progress: Progress = silent
) -> RunReport:
    """Store documents and quotes batch by batch, each durable before the next is begun, then make them findable.

    A file counts as read only with its last document, in the same transaction, so that an interrupted run takes it up
    again and finds its first documents there already.
    """
    report = RunReport()
    with store.writing("quotes index"):
        stream = iter(items)
        while part := list(islice(stream, batch)):
            for item in part:
                if isinstance(item, Skip):
                    report.skipped.append(item)
                elif isinstance(item, FileUnchanged):
                    report.unchanged += store.documents_read(item.path)
            revisions = [_revision(item, store) for item in part if isinstance(item, ExtractedDocument)]
            done = [(item.path, item.stamp) for item in part if isinstance(item, FileDone) and item.stamp]
            documents, new_quotes, unchanged = store.add(
                ((x.document, work_key(x), quotes_of(x)) for x in revisions), done
            )
            report.documents += documents
            report.quotes += new_quotes
            report.unchanged += unchanged
            progress("stored", report.documents + report.unchanged, None)
        store.catch_up(progress)
    return report


def work_key(extracted: ExtractedDocument) -> str:
    """Return the key under which revisions of one document meet: its page's address, or its place in its file."""
    document = extracted.document
    return document.url or f"{document.path}#{extracted.place}"


def _revision(extracted: ExtractedDocument, store: Store) -> ExtractedDocument:
    """The document as it is, or under an id of its own if another text is stored under the one that it brought."""
    document = extracted.document
    stored = store.document_text(document.id)
    if stored is None or stored == document.text:
        return extracted
    named = replace(document, id=f"{document.id}@{digest(document.text, length=8)}")
    return replace(extracted, document=named)


def quotes_of(extracted: ExtractedDocument) -> tuple[Quote, ...]:
    """Return the attributions of a document as quotes: with the document's facts, and the words around each."""
    document = extracted.document
    ids = [quote_id(document.id, found.contents) for found in extracted.attributions]
    return tuple(
        Quote(
            id=ids[number],
            document_id=document.id,
            text=found.words(document.text),
            spans=found.contents,
            kind=found.kind,
            speaker=found.speaker,
            role=found.role,
            mention=found.mention,
            cue=found.cue,
            via=found.via,
            parent=None if found.parent is None else ids[found.parent],
            confidence=found.confidence,
            method=found.method,
            scare=found.scare,
            scare_score=found.scare_score,
            place=found.place,
            flags=found.flags,
            outlet=document.outlet,
            url=document.url,
            title=document.title,
            published=document.published,
            language=document.language,
            before=_before(document.text, found.start),
            after=_after(document.text, found.end),
        )
        for number, found in enumerate(extracted.attributions)
    )


def _before(text: str, start: int) -> str:
    """The end of what stands before a quote, from the beginning of a word."""
    part = text[max(0, start - CONTEXT_CHARS) : start]
    if start > CONTEXT_CHARS:
        part = part.partition(" ")[2]
    return " ".join(part.split())


def _after(text: str, end: int) -> str:
    part = text[end : end + CONTEXT_CHARS]
    if end + CONTEXT_CHARS < len(text):
        part = part.rpartition(" ")[0]
    return " ".join(part.split())
