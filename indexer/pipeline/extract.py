"""One file, one process: its documents are read, attributed, and closed by a `FileDone`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from indexer.attribution.attribute import attribute
from indexer.input import trouble
from indexer.input.bounds import no_article
from indexer.input.input_file import ReadOptions
from indexer.pipeline import read
from indexer.pipeline.items import ExtractedDocument, FileDone, FileUnchanged, PipelineItem
from indexer.plain_text.embedded_posts import mark_posts
from indexer.plain_text.furniture import cut_furniture, mark_furniture, readable
from search.model import Document, Skip


def nothing_known(path: str, stamp: str) -> bool:
    """Return False: no state of any file was read before."""
    return False


def not_watched(stream: IO[bytes]) -> None:
    """Ignore that a file was opened."""


def with_attributions(document: Document | Skip, place: int) -> ExtractedDocument | Skip:
    """Return a document with its attributions, or the `Skip` that says why it has none."""
    if isinstance(document, Skip):
        return document
    if reason := no_article(document.text):
        return Skip(document.path, reason)
    try:
        marked = mark_posts(mark_furniture(document))
        return ExtractedDocument(marked, cut_furniture(attribute(readable(marked)), marked), place)
    except trouble.UNFORESEEN as error:
        return Skip(document.path, trouble.fault_sentence(error))


def extract_file(
    path: str, options: ReadOptions, opened: Callable[[IO[bytes]], None] = not_watched
) -> Iterator[PipelineItem]:
    """Yield the documents of one file with their attributions, then a `FileDone` with the file's stamp.

    `opened` is given the file's stream, to see how far it is read.
    """
    stamp = file_stamp(path, options)
    for place, item in enumerate(read.read_file(path, options, opened)):
        yield with_attributions(item, place)
    yield FileDone(read.printable(path), stamp)


def files_to_read(
    paths: Iterable[str], options: ReadOptions, known: Callable[[str, str], bool]
) -> Iterator[str | Skip | FileUnchanged]:
    """Yield the files that the paths stand for; a `FileUnchanged` for each of which `known(path, stamp)` is true."""
    for path in read.list_files(paths):
        if isinstance(path, str) and (stamp := file_stamp(path, options)) and known(read.printable(path), stamp):
            yield FileUnchanged(read.printable(path))
        else:
            yield path


def unstamped_after_skips(items: Iterable[PipelineItem]) -> Iterator[PipelineItem]:
    """Yield the items, without the stamp of a file that has a `Skip`: what could not be read is said again next time."""
    is_whole = True
    for item in items:
        if isinstance(item, FileDone):
            yield item if is_whole else FileDone(item.path, "")
            is_whole = True
        else:
            is_whole = is_whole and not isinstance(item, Skip)
            yield item


def file_stamp(path: str, options: ReadOptions) -> str:
    """Return what tells one state of a file, read in one way, from another; "" for what has none, as standard input."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return ""
    how = (options.outlet, options.date, sorted(options.fields.items()))
    return f"{status.st_size}-{status.st_mtime_ns}-{how}"
