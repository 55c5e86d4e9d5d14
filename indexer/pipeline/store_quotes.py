"""Documents in, quotes out and stored: path -> reader -> Document -> attributions -> Quotes -> store -> Report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, fields, replace
from itertools import islice
from typing import TYPE_CHECKING

from indexer.pipeline.items import ExtractedDocument, FileDone, FileUnchanged, PipelineItem
from indexer.pipeline.repeated_paragraphs import count_paragraphs, without_repeated
from indexer.plain_text.furniture import readable_text
from search.model import Attribution, Document, Quote, Skip, digest, quote_id
from search.progress import Progress, silent
from search.storage.rows import storable

if TYPE_CHECKING:
    from search.storage.store import Store

CONTEXT_CHARS = 240
# Code points that are looked at for so many: furniture, which is left out, may stand right beside a quote.
_LOOKED_AROUND = 4 * CONTEXT_CHARS
_BLANKS = re.compile(r" {2,}")
# A field that an attribution or a document shares with a quote by name is the quote's; `parent` is an index there, an id here.
_OF_QUOTE = {field.name for field in fields(Quote)} - {"id", "text", "parent"}
SHARED_WITH_ATTRIBUTION = tuple(field.name for field in fields(Attribution) if field.name in _OF_QUOTE)
SHARED_WITH_DOCUMENT = tuple(
    field.name for field in fields(Document) if field.name in _OF_QUOTE and field.name not in SHARED_WITH_ATTRIBUTION
)


@dataclass(slots=True)
class RunReport:
    """What a run of `index` or `import` did.

    deleted    documents that somebody deleted, of the files given, which were not stored again
    restored   documents that somebody had deleted and that were stored again, as was asked for
    """

    documents: int = 0
    quotes: int = 0
    unchanged: int = 0
    deleted: int = 0
    restored: int = 0
    skipped: list[Skip] = field(default_factory=list)


def store_documents(
    items: Iterable[PipelineItem],
    store: Store,
    *,
    batch: int,
    progress: Progress = silent,
    restore: bool = False,
    beside_others: bool = False,
    tell: Callable[[str], None] = lambda sentence: None,
) -> RunReport:
    """Store documents and quotes batch by batch, each durable before the next is begun, then make them findable.

    A file counts as read only with its last document, in the same transaction, so that an interrupted run takes it up
    again and finds its first documents there already. A document that was deleted is stored again only with `restore`;
    `tell` is given a sentence on each file that such documents stand in. Runs `beside_others` take turns, batch by batch;
    another one keeps the instance to itself.
    """
    report = RunReport()
    with nullcontext() if beside_others else store.alone("quotes index"):
        stream = iter(items)
        deletions: Counter[str] = Counter()
        while part := list(islice(stream, batch)):
            for item in part:
                if isinstance(item, Skip):
                    report.skipped.append(item)
                elif isinstance(item, FileUnchanged):
                    report.unchanged += store.documents_read(item.path)
                    if deleted := store.documents_deleted(item.path):
                        report.deleted += deleted
                        tell(_unchanged_sentence(item.path, deleted))
            with store.storing("quotes index", wait=beside_others):
                _store_part(part, store, report, deletions, restore=restore)
            progress("stored", report.documents + report.unchanged, None)
        for path, number in deletions.items():
            tell(_deletion_sentence(path, number, restore=restore))
        store.catch_up(progress, wait=beside_others or store.has_several_writers)
    return report


def _store_part(
    part: Sequence[PipelineItem], store: Store, report: RunReport, deletions: Counter[str], *, restore: bool
) -> None:
    """Store a batch, and add to the report; `deletions` counts the documents that had been deleted, by file."""
    revisions: list[ExtractedDocument] = []
    for item in part:
        if not isinstance(item, ExtractedDocument):
            continue
        revision = _revision(item, store)
        if store.is_deleted(revision.document.id):
            deletions[item.document.path] += 1
            report.deleted += not restore
            report.restored += restore
        if restore or not store.is_deleted(revision.document.id):
            revisions.append(revision)
    new = [each.document for each in revisions if store.document_text(each.document.id) is None]
    counts = count_paragraphs(new)
    done = [(item.path, item.stamp) for item in part if isinstance(item, FileDone) and item.stamp]
    documents, quotes, unchanged = store.add(
        ((x.document, work_key(x), quotes_of(x)) for x in without_repeated(revisions, counts, store)), done, counts
    )
    report.documents += documents
    report.quotes += quotes
    report.unchanged += unchanged


def _unchanged_sentence(path: str, deleted: int) -> str:
    were = "was" if deleted == 1 else "were"
    return (
        f"{path} has not changed since it was read; of its documents {deleted:,} {were} deleted; "
        "--again reads it all the same."
    )


def _deletion_sentence(path: str, number: int, *, restore: bool) -> str:
    if restore:
        return f"{path}: of its documents {number:,} had been deleted and {'is' if number == 1 else 'are'} back."
    return (
        f"{path}: of its documents {number:,} {'was' if number == 1 else 'were'} deleted and not stored; "
        "--again stores what was deleted, too."
    )


def work_key(extracted: ExtractedDocument) -> str:
    """Return the key under which revisions of one document meet: its page's address, or its place in its file."""
    document = extracted.document
    return document.url or f"{document.path}#{extracted.place}"


def _revision(extracted: ExtractedDocument, store: Store) -> ExtractedDocument:
    """The document as it is, or under an id of its own if another text is stored under the one that it brought."""
    document = extracted.document
    stored = store.document_text(document.id)
    if stored is None or stored == storable(document.text):
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
    part = _BLANKS.sub(" ", text[max(0, start - _LOOKED_AROUND) : start])[-CONTEXT_CHARS:]
    if start > CONTEXT_CHARS:
        part = part.partition(" ")[2]
    return " ".join(part.split())


def _after(text: str, end: int) -> str:
    part = _BLANKS.sub(" ", text[end : end + _LOOKED_AROUND])[:CONTEXT_CHARS]
    if end + CONTEXT_CHARS < len(text):
        part = part.rpartition(" ")[0]
    return " ".join(part.split())
