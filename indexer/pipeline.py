"""Documents in, quotes out and stored: path -> reader -> Document -> attributions -> Quotes -> store -> Report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from indexer.attribution import attribute
from search.model import Attribution, Document, Quote, Skip, quote_id

if TYPE_CHECKING:
    from search.store import Store

CONTEXT = 240


@dataclass(slots=True)
class Report:
    """What a run of `index` or `import` did."""

    documents: int = 0
    quotes: int = 0
    unchanged: int = 0
    skipped: list[Skip] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document with the attributions found in it."""

    document: Document
    attributions: tuple[Attribution, ...]


def extract(documents: Iterable[Document | Skip]) -> Iterator[Extracted | Skip]:
    """Each document with its attributions; what could not be read is passed on."""
    for item in documents:
        yield item if isinstance(item, Skip) else Extracted(item, attribute(item))


def index(items: Iterable[Extracted | Skip], store: Store, *, batch: int, progress: Callable[[Report], None]) -> Report:
    """Store documents and quotes batch by batch, each batch durable before the next is begun, then make them findable."""
    report = Report()
    with store.writing("quotes index"):
        stream = iter(items)
        while part := list(islice(stream, batch)):
            report.skipped += [item for item in part if isinstance(item, Skip)]
            rows = [(x.document, work(x.document), quotes(x)) for x in part if isinstance(x, Extracted)]
            documents, new_quotes, unchanged = store.add(rows)
            report.documents += documents
            report.quotes += new_quotes
            report.unchanged += unchanged
            progress(report)
        store.catch_up()
    return report


def work(document: Document) -> str:
    """What a document is an edition of: its page, or the file that it was read from, or itself."""
    return document.url or document.path or document.id


def quotes(extracted: Extracted) -> tuple[Quote, ...]:
    """The attributions of a document as quotes: with the document's facts, and the words around each."""
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
    part = text[max(0, start - CONTEXT) : start]
    if start > CONTEXT:
        part = part.partition(" ")[2]
    return " ".join(part.split())


def _after(text: str, end: int) -> str:
    part = text[end : end + CONTEXT]
    if end + CONTEXT < len(text):
        part = part.rpartition(" ")[0]
    return " ".join(part.split())
