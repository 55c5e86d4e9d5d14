"""Documents in, quotes out and stored: path -> reader -> Document -> attributions -> Quotes -> store -> Report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from itertools import islice
from typing import TYPE_CHECKING

from indexer.pipeline.items import ExtractedDocument, FileDone, FileUnchanged, PipelineItem
from indexer.plain_text.furniture import readable_text
from search.model import Attribution, Document, Quote, Skip, digest, quote_id
from search.progress import Progress, silent

if TYPE_CHECKING:
    from search.storage.store import Store

CONTEXT_CHARS = 240
# Code points that are looked at for so many: furniture, which is left out, may stand right beside a quote.
_LOOKED_AROUND = 4 * CONTEXT_CHARS
# A field that an attribution or a document shares with a quote by name is the quote's; `parent` is an index there, an id here.
_OF_QUOTE = {field.name for field in fields(Quote)} - {"id", "text", "parent"}
SHARED_WITH_ATTRIBUTION = tuple(field.name for field in fields(Attribution) if field.name in _OF_QUOTE)
SHARED_WITH_DOCUMENT = tuple(
    field.name for field in fields(Document) if field.name in _OF_QUOTE and field.name not in SHARED_WITH_ATTRIBUTION
)


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
    text = readable_text(document)
    ids = [quote_id(document.id, each.contents) for each in extracted.attributions]
    facts = {name: getattr(document, name) for name in SHARED_WITH_DOCUMENT}
    return tuple(
        Quote(
            id=ids[number],
            document_id=document.id,
            text=each.words(document.text),
            spans=each.contents,
            parent=None if each.parent is None else ids[each.parent],
            before=_before(text, each.start),
            after=_after(text, each.end),
            **facts,
            **{name: getattr(each, name) for name in SHARED_WITH_ATTRIBUTION},
        )
        for number, each in enumerate(extracted.attributions)
    )


def _before(text: str, start: int) -> str:
    """Return the end of what stands before a quote, from the beginning of a word."""
    part = " ".join(text[max(0, start - _LOOKED_AROUND) : start].split())
    if start > CONTEXT_CHARS:
        part = part[-CONTEXT_CHARS:].partition(" ")[2]
    return part


def _after(text: str, end: int) -> str:
    part = " ".join(text[end : end + _LOOKED_AROUND].split())
    if end + CONTEXT_CHARS < len(text):
        part = part[:CONTEXT_CHARS].rpartition(" ")[0]
    return part
