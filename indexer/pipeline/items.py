"""The values that pass from reading to storing: documents with their attributions, and word of each file's end."""

from __future__ import annotations

from dataclasses import dataclass

from search.model import Attribution, Document, Skip


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    """A document with the attributions found in it; `place` is its number within its file."""

    document: Document
    attributions: tuple[Attribution, ...]
    place: int = 0


@dataclass(frozen=True, slots=True)
class FileDone:
    """A file that has been read to its end; `stamp` tells this state of it from another, "" if it is to be read again."""

    path: str
    stamp: str


@dataclass(frozen=True, slots=True)
class FileUnchanged:
    """A file that is as it was when it was last read to its end."""

    path: str


PipelineItem = ExtractedDocument | Skip | FileDone | FileUnchanged
